"""JSON lines: an article a line, a bad line refused with its number and the rest read."""

from __future__ import annotations

import json
import tracemalloc
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import ingest
from bot.errors import IngestError
from bot.ingest.formats.jsonlines import read, read_file
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.model import Document

SAMPLES = Path(__file__).parents[1] / "samples" / "jsonl"
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


def documents(name: str) -> list[Document | IngestError]:
    return list(ingest.read(SAMPLES / name, max_bytes=100_000))


def refused(line: str) -> Refusal:
    (refusal,) = read(line.encode())
    assert isinstance(refusal, Refusal)
    return refusal


def test_each_line_is_an_article_with_its_metadata() -> None:
    first, second = documents("quay.jsonl")
    assert isinstance(first, Document)
    assert first.origin == f"{SAMPLES / 'quay.jsonl'}#line 1"
    assert first.text.startswith("The quay at Ostrava Bend")
    assert first.text.count("\n\n") == 1
    assert (first.title, first.outlet) == ("Quay shut until Friday", "The Bend Gazette")
    assert (first.byline, first.language) == ("Ines Calder", "en")
    assert first.published_on == date(2026, 11, 12)
    assert first.url == "https://bendgazette.example/quay-shut"
    assert first.guid == "tag:bendgazette.example,2026:quay-1"
    assert second == Document(
        origin=f"{SAMPLES / 'quay.jsonl'}#line 3",
        text="Fishermen told the council that the ice house had been without power for two nights.",
        sample=True,
    )


def test_unusual_line_endings_are_read() -> None:
    first, second = documents("two.jsonl")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == "Der Kai bleibt gesperrt, sagte das Hafenamt."
    assert second.guid == "p-7"


def test_bad_lines_are_named_and_the_others_read() -> None:
    found = documents("mixed.jsonl")
    assert [one.title for one in found if isinstance(one, Document)] == ["No sale, says mayor"]
    told = {one.location: one for one in found if isinstance(one, IngestError)}
    assert list(told) == [f"line {number}" for number in range(2, 9)]
    assert "'speaker', which is not known" in told["line 2"].cause
    assert "the key 'author', which is not known" in told["line 3"].cause
    assert "guid" in told["line 3"].remedy
    assert "with a text" in told["line 4"].cause
    assert "it is not JSON" in told["line 5"].cause
    assert "not a JSON object" in told["line 6"].cause
    assert "published is 'last week'" in told["line 7"].cause
    assert "not an http or https address" in told["line 8"].cause


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ('{"text": "a\\u0000"}', "NUL"),
        ('{"text": "a\\ud800"}', "half characters"),
        ('{"text": "a", "title": 3}', "its title is 3, which is not text"),
        ('{"text": "a", "sample": "maybe"}', "not true or false"),
        ('{"text": "a", "language": "English"}', "not a language code"),
        ('{"text": ["a"]}', "its text is ['a'], which is not text"),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": ' + "9" * 5000 + "}", "digits"),
    ],
)
def test_what_a_line_may_not_hold(line: str, cause: str) -> None:
    refusal = refused(line)
    assert cause in refusal.cause
    assert len(refusal.cause) < 200


def test_invalid_utf8_affects_only_its_line() -> None:
    first, second = read(b'{"text": "caf\xe9"}\n{"text": "Shut."}\n')
    assert isinstance(first, Refusal)
    assert "not UTF-8" in first.cause
    assert second == ParsedArticle("Shut.", {}, "line 2")


def test_a_too_long_line_is_skipped() -> None:
    long = json.dumps({"text": "x" * 500}).encode()
    found = list(read_file(BytesIO(long + b'\n{"text": "Shut."}\n' + long), max_bytes=100))
    assert [one.place for one in found] == ["line 1", "line 2", "line 3"]
    assert found[1] == ParsedArticle("Shut.", {}, "line 2")
    assert isinstance(found[2], Refusal)
    assert "longer than 100 bytes" in found[2].cause


@pytest.mark.parametrize("piece", ['{"a":1},', "{},", '"",', "[", "1,", " ", '"a\\"",'])
def test_a_line_with_too_many_values_is_refused(piece: str) -> None:
    pieces = piece * (5_000_000 // len(piece))
    line = f'{{"text": "Shut.", "title": [{pieces}0]}}'.encode()
    tracemalloc.start()
    (refusal,) = read(line)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(refusal, Refusal)
    assert "more than the few texts of an article" in refusal.cause
    assert peak < 3 * len(line)


@pytest.mark.parametrize("words", ["{[1, 2]} ", 'said "no", ', "C:\\", "ü\n"])
def test_a_long_text_may_hold_anything(words: str) -> None:
    text = words * 100_000
    assert [*read(json.dumps({"title": "A", "text": text}).encode())] == [
        ParsedArticle(text, {"title": "A"}, "line 1")
    ]


def test_a_file_may_be_larger_than_an_article(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"text": "Shut."}\n' * 50, encoding="utf-8")
    found = list(ingest.read(path, max_bytes=30))
    assert len(found) == 50
    assert all(isinstance(one, Document) for one in found)


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_without_a_line_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.jsonl").write_text(content, encoding="utf-8")
    (error,) = ingest.read(tmp_path / "a.jsonl", max_bytes=1000)
    assert isinstance(error, IngestError)
    assert error.cause == "it has no article in it"


@given(texts=st.lists(TEXT.filter(str.strip), min_size=1, max_size=5))
def test_texts_come_back_to_the_character(texts: list[str]) -> None:
    raw = "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in texts)
    assert [one.text for one in read(raw.encode()) if isinstance(one, ParsedArticle)] == texts
