"""Opens XML that may be hostile: no entities, nothing retrieved, depth and size bounded."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import DefusedXMLParser

from bot.ingest.formats import charsets
from bot.ingest.refusal import Refusal

MAX_DEPTH = 200
MAX_ELEMENTS = 200_000
MAX_ATTRIBUTES = 1_000

# NITF's DTD, and RSS 0.91's, name the same characters as HTML does. No DTD is ever retrieved.
_ENTITIES = {
    name.removesuffix(";"): text for name, text in html.entities.html5.items() if name.endswith(";")
}
_PROLOGUE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.DOTALL)
# Encodings that the web is written in; Python knows some that take hours over a few megabytes.
_DECLARED = re.compile(
    rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']"""
    rb"""((?:utf-?8|us-ascii|iso-8859|latin|windows|cp|koi8|shift_jis|euc|gb|big5|mac)[\w.-]*)""",
    re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")


class Malformed(Exception):
    """It breaks the rules of XML: `why`, and on which line."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why, line)
        self.why, self.line = why, line

    def refusal(self) -> Refusal:
        """What a reader says of it."""
        remedy = "Ask whoever made it for a complete copy"
        return Refusal(self.why, remedy, place=f"line {self.line}")


def parse(source: bytes | str) -> Element:
    """Parse a whole document. Raises Refusal with the line, for what is malformed or hostile."""
    try:
        return tree(source)
    except Malformed as malformed:
        raise malformed.refusal() from malformed


def tree(source: bytes | str) -> Element:
    """Parse a document that may yet be mended. Raises Malformed, or Refusal for a hostile one."""
    built = _Bounded()
    parser = DefusedXMLParser(target=built, forbid_dtd=False)
    parser.entity = _ENTITIES
    try:
        parser.feed(source)
        root: Element = parser.close()
    except ParseError as error:
        line, column = error.position
        why = str(error).partition(":")[0]
        raise Malformed(f"it is not well-formed XML: {why} at column {column + 1}", line) from error
    except DefusedXmlException as error:
        what = "declares entities" if isinstance(error, EntitiesForbidden) else "points outside"
        raise _hostile(f"it {what} of itself", parser) from error
    except _TooMuchError as error:
        raise _hostile(str(error), parser) from error
    except (ValueError, LookupError) as error:  # an encoding that is unknown, or of many bytes
        raise Refusal(
            f"its encoding is not supported for XML: {error}", "Save it as UTF-8"
        ) from error
    return root


def root_name(head: bytes) -> str:
    """The local name of the root element in a document's first bytes; "" if there is none."""
    text = decode(head).lstrip("\ufeff")
    at = 0
    while found := _PROLOGUE.match(text, at):
        at = found.end()
    root = _ROOT.match(text, at)
    return root[1] if root else ""


def decode(raw: bytes) -> str:
    """Decode as the byte order mark says, or else like a page: as UTF-8 where it can be that,
    whatever is declared."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    found = _DECLARED.match(raw[:200])
    declared = found[1].decode().lower() if found else ""
    # What claims to be UTF-8 and isn't is nearly always Windows-1252, the web's other encoding.
    known = "" if declared.startswith("utf") else declared
    return charsets.decode(raw, known).removeprefix("\ufeff")


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def every(element: Element, *path: str) -> Iterator[Element]:
    """The elements at the end of a path of local names below `element`, in document order."""
    for child in element:
        if local(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from every(child, *path[1:])


def first(element: Element, *path: str) -> Element | None:
    """The first element at the end of a path of local names."""
    return next(every(element, *path), None)


def words(element: Element | None) -> str:
    """All text within an element, on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def said(element: Element, *path: str) -> str:
    """The text at the end of a path of local names, on one line; "" where there is none."""
    return words(first(element, *path))


class _TooMuchError(Exception):
    """More of something than any news has."""


class _Bounded(TreeBuilder):
    """Builds the tree, and stops at what would take the machine's memory."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH:
            raise _TooMuchError(f"its elements are nested more than {MAX_DEPTH} deep")
        if self._count > MAX_ELEMENTS:
            raise _TooMuchError(f"it has more than {MAX_ELEMENTS:,} elements")
        if len(attrs) > MAX_ATTRIBUTES:
            raise _TooMuchError(f"an element has more than {MAX_ATTRIBUTES:,} attributes")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def _hostile(cause: str, parser: DefusedXMLParser) -> Refusal:
    return Refusal(
        f"{cause}, which news never needs",
        "Ask somebody who knows XML to look at it: it may be an attack",
        place=f"line {parser.parser.CurrentLineNumber}",
    )
