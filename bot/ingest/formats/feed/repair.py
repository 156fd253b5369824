"""Parse a feed's XML even if it is not well-formed: complete entries are kept."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from html.entities import html5
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

from bot.ingest.formats import xml
from bot.ingest.formats.xml import MalformedXmlError
from bot.ingest.refusal import Refusal

MAX_REPAIRED_ENTRIES = 5_000
"""The maximum number of entries read from a broken feed: parsing each separately is slow."""
MAX_REPAIRED_AMPERSANDS = 100_000
"""Ampersands between two CDATA sections or comments. A text with more is not a story."""

# Either alternative also ends at the end of the text, so that no part is searched twice.
_CDATA_OR_COMMENT = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))", re.DOTALL)
_AMPERSAND = re.compile(
    r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(\w{1,31};)?"
)
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROOT = re.compile(r"<((?:\w+:)?(?:rss|feed|RDF))\b[^<>]*>")
_ENTRY = re.compile(r"<((?:\w+:)?(?:item|entry|deleted-entry))(?=[\s>])")
_CHANNEL = re.compile(r"<((?:\w+:)?channel)\b")


def parse_feed(raw: bytes) -> tuple[Element, list[Refusal]]:
    """Parse a feed. Returns its root, and a refusal with its line for each part that was lost.

    Bare ampersands, HTML entities, control characters and a wrong encoding are repaired. Raises
    Refusal if it is hostile or not a feed.
    """
    text = xml.decode(raw)  # feeds often declare a wrong encoding
    with contextlib.suppress(MalformedXmlError):
        return xml.parse_repairable(text), []
    text = _repair_characters(text)
    try:
        return xml.parse_repairable(text), []
    except MalformedXmlError as error:
        try:
            return _parse_entries(text, error)
        except MalformedXmlError:  # not even the root's start tag can be parsed
            raise error.to_refusal() from error


def _repair_characters(text: str) -> str:
    pieces = _CDATA_OR_COMMENT.split(_FORBIDDEN.sub("", text).lstrip())
    # Every second piece is a CDATA section or a comment, and is not changed.
    pieces[::2] = [
        _AMPERSAND.sub(_escape_ampersand, piece, MAX_REPAIRED_AMPERSANDS) for piece in pieces[::2]
    ]
    return "".join(pieces)


def _escape_ampersand(match: re.Match[str]) -> str:
    name = match[1] or ""
    character = html5.get(name)
    return character if character and character not in "&<>" else f"&amp;{name}"


def _parse_entries(text: str, error: MalformedXmlError) -> tuple[Element, list[Refusal]]:
    """Parse each entry separately, inside the root's start tag, which declares the namespaces."""
    root_tag = _ROOT.search(text)
    if not root_tag:
        raise error
    start_tag, end_tag = " ".join(root_tag[0].split()), f"</{root_tag[1]}>"
    entries = list(islice(_split_entries(text, root_tag.end()), MAX_REPAIRED_ENTRIES))
    head_end = entries[0].start if entries else len(text)
    root = _parse_head(start_tag, text[root_tag.end() : head_end], end_tag)
    mistakes: list[MalformedXmlError] = []
    for entry in entries:
        try:
            root.extend(_parse_entry(entry, start_tag, end_tag))
        except MalformedXmlError as mistake:
            # The column is dropped, since it would count the root's start tag.
            cause = mistake.cause.partition(" at column ")[0]
            mistakes.append(MalformedXmlError(cause, entry.line + mistake.line - 1))
    if len(entries) == MAX_REPAIRED_ENTRIES:
        cause = (
            f"it is damaged, and of a damaged feed only {MAX_REPAIRED_ENTRIES:,} entries are read"
        )
        mistakes.append(MalformedXmlError(cause, entries[-1].line))
    if not mistakes and end_tag not in text[-1_000:]:
        mistakes.append(MalformedXmlError(f"the feed is cut off: {error.cause}", error.line))
    if not len(root) and not mistakes:
        raise error
    return root, [mistake.to_refusal() for mistake in mistakes]


class _EntrySource(NamedTuple):
    """An entry's XML, "" if it has no end; its start in the text, and its line."""

    text: str
    start: int
    line: int


def _parse_entry(entry: _EntrySource, start_tag: str, end_tag: str) -> Element:
    """Return the root element with a single entry in it."""
    if not entry.text:
        raise MalformedXmlError("an entry does not end", 1)
    return xml.parse_repairable(f"{start_tag}{entry.text}{end_tag}")


def _split_entries(text: str, position: int) -> Iterator[_EntrySource]:
    line, counted_to = 1, 0
    tag = _ENTRY.search(text, position)
    while tag:
        next_tag = _ENTRY.search(text, tag.end())
        start, limit = tag.start(), next_tag.start() if next_tag else len(text)
        line, counted_to = line + text.count("\n", counted_to, start), start
        yield _EntrySource(text[start : _find_end(text, tag, limit)], start, line)
        tag = next_tag


def _find_end(text: str, tag: re.Match[str], limit: int) -> int:
    """Return the end of an entry; its start if it does not end before `limit`, the next entry."""
    tag_end = text.find(">", tag.end(), limit)
    if tag_end > 0 and text[tag_end - 1] == "/":
        return tag_end + 1
    end_tag = f"</{tag[1]}>"
    end = text.find(end_tag, tag.end(), limit)
    return tag.start() if end < 0 else end + len(end_tag)


def _parse_head(start_tag: str, head: str, end_tag: str) -> Element:
    """Return the root element with the feed's own metadata, if that is well-formed."""
    channel = _CHANNEL.search(head)
    endings = (f"</{channel[1]}>{end_tag}", end_tag) if channel else (end_tag,)
    for ending in endings:
        with contextlib.suppress(MalformedXmlError):
            return xml.parse_repairable(f"{start_tag}{head}{ending}")
    return xml.parse_repairable(f"{start_tag}{end_tag}")
