"""Make XML well-formed whose tags are not: not closed, closed in the wrong order, or not quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
    pieces, elements, position = list[str](), _OpenElements([], []), 0
    for tag in _TAG.finditer(source):
        pieces.append(_escape_angles(source[position : tag.start()]))
        pieces += elements.close(tag[2]) if tag[1] else elements.open(tag[2], tag[3])
        position = tag.end()
    pieces.append(_escape_angles(source[position:]))
    unclosed = tuple(elements.names)
    pieces += elements.close_down_to(0)
    return Balanced("".join(pieces), unclosed)


def clean_start_tag(tag: str) -> str:
    """Return a start tag with quoted attributes, each of them once."""
    match = _TAG.fullmatch(tag)
    return f"<{match[2]}{_attributes(match[3])}>" if match else tag


@dataclass(frozen=True, slots=True)
class _OpenElements:
    """The elements that are open, the outermost first: as written, and in lower case.

    The methods return the tags that are to be written.
    """

    names: list[str]
    lower_names: list[str]

    def open(self, name: str, attributes: str) -> Iterator[str]:
        lower_name = name.lower()
        if self._ends_text(lower_name):
            yield from self.close_down_to(1)
        if lower_name in _SELF_CLOSING and self.lower_names[-1:] == [lower_name]:
            yield from self.close_down_to(len(self.names) - 1)
        if attributes.endswith("/") or lower_name in _VOID:
            yield f"<{name}{_attributes(attributes)}/>"
        elif len(self.names) < MAX_DEPTH:
            self.names.append(name)
            self.lower_names.append(lower_name)
            yield f"<{name}{_attributes(attributes)}>"

    def close(self, name: str) -> Iterator[str]:
        """Close an element, and those inside it; nothing for an end tag without a start tag."""
        if name.lower() in self.lower_names:
            depth = len(self.names) - 1 - self.lower_names[::-1].index(name.lower())
            yield from self.close_down_to(depth)

    def close_down_to(self, depth: int) -> Iterator[str]:
        while len(self.names) > depth:
            self.lower_names.pop()
            yield f"</{self.names.pop()}>"

    def _ends_text(self, name: str) -> bool:
        """Whether the start of an element shows that an entry's text before it has ended."""
        text = self.lower_names[1] if len(self.lower_names) > 1 else ""
        # An author of Atom holds elements, among them an id in some feeds.
        if name not in _TEXTS or text not in _TEXTS or text == "author":
            return False
        return not (text in _MARKUP and name in _ALSO_MARKUP)


def _attributes(source: str) -> str:
    values: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source):
        value = next(filter(None, match.groups()[1:]), "")
        values.setdefault(match[1], value.replace("<", "&lt;").replace('"', "&quot;"))
    return "".join(
        f' {name}="{value}"' for name, value in values.items() if value or ":" not in name
    )


def _escape_angles(text: str) -> str:
    return text.replace("<", "&lt;").replace("]]>", "]]&gt;")
