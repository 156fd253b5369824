"""Changes to a channel's digest, by the word typed after /digest."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.errors import QueryError
from bot.model import Subscription
from bot.newsroom import Newsroom
from bot.slack.surfaces.answers.commands import parse_clock
from bot.slack.surfaces.digests.settings import parse_topic, require_within_limits
from bot.slack.surfaces.digests.terms import (
    CLAIMS_BY_LENGTH,
    local_day,
    parse_day,
    parse_days,
    parse_zone,
    unreadable_error,
)
from bot.words import say

ADD_OR_REMOVE = re.compile(r"(add|remove)\s+(.+)", re.IGNORECASE)

Change = Callable[[Newsroom, Subscription, str], Subscription]
"""Takes the current subscription and the typed words, and returns the changed subscription. Raises
QueryError if the words cannot be parsed."""


def _set_time(newsroom: Newsroom, subscription: Subscription, text: str) -> Subscription:
    return replace(subscription, at=parse_clock(text))


def _set_zone(newsroom: Newsroom, subscription: Subscription, text: str) -> Subscription:
    return replace(subscription, zone=parse_zone(text))


def _set_days(newsroom: Newsroom, subscription: Subscription, text: str) -> Subscription:
    return _with_preferences(subscription, days=parse_days(text))


def _set_length(newsroom: Newsroom, subscription: Subscription, text: str) -> Subscription:
    if (length := text.casefold()) not in CLAIMS_BY_LENGTH:
        raise unreadable_error(text, say("digest_settings.how_length"))
    return _with_preferences(subscription, claims=CLAIMS_BY_LENGTH[length])


def _change_topics(newsroom: Newsroom, subscription: Subscription, text: str) -> Subscription:
    verb, topic = _parse_list_change(text)
    topics = subscription.preferences.topics
    if verb == "add":
        return _with_preferences(subscription, topics=_add(topics, parse_topic(newsroom, topic)))
    return _with_preferences(
        subscription, topics=_remove(topics, topic, "digest_settings.no_such_topic")
    )


def _change_outlets(newsroom: Newsroom, subscription: Subscription, text: str) -> Subscription:
    verb, outlet = _parse_list_change(text)
    outlets = subscription.preferences.outlets
    # An outlet on the list can be removed even if it is no longer known.
    if verb == "add" or outlet.casefold() not in map(str.casefold, outlets):
        outlet = newsroom.digests.subscriptions.resolve_outlet(outlet)
    if verb == "add":
        return _with_preferences(subscription, outlets=_add(outlets, outlet))
    return _with_preferences(
        subscription, outlets=_remove(outlets, outlet, "digest_settings.no_such_outlet")
    )


def _skip(newsroom: Newsroom, subscription: Subscription, text: str) -> Subscription:
    """Skip the next digest, or the digest of the typed day."""
    today = local_day(newsroom.now(), subscription.zone)
    next_day = local_day(newsroom.digests.next_posting(subscription), subscription.zone)
    if text:
        return _with_preferences(subscription, skip=parse_day(text, today))
    skip = subscription.preferences.skip
    is_skipped = skip is not None and today <= skip < next_day
    return subscription if is_skipped else _with_preferences(subscription, skip=next_day)


def _pause(newsroom: Newsroom, subscription: Subscription, text: str) -> Subscription:
    day = re.sub(r"^until\b\s*", "", text, flags=re.IGNORECASE)
    if not day:
        raise QueryError(say("digest_settings.no_pause"))
    today = local_day(newsroom.now(), subscription.zone)
    return _with_preferences(subscription, paused_until=parse_day(day, today))


def _resume(newsroom: Newsroom, subscription: Subscription, text: str) -> Subscription:
    return _with_preferences(subscription, paused_until=None, skip=None)


def _with_preferences(subscription: Subscription, **changes: Any) -> Subscription:
    preferences = replace(subscription.preferences, **changes)
    require_within_limits(preferences)
    return replace(subscription, preferences=preferences)


def _parse_list_change(text: str) -> tuple[str, str]:
    """Return the verb, "add" or "remove", and the name."""
    if match := ADD_OR_REMOVE.fullmatch(text):
        return match[1].casefold(), match[2]
    raise unreadable_error(text, say("digest_settings.how_list"))


def _add(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*names, name]))


def _remove(names: tuple[str, ...], name: str, error_key: str) -> tuple[str, ...]:
    """Return the names without one of them. Raises QueryError, with the text of `error_key`, if it
    is not there."""
    folded_name = " ".join(name.casefold().split())
    remaining_names = tuple(other for other in names if other.casefold() != folded_name)
    if remaining_names == names:
        remedy = say("digest_settings.there_are_none")
        if names:
            remedy = say("digest_settings.there_are", names="; ".join(names))
        raise QueryError(say(error_key, typed=name), remedy=remedy)
    return remaining_names


CHANGES: Mapping[str, Change] = {
    "time": _set_time,
    "days": _set_days,
    "zone": _set_zone,
    "topics": _change_topics,
    "outlets": _change_outlets,
    "length": _set_length,
    "skip": _skip,
    "pause": _pause,
    "resume": _resume,
}
