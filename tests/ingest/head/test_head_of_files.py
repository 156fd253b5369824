"""The head of a plain file is known of its article, and stays in its text; metadata goes before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from bot import ingest
from bot.ingest.head import ends_with_full_stop, read_head
from bot.model import Document
from tests.ingest.head.plain_files import PLAIN_FILES
from tests.ingest.head.plain_heads import PLAIN_HEADS
from tests.ingest.make_docx import make_docx, paragraph
from tests.ingest.make_pdf import column, make_pdf
from tests.ingest.packing import zipped
from tests.soak import examples

TEXT = 'Gate shut for winter\r\n\r\nBy Edda Marsh\r\n\r\n"It leaks," the board said.\r\n'
LINES = ["Gate shut for winter", "By Edda Marsh", "“It leaks,” the board said."]


def read(path: Path) -> Document:
    (document,) = ingest.read(path, max_bytes=100_000)
    assert isinstance(document, Document), document
    return document


def as_docx() -> bytes:
    return make_docx(
        "".join(map(paragraph, LINES)), properties="<dc:creator>Ann Typist</dc:creator>"
    )


def as_pdf() -> bytes:
    lines = [line for text in LINES for line in (text.replace("“", "").replace("”", ""), "")]
    return make_pdf([column(50, 700, lines)], information={"Author": "Ann Typist"})


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.txt", TEXT.encode()),
        ("a.md", TEXT.encode()),
        ("a.md", b"---\nlanguage: en\n---\n" + TEXT.encode()),
        ("a.docx", as_docx()),
        ("a.pdf", as_pdf()),
        ("a.zip", zipped({"b.txt": TEXT})),
    ],
)
def test_the_head_is_read_and_stays_in_the_text(tmp_path: Path, name: str, raw: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    document = read(path)
    assert (document.title, document.byline) == ("Gate shut for winter", "Edda Marsh")
    assert document.text.startswith("Gate shut for winter")
    assert "By Edda Marsh" in document.text


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_text_is_kept_to_the_character(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(TEXT.encode())
    assert read(path).text == TEXT


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.docx", "a.pdf"])
def test_metadata_takes_precedence_over_the_head(tmp_path: Path, name: str) -> None:
    raw = {"a.docx": as_docx(), "a.pdf": as_pdf()}.get(name, TEXT.encode())
    (tmp_path / name).write_bytes(raw)
    (tmp_path / "a.yml").write_text("title: Winter at the gate\nbyline: Jonas Rehm\n")
    document = read(tmp_path / name)
    assert (document.title, document.byline) == ("Winter at the gate", "Jonas Rehm")


def test_front_matter_takes_precedence_over_the_head(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    front = "---\ntitle: Winter at the gate\npublished: 2026-11-03\n---\n"
    path.write_text(f"{front}# Gate shut\n\n4 November 2026\n\nIt leaks.\n")
    document = read(path)
    assert (document.title, document.published_on) == ("Winter at the gate", date(2026, 11, 3))


def test_other_formats_say_themselves_what_their_title_is(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Gate shut for winter\\n\\nIt leaks, the board said."}\n')
    assert read(path).title is None


HEADS = st.sampled_from([one.text for one in PLAIN_FILES + PLAIN_HEADS])
PIECES = st.lists(st.sampled_from([*"\n\r\t .,:#*-–|“”0a\u2028\x0c", "By ", "Ann Lee", "1 May "]))


@bounded(max_examples=examples(400), deadline=None)
@given(st.one_of(st.text(), PIECES.map("".join), st.tuples(HEADS, HEADS).map("".join)))
@example("Gate shut…”.\n\nIt leaks.")
@example("Title: It leaks ...\n\nIt does.")
@example("# .\n\nIt does.")
def test_titles_are_printed_and_rarely_sentences(text: str) -> None:
    for is_markdown in (False, True):
        title = read_head(text, is_markdown=is_markdown).get("title")
        if title is None:
            continue
        assert isinstance(title, str)
        assert any(map(str.isalnum, title))
        if not is_markdown:
            assert {*":#"} & {*text} or not ends_with_full_stop(title)
            assert _without_marks(title) in _without_marks(text)


def _without_marks(text: str) -> str:
    """A text on one line, without the marks of bold print."""
    return " ".join(text.translate({ord("*"): None, ord("_"): None}).split())
