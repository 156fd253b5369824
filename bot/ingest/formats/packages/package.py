"""Documents that are ZIP files of XML parts, Word and OpenDocument, and the articles in them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from bot.ingest.formats import xml
from bot.ingest.formats.archive import ERRORS
from bot.ingest.formats.markup import clean_plain_text
from bot.ingest.formats.properties import drop_program_default, find_embargo
from bot.ingest.formats.signatures import wrong_type_refusal
from bot.ingest.head import read_head
from bot.ingest.metadata import drop_empty
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_instant
from bot.text.raised import mark_raised, resolve_raised

MAX_PART_BYTES = 32 * 1024 * 1024
_SENTENCE_ENDS = (".", "!", "?", "”", '"')


class Package:
    """The parts of a document by name."""

    def __init__(self, raw: bytes, kind: str) -> None:
        """Open the ZIP file; `kind` is its name for people. Raises Refusal."""
        if not raw.startswith(b"PK"):
            raise wrong_type_refusal(raw, kind)
        try:
            self._file = zipfile.ZipFile(io.BytesIO(raw))
        except ERRORS as error:
            cause = "it is damaged: part of it is missing"
            raise Refusal(cause, "Download it again") from error

    def parse(self, name: str, *, is_optional: bool = False) -> Element:
        """Unpack and parse a part; an optional one that is missing is an empty element.

        Raises Refusal if it is missing, damaged, too large, or malformed or hostile XML.
        """
        if is_optional and name not in self._file.namelist():
            return Element("none")
        try:
            with self._file.open(name) as file:
                source = file.read(MAX_PART_BYTES + 1)
        except ERRORS as error:
            raise Refusal(
                f"it is damaged: its part {name} cannot be read", "Save it again"
            ) from error
        if len(source) > MAX_PART_BYTES:
            raise Refusal(
                f"its part {name} unpacks to more than {MAX_PART_BYTES:,} bytes", "Split it"
            )
        try:
            return xml.parse(source)
        except Refusal as refusal:
            raise refusal.with_context(f"its part {name}") from refusal


def first_entry(head: bytes) -> bytes:
    """Return the name of the first file in a ZIP, and its contents as far as they are stored."""
    return head[30:8192] if head.startswith(b"PK\x03\x04") else b""


class OfficeDocument:
    """Collects a document's paragraphs, and what is printed beside them.

    `kinds` says what elements are, by local name: "paragraph", "box", "note", "skipped",
    "text", or the character that one prints; other elements are looked into. If some are "text",
    only those print what they hold. `look` says how an element is formatted: as "title", "hidden",
    "raised", "drop cap" or "".
    """

    def __init__(self, kinds: Mapping[str, str], look: Callable[[Element], str]) -> None:
        self._kinds, self._look = kinds, look
        self._has_text_elements = "text" in kinds.values()
        self._heading = ""
        self._paragraphs, self._boxes, self._notes = list[str](), list[str](), list[str]()

    def read_body(self, body: Element) -> None:
        """Read the text; the first paragraph formatted as a title, above any sentence, is one."""
        for text, is_title in self._read(body):
            is_below_text = any(one.endswith(_SENTENCE_ENDS) for one in self._paragraphs)
            if is_title and text and not self._heading and not is_below_text:
                self._heading = text
            elif text:
                self._paragraphs.append(text)

    def read_note(self, note: Element) -> None:
        """Read a footnote or an endnote."""
        self._notes.append(" ".join(text for text, _ in self._read(note)).strip())

    def to_article(self, known: Element, modified: str) -> ParsedArticle:
        """Return the article; text boxes, footnotes and endnotes follow the text.

        `known` are the properties, whose title counts if there is no heading and a person typed
        it. Their author may only have saved the file.
        """
        paragraphs = self._paragraphs
        head = read_head("\n\n".join([self._heading, *paragraphs]))
        title = self._heading or drop_program_default(xml.text_at(known, "title"))
        if paragraphs and paragraphs[0] == title:
            del paragraphs[0]
        text = "\n\n".join(filter(None, (*paragraphs, *self._boxes, *self._notes)))
        modified_at = parse_instant(xml.text_at(known, modified))
        metadata = drop_empty(title=title, byline=head.get("byline"), modified_at=modified_at)
        return ParsedArticle(text, metadata | find_embargo(title, text))

    def _read(self, element: Element) -> Iterator[tuple[str, bool]]:
        """Yield paragraphs, and whether each is a title; a drop cap begins the one below it."""
        drop_cap = ""
        for child in element:
            kind = self._kinds.get(xml.local_name(child))
            if kind == "paragraph":
                look = self._look(child)
                text = "" if look == "hidden" else resolve_raised("".join(self._pieces(child)))
                if look == "drop cap":
                    drop_cap += text.strip()
                else:
                    yield clean_plain_text(drop_cap + text), look == "title"
                    drop_cap = ""
            elif kind is None:
                yield from self._read(child)
            else:
                self._inline(child)
        yield drop_cap, False

    def _pieces(self, element: Element) -> Iterator[str]:
        is_text = self._kinds.get(xml.local_name(element)) == "text"
        if is_text or not self._has_text_elements:
            yield re.sub(r"\s+", " ", element.text or "")
        for child in element:
            yield self._inline(child)
            if not self._has_text_elements:
                yield re.sub(r"\s+", " ", child.tail or "")

    def _inline(self, element: Element) -> str:
        """Return what an element prints in its line, and collect what it prints elsewhere."""
        kind, look = self._kinds.get(xml.local_name(element), "text"), self._look(element)
        if kind == "note":
            self.read_note(element)
        elif kind == "box":
            self._boxes += [text for text, _ in self._read(element)]
        elif kind in ("text", "paragraph") and look != "hidden":
            text = "".join(self._pieces(element))
            return mark_raised(text) if look == "raised" else text
        return kind if len(kind) == 1 else ""
