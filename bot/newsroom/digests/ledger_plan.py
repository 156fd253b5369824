"""Plan a channel's ledger: which digests are due or missed, and what period each covers.

Pure, so that previews follow the same rules as the worker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import digest
from bot.model import Subscription
from bot.store import DigestKey, LedgerRow


def updated_subscription(current: Subscription | None, requested: Subscription) -> Subscription:
    """Return the `requested` subscription, with the `since` of the `current` one if possible.

    Posting times before `since` do not count. The requested `since` is kept if the hour or the zone
    changed, the digest was stopped, or a day was added whose posting time has passed.
    """
    if current is None:
        return replace(requested, switched_on_at=requested.since)
    has_same_hour = (current.at, current.zone) == (requested.at, requested.zone)
    if has_same_hour and not current.stop_reason:
        due_digests = digest.find_due(
            local_time=requested.at,
            zone=requested.zone,
            since=current.since,
            finished=(),
            now=requested.since + digest.COMPOSE_DELAY,
            max_lateness=digest.MAX_WINDOW,
            preferences=requested.preferences,
        )
        if all(digest.is_wanted(due.day, current.preferences) for due in due_digests):
            requested = replace(requested, since=current.since)
    return replace(requested, switched_on_at=_switched_on_at(current))


def finished_days(subscription: Subscription, rows: Sequence[LedgerRow]) -> list[date]:
    """Return the local days for which no further digest will be posted.

    If a day's digest was not posted before the subscription last changed, one may still be posted
    at the new time.
    """
    return [
        row.key.day
        for row in rows
        if row.posting_time > subscription.since or row.state not in ("planned", "missed")
    ]


def row_for_now(
    subscription: Subscription, rows: Sequence[LedgerRow], *, now: datetime
) -> LedgerRow:
    """Return the row for posting today's digest now instead of at its scheduled time.

    If today already has a row that is not missed, that one is returned. The new row assumes that
    all other planned rows become missed.
    """
    today = now.astimezone(ZoneInfo(subscription.zone)).date()
    key = DigestKey(subscription.team, subscription.channel, today)
    for row in rows:
        if row.key == key and row.state != "missed":
            return row
    without_planned = [
        replace(row, state="missed") if row.state == "planned" else row for row in rows
    ]
    return LedgerRow(
        key=key,
        state="planned",
        window_start=window_start(subscription, without_planned, now),
        posting_time=now,
        retry_at=now + digest.COMPOSE_DELAY,
    )


def updated_rows(
    subscription: Subscription, rows: Sequence[LedgerRow], *, now: datetime, max_lateness: timedelta
) -> list[LedgerRow]:
    """Return a channel's rows brought up to date, oldest first; at most one is planned.

    A planned row becomes missed if it is later than `max_lateness`, if a newer digest is due, or if
    the digest was since moved to another hour or switched back on.
    """
    due_digests = _due_digests(subscription, rows, now=now, max_lateness=max_lateness)
    times = [row.posting_time for row in rows] + [due.posting_time for due in due_digests]
    newest_time = max(times, default=now)
    new_rows = [
        replace(row, state="missed")
        if row.state == "planned"
        and (
            row.posting_time < newest_time
            or now - row.posting_time > max_lateness
            or (row.posting_time <= subscription.since and not _is_on_schedule(row, subscription))
        )
        else row
        for row in rows
    ]
    for due in due_digests:
        new_rows.append(
            LedgerRow(
                key=DigestKey(subscription.team, subscription.channel, due.day),
                state="missed" if due.is_late or due.posting_time < newest_time else "planned",
                window_start=window_start(subscription, new_rows, due.posting_time),
                posting_time=due.posting_time,
            )
        )
    # If a day has two rows, the first is a missed one, which the second replaces.
    by_key = {row.key: row for row in new_rows}
    return sorted(by_key.values(), key=lambda row: row.posting_time)


def _due_digests(
    subscription: Subscription, rows: Sequence[LedgerRow], *, now: datetime, max_lateness: timedelta
) -> list[digest.DueDigest]:
    return list(
        digest.find_due(
            local_time=subscription.at,
            zone=subscription.zone,
            since=subscription.since,
            finished=finished_days(subscription, rows),
            now=now,
            max_lateness=max_lateness,
            preferences=subscription.preferences,
        )
    )


def _is_on_schedule(row: LedgerRow, subscription: Subscription) -> bool:
    """Whether a row has the subscription's hour and is later than when the digest was switched on.

    If so, the last change of the subscription concerned only days or topics.
    """
    scheduled_time = digest.posting_time(row.key.day, subscription.at, subscription.zone)
    return row.posting_time == scheduled_time > _switched_on_at(subscription)


def forecast_rows(
    subscription: Subscription,
    rows: Sequence[LedgerRow],
    *,
    now: datetime,
    until: datetime,
    max_lateness: timedelta,
) -> list[LedgerRow]:
    """Return the rows as they will be once every digest due from `now` to `until` is posted."""
    forecast = updated_rows(subscription, rows, now=now, max_lateness=max_lateness)
    upcoming_digests = _due_digests(
        subscription, forecast, now=until + digest.COMPOSE_DELAY, max_lateness=max_lateness
    )
    for due in upcoming_digests:
        posted_rows = [
            replace(row, state="sent") if row.state == "planned" else row for row in forecast
        ]
        composed_at = due.posting_time + digest.COMPOSE_DELAY
        forecast = updated_rows(
            subscription, posted_rows, now=composed_at, max_lateness=max_lateness
        )
    return forecast


def unreported_rows(rows: Sequence[LedgerRow], until: datetime) -> list[LedgerRow]:
    """Return the missed and uncertain rows before `until` that no posted digest has mentioned."""
    earlier_rows = [row for row in rows if row.posting_time < until]
    last_sent = max((row.posting_time for row in earlier_rows if row.state == "sent"), default=None)
    return [
        row
        for row in earlier_rows
        if row.state in ("missed", "uncertain")
        and (last_sent is None or row.posting_time > last_sent)
    ]


def window_start(
    subscription: Subscription, earlier_rows: Sequence[LedgerRow], until: datetime
) -> datetime:
    """Return the start of the window that ends at `until`, given the `earlier_rows`.

    The window of a channel's first digest covers at least 24 hours, and starts no later than the
    last posting time before the digest was switched on, even if that is days ago.

    The window of a later digest starts at the end of the last one that was or may have been posted.
    So it includes what missed digests and days without a digest left out. After a digest was off
    for more than a day, the next window starts 24 hours before it was switched on again. No window
    reaches back more than a week.
    """
    switched_on_at = _switched_on_at(subscription)
    earliest_start = until - digest.MAX_WINDOW
    if not earlier_rows:
        previous = digest.last_posting_time(subscription.at, subscription.zone, switched_on_at)
        return max(min(until - digest.FIRST_WINDOW, previous), earliest_start)
    ends = [row.posting_time for row in earlier_rows if row.state != "missed"]
    start = max(ends) if ends else min(row.window_start for row in earlier_rows)
    first_start = switched_on_at - digest.FIRST_WINDOW
    if max(row.posting_time for row in earlier_rows) < first_start:
        start = max(start, first_start)
    return max(start, earliest_start)


def _switched_on_at(subscription: Subscription) -> datetime:
    return subscription.switched_on_at or subscription.since
