"""ninjs 1, 2 and 3, IPTC's news in JSON (iptc.org/std/ninjs/userguide).

1 has a key for each kind of text (`body_html`), 2 lists of texts (`bodies`), and 3 writes the keys
of 2 in camel case, so that keys are compared in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from bot.ingest.formats import json, markup
from bot.ingest.formats.json import objects, string
from bot.ingest.formats.wire import Story, no_story, part_of, pub_status
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import instant

MAX_ITEMS = 10_000

_KEYS = re.compile(
    rb'"(?:body_[a-z0-9]+|bodies|headlines|pubstatus|versioncreated|firstcreated|usageterms'
    rb'|representationtype|copyrightholder|copyrightnotice|ednote|infosources?|slugline)"\s*:',
    re.IGNORECASE,
)
_TEXTS = ("", "text", "composite", "package")
"""Types that may be, or hold, a story; every other ("picture", "event", …) is none."""
_PUBLISHERS = ("publisher", "provider", "originator", "distributor", "supplier", "source")
_MARKED_UP = ("html", "xml", "nitf")
_NAMES_OF_PARTIAL = ("incomplete", "partial", "associated")
_NO_BODIES = ("teaser", "caption", "summary", "abstract", "event")
_NEVER = datetime.max.replace(tzinfo=UTC)


class _Body(NamedTuple):
    text: str
    is_marked_up: bool


def recognises(head: bytes) -> bool:
    """Whether these first bytes are ninjs: objects with a key that is its own."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and bool(_KEYS.search(head))


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read an item, an array of items, or items one a line.

    Yields a Refusal for each that is no story: a picture, an event, a package that only points.
    Raises Refusal for what is no JSON.
    """
    found = _items(raw)
    items = found if isinstance(found, list) else [found]
    for number, item in enumerate(items[:MAX_ITEMS], 1):
        place = number if len(items) > 1 else 0
        if isinstance(item, dict):
            yield from _item(_lowered(item), place)
        else:
            where = f"item {number}"
            yield Refusal("it is not a JSON object", "Check what it should be", place=where)
    if len(items) > MAX_ITEMS:
        yield Refusal(f"it has more than {MAX_ITEMS:,} items", "Split it", place="its rest")


def _items(raw: bytes) -> Any:
    try:
        return json.parse(raw)
    except Refusal as refusal:
        lines = [line for line in raw.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
        try:
            return [json.parse(line) for line in lines]
        except Refusal:
            raise refusal from None  # its place is in the whole file


def _item(item: dict[str, Any], number: int) -> Iterator[ParsedArticle | Refusal]:
    kind = string(item.get("type")).lower()
    text = _text(item)
    if kind in ("composite", "package") and not text and (inner := _embedded(item)):
        package = _story(item)
        for position, one in enumerate(inner, 1):
            yield part_of(_held(_story(one), package), _text(one), position)
    elif kind not in _TEXTS:
        place = _id(item) or (f"item {number}" if number else "")
        yield no_story(f"it is not text but of the type {kind[:40]}", place)
    else:
        yield part_of(_story(item), text, number)


def _story(item: dict[str, Any]) -> Story:
    reason = string(item.get("embargoedreason"))
    return Story(
        guid=_id(item),
        version=string(item.get("version")),
        title=_headline(item),
        outlet=_outlet(item),
        byline=string(item.get("by")) or string(item.get("byline")),
        published=_first(item, "firstcreated", "contentcreated"),
        modified=_first(item, "versioncreated", "contentmodified"),
        language=string(item.get("language")),
        url=_address(item),
        note="; ".join(filter(None, (string(item.get("ednote")), reason))),
        status=_strictly(item.get("pubstatus")),
        embargo=_strictly(item.get("embargoed")) or None,
        is_excerpt=string(item.get("representationtype")).lower() in _NAMES_OF_PARTIAL,
    )


def _held(story: Story, package: Story) -> Story:
    """A story of a package may not be shown before its package."""
    status = package.status if pub_status(package.status) != "usable" else story.status
    embargoes = [one for one in (story.embargo, package.embargo) if one is not None]
    last = max(embargoes, key=lambda one: instant(one) or _NEVER, default=None)
    return story._replace(status=status, embargo=last)


def _strictly(value: Any) -> str:
    """A value that may forbid to show the item: one that is no text must not count as none."""
    return "" if value in (None, "", False) else string(value) or "unreadable"


def _embedded(item: dict[str, Any]) -> list[dict[str, Any]]:
    """The stories that a package brings along: those of its associations that have a text."""
    associations = item.get("associations")
    named = list(associations.values()) if isinstance(associations, dict) else associations
    inner = [_lowered(one) for one in objects(named)]
    return [one for one in inner if string(one.get("type")).lower() in _TEXTS and _text(one)]


def _text(item: dict[str, Any]) -> str:
    """The fullest body. Of two that are much the same the marked-up one: it has paragraphs."""
    bodies = [body for body in _bodies(item) if body.text]
    longest = max((len(body.text) for body in bodies), default=0)
    full = [body for body in bodies if len(body.text) >= 0.9 * longest]
    return next((body.text for body in full if body.is_marked_up), full[0].text if full else "")


def _bodies(item: dict[str, Any]) -> Iterator[_Body]:
    for body in map(_lowered, objects(item.get("bodies"))):
        if string(body.get("role")).lower() not in _NO_BODIES:
            yield _body(string(body.get("value")), string(body.get("contenttype")))
    for key, value in item.items():
        kind = key.removeprefix("body_")
        if kind != key and kind not in _NO_BODIES:
            yield _body(string(value), kind)


def _body(value: str, kind: str) -> _Body:
    if any(name in kind.lower() for name in _MARKED_UP):
        return _Body(markup.read(value), is_marked_up=True)
    return _Body(markup.read_plain(value), is_marked_up=False)


def _headline(item: dict[str, Any]) -> str:
    listed = [_lowered(one) for one in objects(item.get("headlines"))]
    listed.sort(key=lambda one: string(one.get("role")).lower() != "main")
    for one in listed:
        value = string(one.get("value"))
        is_marked_up = "html" in string(one.get("contenttype")).lower()
        if line := markup.one_line(value) if is_marked_up else " ".join(value.split()):
            return line
    return _first(item, "headline", "headline_main", "title")


def _outlet(item: dict[str, Any]) -> str:
    """Who published it: its provider, the source that is said to be it, or the copyright's."""
    provider = item.get("provider")
    named = provider.get("name") if isinstance(provider, dict) else provider
    sources = [
        _lowered(one) for key in ("infosources", "infosource") for one in objects(item.get(key))
    ]
    publishing = [one for one in sources if string(one.get("role")).lower().endswith(_PUBLISHERS)]
    names = [string(named), *(string(one.get("name")) for one in publishing)]
    names += [_first(item, "copyrightholder", "source")]
    names += [string(one.get("name")) for one in sources[:1]]
    return next(filter(None, names), "")


def _address(item: dict[str, Any]) -> str:
    """Where it can be read on the web, if one of its other ids is an address."""
    others = item.get("altids")
    values = others.values() if isinstance(others, dict) else []
    listed = [string(_lowered(one).get("value")) for one in objects(others)]
    addresses = (value for value in (*map(string, values), *listed))
    return next((one for one in addresses if one.startswith(("http://", "https://"))), "")


def _id(item: dict[str, Any]) -> str:
    return _first(item, "uri", "guid")


def _first(item: dict[str, Any], *keys: str) -> str:
    return next(filter(None, (string(item.get(key)) for key in keys)), "")


def _lowered(item: dict[str, Any]) -> dict[str, Any]:
    return {key.lower(): value for key, value in item.items()}
