"""Books and magazines (`.epub`, version 2 and 3): each chapter or article is an article."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from lxml import etree

from bot.ingest.formats import markup, xml
from bot.ingest.formats.html.source import decode_page, parse_page
from bot.ingest.formats.packages.package import Package, first_entry
from bot.ingest.metadata import Metadata, drop_empty
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_date

MIN_CHAPTER_LENGTH = 150
"""Characters; a cover, a title page or a dedication is shorter."""
MAX_CHAPTERS = 2_000

_MEDIA_TYPE = b"mimetypeapplication/epub+zip"
_CHAPTER_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_FRONT_MATTER_XPATH = (
    "//body[@*[contains(name(), 'type')][contains(., 'toc') or contains(., 'cover')"
    " or contains(., 'copyright-page') or contains(., 'titlepage')]]"
)


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is an EPUB."""
    return first_entry(head).startswith(_MEDIA_TYPE)


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Yield the chapters in reading order; a chapter's place is its file's name.

    The title is the first heading, or the book's if the chapter starts with it. The byline,
    publisher, date and language are the book's. The cover, the table of contents and the imprint
    are left out. Raises Refusal.
    """
    with Package(raw, "EPUB") as package:
        package_part = _find_package_part(package)
        root = package.parse(package_part)
        metadata, book_title = _metadata(root), xml.text_at(root, "metadata", "title")
        locked = _locked_parts(package)
        chapters = list(_chapters(root, posixpath.dirname(package_part)))[:MAX_CHAPTERS]
        if locked.intersection(chapters):
            raise Refusal("it is protected by its seller (DRM)", "Ask the publisher for the text")
        for chapter in chapters:
            yield from _read_chapter(package, chapter, metadata, book_title)


def _find_package_part(package: Package) -> str:
    container = package.parse("META-INF/container.xml")
    for rootfile in xml.find_all(container, "rootfiles", "rootfile"):
        if path := rootfile.get("full-path"):
            return posixpath.normpath(path).lstrip("/")
    raise Refusal("it has no book in it", "Download it again")


def _metadata(root: Element) -> Metadata:
    creators = [xml.text_of(one) for one in xml.find_all(root, "metadata", "creator")]
    return drop_empty(
        byline=", ".join(filter(None, creators)),
        outlet=xml.text_at(root, "metadata", "publisher"),
        published=parse_date(xml.text_at(root, "metadata", "date")),
        language=xml.text_at(root, "metadata", "language"),
    )


def _locked_parts(package: Package) -> frozenset[str]:
    """Return the encrypted parts; fonts often are, which is no hindrance."""
    if "META-INF/encryption.xml" not in package:
        return frozenset()
    encryption = package.parse("META-INF/encryption.xml")
    references = xml.find_all(encryption, "EncryptedData", "CipherData", "CipherReference")
    return frozenset(unquote(reference.get("URI", "")) for reference in references)


def _chapters(root: Element, folder: str) -> Iterator[str]:
    """Yield the parts with the book's text, in reading order."""
    chapters = {
        one.get("id", ""): posixpath.normpath(posixpath.join(folder, unquote(one.get("href", ""))))
        for one in xml.find_all(root, "manifest", "item")
        if one.get("media-type") in _CHAPTER_TYPES
        and "nav" not in one.get("properties", "").split()
    }
    for reference in xml.find_all(root, "spine", "itemref"):
        if (name := reference.get("idref", "")) in chapters:
            yield chapters.pop(name)


def _read_chapter(
    package: Package, chapter: str, metadata: Metadata, book_title: str
) -> Iterator[ParsedArticle | Refusal]:
    try:
        tree = parse_page(decode_page(package.read(chapter)))
    except Refusal as refusal:
        yield refusal.with_place(chapter)
        return
    if tree.xpath(_FRONT_MATTER_XPATH):
        return
    title = ""
    for heading in tree.xpath("(//h1 | //h2 | //h3)[normalize-space()][1]"):
        title = " ".join(heading.text_content().split())
        heading.drop_tree()
    text = markup.extract_text(etree.tostring(tree, encoding="unicode", method="html"))
    first, _, rest = text.partition("\n\n")
    if not title and first == book_title:  # formatted as a paragraph, as LibreOffice does
        title, text = first, rest
    if len(text) >= MIN_CHAPTER_LENGTH:
        yield ParsedArticle(text, {**metadata, **drop_empty(title=title)}, chapter)
