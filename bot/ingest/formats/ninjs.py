"""ninjs 1, 2 and 3, IPTC's news in JSON (iptc.org/std/ninjs/userguide).

Version 1 has a key for each kind of text (`body_html`), version 2 has lists of texts (`bodies`).
Version 3 has the keys of version 2 in camel case, so keys are compared in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from bot.ingest.formats import json, markup
from bot.ingest.formats.json import as_objects, as_text
from bot.ingest.formats.wire import Story, make_article, parse_status, skip_refusal
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_instant

MAX_ITEMS = 10_000

_TYPICAL_KEYS = re.compile(
    rb'"(?:body_[a-z0-9]+|bodies|headlines|pubstatus|versioncreated|firstcreated|usageterms'
    rb'|representationtype|copyrightholder|copyrightnotice|ednote|infosources?|slugline)"\s*:',
    re.IGNORECASE,
)
_TEXT_TYPES = ("", "text", "composite", "package")
"""Types of items that may be, or contain, an article. Others are "picture", "event", …"""
_PUBLISHER_ROLES = ("publisher", "provider", "originator", "distributor", "supplier", "source")
_MARKUP_TYPES = ("html", "xml", "nitf")
_PARTIAL_TYPES = ("incomplete", "partial", "associated")
_NON_BODY_ROLES = ("teaser", "caption", "summary", "abstract", "event")
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


class _Body(NamedTuple):
    text: str
    is_markup: bool


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is JSON with one of ninjs's own keys."""
    is_json = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    return is_json and bool(_TYPICAL_KEYS.search(head))


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read an item, an array of items, or one item per line.

    Yields a Refusal for each item that is not an article: a picture, an event, a package that only
    links. Raises Refusal if it is not JSON.
    """
    parsed = _parse_items(raw)
    items = parsed if isinstance(parsed, list) else [parsed]
    for number, item in enumerate(items[:MAX_ITEMS], 1):
        if isinstance(item, dict):
            yield from _read_item(_lowercase_keys(item), number if len(items) > 1 else 0)
        else:
            place = f"item {number}"
            yield Refusal("it is not a JSON object", "Check what it should be", place=place)
    if len(items) > MAX_ITEMS:
        yield Refusal(f"it has more than {MAX_ITEMS:,} items", "Split it", place="its rest")


def _parse_items(raw: bytes) -> Any:
    try:
        return json.parse(raw)
    except Refusal as refusal:
        lines = [line for line in raw.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
        try:
            return [json.parse(line) for line in lines]
        except Refusal:
            raise refusal from None  # its line number counts from the start of the file


def _read_item(item: dict[str, Any], number: int) -> Iterator[ParsedArticle | Refusal]:
    item_type = as_text(item.get("type")).lower()
    text = _longest_text(item)
    if item_type in ("composite", "package") and not text and (stories := _embedded_stories(item)):
        package = _read_story(item)
        for position, inner in enumerate(stories, 1):
            story = _restrict(_read_story(inner), package)
            yield make_article(story, _longest_text(inner), position)
    elif item_type not in _TEXT_TYPES:
        place = _id(item) or (f"item {number}" if number else "")
        yield skip_refusal(f"it is not text but of the type {item_type[:40]}", place)
    else:
        yield make_article(_read_story(item), text, number)


def _read_story(item: dict[str, Any]) -> Story:
    embargo_reason = as_text(item.get("embargoedreason"))
    return Story(
        guid=_id(item),
        version=as_text(item.get("version")),
        title=_headline(item),
        outlet=_outlet(item),
        byline=_first_text(item, "by", "byline"),
        published=_first_text(item, "firstcreated", "contentcreated"),
        modified=_first_text(item, "versioncreated", "contentmodified"),
        language=as_text(item.get("language")),
        url=_web_url(item),
        note="; ".join(filter(None, (as_text(item.get("ednote")), embargo_reason))),
        status=_restriction(item.get("pubstatus")),
        embargo=_restriction(item.get("embargoed")) or None,
        is_excerpt=as_text(item.get("representationtype")).lower() in _PARTIAL_TYPES,
    )


def _restrict(story: Story, package: Story) -> Story:
    """Apply a package's status and embargo to a story in it."""
    status = package.status if parse_status(package.status) != "usable" else story.status
    embargoes = [item.embargo for item in (story, package) if item.embargo is not None]
    latest = max(
        embargoes, key=lambda embargo: parse_instant(embargo) or _END_OF_TIME, default=None
    )
    return story._replace(status=status, embargo=latest)


def _restriction(value: Any) -> str:
    """Return the text of a value that may forbid showing the item.

    A value of another type is "unreadable", so that it does not count as missing.
    """
    return "" if value in (None, "", False) else as_text(value) or "unreadable"


def _embedded_stories(item: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a package's associations that have a text."""
    associations = item.get("associations")
    values = list(associations.values()) if isinstance(associations, dict) else associations
    items = [_lowercase_keys(value) for value in as_objects(values)]
    return [
        inner
        for inner in items
        if as_text(inner.get("type")).lower() in _TEXT_TYPES and _longest_text(inner)
    ]


def _longest_text(item: dict[str, Any]) -> str:
    """Return the longest body, but prefer markup that is nearly as long: it has paragraphs."""
    bodies = [body for body in _bodies(item) if body.text]
    max_length = max((len(body.text) for body in bodies), default=0)
    long_bodies = [body for body in bodies if len(body.text) >= 0.9 * max_length]
    default = long_bodies[0].text if long_bodies else ""
    return next((body.text for body in long_bodies if body.is_markup), default)


def _bodies(item: dict[str, Any]) -> Iterator[_Body]:
    for body in map(_lowercase_keys, as_objects(item.get("bodies"))):
        if as_text(body.get("role")).lower() not in _NON_BODY_ROLES:
            yield _make_body(as_text(body.get("value")), as_text(body.get("contenttype")))
    for key, value in item.items():
        kind = key.removeprefix("body_")
        if kind != key and kind not in _NON_BODY_ROLES:
            yield _make_body(as_text(value), kind)


def _make_body(value: str, kind: str) -> _Body:
    if any(name in kind.lower() for name in _MARKUP_TYPES):
        return _Body(markup.extract_text(value), is_markup=True)
    return _Body(markup.clean_plain_text(value), is_markup=False)


def _headline(item: dict[str, Any]) -> str:
    headlines = [_lowercase_keys(headline) for headline in as_objects(item.get("headlines"))]
    headlines.sort(key=lambda headline: as_text(headline.get("role")).lower() != "main")
    for headline in headlines:
        value = as_text(headline.get("value"))
        is_markup = "html" in as_text(headline.get("contenttype")).lower()
        if line := markup.extract_line(value) if is_markup else " ".join(value.split()):
            return line
    return _first_text(item, "headline", "headline_main", "title")


def _outlet(item: dict[str, Any]) -> str:
    """Return the provider, or a source with a publisher's role, or the copyright holder."""
    provider = item.get("provider")
    provider_name = provider.get("name") if isinstance(provider, dict) else provider
    sources = [
        _lowercase_keys(source)
        for key in ("infosources", "infosource")
        for source in as_objects(item.get(key))
    ]
    publishers = [
        source
        for source in sources
        if as_text(source.get("role")).lower().endswith(_PUBLISHER_ROLES)
    ]
    names = (
        as_text(provider_name),
        *(as_text(publisher.get("name")) for publisher in publishers),
        _first_text(item, "copyrightholder", "source"),
        *(as_text(source.get("name")) for source in sources[:1]),
    )
    return next(filter(None, names), "")


def _web_url(item: dict[str, Any]) -> str:
    """Return the first of the item's alternative ids that is a web address."""
    ids = item.get("altids")
    values = [as_text(value) for value in ids.values()] if isinstance(ids, dict) else []
    values += [as_text(_lowercase_keys(entry).get("value")) for entry in as_objects(ids)]
    return next((value for value in values if value.startswith(("http://", "https://"))), "")


def _id(item: dict[str, Any]) -> str:
    return _first_text(item, "uri", "guid")


def _first_text(item: dict[str, Any], *keys: str) -> str:
    return next(filter(None, (as_text(item.get(key)) for key in keys)), "")


def _lowercase_keys(item: dict[str, Any]) -> dict[str, Any]:
    return {key.lower(): value for key, value in item.items()}
