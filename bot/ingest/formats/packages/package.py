"""Documents that are ZIP files of XML parts, Word and OpenDocument, and the articles in them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element

from bot.ingest.formats import xml
from bot.ingest.formats.properties import drop_program_default, find_embargo
from bot.ingest.formats.signatures import wrong_type_refusal
from bot.ingest.head import read_head
from bot.ingest.metadata import drop_empty
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal, comments_refusal

MAX_FILES = 5_000
MAX_PART_BYTES = 32 * 1024 * 1024
"""Size limit of an unpacked part. Only the parts that we need are unpacked."""
MAX_TOTAL_BYTES = 4 * MAX_PART_BYTES

_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    RuntimeError,  # including NotImplementedError
    ValueError,
    OSError,
    EOFError,
)
_SENTENCE_ENDS = (".", "!", "?", "”", '"')


class Package:
    """The parts of a document by name."""

    def __init__(self, raw: bytes, kind: str) -> None:
        """Open the ZIP file; `kind` is its name for people. Raises Refusal."""
        if not raw.startswith(b"PK"):
            raise wrong_type_refusal(raw, kind)
        try:
            self._file = zipfile.ZipFile(io.BytesIO(raw))
        except _ERRORS as error:
            cause = "it is damaged: the ZIP file is not complete"
            raise Refusal(cause, "Download it again") from error
        if len(self._file.infolist()) > MAX_FILES:
            raise Refusal(f"it has more than {MAX_FILES:,} files in it", "Check where it came from")
        self._names = frozenset(self._file.namelist())
        self._bytes_left = MAX_TOTAL_BYTES

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def parse(self, name: str, *, is_optional: bool = False) -> Element:
        """Unpack and parse a part; an optional one that is missing is an empty element.

        Raises Refusal if it is missing, damaged, too large, or malformed or hostile XML.
        """
        if is_optional and name not in self._names:
            return Element("none")
        try:
            with self._file.open(name) as file:
                source = file.read(MAX_PART_BYTES + 1)
        except _ERRORS as error:
            cause = f"it is damaged: its part {name} cannot be read"
            raise Refusal(cause, "Save it again") from error
        self._bytes_left -= len(source)
        if len(source) > MAX_PART_BYTES or self._bytes_left < 0:
            cause = f"its part {name} unpacks to more than {MAX_PART_BYTES:,} bytes"
            raise Refusal(cause, "Split it")
        try:
            return xml.parse(source)
        except Refusal as refusal:
            raise refusal.with_context(f"its part {name}") from refusal


def first_entry(head: bytes) -> bytes:
    """Return the name of the first file in a ZIP, and its contents as far as they are stored."""
    return head[30:8192] if head.startswith(b"PK\x03\x04") else b""


@dataclass
class OfficeDocument:
    """A document's paragraphs, and what is printed beside them, as paragraphs too.

    `heading` is the first paragraph formatted as a title, unless a sentence precedes it.
    `comment_count` counts comments, which are not part of the text.
    """

    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)
    text_boxes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    comment_count: int = 0

    def add(self, text: str, *, is_title: bool) -> None:
        """Add the clean text of the next paragraph."""
        if (
            text
            and is_title
            and not self.heading
            and not any(one.endswith(_SENTENCE_ENDS) for one in self.paragraphs)
        ):
            self.heading = text
        elif text:
            self.paragraphs.append(text)

    def to_article(
        self, title: str, author: str, modified_at: datetime | None
    ) -> Iterator[ParsedArticle | Refusal]:
        """Yield the article; text boxes, footnotes and endnotes follow the text.

        The properties' title counts if a person typed it, else the heading. A printed byline is
        preferred to the properties' author, who may only have saved the file.
        """
        paragraphs = list(self.paragraphs)
        head = read_head("\n\n".join([self.heading, *paragraphs]))
        title = drop_program_default(title) or self.heading
        if self.heading and self.heading != title:
            paragraphs.insert(0, self.heading)
        elif paragraphs and paragraphs[0] == title:
            del paragraphs[0]
        text = "\n\n".join(filter(None, (*paragraphs, *self.text_boxes, *self.notes)))
        byline = head.get("byline") or drop_program_default(author)
        metadata = drop_empty(title=title, byline=byline, modified_at=modified_at)
        yield ParsedArticle(text, metadata | find_embargo(title, text))
        if self.comment_count:
            yield comments_refusal(self.comment_count)
