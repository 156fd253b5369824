"""Parse XML that may be hostile: without its own entities or external files, and within limits."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import DefusedXMLParser

from bot.ingest.formats import charsets
from bot.ingest.refusal import Refusal

MAX_ELEMENT_DEPTH = 200
MAX_ELEMENTS = 200_000

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
"""The name of the attribute xml:lang."""

# The DTDs of NITF and RSS 0.91 name the same characters as HTML does. No DTD is ever retrieved.
_ENTITIES = {
    name.removesuffix(";"): text for name, text in html.entities.html5.items() if name.endswith(";")
}
_PROLOGUE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.DOTALL)
_DECLARED_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")


def parse(source: bytes | str) -> Element:
    """Parse a whole document. Raises Refusal, with the line, if it is malformed or hostile."""
    parser = DefusedXMLParser(target=_LimitedTreeBuilder(), forbid_dtd=False)
    parser.entity = _ENTITIES
    try:
        parser.feed(source)
        root: Element = parser.close()
    except ParseError as error:
        line, column = error.position
        cause = f"it is not well-formed XML: {str(error).partition(':')[0]} at column {column + 1}"
        remedy = "Ask whoever made it for a complete copy"
        raise Refusal(cause, remedy, place=f"line {line}") from error
    except (DefusedXmlException, _LimitExceededError) as error:
        problem = "points outside of itself"
        if isinstance(error, EntitiesForbidden):
            problem = "declares entities of itself"
        elif isinstance(error, _LimitExceededError):
            problem = str(error)
        raise Refusal(
            f"it {problem}, which news never needs",
            "Ask somebody who knows XML to look at it: it may be an attack",
            place=f"line {parser.parser.CurrentLineNumber}",
        ) from error
    except (ValueError, LookupError) as error:  # an unknown or multi-byte encoding
        raise Refusal(
            f"its encoding is not supported for XML: {error}", "Save it as UTF-8"
        ) from error
    return root


def root_name(head: bytes) -> str:
    """Return the local name of the root element in a document's first bytes; "" if none."""
    text = charsets.decode_by_mark(head) or head.decode("latin-1")
    position = 0
    while match := _PROLOGUE.match(text, position):
        position = match.end()
    root = _ROOT.match(text, position)
    return root[1] if root else ""


def decode(raw: bytes) -> str:
    """Decode by the byte order mark, else as UTF-8 if valid, else in the declared encoding.

    If none is declared, it is guessed.
    """
    if (text := charsets.decode_by_mark(raw)) is not None:
        return text
    match = _DECLARED_ENCODING.match(raw[:1_000])
    encoding = match[1].decode("ascii", "replace").lower() if match else ""
    if not encoding or encoding.startswith(("utf", "u8", "u16", "u32")):
        if (text := charsets.decode_mostly_utf8(raw)) is not None:
            return text
        # What claims to be UTF-8 but is not is nearly always Windows-1252.
        encoding = "windows-1252" if encoding else charsets.guess(raw)
    return charsets.decode(raw, encoding)


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def find_all(element: Element, *path: str) -> Iterator[Element]:
    """Yield the elements at a path of local names below `element`, in document order."""
    return element.iterfind("/".join(f"{{*}}{name}" for name in path))


def find_first(element: Element, *path: str) -> Element | None:
    """Return the first element at a path of local names, or None."""
    return next(find_all(element, *path), None)


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute by its local name; "" if there is none."""
    attributes = {} if element is None else element.attrib
    return next((value for key, value in attributes.items() if key.rpartition("}")[2] == name), "")


def text_of(element: Element | None) -> str:
    """Return all text inside an element, on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def text_at(element: Element, *path: str) -> str:
    """Return the text at a path of local names, on one line; "" if there is none."""
    return text_of(find_first(element, *path))


class _LimitExceededError(Exception):
    """A document exceeds one of the limits above, which news never does."""


class _LimitedTreeBuilder(TreeBuilder):
    """Builds the tree, and stops before it takes too much memory."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_ELEMENT_DEPTH:
            raise _LimitExceededError(f"nests elements more than {MAX_ELEMENT_DEPTH} deep")
        if self._count > MAX_ELEMENTS:
            raise _LimitExceededError(f"has more than {MAX_ELEMENTS:,} elements")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)
