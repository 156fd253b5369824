"""read(): text to the character, and every file that is no article refused by name."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import ingest
from bot.errors import IngestError
from bot.model import Document
from bot.text.invisible import remove_invisible

MAX_BYTES = 100_000


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def read(path: Path) -> Document:
    (document,) = ingest.read(path, max_bytes=MAX_BYTES)
    assert isinstance(document, Document), document
    return document


def refused(path: Path) -> IngestError:
    (error,) = ingest.read(path, max_bytes=MAX_BYTES)
    assert isinstance(error, IngestError)
    assert error.message == "cannot read the article"
    assert error.subject == str(path)
    assert error.cause
    assert error.remedy
    return error


def document_or_refusal(path: Path) -> Document | IngestError:
    """What read() makes of a file; a refusal must be fit to print."""
    (outcome,) = ingest.read(path, max_bytes=MAX_BYTES)
    if isinstance(outcome, Document):
        return outcome
    refusal = outcome
    assert refusal.subject == str(path)
    assert refusal.cause
    assert refusal.remedy
    str(refusal).encode("utf-8")
    return refusal


@pytest.mark.parametrize("start", ["<!DOCTYPE html>\n<html>", "\ufeff\n<HTML lang='en'>", "<body>"])
def test_a_web_page_saved_as_txt_is_refused(tmp_path: Path, start: str) -> None:
    error = refused(write(tmp_path, "a.txt", f"{start}<p>Shut.</p></body></html>\n"))
    assert error.cause == "it is a web page, not plain text"
    assert ".html" in error.remedy


def test_a_txt_that_mentions_html_stays_text(tmp_path: Path) -> None:
    for text in ("Begin with <html>, she said.", "<b>Shut</b>, it says.", "<headline>"):
        assert read(write(tmp_path, "a.txt", text)).text == text


def test_a_txt_is_all_text_and_has_no_front_matter(tmp_path: Path) -> None:
    text = "---\nlanguage: de\noutlet: no front matter here\n---\nShut.\n"
    path = write(tmp_path, "a.txt", text)
    assert read(path) == Document(origin=str(path), text=text)


def test_markdown_text_starts_after_front_matter(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a.md",
        "---\n"
        "title: Port shut\n"
        "outlet: The Tidewater Post\n"
        "byline: Edda Marsh\n"
        "published: 2026-11-03\n"
        "url: https://tidewaterpost.example/a?b=c#d\n"
        "language: en\n"
        "sample: true\n"
        "---\n"
        "\n# Heading\n\nThe *port* is shut.\n",
    )
    assert read(path) == Document(
        origin=str(path),
        text="\n# Heading\n\nThe *port* is shut.\n",
        title="Port shut",
        outlet="The Tidewater Post",
        byline="Edda Marsh",
        published="2026-11-03",
        published_on=date(2026, 11, 3),
        url="https://tidewaterpost.example/a?b=c#d",
        language="en",
        sample=True,
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("No front matter.\n---\nStill text.", "No front matter.\n---\nStill text."),
        ("---\n---\nShut.", "Shut."),
        ("---\r\ntitle: A\r\n---\r\nShut.\r\n", "Shut.\r\n"),
        ("---  \ntitle: A\n---\t\n---\nShut.", "---\nShut."),
        ("----\nShut.", "----\nShut."),
        (" ---\nShut.", " ---\nShut."),
        ("\ufeff---\ntitle: A\n---\nShut.", "Shut."),
    ],
)
def test_where_front_matter_ends(tmp_path: Path, content: str, text: str) -> None:
    assert read(write(tmp_path, "a.md", content)).text == text


def test_front_matter_without_an_end_is_refused(tmp_path: Path) -> None:
    assert "never ends" in refused(write(tmp_path, "a.md", "---\ntitle: A\nShut.\n")).cause


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.TXT", "b.c.txt"])
def test_the_yml_beside_an_article_is_its_metadata(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, "Shut.")
    write(tmp_path, f"{path.stem}.yml", "---\n# from the archive\ntitle: Port shut\noutlet: null\n")
    assert read(path) == Document(origin=str(path), text="Shut.", title="Port shut")


@pytest.mark.parametrize("nothing", ["", "# nothing more is known\n", "---\n", "\ufeff"])
def test_a_yml_may_be_empty(tmp_path: Path, nothing: str) -> None:
    write(tmp_path, "a.yml", nothing)
    path = write(tmp_path, "a.txt", "Shut.")
    assert read(path) == Document(origin=str(path), text="Shut.")


def test_front_matter_and_yml_complete_each_other(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", "---\ntitle: A\noutlet: B\nbyline: null\n---\nShut.")
    write(tmp_path, "a.yml", "outlet: B\nbyline: C\nlanguage: en\n")
    document = read(path)
    assert (document.title, document.outlet, document.byline) == ("A", "B", "C")
    assert document.language == "en"


def test_the_yml_corrects_front_matter(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", "---\ntitle: A\noutlet: B\n---\nShut.")
    write(tmp_path, "a.yml", "title: A\noutlet: C\n")
    assert (read(path).title, read(path).outlet) == ("A", "C")


def test_a_yml_beside_two_articles_is_ambiguous(tmp_path: Path) -> None:
    text, page = write(tmp_path, "a.txt", "Shut."), write(tmp_path, "a.md", "Open.")
    assert (read(text).text, read(page).text) == ("Shut.", "Open.")
    write(tmp_path, "a.jpg", "no article, so nobody's")
    write(tmp_path, "a.yml", "title: A\n")
    for path in (text, page):
        assert "any of a.md, a.txt" in refused(path).cause
    page.unlink()
    assert read(text).title == "A"


def test_a_mistake_in_the_yml_names_the_yml(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Shut.")
    write(tmp_path, "a.yml", "titel: A\n")
    assert refused(path).cause.startswith("in a.yml, its metadata has the key 'titel'")


def test_published_keeps_the_printed_day_and_the_instant(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", "---\npublished: 2026-11-03T23:30:00-05:00\n---\nShut.")
    document = read(path)
    assert document.published_on == date(2026, 11, 3)
    assert document.published_at == datetime(2026, 11, 4, 4, 30, tzinfo=UTC)
    assert document.published_at.tzinfo is UTC


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0")))
@example(text="a\r\nb\rc\u2028d\x0be\ufefff\n")
@example(text="“Curly”, 'straight', e\u0301, 😀")
def test_text_is_kept_to_the_character(
    tmp_path_factory: pytest.TempPathFactory, name: str, text: str
) -> None:
    whole = f"x{text}"
    path = write(tmp_path_factory.mktemp("round"), name, whole)
    assert read(path).text == remove_invisible(whole)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.yml"])
@given(raw=st.binary(max_size=300))
@example(raw=b"---\ntitle: !!python/object/apply:os.getcwd []\n---\nx")
@example(raw=b'---\ntitle: "\\UFFFFFFFF"\n---\nx')
@example(raw=b'---\ntitle: "\\ud800"\n---\nx')
@example(raw=b"---\ntitle: !!bool x\n---\nx")
@example(raw=b"---\nsample: !!int x\n---\nx")
@example(raw=b"---\npublished: 2026-13-45\n---\nx")
@example(raw=b"---\npublished: 0001-01-01T00:00+14:00\n---\nx")
@example(raw=b"---\nurl: 'http://['\n---\nx")
@example(raw=b"---\n%YAML " + b"9" * 5000 + b"\n---\nx")
@example(raw=b"%YAML 1." + b"9" * 5000 + b"\n---\ntitle: x")
@example(raw=b"title: " + b"[" * 5000)
@example(raw=b"? [a]\n: b")
@example(raw=b"- a")
def test_any_bytes_are_a_document_or_an_ingest_error(
    tmp_path_factory: pytest.TempPathFactory, name: str, raw: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = write(folder, name, raw)
    # As a .yml the bytes are the metadata of a good article.
    article = path if name != "a.yml" else write(folder, "a.txt", "Shut.")
    outcome = document_or_refusal(article)
    if isinstance(outcome, Document):
        assert outcome.text.strip()
        assert not re.search(r"[\0\ud800-\udfff]", repr(outcome))
        assert len(outcome.text_sha) == 64


@pytest.mark.parametrize("lines", [["title", "outlet"], ["sample"], ["published", "url"]])
@given(data=st.data())
def test_any_yaml_gives_a_document_or_an_ingest_error(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], data: st.DataObject
) -> None:
    values = [data.draw(st.text("ab0129-:T+Z&*!|>{}[]'\"\\#~ \n", max_size=20)) for _ in lines]
    front = "".join(f"{key}: {value}\n" for key, value in zip(lines, values, strict=True))
    path = write(tmp_path_factory.mktemp("lines"), "a.md", f"---\n{front}---\nShut.")
    outcome = document_or_refusal(path)
    if isinstance(outcome, Document):
        assert outcome.text == "Shut."
        assert outcome.published_at is None or outcome.published_at.tzinfo is UTC


def test_a_byte_order_mark_is_not_text(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"\xef\xbb\xbfShut.\xef\xbb\xbf")
    assert read(path).text == "Shut."


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (b"The \x93port\x94", "not UTF-8: byte 0x93 at offset 4"),
        ("The “port”".encode("utf-16"), "not UTF-8: byte 0xff at offset 0"),
        ("é".encode() + b"\xed\xa0\x80", "not UTF-8: byte 0xed at offset 2"),
        (b"\xef\xbb\xbfab\xff", "not UTF-8: byte 0xff at offset 5"),
        ("é\0".encode(), "NUL character at offset 2"),
    ],
)
def test_bytes_that_are_not_text_are_refused_with_their_offset(
    tmp_path: Path, raw: bytes, cause: str
) -> None:
    error = refused(write(tmp_path, "a.txt", raw))
    assert cause in error.cause
    assert "UTF-8" in error.remedy


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", ""), ("a.txt", " \r\n\t\u2003"), ("a.md", "---\ntitle: A\n---\n\n")],
)
def test_an_article_without_text_is_refused(tmp_path: Path, name: str, content: str) -> None:
    assert "no text" in refused(write(tmp_path, name, content)).cause


def test_the_size_limit_is_exact(tmp_path: Path) -> None:
    assert len(read(write(tmp_path, "a.txt", "x" * MAX_BYTES)).text) == MAX_BYTES
    error = refused(write(tmp_path, "b.txt", "x" * (MAX_BYTES + 1)))
    assert "larger than 100,000 bytes" in error.cause
    assert "ingest.max_megabytes" in error.remedy


@pytest.mark.parametrize("name", ["a.xyz", "a", "a.yaml", ".txt"])
def test_an_unknown_suffix_is_refused_with_the_valid_ones(tmp_path: Path, name: str) -> None:
    error = refused(write(tmp_path, name, "x" * (MAX_BYTES + 1)))
    assert "are not read" in error.cause
    assert all(kind in error.remedy for kind in ("text", "HTML", "PDF", "Word", "e-mail", "XML"))


@pytest.mark.parametrize(
    ("name", "cause", "remedy"),
    [
        (
            "a.jpg",
            "pictures ending in .jpg are not read",
            "If it is a scan, run OCR on it, e.g. with ocrmypdf",
        ),
        ("a.MP3", "recordings ending in .mp3 are not read", "Ingest a transcript"),
        ("a.doc", "documents ending in .doc are not read", "Save it as .docx or .pdf"),
        ("a.pages", "documents ending in .pages are not read", "Save it as .docx or .pdf"),
        ("a.xls", "spreadsheets ending in .xls are not read", "Save what it says as .docx"),
        ("a.ppt", "documents ending in .ppt are not read", "Save it as .docx or .pdf"),
    ],
)
def test_unsupported_files_get_specific_refusals(
    tmp_path: Path, name: str, cause: str, remedy: str
) -> None:
    error = refused(write(tmp_path, name, "x"))
    assert error.cause == cause
    assert error.remedy.startswith(remedy)


def test_a_yml_linked_from_outside_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wire").mkdir()
    write(tmp_path, "secret.yml", "title: Secret")
    (tmp_path / "wire" / "a.yml").symlink_to("../secret.yml")
    error = refused(write(tmp_path / "wire", "a.txt", "Shut."))
    assert "a.yml beside it is a link to somewhere outside the folder" in error.cause
    (tmp_path / "b.yml").symlink_to("secret.yml")
    assert read(write(tmp_path, "b.txt", "Shut.")).title == "Secret"


def test_a_yml_without_an_article_is_refused(tmp_path: Path) -> None:
    error = refused(write(tmp_path, "a.yml", "title: A\n"))
    assert "put that beside it" in error.remedy


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.txt").cause == "no such file or directory"
    assert refused(tmp_path / "b").cause == "no such file or directory"


def test_a_link_to_nowhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.symlink_to(tmp_path / "gone.txt")
    assert "if it is a link" in str(refused(path))


def test_a_link_to_nowhere_as_metadata_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Shut.")
    (tmp_path / "a.yml").symlink_to(tmp_path / "gone.yml")
    assert "in a.yml, no such file or directory" in refused(path).cause


def test_a_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.symlink_to(path)
    assert "symbolic links" in refused(path).cause


def test_a_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.mkdir()
    assert "it is a folder" in refused(path).cause


def test_a_folder_as_metadata_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yml").mkdir()
    assert "in a.yml, it is a folder" in refused(write(tmp_path, "a.txt", "Shut.")).cause


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    os.mkfifo(path)
    assert "not a regular file" in refused(path).cause


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "a.txt", "Shut.")

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    error = refused(path)
    assert error.cause == "permission denied"
    assert "who can read it" in error.remedy


@pytest.mark.parametrize("name", ["a\0.txt", f"{'a' * 300}.txt"])
def test_an_impossible_name_is_refused(tmp_path: Path, name: str) -> None:
    refused(tmp_path / name)


def test_a_name_that_is_not_utf8_is_shown_escaped(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        path.write_text("Shut.", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert read(path).origin == f"{tmp_path}/caf\\udce9.txt"
    path.write_text("", encoding="utf-8")
    (error,) = ingest.read(path, max_bytes=MAX_BYTES)
    str(error).encode("utf-8")
