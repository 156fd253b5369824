"""Books and magazines: each chapter is an article, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest

from bot.ingest.formats.packages import epub
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from tests.ingest.make_books import make_epub, page

STORY = "The north gate stays shut until Thursday, said the harbour master. " * 3
LATER = "The south gate opens on Friday, the harbour office said on Monday. " * 3
ONE = page(f"<h1>North gate</h1><p>{STORY}</p>")
TWO = page(f"<h2>South gate</h2><p>{LATER}</p>")
NORTH, SOUTH = ("North gate", STORY.strip()), ("South gate", LATER.strip())
LINKS = "<ol>" + "<li><a href='a'>A chapter with a long name</a></li>" * 9 + "</ol>"
FONT = (
    "<EncryptedData><CipherData><CipherReference URI='OEBPS/a.otf'/></CipherData></EncryptedData>"
)
BOOKS = {
    "two chapters": (make_epub({"a.xhtml": ONE, "b.xhtml": TWO}), [NORTH, SOUTH]),
    "in the order of the spine": (
        make_epub({"a.xhtml": ONE, "b.xhtml": TWO}, spine=["b.xhtml", "a.xhtml"]),
        [SOUTH, NORTH],
    ),
    "a chapter out of the spine": (
        make_epub({"a.xhtml": ONE, "b.xhtml": TWO}, spine=["b.xhtml"]),
        [SOUTH],
    ),
    "a list of contents": (
        make_epub({"n.xhtml": page(LINKS), "a.xhtml": ONE}, properties={"n.xhtml": "nav"}),
        [NORTH],
    ),
    "a contents page": (make_epub({"n.xhtml": page(LINKS, kind="toc"), "a.xhtml": ONE}), [NORTH]),
    "a cover": (make_epub({"c.xhtml": page("<p>Gates</p>"), "a.xhtml": ONE}), [NORTH]),
    "an imprint": (
        make_epub({"c.xhtml": page(f"<p>{LATER}</p>", kind="copyright-page"), "a.xhtml": ONE}),
        [NORTH],
    ),
    "no heading": (make_epub({"a.xhtml": page(f"<p>{STORY}</p>")}), [(None, STORY.strip())]),
    "a heading that is a paragraph": (
        make_epub(
            {"a.xhtml": page(f"<p>Gates</p><p>{STORY}</p>")}, metadata="<dc:title>Gates</dc:title>"
        ),
        [("Gates", STORY.strip())],
    ),
    "a name with spaces": (make_epub({"a b.xhtml": ONE}), [NORTH]),
    "locked fonts": (make_epub({"a.xhtml": ONE}, encryption=FONT), [NORTH]),
    "broken markup": (
        make_epub({"a.xhtml": f"<html><body><h1>North gate<p>{STORY}<br>"}),
        [NORTH],
    ),
    "another first file": (
        make_epub({"a.xhtml": ONE}).replace(b"mimetype", b"mimetypo"),
        [NORTH],
    ),
}


@pytest.mark.parametrize(("raw", "expected"), BOOKS.values(), ids=BOOKS)
def test_a_book(raw: bytes, expected: list[tuple[str | None, str]]) -> None:
    articles = [found for found in epub.read(raw) if isinstance(found, ParsedArticle)]
    assert [(one.metadata.get("title"), one.text) for one in articles] == expected


def test_the_books_metadata_are_each_chapters() -> None:
    metadata = (
        "<dc:creator>Ida Falk</dc:creator><dc:creator>Ola Roe</dc:creator><dc:publisher>Quay Books"
        "</dc:publisher><dc:date>2026-11-03</dc:date><dc:language>en-GB</dc:language>"
    )
    (article,) = epub.read(make_epub({"a.xhtml": ONE}, metadata=metadata))
    known = dict(article.metadata)
    assert known.pop("published").on == date(2026, 11, 3)
    assert known == {
        "title": "North gate",
        "byline": "Ida Falk, Ola Roe",
        "outlet": "Quay Books",
        "language": "en-GB",
    }
    assert article.place == "OEBPS/a.xhtml"


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (make_epub({"a.xhtml": ONE}, encryption=FONT.replace("a.otf", "a.xhtml")), "DRM"),
        (make_epub({"a.xhtml": ONE})[:300], "the ZIP file is not complete"),
        (b"Shut.", "its name says EPUB, but it is text"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, cause: str) -> None:
    with pytest.raises(Refusal) as caught:
        list(epub.read(raw))
    assert cause in caught.value.cause


def test_a_missing_chapter_does_not_lose_the_others() -> None:
    raw = make_epub({"a.xhtml": ONE, "b.xhtml": TWO}).replace(b"OEBPS/a.xhtml", b"OEBPS/z.xhtml")
    refusal, article = epub.read(raw)
    assert isinstance(refusal, Refusal)
    assert refusal.place == "OEBPS/a.xhtml"
    assert isinstance(article, ParsedArticle)
