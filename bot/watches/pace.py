"""When a watch may send an alert: its pace, quiet hours and rate limit. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digest import day_exists, posting_time
from bot.model import Watch

HOUR = timedelta(hours=1)


def alert_time(watch: Watch, found_at: datetime, told: Sequence[datetime], most: int) -> datetime:
    """When to send an alert about what was found at a moment: then, or later.

    `told` are the times of the watch's messages in the last hour, earliest first; at most `most`
    are sent per hour. Hourly watches send at the next full local hour, daily ones at their local
    time; alerts in quiet hours wait until these end. Around clock changes, local times are those of
    `digest.posting_time`.
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
    """When the quiet hours that contain a moment end; None outside quiet hours."""
    if not watch.quiet:
        return None
    begin, end = watch.quiet
    # Comparing which came last also works over midnight and clock changes.
    if _last(begin, watch.zone, at) > _last(end, watch.zone, at):
        return _next(end, watch.zone, at)
    return None


def _last(wanted: time, zone: str, at: datetime) -> datetime:
    """The last time up to `at` when a local time began."""
    day = at.astimezone(ZoneInfo(zone)).date() + timedelta(1)
    while (moment := posting_time(day, wanted, zone)) > at or not day_exists(day, zone):
        day -= timedelta(1)
    return moment


def _next(wanted: time, zone: str, at: datetime) -> datetime:
    """The first time after `at` when a local time begins."""
    day = at.astimezone(ZoneInfo(zone)).date() - timedelta(1)
    while (moment := posting_time(day, wanted, zone)) <= at or not day_exists(day, zone):
        day += timedelta(1)
    return moment
