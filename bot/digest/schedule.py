"""When a digest is due. Pure: the clock is handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model import DigestPreferences

EVERY_DAY = tuple(range(1, 8))
"""Monday to Sunday, as ISO 8601 counts them."""

FIRST_WINDOW = timedelta(hours=24)

LONGEST_WINDOW = timedelta(days=7)
"""How far back a digest reaches after missed ones or skipped days. Digests missed before that are
not mentioned."""

NO_PREFERENCES = DigestPreferences()
"""The preferences of a channel that has set only the time."""

COMPOSE_DELAY = timedelta(seconds=2)
"""How long after its posting time a digest is composed. An article's arrival is stamped inside the
transaction that files it, so an article that arrived in time can become visible a moment later;
composed at once, this digest would miss it, and the next one begins after it."""


@dataclass(frozen=True, slots=True)
class Due:
    """One local day's digest whose posting time has come; `late` when it is too late to post."""

    day: date
    posting_time: datetime
    late: bool


def posting_time(day: date, at: time, zone: str) -> datetime:
    """The first instant of a local day at or after a wall-clock time, in UTC.

    If clocks skip that time, it is the moment of the jump; if it occurs twice, the first.
    """
    tz = ZoneInfo(zone)
    wanted = datetime.combine(day, at)
    before, after = (wanted.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1))
    # PEP 495: inside a gap, and only there, the reading with fold=1 is the earlier instant.
    return _jump(after, before, tz) if after < before else before


def last_posting_time(at: time, zone: str, moment: datetime) -> datetime:
    """The last posting time, of any day, that is not after a moment; in UTC."""
    day = moment.astimezone(ZoneInfo(zone)).date()
    while not day_exists(day, zone) or posting_time(day, at, zone) > moment:
        day -= timedelta(1)
    return posting_time(day, at, zone)


def day_exists(day: date, zone: str) -> bool:
    """Whether a zone has this day: a zone that crosses the date line skips one."""
    return posting_time(day, time(0), zone).astimezone(ZoneInfo(zone)).date() == day


def is_wanted(day: date, wants: DigestPreferences) -> bool:
    """Whether a channel wants a digest on a local day."""
    if wants.paused_until and day < wants.paused_until:
        return False
    return day != wants.skip and day.isoweekday() in (wants.days or EVERY_DAY)


def _jump(low: datetime, high: datetime, tz: ZoneInfo) -> datetime:
    """The instant between `low` and `high` at which the zone's clocks are put forward."""
    offset = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(tz).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def due(
    *,
    at: time,
    zone: str,
    since: datetime,
    settled: Iterable[date],
    now: datetime,
    catch_up: timedelta,
    wants: DigestPreferences = NO_PREFERENCES,
) -> Iterator[Due]:
    """The digests that can be composed at `now` and are not settled yet, oldest first.

    `since` is when the channel's digest was set: earlier posting times don't count. `settled` are
    local days that need no digest any more; `wants` may exclude others.
    """
    done = set(settled)
    today = now.astimezone(ZoneInfo(zone)).date()
    first = max(since.astimezone(ZoneInfo(zone)).date(), today - LONGEST_WINDOW)
    for n in range((today - first).days + 1):
        day = first + timedelta(n)
        if day in done or not is_wanted(day, wants) or not day_exists(day, zone):
            continue
        instant = posting_time(day, at, zone)
        if since < instant <= now - COMPOSE_DELAY:
            yield Due(day, instant, late=now - instant > catch_up)


def next_posting(
    *,
    at: time,
    zone: str,
    settled: Iterable[date],
    now: datetime,
    wants: DigestPreferences = NO_PREFERENCES,
) -> datetime:
    """When the next digest will be posted, in UTC."""
    done = set(settled)
    day = now.astimezone(ZoneInfo(zone)).date()
    day = max(day, wants.paused_until or day)
    while (
        day in done
        or not is_wanted(day, wants)
        or not day_exists(day, zone)
        or posting_time(day, at, zone) <= now
    ):
        day += timedelta(1)
    return posting_time(day, at, zone)
