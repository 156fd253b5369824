"""Lines of Markdown (CommonMark) without their marks."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<text>.*?)(?:\s+#+)?(?:\s*\{[^{}]*\})?")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[(?P<text>[^\]]+)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(?<!\w)(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<text>.+?)(?<=\S)(?P=mark)(?!\w)")


class Line(NamedTuple):
    """A line's text, and its level if it is a heading."""

    text: str
    level: int = 0


def marked(line: str) -> Line:
    """Read a line of Markdown. A heading without words is none."""
    heading = _HEADING.fullmatch(line.strip())
    text = unmarked(heading["text"] if heading else line)
    has_words = any(map(str.isalnum, text))
    return Line(text, len(heading["level"]) if heading and has_words else 0)


def plain(line: str) -> Line:
    """Read a line of plain text, in which some set a headline in bold as Markdown does."""
    whole = _EMPHASIS.fullmatch(line.strip())
    return Line(whole["text"] if whole else line.strip())


def unmarked(text: str) -> str:
    """A text without emphasis, pictures and the addresses of its links."""
    text = _LINK.sub(r"\g<text>", _IMAGE.sub("", text))
    return _EMPHASIS.sub(r"\g<text>", text).strip()
