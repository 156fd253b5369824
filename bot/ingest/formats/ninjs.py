"""ninjs 1, 2 and 3, IPTC's news in JSON (iptc.org/std/ninjs/userguide).

Version 1 has a key for each kind of text (`body_html`), version 2 has lists of texts (`bodies`).
Version 3 has the keys of version 2 in camel case, so keys are compared in lower case.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from bot.ingest.formats import json, markup
from bot.ingest.formats.json import as_objects, as_text
from bot.ingest.formats.wire import Story, make_article, name_place, skip_refusal
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

MAX_ITEMS = 10_000

_TYPICAL_KEYS = re.compile(
    rb'"(?:body_[a-z0-9]+|bodies|headlines|pubstatus|(?:version|first)created|usageterms)"\s*:',
    re.IGNORECASE,
)
_PUBLISHER_ROLES = ("publisher", "provider", "originator", "distributor", "supplier", "source")
_PACKAGES = ("composite", "package")
_TEXT_TYPES = ("", "text", *_PACKAGES)
"""Types of items that may be, or contain, an article. Others are "picture", "event", …"""
_MARKUP_TYPE = re.compile("html|xml|nitf", re.IGNORECASE)
_PARTIAL_TYPES = ("incomplete", "partial", "associated")
_NON_BODY_ROLES = ("teaser", "caption", "summary", "abstract", "event")


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is JSON with one of ninjs's own keys."""
    is_json = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    return is_json and bool(_TYPICAL_KEYS.search(head))


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read an item or an array of items.

    Yields a Refusal for each item that is not an article: a picture, an event, a package that only
    links. Raises Refusal if it is not JSON.
    """
    parsed = json.parse(raw, ignore_case=True)
    items = parsed if isinstance(parsed, list) else [parsed]
    for number, item in enumerate(items[:MAX_ITEMS], 1):
        if isinstance(item, dict):
            yield from _read_item(item, number if len(items) > 1 else 0)
        else:
            yield Refusal("it is not a JSON object", "Check what it should be", f"item {number}")
    if len(items) > MAX_ITEMS:
        yield Refusal(f"it has more than {MAX_ITEMS:,} items", "Split it", place="its rest")


def _read_item(item: dict[str, Any], number: int) -> Iterator[ParsedArticle | Refusal]:
    item_type = as_text(item.get("type")).lower()
    text, story = _longest_text(item), _read_story(item)
    if item_type not in _TEXT_TYPES:
        yield skip_refusal(
            f"it is of the type {item_type[:40]}, not text", name_place(story.guid, number)
        )
        return
    associations = item.get("associations") if item_type in _PACKAGES and not text else None
    if isinstance(associations, dict):
        associations = list(associations.values())
    position = 0
    for one in as_objects(associations):
        inner_text = _longest_text(one)
        if inner_text and as_text(one.get("type")).lower() in _TEXT_TYPES:
            position += 1
            yield make_article(_read_story(one).restrict(story), inner_text, position)
    if not position:
        yield make_article(story, text, number)


def _read_story(item: dict[str, Any]) -> Story:
    ids = item.get("altids")
    ids = ids.values() if isinstance(ids, dict) else [one.get("value") for one in as_objects(ids)]
    return Story(
        guid=_first_text(item, "uri", "guid"),
        version=as_text(item.get("version")),
        title=_headline(item),
        outlet=_outlet(item),
        byline=_first_text(item, "by", "byline"),
        published=_first_text(item, "firstcreated", "contentcreated"),
        modified=_first_text(item, "versioncreated", "contentmodified"),
        language=as_text(item.get("language")),
        url=next(filter(re.compile("https?://").match, map(as_text, ids)), ""),
        note=as_text(item.get("ednote")),
        statuses=tuple(_restrictions(item, "pubstatus")),
        embargoes=tuple(_restrictions(item, "embargoed")),
        is_excerpt=as_text(item.get("representationtype")).lower() in _PARTIAL_TYPES,
    )


def _restrictions(item: dict[str, Any], key: str) -> Iterator[str]:
    """Yield what may forbid showing the item; of an unexpected type, it still counts as stated."""
    if (value := item.get(key)) not in (None, "", False):
        yield as_text(value) or "unreadable"


def _longest_text(item: dict[str, Any]) -> str:
    """Return the main or longest body, but markup if it is about as long: it has paragraphs."""
    bodies = as_objects(item.get("bodies"))
    for key, value in item.items():
        if (kind := key.removeprefix("body_")) != key:
            bodies.append({"role": kind, "contenttype": kind, "value": value})
    texts, most = {"": 0.0}, math.inf
    for body in bodies:
        value, kind = as_text(body.get("value")), as_text(body.get("contenttype"))
        role = as_text(body.get("role")).lower()
        if role not in _NON_BODY_ROLES:
            is_markup = bool(_MARKUP_TYPE.search(kind))
            text = markup.extract_text(value) if is_markup else markup.clean_plain_text(value)
            texts[text] = len(text) * (1.1 if is_markup else 1.0)
            most = 1.2 * len(text) if role == "main" and text else most
    return max((text for text in texts if len(text) <= most), key=texts.__getitem__)


def _headline(item: dict[str, Any]) -> str:
    headlines = as_objects(item.get("headlines"))
    headlines.sort(key=lambda headline: as_text(headline.get("role")).lower() != "main")
    lines = (markup.extract_line(as_text(headline.get("value"))) for headline in headlines)
    return next(filter(None, lines), "") or _first_text(item, "headline", "headline_main", "title")


def _outlet(item: dict[str, Any]) -> str:
    """Return the provider, or a source with a publisher's role, or the copyright holder."""
    sources = [*as_objects(item.get("infosources")), *as_objects(item.get("infosource"))]
    parties = as_objects(item.get("provider"))
    parties += [
        one for one in sources if as_text(one.get("role")).lower().endswith(_PUBLISHER_ROLES)
    ]
    names = filter(None, (as_text(party.get("name")) for party in parties))
    return next(names, "") or _first_text(item, "provider", "copyrightholder", "source")


def _first_text(item: dict[str, Any], *keys: str) -> str:
    return next(filter(None, (as_text(item.get(key)) for key in keys)), "")
