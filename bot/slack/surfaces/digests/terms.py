"""Parse a digest's settings as people type them, and print them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.digest import EVERY_DAY
from bot.errors import QueryError
from bot.model import DigestPreferences, Subscription
from bot.slack.mrkdwn import fitted, inert
from bot.slack.refusals import cause_and_remedy
from bot.wording.language_names import language_name
from bot.wording.runs import shorten
from bot.words import LANGUAGE, say
from bot.words.dates import date_language, find_language, long_date

WEEKDAYS = (1, 2, 3, 4, 5)
"""Monday to Friday, as ISO 8601 counts them."""
LENGTHS = {"short": 5, "normal": None, "long": 20}
"""The number of claims for each length by name; None is the default of the settings."""
LONGEST_PAUSE = timedelta(days=366)
SHOWN_LENGTH, SHOWN_ROOM = 300, 600
_SEPARATOR = re.compile(r"[\s,;]+|\band\b")


def parse_days(typed: str) -> tuple[int, ...]:
    """Read days of the week: daily, weekdays, mon,wed, mon-fri. Raises QueryError.

    Returns the numbers of ISO 8601 (1 is Monday); () means every day.
    """
    text = typed.casefold().strip()
    if text in ("daily", "every day", "each day", "all"):
        return ()
    if text in ("weekdays", "every weekday", "each weekday"):
        return WEEKDAYS
    found: set[int] = set()
    for part in filter(None, _SEPARATOR.split(re.sub(r"\s*[-–]\s*", "-", text))):
        first, _, last = part.partition("-")
        begin, end = _weekday(first), _weekday(last or first)
        if begin is None or end is None:
            raise unreadable(typed, say("digest_settings.how_days"))
        found |= {(begin - 1 + n) % 7 + 1 for n in range((end - begin) % 7 + 1)}
    if not found:
        raise unreadable(typed, say("digest_settings.how_days"))
    return () if found == set(EVERY_DAY) else tuple(sorted(found))


def _weekday(typed: str) -> int | None:
    """Return a day by its name or at least three of its first letters."""
    for day in EVERY_DAY:
        name = say(f"dates.weekday_{day}").casefold()
        if len(typed) >= 3 and name.startswith(typed.removesuffix("s")):
            return day
    return None


def parse_zone(typed: str) -> str:
    """Read a time zone: its name, or the city in it. Raises QueryError."""
    asked = re.sub(r"\s+", "_", typed.strip()).casefold()
    if asked in _zones():
        return _zones()[asked]
    cities = [name for folded, name in _zones().items() if folded.rpartition("/")[2] == asked]
    if len(cities) == 1:
        return cities[0]
    near = cities or sorted(
        name for folded, name in _zones().items() if len(asked) > 2 and asked in folded
    )
    meant = say("digest_settings.did_you_mean", names=", ".join(near[:3])) if near else ""
    raise unreadable(typed, meant or say("digest_settings.how_zone"))


@cache
def _zones() -> dict[str, str]:
    """Return the names of the zones by their lower-case names."""
    # Names without a place are abbreviations, or come from other systems.
    known = (name for name in available_timezones() if "/" in name or name == "UTC")
    return {name.casefold(): name for name in sorted(known)}


def parse_language(typed: str) -> str:
    """Read a language in which dates can be written: its code, or its name in English or in itself.
    Raises QueryError. Returns its code."""
    if code := find_language(typed):
        return code
    raise unreadable(typed, say("digest_settings.how_language"))


def parse_day(typed: str, today: date) -> date:
    """Read a future day: 2026-12-01, tomorrow, monday. Raises QueryError."""
    text = typed.casefold().strip()
    if text in ("today", "tomorrow"):
        return today + timedelta(days=text == "tomorrow")
    if (weekday := _weekday(text)) is not None:
        return today + timedelta(days=(weekday - today.isoweekday() - 1) % 7 + 1)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise unreadable(typed, say("digest_settings.how_day")) from None
    if day < today:
        raise unreadable(typed, say("digest_settings.day_passed"))
    if day > today + LONGEST_PAUSE:
        raise unreadable(typed, say("digest_settings.far_day"))
    return day


def unreadable(typed: str, remedy: str) -> QueryError:
    """Return the error that typed words cannot be read."""
    return QueryError(say("queries.unread", typed=shorten(typed, 60)), remedy=remedy)


def length_name(claims: int | None) -> str:
    """Return the name of a length."""
    return next((name for name, most in LENGTHS.items() if most == claims), "normal")


# -- printed


def days_text(wants: DigestPreferences) -> str:
    """Print on which days a digest comes."""
    if not wants.days:
        return say("digest_settings.each_day")
    if wants.days == WEEKDAYS:
        return say("digest_settings.each_weekday")
    names = ", ".join(say(f"dates.short_weekday_{day}") for day in wants.days)
    return say("digest_settings.on_days", days=names)


def local_day(moment: datetime, subscription: Subscription) -> date:
    """Return the day of a moment in a digest's time zone."""
    return moment.astimezone(ZoneInfo(subscription.zone)).date()


def schedule_text(subscription: Subscription, coming: datetime, now: datetime) -> str:
    """Print when a digest comes and when next, or why it is paused."""
    at, zone = f"{subscription.at:%H:%M}", subscription.zone
    when = say("digest_settings.when", days=days_text(subscription.preferences), at=at, zone=zone)
    if subscription.stop_reason:
        return f"{when} · {say('digest_settings.stopped', why=why_stopped(subscription)[0])}"
    day = long_date(local_day(coming, subscription))
    pauses = pause_texts(subscription.preferences, local_day(now, subscription))
    return " · ".join([f"{when}, {say('digest_settings.next_on', day=day)}", *pauses])


def pause_texts(wants: DigestPreferences, today: date) -> Iterator[str]:
    """Print which future days are skipped."""
    if wants.paused_until and wants.paused_until > today:
        yield say("digest_settings.paused", day=long_date(wants.paused_until))
    if wants.skip and wants.skip >= today:
        yield say("digest_settings.skipped", day=long_date(wants.skip))


def why_stopped(subscription: Subscription) -> tuple[str, str]:
    """Return why a digest was stopped, and what to do about it."""
    again = say("digest_settings.set_again")
    return cause_and_remedy(subscription.stop_reason or "", again=again)


def contents_text(wants: DigestPreferences, day: date) -> str:
    """Print in markup the topics, outlets, length and language of dates of a digest, as far as they
    differ from the default; `day` is an example of a date."""
    said = []
    if wants.topics:
        said.append(say("digest_settings.topics", topics=_joined(wants.topics)))
    if wants.outlets:
        said.append(say("digest_settings.outlets", outlets=_joined(wants.outlets)))
    if (length := length_name(wants.claims)) != "normal":
        said.append(say(f"digest_settings.shown_{length}"))
    if (language := date_language(wants.language)) != LANGUAGE:
        name, shown = language_name(language), long_date(day, language)
        said.append(inert(say("digest_settings.dates_in", language=name, day=shown)))
    return " · ".join(said)


def _joined(typed: Sequence[str]) -> str:
    return fitted("; ".join(typed), (), length=SHOWN_LENGTH, room=SHOWN_ROOM)
