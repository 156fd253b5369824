"""Parse a feed's XML even if it is not well-formed: complete entries are kept."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from html.entities import html5
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from bot.ingest.formats import xml
from bot.ingest.formats.feed import tags
from bot.ingest.formats.feed.names import DECLARATION
from bot.ingest.formats.xml import MalformedXmlError
from bot.ingest.refusal import Refusal

MAX_REPAIRED_ENTRIES = 5_000
"""The maximum number of entries read from a broken feed: parsing each separately is slow."""
MAX_REPAIRED_AMPERSANDS = 100_000
"""Ampersands between two CDATA sections or comments, or references to entities that the feed
declares. A text with more is not a story."""
MAX_DECLARED_PREFIXES = 100
MAX_DOCTYPE_LENGTH = 20_000

_ENTITY = re.compile(
    r"""<!ENTITY\s+(?P<name>[\w.-]+)\s+(["'])(?P<value>&#\w{1,8};|[^&<>"'%]{0,100})\2\s*>"""
)
# HTML's entities, which are known without reading where they are declared.
_HTML_ENTITIES = re.compile(
    r"""<!ENTITY\s+%\s+([\w.-]+)\s+PUBLIC\s+["']-//W3C//ENTITIES[^"'<>]*["']\s+["'][^"'<>]*["']\s*>"""
    r"""\s*%\1;"""
)
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*\[([^\]]*)\]\s*>", re.IGNORECASE)
# The first two also end at the end of the text, so that no part is searched twice.
_SECTION = re.compile(
    r"(<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?xml\b[^<>]*>|<\?[^<>]*\?>)",
    re.DOTALL | re.IGNORECASE,
)
_AMPERSAND = re.compile(
    r"&(?:#(?P<decimal>\d{1,31});|#[xX](?P<hex>[0-9a-fA-F]{1,6});|(?P<name>\w{1,31};)?)"
)
_SURROGATES = re.compile(r"&#(5[56]\d{3}|xd[89ab]..);&#(5[67]\d{3}|xd[c-f]..);", re.IGNORECASE)
_XML_ENTITIES = ("amp;", "lt;", "gt;", "quot;", "apos;")
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
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
    text = _replace_entities(xml.decode(raw))  # feeds often declare a wrong encoding
    with contextlib.suppress(MalformedXmlError):
        return ParsedXml(xml.parse_repairable(text), text, [])
    text = _declare_prefixes(_repair_characters(text))
    try:
        return ParsedXml(xml.parse_repairable(text), text, [])
    except MalformedXmlError as error:
        try:
            return _parse_entries(text, error)
        except MalformedXmlError:  # not even the root's start tag can be parsed
            raise error.to_refusal() from error


def _replace_entities(text: str) -> str:
    """Replace the entities that a feed declares if all of them are single characters or the like.

    Entities that hold others, or a lot of text, are an attack.
    """
    doctype = _DOCTYPE.search(text, 0, MAX_DOCTYPE_LENGTH)
    if not doctype:
        return text
    declarations = _HTML_ENTITIES.sub("", doctype[1])
    if _ENTITY.sub("", declarations).strip():
        return text
    values = {match["name"]: match["value"] for match in _ENTITY.finditer(declarations)}
    reference = re.compile(rf"&({'|'.join(map(re.escape, values))});")
    rest = text[doctype.end() :]
    return reference.sub(lambda match: values[match[1]], rest, MAX_REPAIRED_AMPERSANDS)


def _repair_characters(text: str) -> str:
    """Return a text whose characters XML allows, with escaped text instead of CDATA sections."""
    text = _SURROGATES.sub(_join_surrogates, _FORBIDDEN.sub("", text)).lstrip()
    pieces = _SECTION.split(text)
    # Every second piece is a CDATA section, a comment or the like.
    pieces[1::2] = map(_repair_section, pieces[1::2])
    pieces[::2] = [
        _AMPERSAND.sub(_repair_reference, piece, MAX_REPAIRED_AMPERSANDS).replace("]]>", "")
        for piece in pieces[::2]
    ]
    return "".join(pieces)


def _repair_section(section: str) -> str:
    if section.startswith("<![") and section.endswith("]]>"):
        return escape(section[9:-3].replace("<![CDATA[", ""))
    if section.endswith(">"):
        return "\n" * section.count("\n")  # so that lines keep their numbers
    return section


def _repair_reference(match: re.Match[str]) -> str:
    if match["decimal"] or match["hex"]:
        number = int(match["decimal"] or "0") or int(match["hex"] or "0", 16)
        is_forbidden = number > 0x10FFFF or _FORBIDDEN.match(chr(number))
        return "" if is_forbidden else match[0]
    name = match["name"] or ""
    if name in _XML_ENTITIES:
        return match[0]
    character = html5.get(name)
    return character if character and character not in "&<>" else f"&amp;{name}"


def _join_surrogates(match: re.Match[str]) -> str:
    """Return the character whose two halves were escaped one by one, as JavaScript has them."""
    high, low = (int(half[1:], 16) if half[0] in "xX" else int(half) for half in match.groups())
    is_pair = 0xD800 <= high < 0xDC00 <= low < 0xE000
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00) if is_pair else match[0]


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
