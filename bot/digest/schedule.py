"""When a digest is due. No I/O: the clock is passed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model import DigestPreferences

EVERY_DAY = tuple(range(1, 8))
"""Monday to Sunday, as ISO 8601 numbers them."""

FIRST_WINDOW = timedelta(hours=24)
"""The minimum period of a channel's first digest, and of the first one after a pause."""

MAX_WINDOW = timedelta(days=7)
"""How far back a digest may reach after missed or skipped ones. Digests that were missed earlier
are not mentioned."""

NO_PREFERENCES = DigestPreferences()
"""The preferences of a channel that has set only the time."""

COMPOSE_DELAY = timedelta(seconds=2)
"""How long after its posting time a digest is composed. An article's arrival time is set inside
the transaction that files it, so an article that arrived in time may become visible a moment
later. A digest composed at once would miss it, and the next digest begins after it."""


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A local day's digest whose posting time has come; `is_late` says that it is too late to post
    it."""

    day: date
    posting_time: datetime
    is_late: bool


def posting_time(day: date, local_time: time, zone: str) -> datetime:
    """Return the first instant of a local day at or after its `local_time`, in UTC.

    If the clocks skip that time, this is the instant of the jump. If the time occurs twice, it is
    the first occurrence.
    """
    tz = ZoneInfo(zone)
    local = datetime.combine(day, local_time)
    first, second = (local.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1))
    # PEP 495: only inside a gap is the instant with fold=1 the earlier one.
    return _find_jump(second, first, tz) if second < first else first


def last_posting_time(local_time: time, zone: str, moment: datetime) -> datetime:
    """Return the last posting time at or before a moment, in UTC."""
    day = moment.astimezone(ZoneInfo(zone)).date()
    while not day_exists(day, zone) or posting_time(day, local_time, zone) > moment:
        day -= timedelta(1)
    return posting_time(day, local_time, zone)


def day_exists(day: date, zone: str) -> bool:
    """Whether a day exists in a zone: a zone that crosses the date line skips one."""
    return posting_time(day, time(0), zone).astimezone(ZoneInfo(zone)).date() == day


def is_wanted(day: date, preferences: DigestPreferences) -> bool:
    """Whether a channel wants a digest on a local day."""
    if preferences.paused_until and day < preferences.paused_until:
        return False
    return day != preferences.skip and day.isoweekday() in (preferences.days or EVERY_DAY)


def _find_jump(low: datetime, high: datetime, tz: ZoneInfo) -> datetime:
    """Find the instant between `low` and `high` at which the zone's clocks are put forward."""
    offset = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(tz).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def find_due(
    *,
    local_time: time,
    zone: str,
    since: datetime,
    finished: Iterable[date],
    now: datetime,
    max_lateness: timedelta,
    preferences: DigestPreferences = NO_PREFERENCES,
) -> Iterator[DueDigest]:
    """Yield the digests that can be composed at `now` and are not finished yet, oldest first.

    `since` is when the channel's settings last changed; earlier posting times do not count.
    `finished` are local days that need no further digest, and `preferences` may exclude others. A
    digest that is later than `max_lateness` is marked as late.
    """
    finished_days = set(finished)
    today = now.astimezone(ZoneInfo(zone)).date()
    first = max(since.astimezone(ZoneInfo(zone)).date(), today - MAX_WINDOW)
    for n in range((today - first).days + 1):
        day = first + timedelta(n)
        if day in finished_days or not is_wanted(day, preferences) or not day_exists(day, zone):
            continue
        instant = posting_time(day, local_time, zone)
        if since < instant <= now - COMPOSE_DELAY:
            yield DueDigest(day, instant, is_late=now - instant > max_lateness)


def next_posting(
    *,
    local_time: time,
    zone: str,
    finished: Iterable[date],
    now: datetime,
    preferences: DigestPreferences = NO_PREFERENCES,
) -> datetime:
    """Return when the next digest will be posted, in UTC."""
    finished_days = set(finished)
    day = now.astimezone(ZoneInfo(zone)).date()
    day = max(day, preferences.paused_until or day)
    while (
        day in finished_days
        or not is_wanted(day, preferences)
        or not day_exists(day, zone)
        or posting_time(day, local_time, zone) <= now
    ):
        day += timedelta(1)
    return posting_time(day, local_time, zone)
