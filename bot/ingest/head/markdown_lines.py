"""Parse lines of Markdown (CommonMark) and strip their markup."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<text>.*?)(?:\s+#+)?(?:\s*\{[^{}]*\})?")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[(?P<text>[^\]]+)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(?<!\w)(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<text>.+?)(?<=\S)(?P=mark)(?!\w)")


class Line(NamedTuple):
    """A line's text, and its level if it is a heading, else 0."""

    text: str
    level: int = 0


def parse_markdown_line(line: str) -> Line:
    """Parse a line of Markdown. A heading needs at least one letter or digit."""
    heading = _HEADING.fullmatch(line.strip())
    text = _strip_markup(heading["text"] if heading else line)
    has_words = any(map(str.isalnum, text))
    return Line(text, len(heading["level"]) if heading and has_words else 0)


def parse_plain_line(line: str) -> Line:
    """Parse a line of plain text, in which a headline may be bold as in Markdown."""
    emphasis = _EMPHASIS.fullmatch(line.strip())
    return Line(emphasis["text"] if emphasis else line.strip())


def _strip_markup(text: str) -> str:
    """Strip emphasis, images and the addresses of links."""
    text = _LINK.sub(r"\g<text>", _IMAGE.sub("", text))
    return _EMPHASIS.sub(r"\g<text>", text).strip()
