"""Parse XML that may be hostile: without its own entities or external files, and within limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from lxml import etree

from bot.ingest.formats import charsets
from bot.ingest.refusal import Refusal

MAX_TAGS = 400_000

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# The DTDs of NITF and RSS 0.91 name the same characters as HTML does. No DTD is ever retrieved.
_NAMED_CHARACTER = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(\w+;)")
_DECLARED_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_ROOT = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*+<(?:[\w.-]+:)?([\w.-]+)",
    re.DOTALL,
)


def parse(source: bytes | str) -> Element:
    """Parse a whole document. Raises Refusal, with the line, if it is malformed or hostile."""
    text = source if isinstance(source, str) else decode(source)
    hostile = "declares entities of itself" if "<!ENTITY" in text else ""
    if hostile or text.count("<") > MAX_TAGS:
        raise Refusal(
            f"it {hostile or f'has more than {MAX_TAGS:,} tags'}, which news never needs",
            "Ask somebody who knows XML to look at it: it may be an attack",
        )
    text = _NAMED_CHARACTER.sub(lambda name: escape(html5.get(name[1], name[0])), text)
    # Its own limits are 256 elements inside each other, and 10 million characters a text.
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, remove_comments=True, remove_pis=True
    )
    try:
        root: Element = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        cause = f"it is not well-formed XML: {(error.msg or 'it is empty').partition(', ')[0]}"
        remedy = "Ask whoever made it for a complete copy"
        raise Refusal(cause, remedy, place=f"line {error.lineno or 1}") from error
    return root


def root_name(head: bytes) -> str:
    """Return the local name of the root element in a document's first bytes; "" if none."""
    text = charsets.decode_by_mark(head) or head.decode("latin-1")
    root = _ROOT.match(text)
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
