"""A feed's XML opened, even if it is not well-formed: whatever entry is whole is kept."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from html.entities import html5
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

from bot.ingest.formats import xml
from bot.ingest.formats.xml import Malformed
from bot.ingest.refusal import Refusal

MAX_ENTRIES = 5_000
"""Of a broken feed; opening each of them apart takes a little while."""
MAX_MENDED = 100_000
"""Ampersands in one stretch of text. What has more of them is none."""

# Each ends with the text if it doesn't end before, so that none is looked through twice.
_KEPT_APART = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))", re.DOTALL)
_AMPERSAND = re.compile(
    r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(\w{1,31};)?"
)
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROOT = re.compile(r"<((?:\w+:)?(?:rss|feed|RDF))\b[^<>]*>")
_ENTRY = re.compile(r"<((?:\w+:)?(?:item|entry|deleted-entry))(?=[\s>])")
_CHANNEL = re.compile(r"<((?:\w+:)?channel)\b")


def opened(raw: bytes) -> tuple[Element, list[Refusal]]:
    """Open a feed. Returns its root, and what in it could not be read, each with its line.

    Bare ampersands, HTML's entities, control characters and a wrong encoding are mended. Raises
    Refusal for what is hostile or no feed.
    """
    text = xml.decode(raw)  # feeds are often in another encoding than they declare
    with contextlib.suppress(Malformed):
        return xml.tree(text), []
    text = _mended(text)
    try:
        return xml.tree(text), []
    except Malformed as broken:
        try:
            return _salvaged(text, broken)
        except Malformed:  # not even the root's own tag can be read
            raise broken.refusal() from broken


def _mended(text: str) -> str:
    pieces = _KEPT_APART.split(_FORBIDDEN.sub("", text).lstrip())
    pieces[::2] = [_AMPERSAND.sub(_character, piece, MAX_MENDED) for piece in pieces[::2]]
    return "".join(pieces)


def _character(found: re.Match[str]) -> str:
    name = found[1] or ""
    known = html5.get(name) if name else None
    return known if known and known not in "&<>" else f"&amp;{name}"


def _salvaged(text: str, broken: Malformed) -> tuple[Element, list[Refusal]]:
    """Open each entry apart, within the root's own tag for the namespaces."""
    start = _ROOT.search(text)
    if not start:
        raise broken
    opening, closing = " ".join(start[0].split()), f"</{start[1]}>"
    pieces = list(islice(_pieces(text, start.end()), MAX_ENTRIES))
    first = pieces[0].start if pieces else len(text)
    root = _head(opening, text[start.end() : first], closing)
    faults: list[Malformed] = []
    for piece in pieces:
        try:
            root.extend(_entry(piece, opening, closing))
        except Malformed as fault:
            why = fault.why.partition(" at column ")[0]  # which would count the root's tag too
            faults.append(Malformed(why, piece.line + fault.line - 1))
    if len(pieces) == MAX_ENTRIES:
        why = f"it is damaged, and of a damaged feed only {MAX_ENTRIES:,} entries are read"
        faults.append(Malformed(why, pieces[-1].line))
    if not faults and closing not in text[-1_000:]:
        faults.append(Malformed(f"the feed is cut off: {broken.why}", broken.line))
    if not len(root) and not faults:
        raise broken
    return root, [fault.refusal() for fault in faults]


def _entry(piece: _Piece, opening: str, closing: str) -> Element:
    """The root with a single entry in it."""
    if not piece.text:
        raise Malformed("an entry does not end", 1)
    return xml.tree(f"{opening}{piece.text}{closing}")


class _Piece(NamedTuple):
    """An entry as written, "" where it doesn't end; where it starts, and on which line."""

    text: str
    start: int
    line: int


def _pieces(text: str, at: int) -> Iterator[_Piece]:
    line, counted = 1, 0
    opening = _ENTRY.search(text, at)
    while opening:
        following = _ENTRY.search(text, opening.end())
        start, limit = opening.start(), following.start() if following else len(text)
        line, counted = line + text.count("\n", counted, start), start
        yield _Piece(text[start : _end(text, opening, limit)], start, line)
        opening = following


def _end(text: str, opening: re.Match[str], limit: int) -> int:
    """Where an entry ends that ends before the next begins; where it starts if it doesn't."""
    tag = text.find(">", opening.end(), limit)
    if tag > 0 and text[tag - 1] == "/":
        return tag + 1
    close = f"</{opening[1]}>"
    end = text.find(close, opening.end(), limit)
    return opening.start() if end < 0 else end + len(close)


def _head(opening: str, head: str, closing: str) -> Element:
    """The root with what the feed says of itself, if that is well-formed."""
    channel = _CHANNEL.search(head)
    closings = (f"</{channel[1]}>{closing}", closing) if channel else (closing,)
    for end in closings:
        try:
            return xml.tree(f"{opening}{head}{end}")
        except Malformed:
            continue
    return xml.tree(f"{opening}{closing}")
