from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.cli.program import Done, claimdesk

STORY = "The quay is shut until Friday, harbour master Ada Roe said on Monday."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def only(done: Done) -> dict[str, object]:
    assert done.code == 0, done.err
    (line,) = done.lines
    (article,) = line["articles"]
    return dict(article)


def test_options_fill_in_missing_metadata(data: Path) -> None:
    file = data.parent / "story.txt"
    file.write_text(STORY)
    options = ["--title", "Quay shut", "--outlet", "The Post", "--byline", "Ida Falk"]
    options += ["--published", "2026-11-03T08:30+01:00", "--language", "en"]
    article = only(claimdesk(data, "ingest", "--json", file, *options))
    assert (article["title"], article["outlet"]) == ("Quay shut", "The Post")
    assert (article["byline"], article["language"]) == ("Ida Falk", "en")
    assert article["published"] == "2026-11-03T08:30:00+01:00"
    [hit] = claimdesk(data, "claim", "--json", "in:Post", "on:2026-11-03", "quay").lines[0]["hits"]
    assert hit["speaker"] == "Ada Roe"


def test_options_override_metadata_in_the_file(data: Path) -> None:
    file = data.parent / "story.md"
    file.write_text(f"---\ntitle: Old\noutlet: The Mail\n---\n{STORY}")
    file.with_suffix(".yml").write_text("byline: Old Hand")
    article = only(claimdesk(data, "ingest", "--json", file, "--title", "New", "--byline", "Roe"))
    assert (article["title"], article["byline"]) == ("New", "Roe")
    assert article["outlet"] == "The Mail"


@pytest.mark.parametrize(("encoding", "of"), [("windows-1252", "cp1252"), ("utf-16", "utf-16")])
def test_an_encoding_can_be_given(data: Path, encoding: str, of: str) -> None:
    file = data.parent / "story.txt"
    file.write_bytes("The “Café” is shut, Ada Roe said.".encode(of))
    done = claimdesk(data, "extract", "--json", file, "--encoding", encoding)
    assert done.lines[0]["text"] == "The “Café” is shut, Ada Roe said."
    assert claimdesk(data, "extract", file).code == 1


def test_text_in_another_encoding_than_given_is_refused(data: Path) -> None:
    file = data.parent / "story.txt"
    file.write_bytes("Café".encode("cp1252"))
    done = claimdesk(data, "ingest", file, "--encoding", "ascii")
    assert "it is not ascii" in done.err
    assert "byte 0xe9 in position 3" in done.err
    assert "Name another encoding" in done.err


def test_an_encoding_is_refused_for_other_formats_than_text(data: Path) -> None:
    file = data.parent / "story.html"
    file.write_text(f"<html><body><p>{STORY}</p></body></html>")
    done = claimdesk(data, "ingest", file, "--encoding", "latin-1")
    assert "only .txt and .md can have another encoding" in done.err


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--published", "tomorrow"], "--published is 'tomorrow', which is not a date"),
        (["--language", "English!"], "--language is 'English!', which is not a language code"),
        (["--encoding", "klingon"], "--encoding is 'klingon'"),
        (["--encoding", "base64"], "--encoding is 'base64'"),
    ],
)
def test_invalid_option_values_are_refused(data: Path, options: list[str], why: str) -> None:
    done = claimdesk(data, "ingest", "-", *options, given=STORY)
    assert done.code == 2
    assert why in done.err


def test_metadata_options_require_a_single_file(data: Path) -> None:
    for names in (["seeds", "seeds"], [str(data.parent)], ["https://post.example/1"]):
        done = claimdesk(data, "ingest", *names, "--title", "A")
        assert done.code == 2
        assert "--title is for one file" in done.err


def test_articles_of_a_file_share_only_outlet_and_language(data: Path) -> None:
    file = data.parent / "stories.jsonl"
    file.write_text('{"text": "The quay is shut, Roe said."}\n{"text": "Ships wait, Falk said."}\n')
    refused = claimdesk(data, "ingest", file, "--title", "A", "--outlet", "The Post")
    assert "it has 2 articles in it, which cannot share title" in refused.err
    done = claimdesk(data, "ingest", "--json", file, "--outlet", "The Post")
    assert [one["outlet"] for one in done.lines[0]["articles"]] == ["The Post"] * 2


def test_each_text_on_standard_input_is_an_article(data: Path) -> None:
    first = only(claimdesk(data, "ingest", "--json", "-", given=STORY))
    other = only(claimdesk(data, "ingest", "--json", "-", given=STORY.replace("Friday", "noon")))
    again = only(claimdesk(data, "ingest", "--json", "-", given=STORY))
    assert (first["status"], other["status"], again["status"]) == ("new", "new", "unchanged")
    assert again["id"] == first["id"] != other["id"]


@pytest.mark.parametrize(
    ("given", "title"),
    [
        (f"---\ntitle: Quay shut\n---\n{STORY}", "Quay shut"),
        (f'{{"text": "{STORY}", "title": "Quay shut"}}\n', "Quay shut"),
        (f"<html><head><title>Quay shut</title></head><body><article><p>{STORY}</p>"
         f"<p>{STORY.replace('Friday', 'Sunday')}</p></article></body></html>", "Quay shut"),
        (STORY, None),
    ],
)  # fmt: skip
def test_the_format_of_standard_input_is_detected(
    data: Path, given: str, title: str | None
) -> None:
    assert only(claimdesk(data, "ingest", "--json", "-", given=given))["title"] == title


def test_extract_reads_standard_input(data: Path) -> None:
    done = claimdesk(data, "extract", "--json", "-", "--title", "A", given=STORY)
    assert (done.lines[0]["id"], done.lines[0]["text"]) == ("standard input", STORY)


def test_standard_input_excludes_files(data: Path) -> None:
    assert claimdesk(data, "ingest", "-", "seeds", given=STORY).code == 2
    assert claimdesk(data, "extract", "story.txt", "-", given=STORY).code == 2


@pytest.mark.parametrize("seed", range(5))
def test_binary_data_in_a_text_file_is_refused(data: Path, seed: int) -> None:
    file = data.parent / "story.txt"
    file.write_bytes(random.Random(seed).randbytes(3000))
    done = claimdesk(data, "ingest", file)
    assert done.code == 1
    assert "story.txt: it is binary data, not text. Check what it is, or leave it out" in done.err
