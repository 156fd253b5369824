"""Changes of a channel's digest, by the word typed after /digest."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.errors import QueryError
from bot.model import Subscription
from bot.newsroom import Newsroom
from bot.slack.surfaces.answers.commands import parse_clock
from bot.slack.surfaces.digests.settings import require_within_limits, valid_topic
from bot.slack.surfaces.digests.terms import (
    LENGTHS,
    local_day,
    parse_day,
    parse_days,
    parse_language,
    parse_zone,
    unreadable,
)
from bot.words import say

ADD_OR_REMOVE = re.compile(r"(add|remove)\s+(.+)", re.IGNORECASE)

Change = Callable[[Newsroom, Subscription, str], Subscription]
"""Takes a subscription and the typed words, returns the changed subscription. Raises QueryError if
the words cannot be read."""


def _time(newsroom: Newsroom, known: Subscription, typed: str) -> Subscription:
    return replace(known, at=parse_clock(typed))


def _zone(newsroom: Newsroom, known: Subscription, typed: str) -> Subscription:
    return replace(known, zone=parse_zone(typed))


def _days(newsroom: Newsroom, known: Subscription, typed: str) -> Subscription:
    return _with_wants(known, days=parse_days(typed))


def _length(newsroom: Newsroom, known: Subscription, typed: str) -> Subscription:
    if (length := typed.casefold()) not in LENGTHS:
        raise unreadable(typed, say("digest_settings.how_length"))
    return _with_wants(known, claims=LENGTHS[length])


def _language(newsroom: Newsroom, known: Subscription, typed: str) -> Subscription:
    if not typed:
        raise QueryError(say("digest_settings.no_language"))
    return _with_wants(known, language=parse_language(typed))


def _topics(newsroom: Newsroom, known: Subscription, typed: str) -> Subscription:
    verb, topic = _add_or_remove(typed)
    topics = known.wants.topics
    if verb == "add":
        return _with_wants(known, topics=_with(topics, valid_topic(newsroom, topic)))
    return _with_wants(known, topics=_without(topics, topic, "digest_settings.no_such_topic"))


def _outlets(newsroom: Newsroom, known: Subscription, typed: str) -> Subscription:
    verb, outlet = _add_or_remove(typed)
    outlets = known.wants.outlets
    if verb == "add":
        return _with_wants(
            known, outlets=_with(outlets, newsroom.digests.subscriptions.resolve_outlet(outlet))
        )
    with_that_name = [one for one in outlets if one.casefold() == outlet.casefold()]
    outlet_called = newsroom.digests.subscriptions.resolve_outlet
    name = with_that_name[0] if with_that_name else outlet_called(outlet)
    return _with_wants(known, outlets=_without(outlets, name, "digest_settings.no_such_outlet"))


def _skip(newsroom: Newsroom, known: Subscription, typed: str) -> Subscription:
    """Skip the next digest, or that of a day."""
    today = local_day(newsroom.now(), known)
    coming = local_day(newsroom.digests.next_posting(known), known)
    if typed:
        return _with_wants(known, skip=parse_day(typed, today))
    is_skipped = known.wants.skip is not None and today <= known.wants.skip < coming
    return known if is_skipped else _with_wants(known, skip=coming)


def _pause(newsroom: Newsroom, known: Subscription, typed: str) -> Subscription:
    day = re.sub(r"^until\b\s*", "", typed, flags=re.IGNORECASE)
    if not day:
        raise QueryError(say("digest_settings.no_pause"))
    return _with_wants(known, paused_until=parse_day(day, local_day(newsroom.now(), known)))


def _resume(newsroom: Newsroom, known: Subscription, typed: str) -> Subscription:
    return _with_wants(known, paused_until=None, skip=None)


def _with_wants(known: Subscription, **changed: Any) -> Subscription:
    wants = replace(known.wants, **changed)
    require_within_limits(wants)
    return replace(known, wants=wants)


def _add_or_remove(typed: str) -> tuple[str, str]:
    if match := ADD_OR_REMOVE.fullmatch(typed):
        return match[1].casefold(), match[2]
    raise unreadable(typed, say("digest_settings.how_list"))


def _with(there: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*there, one]))


def _without(there: tuple[str, ...], one: str, key: str) -> tuple[str, ...]:
    rest = tuple(other for other in there if other.casefold() != " ".join(one.casefold().split()))
    if rest == there:
        names = "; ".join(there)
        remedy = say("digest_settings.there_are", names=names) if there else ""
        raise QueryError(
            say(key, typed=one), remedy=remedy or say("digest_settings.there_are_none")
        )
    return rest


CHANGES: Mapping[str, Change] = {
    "time": _time,
    "days": _days,
    "zone": _zone,
    "topics": _topics,
    "outlets": _outlets,
    "length": _length,
    "language": _language,
    "skip": _skip,
    "pause": _pause,
    "resume": _resume,
}
"""By the first typed word."""
