"""Parsing and formatting of a digest's settings. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.digest import EVERY_DAY
from bot.errors import QueryError
from bot.model import DigestPreferences, Subscription
from bot.slack.mrkdwn import escape_to_fit
from bot.slack.refusals import cause_and_remedy
from bot.wording.runs import shorten
from bot.words import say
from bot.words.dates import long_date

WEEKDAYS = (1, 2, 3, 4, 5)
"""Monday to Friday, in ISO 8601 numbers."""
CLAIMS_BY_LENGTH = {"short": 5, "normal": None, "long": 20}
"""The number of claims for each length of a digest; None means the configured default."""
MAX_PAUSE = timedelta(days=366)
MAX_LIST_LENGTH, MAX_ESCAPED_LIST_LENGTH = 300, 600
"""The number of characters of a list of topics or outlets, before and after escaping."""
_SEPARATOR = re.compile(r"[\s,;]+|\band\b")


# -- parsing


def parse_days(typed_text: str) -> tuple[int, ...]:
    """Parse days of the week: daily, weekdays, mon,wed, mon-fri. Raises QueryError.

    Returns their ISO 8601 numbers (1 is Monday); () means every day.
    """
    text = typed_text.casefold().strip()
    if text in ("daily", "every day", "each day", "all"):
        return ()
    if text in ("weekdays", "every weekday", "each weekday"):
        return WEEKDAYS
    days: set[int] = set()
    for part in filter(None, _SEPARATOR.split(re.sub(r"\s*[-–]\s*", "-", text))):
        first_name, _, last_name = part.partition("-")
        first_day, last_day = _weekday(first_name), _weekday(last_name or first_name)
        if first_day is None or last_day is None:
            raise unreadable_error(typed_text, say("digest_settings.how_days"))
        # A range may go over the weekend: fri-mon.
        days |= {(first_day - 1 + n) % 7 + 1 for n in range((last_day - first_day) % 7 + 1)}
    if not days:
        raise unreadable_error(typed_text, say("digest_settings.how_days"))
    return () if days == set(EVERY_DAY) else tuple(sorted(days))


def _weekday(typed_text: str) -> int | None:
    """Return the number of a day, given its name or at least the first three letters of it."""
    for day in EVERY_DAY:
        name = say(f"dates.weekday_{day}").casefold()
        if len(typed_text) >= 3 and name.startswith(typed_text.removesuffix("s")):
            return day
    return None


def parse_zone(typed_text: str) -> str:
    """Parse a time zone: its name, or the city in it. Raises QueryError."""
    folded_name = re.sub(r"\s+", "_", typed_text.strip()).casefold()
    zones = _zones_by_folded_name()
    if folded_name in zones:
        return zones[folded_name]
    city_matches = [name for key, name in zones.items() if key.rpartition("/")[2] == folded_name]
    if len(city_matches) == 1:
        return city_matches[0]
    candidates = city_matches or sorted(
        name for key, name in zones.items() if len(folded_name) > 2 and folded_name in key
    )
    if candidates:
        remedy = say("digest_settings.did_you_mean", names=", ".join(candidates[:3]))
    else:
        remedy = say("digest_settings.how_zone")
    raise unreadable_error(typed_text, remedy)


@cache
def _zones_by_folded_name() -> dict[str, str]:
    # Names without a place are abbreviations or specific to some systems.
    names = (name for name in available_timezones() if "/" in name or name == "UTC")
    return {name.casefold(): name for name in sorted(names)}


def parse_day(typed_text: str, today: date) -> date:
    """Parse a future day: 2026-12-01, tomorrow, monday. Raises QueryError."""
    text = typed_text.casefold().strip()
    if text == "today":
        return today
    if text == "tomorrow":
        return today + timedelta(days=1)
    if (weekday := _weekday(text)) is not None:
        return today + timedelta(days=(weekday - today.isoweekday() - 1) % 7 + 1)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise unreadable_error(typed_text, say("digest_settings.how_day")) from None
    if day < today:
        raise unreadable_error(typed_text, say("digest_settings.day_passed"))
    if day > today + MAX_PAUSE:
        raise unreadable_error(typed_text, say("digest_settings.far_day"))
    return day


def unreadable_error(typed_text: str, remedy: str) -> QueryError:
    """Return the error for input that cannot be parsed."""
    return QueryError(say("queries.unread", typed=shorten(typed_text, 60)), remedy=remedy)


# -- formatting


def length_name(max_claims: int | None) -> str:
    """Return the name of a digest's length."""
    names = (name for name, number in CLAIMS_BY_LENGTH.items() if number == max_claims)
    return next(names, "normal")


def days_text(preferences: DigestPreferences) -> str:
    """Format the days on which a digest is posted."""
    if not preferences.days:
        return say("digest_settings.each_day")
    if preferences.days == WEEKDAYS:
        return say("digest_settings.each_weekday")
    names = ", ".join(say(f"dates.short_weekday_{day}") for day in preferences.days)
    return say("digest_settings.on_days", days=names)


def local_day(moment: datetime, zone: str) -> date:
    """Return the date of a moment in a time zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def schedule_text(subscription: Subscription, next_posting: datetime, now: datetime) -> str:
    """Format a digest's schedule and its next date, or why it is stopped."""
    posting_time, zone = f"{subscription.at:%H:%M}", subscription.zone
    days = days_text(subscription.preferences)
    schedule = say("digest_settings.when", days=days, at=posting_time, zone=zone)
    if subscription.stop_reason:
        cause, _ = stop_cause_and_remedy(subscription)
        return f"{schedule} · {say('digest_settings.stopped', why=cause)}"
    next_day = long_date(local_day(next_posting, zone))
    pauses = pause_texts(subscription.preferences, local_day(now, zone))
    return " · ".join([f"{schedule}, {say('digest_settings.next_on', day=next_day)}", *pauses])


def pause_texts(preferences: DigestPreferences, today: date) -> Iterator[str]:
    """Say which future days are skipped."""
    if preferences.paused_until and preferences.paused_until > today:
        yield say("digest_settings.paused", day=long_date(preferences.paused_until))
    if preferences.skip and preferences.skip >= today:
        yield say("digest_settings.skipped", day=long_date(preferences.skip))


def stop_cause_and_remedy(subscription: Subscription) -> tuple[str, str]:
    """Return why a digest was stopped, and what to do about it."""
    next_step = say("digest_settings.set_again")
    return cause_and_remedy(subscription.stop_reason or "", next_step=next_step)


def contents_text(preferences: DigestPreferences) -> str:
    """Format as mrkdwn a digest's topics, outlets and length. Defaults are left out."""
    texts = []
    if preferences.topics:
        texts.append(say("digest_settings.topics", topics=_list_text(preferences.topics)))
    if preferences.outlets:
        texts.append(say("digest_settings.outlets", outlets=_list_text(preferences.outlets)))
    if (length := length_name(preferences.claims)) != "normal":
        texts.append(say(f"digest_settings.shown_{length}"))
    return " · ".join(texts)


def _list_text(names: Sequence[str]) -> str:
    return escape_to_fit(
        "; ".join(names), max_length=MAX_LIST_LENGTH, max_escaped=MAX_ESCAPED_LIST_LENGTH
    )
