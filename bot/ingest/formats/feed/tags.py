"""Make XML well-formed whose tags are not: not closed, closed in the wrong order, or not quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from bot.ingest.formats.xml import MAX_ELEMENT_DEPTH

MAX_DEPTH = MAX_ELEMENT_DEPTH // 2
"""Tags that are opened deeper are left out."""

_NAME = r"[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?"
# A tag whose quotation marks are paired, or else everything to the next angle bracket.
_TAG = re.compile(rf"<(/?)({_NAME})((?:\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+|\s[^<>]*|/)?)>")
_ATTRIBUTE = re.compile(rf"({_NAME})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")

# What HTML never closes, and what it closes by opening the next one.
_VOID = frozenset(["br", "hr", "img", "input", "wbr", "col"])
_SELF_CLOSING = frozenset(["p", "li", "td", "th", "tr", "dt", "dd", "option"])

# The children of an entry that hold only text. Where one of them is open, another one's start shows
# that its end tag is missing, unless it may be an element of the text's markup.
_TEXTS = frozenset(
    [
        *("title", "link", "guid", "id", "description", "summary", "content", "content:encoded"),
        *("category", "comments", "author", "pubdate", "published", "updated", "issued"),
        "modified",
    ]
)
_MARKUP = frozenset(["description", "summary", "content", "content:encoded"])
_ALSO_MARKUP = frozenset(["title", "link", "summary", "content", "author"])


class Balanced(NamedTuple):
    """Well-formed XML, and the names of the elements that had to be closed at its end."""

    xml: str
    unclosed: tuple[str, ...]


def balance(source: str) -> Balanced:
    """Close, quote or leave out tags until XML without CDATA and comments is well-formed.

    XML that is well-formed keeps its elements, attributes and text.
    """
    pieces, open_names, position = [], list[str](), 0
    for tag in _TAG.finditer(source):
        pieces.append(_escape_angles(source[position : tag.start()]))
        pieces += _close_tag(tag[2], open_names) if tag[1] else _open_tag(tag, open_names)
        position = tag.end()
    pieces.append(_escape_angles(source[position:]))
    unclosed = tuple(open_names)
    pieces += _close_down_to(0, open_names)
    return Balanced("".join(pieces), unclosed)


def clean_start_tag(tag: str) -> str:
    """Return a start tag with quoted attributes, each of them once."""
    match = _TAG.fullmatch(tag)
    return f"<{match[2]}{_attributes(match[3])}>" if match else tag


def _open_tag(tag: re.Match[str], open_names: list[str]) -> Iterator[str]:
    name = tag[2].lower()
    if _ends_text(name, open_names):
        yield from _close_down_to(1, open_names)
    if name in _SELF_CLOSING and open_names and open_names[-1].lower() == name:
        yield f"</{open_names.pop()}>"
    if tag[3].endswith("/") or name in _VOID:
        yield f"<{tag[2]}{_attributes(tag[3])}/>"
    elif len(open_names) < MAX_DEPTH:
        open_names.append(tag[2])
        yield f"<{tag[2]}{_attributes(tag[3])}>"


def _close_tag(name: str, open_names: list[str]) -> Iterator[str]:
    """Close an element, and those inside it; nothing for an end tag without a start tag."""
    lower_names = [open_name.lower() for open_name in open_names]
    if name.lower() in lower_names:
        innermost = len(lower_names) - 1 - lower_names[::-1].index(name.lower())
        yield from _close_down_to(innermost, open_names)


def _close_down_to(depth: int, open_names: list[str]) -> Iterator[str]:
    while len(open_names) > depth:
        yield f"</{open_names.pop()}>"


def _ends_text(name: str, open_names: list[str]) -> bool:
    """Whether the start of an element shows that an entry's text before it has ended."""
    if len(open_names) < 2 or name not in _TEXTS or open_names[1].lower() not in _TEXTS:
        return False
    is_markup = open_names[1].lower() in _MARKUP and name in _ALSO_MARKUP
    # An author of Atom holds elements, among them an id in some feeds.
    return not is_markup and open_names[1].lower() != "author"


def _attributes(source: str) -> str:
    values: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source):
        value = next(filter(None, match.groups()[1:]), "")
        values.setdefault(match[1], value.replace("<", "&lt;").replace('"', "&quot;"))
    texts = (f' {name}="{value}"' for name, value in values.items() if value or ":" not in name)
    return "".join(chain(texts))


def _escape_angles(text: str) -> str:
    return text.replace("<", "&lt;").replace("]]>", "]]&gt;")
