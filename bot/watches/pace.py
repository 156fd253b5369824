"""When a watch may tell what it has found: its pace, its quiet hours, its cap. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digest import day_exists, posting_time
from bot.model import Watch

HOUR = timedelta(hours=1)


def alert_time(watch: Watch, found_at: datetime, told: Sequence[datetime], most: int) -> datetime:
    """When what was found at a moment is told: that moment itself, or a later one.

    `told` are the moments of the watch's messages in the hour before, the earliest first, of which
    there are to be no more than `most`. Hourly ones come at the next full local hour, daily ones
    at the watch's next local time; what would come in quiet hours comes when they end. Where clocks
    change, local times are those of `digest.posting_time`.
    """
    at = found_at
    if watch.pace == "daily" and watch.at:
        at = _next(watch.at, watch.zone, found_at)
    elif watch.pace == "hourly":
        local = found_at.astimezone(ZoneInfo(watch.zone))
        at += HOUR - timedelta(minutes=local.minute, seconds=local.second)
        at = at.replace(microsecond=0)
    elif len(told) >= most:
        at = max(at, told[-most] + HOUR)
    return end_of_quiet_hours(watch, at) or at


def end_of_quiet_hours(watch: Watch, at: datetime) -> datetime | None:
    """When the quiet hours end that a moment falls into; None where it falls into none."""
    if not watch.quiet:
        return None
    begin, end = watch.quiet
    # Which of the two came last says it, over midnight and over changes of the clocks too.
    if _last(begin, watch.zone, at) > _last(end, watch.zone, at):
        return _next(end, watch.zone, at)
    return None


def _last(wanted: time, zone: str, at: datetime) -> datetime:
    """The last moment up to `at` that is the first at or after a local time."""
    day = at.astimezone(ZoneInfo(zone)).date() + timedelta(1)
    while (moment := posting_time(day, wanted, zone)) > at or not day_exists(day, zone):
        day -= timedelta(1)
    return moment


def _next(wanted: time, zone: str, at: datetime) -> datetime:
    """The first such moment after `at`."""
    day = at.astimezone(ZoneInfo(zone)).date() - timedelta(1)
    while (moment := posting_time(day, wanted, zone)) <= at or not day_exists(day, zone):
        day += timedelta(1)
    return moment
