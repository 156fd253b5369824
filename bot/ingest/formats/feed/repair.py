"""Parse a feed's XML even if it is not well-formed: complete entries are kept."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

from bot.ingest.formats import xml
from bot.ingest.formats.feed import characters, tags
from bot.ingest.formats.feed.names import DECLARATION
from bot.ingest.formats.xml import MalformedXmlError
from bot.ingest.refusal import Refusal

MAX_REPAIRED_ENTRIES = 5_000
"""The maximum number of entries read from a broken feed: parsing each separately is slow."""
MAX_DECLARED_PREFIXES = 100

_ROOT = re.compile(r"<((?:\w+:)?(?:rss|feed|rdf|channel))\b[^<>]*>", re.IGNORECASE)
_PREFIX = re.compile(r"(?:</?|\s)([^\W\d][\w.-]*):[^\W\d][\w.-]*(?=[\s=/>])")
_ENTRY = re.compile(r"<((?:\w+:)?(?:item|entry|deleted-entry))(?=[\s>])", re.IGNORECASE)
_END_OF_ENTRIES = re.compile(r"</(?:\w+:)?(?:channel|rss|feed|rdf|items)\s*>", re.IGNORECASE)


class ParsedXml(NamedTuple):
    """A feed's root; the text it was parsed from, repaired; what was lost, each with its line."""

    root: Element
    source: str
    refusals: list[Refusal]


def parse_feed(raw: bytes) -> ParsedXml:
    """Parse a feed.

    Bare ampersands, HTML entities, control characters, a wrong encoding and undeclared prefixes are
    repaired, and in entries that are complete, their tags. Raises Refusal if it is hostile or not a
    feed.
    """
    text = characters.replace_entities(xml.decode(raw))  # feeds often declare a wrong encoding
    with contextlib.suppress(MalformedXmlError):
        return ParsedXml(xml.parse_repairable(text), text, [])
    text = _declare_prefixes(characters.repair(text))
    try:
        return ParsedXml(xml.parse_repairable(text), text, [])
    except MalformedXmlError as error:
        try:
            return _parse_entries(text, error)
        except MalformedXmlError:  # not even the root's start tag can be parsed
            raise error.to_refusal() from error


def _declare_prefixes(text: str) -> str:
    """Declare the prefixes that a feed uses, but does not declare, in its root's start tag."""
    root_tag = _ROOT.search(text)
    if not root_tag:
        return text
    declared = {prefix for prefix, _ in DECLARATION.findall(root_tag[0])}
    prefixes = dict.fromkeys(match[1] for match in _PREFIX.finditer(text))
    declarations = "".join(
        f' xmlns:{prefix}="{prefix}"'
        for prefix in islice(prefixes, MAX_DECLARED_PREFIXES)
        if prefix.lower() not in ("xml", "xmlns") and prefix not in declared
    )
    position = root_tag.end(1)
    return f"{text[:position]}{declarations}{text[position:]}"


def _parse_entries(text: str, error: MalformedXmlError) -> ParsedXml:
    """Parse each entry separately, inside the root's start tag, which declares the namespaces."""
    root_tag = _ROOT.search(text)
    if not root_tag:
        raise error
    start_tag = tags.clean_start_tag(" ".join(root_tag[0].split()))
    end_tag = f"</{root_tag[1]}>"
    entries = list(islice(_split_entries(text, root_tag.end()), MAX_REPAIRED_ENTRIES))
    head_end = entries[0].start if entries else len(text)
    head = tags.balance(text[root_tag.end() : head_end]).xml
    root = xml.parse_repairable(f"{start_tag}{head}{end_tag}")
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
    if not mistakes and not _END_OF_ENTRIES.search(text, entries[-1].start if entries else 0):
        mistakes.append(MalformedXmlError(f"the feed is cut off: {error.cause}", error.line))
    if not len(root) and not mistakes:
        raise error
    return ParsedXml(root, text, [mistake.to_refusal() for mistake in mistakes])


class _EntrySource(NamedTuple):
    """An entry's text, its start, and its line.

    `has_end`: it has an end tag. Otherwise it goes to where another entry starts or the feed ends,
    and is "" if neither follows.
    """

    text: str
    start: int
    line: int
    has_end: bool


def _parse_entry(entry: _EntrySource, start_tag: str, end_tag: str) -> Element:
    """Return the root element with a single entry in it.

    An entry without an end tag is complete only if all of its elements are: one that was cut off
    could say the opposite of what it said.
    """
    balanced = tags.balance(entry.text)
    if not entry.has_end and len(balanced.unclosed) != 1:
        raise MalformedXmlError("an entry does not end", 1)
    return xml.parse_repairable(f"{start_tag}{balanced.xml}{end_tag}")


def _split_entries(text: str, position: int) -> Iterator[_EntrySource]:
    line, counted_to = 1, 0
    tag = _ENTRY.search(text, position)
    while tag:
        next_tag = _ENTRY.search(text, tag.end())
        start, limit = tag.start(), next_tag.start() if next_tag else len(text)
        line, counted_to = line + text.count("\n", counted_to, start), start
        end, has_end = _find_end(text, tag, limit)
        yield _EntrySource(text[start:end], start, line, has_end)
        tag = next_tag


def _find_end(text: str, tag: re.Match[str], limit: int) -> tuple[int, bool]:
    """Return the end of an entry before `limit`, the next entry; and whether it has an end tag."""
    tag_end = text.find(">", tag.end(), limit)
    if tag_end > 0 and text[tag_end - 1] == "/":
        return tag_end + 1, True
    if end_tag := re.compile(rf"</{tag[1]}\s*>", re.IGNORECASE).search(text, tag.end(), limit):
        return end_tag.end(), True
    if end := _END_OF_ENTRIES.search(text, tag.end(), limit):
        return end.start(), False
    return (limit if limit < len(text) else tag.start()), False
