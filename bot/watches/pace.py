"""When a watch may send an alert, given its pace, quiet hours and rate limit. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digest import day_exists, posting_time
from bot.model import Watch

HOUR = timedelta(hours=1)


def alert_time(
    watch: Watch, found_at: datetime, sent_at: Sequence[datetime], max_per_hour: int
) -> datetime:
    """When to send an alert about something found at a moment: at once, or later.

    `sent_at` are the times of the watch's messages in the last hour, earliest first, of which there
    may be `max_per_hour`. Hourly watches send at the next full local hour, daily ones at their
    local time; alerts in quiet hours wait until these end. Around clock changes, local times are
    those of `digest.posting_time`.
    """
    due_at = found_at
    if watch.pace == "daily" and watch.at:
        due_at = _next_start(watch.at, watch.zone, found_at)
    elif watch.pace == "hourly":
        local = found_at.astimezone(ZoneInfo(watch.zone))
        due_at += HOUR - timedelta(minutes=local.minute, seconds=local.second)
        due_at = due_at.replace(microsecond=0)
    elif len(sent_at) >= max_per_hour:
        due_at = max(due_at, sent_at[-max_per_hour] + HOUR)
    return end_of_quiet_hours(watch, due_at) or due_at


def end_of_quiet_hours(watch: Watch, moment: datetime) -> datetime | None:
    """When the quiet hours around a moment end; None outside quiet hours."""
    if not watch.quiet:
        return None
    start, end = watch.quiet
    # Comparing the last start with the last end also works across midnight and clock changes.
    if _last_start(start, watch.zone, moment) > _last_start(end, watch.zone, moment):
        return _next_start(end, watch.zone, moment)
    return None


def _last_start(local_time: time, zone: str, moment: datetime) -> datetime:
    """The last start of a local time up to and including a moment."""
    day = moment.astimezone(ZoneInfo(zone)).date() + timedelta(1)
    while (start := posting_time(day, local_time, zone)) > moment or not day_exists(day, zone):
        day -= timedelta(1)
    return start


def _next_start(local_time: time, zone: str, moment: datetime) -> datetime:
    """The first start of a local time after a moment."""
    day = moment.astimezone(ZoneInfo(zone)).date() - timedelta(1)
    while (start := posting_time(day, local_time, zone)) <= moment or not day_exists(day, zone):
        day += timedelta(1)
    return start
