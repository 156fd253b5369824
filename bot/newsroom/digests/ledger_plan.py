"""Where a channel's ledger should stand at a moment: what is due, missed, and from when on.

Pure, so that a preview can look ahead with the worker's own rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import digest
from bot.model import Subscription
from bot.store import DigestKey, LedgerRow


def updated_subscription(known: Subscription | None, asked: Subscription) -> Subscription:
    """A channel's digest as it is `asked` for by now, with since when it counts.

    Set as it was, it goes on as if nothing had happened. Another hour counts from now on; so do
    days that were not wanted before and whose hour has passed.
    """
    if known is None:
        return replace(asked, switched_on_at=asked.since)
    is_as_it_was = (known.at, known.zone) == (asked.at, asked.zone) and not known.stop_reason
    came_before = digest.find_due(
        at=asked.at,
        zone=asked.zone,
        since=known.since,
        finished=(),
        now=asked.since + digest.COMPOSE_DELAY,
        catch_up=digest.MAX_WINDOW,
        preferences=asked.preferences,
    )
    if is_as_it_was and all(digest.is_wanted(one.day, known.preferences) for one in came_before):
        asked = replace(asked, since=known.since)
    return replace(asked, switched_on_at=known.switched_on_at or known.since)


def finished_days(subscription: Subscription, rows: Sequence[LedgerRow]) -> list[date]:
    """The local days that get no digest any more.

    A day whose digest was not posted before the channel's digest was set anew may still get it, at
    the new time.
    """
    return [
        row.key.day
        for row in rows
        if row.posting_time > subscription.since or row.state not in ("planned", "missed")
    ]


def row_for_now(
    subscription: Subscription, rows: Sequence[LedgerRow], *, now: datetime
) -> LedgerRow:
    """The digest of the day that `now` is, in place of the one that would come at its hour; as it
    stands already, where it is more than missed. Other `rows` that are planned give way to it."""
    key = DigestKey(
        subscription.team, subscription.channel, now.astimezone(ZoneInfo(subscription.zone)).date()
    )
    for row in rows:
        if row.key == key and row.state != "missed":
            return row
    earlier = [replace(row, state="missed") if row.state == "planned" else row for row in rows]
    return LedgerRow(
        key=key,
        state="planned",
        window_start=window_start(subscription, earlier, now),
        posting_time=now,
        retry_at=now + digest.COMPOSE_DELAY,
    )


def updated_rows(
    subscription: Subscription, rows: Sequence[LedgerRow], *, now: datetime, catch_up: timedelta
) -> list[LedgerRow]:
    """A channel's `rows` as they should stand at `now`, oldest first: at most one is planned.

    A planned one becomes missed when it is later than `catch_up`, when a newer one is due, or when
    the digest was set anew after it, at another hour or on again after it was off.
    """
    due = list(
        digest.find_due(
            at=subscription.at,
            zone=subscription.zone,
            since=subscription.since,
            finished=finished_days(subscription, rows),
            now=now,
            catch_up=catch_up,
            preferences=subscription.preferences,
        )
    )
    times = [row.posting_time for row in rows] + [one.posting_time for one in due]
    newest = max(times, default=now)
    out = [
        replace(row, state="missed")
        if row.state == "planned"
        and (
            row.posting_time < newest
            or (row.posting_time <= subscription.since and not _is_at_its_hour(row, subscription))
            or now - row.posting_time > catch_up
        )
        else row
        for row in rows
    ]
    for one in due:
        out.append(
            LedgerRow(
                key=DigestKey(subscription.team, subscription.channel, one.day),
                state="missed" if one.is_late or one.posting_time < newest else "planned",
                window_start=window_start(subscription, out, one.posting_time),
                posting_time=one.posting_time,
            )
        )
    # Of two of one day, the later takes the place of one that was missed.
    return sorted({row.key: row for row in out}.values(), key=lambda row: row.posting_time)


def _is_at_its_hour(row: LedgerRow, subscription: Subscription) -> bool:
    """Whether a digest was due while this one has been on, at the hour that counts by now: what was
    set anew then is but days or topics."""
    hour = digest.posting_time(row.key.day, subscription.at, subscription.zone)
    return row.posting_time == hour > _begun(subscription)


def forecast_rows(
    subscription: Subscription,
    rows: Sequence[LedgerRow],
    *,
    now: datetime,
    until: datetime,
    catch_up: timedelta,
) -> list[LedgerRow]:
    """A channel's rows as they will stand when all that is due from `now` to `until` is posted."""
    out = updated_rows(subscription, rows, now=now, catch_up=catch_up)
    coming = digest.find_due(
        at=subscription.at,
        zone=subscription.zone,
        since=subscription.since,
        finished=finished_days(subscription, out),
        now=until + digest.COMPOSE_DELAY,
        catch_up=catch_up,
        preferences=subscription.preferences,
    )
    for one in coming:
        posted = [replace(row, state="sent") if row.state == "planned" else row for row in out]
        moment = one.posting_time + digest.COMPOSE_DELAY
        out = updated_rows(subscription, posted, now=moment, catch_up=catch_up)
    return out


def unreported_rows(rows: Sequence[LedgerRow], until: datetime) -> list[LedgerRow]:
    """The rows before a digest's end that are missed, or not sure to stand there, and that none
    which was posted has named."""
    earlier = [row for row in rows if row.posting_time < until]
    last = max((row.posting_time for row in earlier if row.state == "sent"), default=None)
    return [
        row
        for row in earlier
        if row.state in ("missed", "uncertain") and (last is None or row.posting_time > last)
    ]


def window_start(
    subscription: Subscription, earlier: Sequence[LedgerRow], until: datetime
) -> datetime:
    """Where the window of the digest that ends at `until` begins, after those `earlier` ones.

    A channel's first covers the 24 hours before its posting time, or more: where none came on the
    days after it was set, it begins where that day's, or the day's before, would have ended. Every
    other begins where the last one ended that was posted or may have been, so that what was missed
    since comes along, and what arrived on days that wanted none. After it was off for more than a
    day, it begins 24 hours before the digest was on again. None reaches back more than a week.
    """
    if not earlier:
        at, zone, begun = subscription.at, subscription.zone, _begun(subscription)
        begin = min(until - digest.FIRST_WINDOW, digest.last_posting_time(at, zone, begun))
        return max(begin, until - digest.MAX_WINDOW)
    ends = [row.posting_time for row in earlier if row.state != "missed"]
    begin = max(ends) if ends else min(row.window_start for row in earlier)
    on_again = _begun(subscription) - digest.FIRST_WINDOW
    if max(row.posting_time for row in earlier) < on_again:
        begin = max(begin, on_again)
    return max(begin, until - digest.MAX_WINDOW)


def _begun(subscription: Subscription) -> datetime:
    """Since when the digest is on."""
    return subscription.switched_on_at or subscription.since
