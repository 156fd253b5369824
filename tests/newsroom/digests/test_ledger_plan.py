"""Planning the ledger: windows and changed subscriptions."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.model import Subscription
from bot.newsroom.digests import ledger_plan
from bot.store import DigestKey, LedgerRow

MORNING = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def row(days_ago: int, state: str) -> LedgerRow:
    at = MORNING - days_ago * DAY
    return LedgerRow(
        key=DigestKey("T1", "C1", at.date()), state=state, window_start=at - DAY, posting_time=at
    )


def set_(hours_ago: float) -> Subscription:
    since = MORNING - timedelta(hours=hours_ago)
    return Subscription(
        team="T1", channel="C1", at=time(8, 30), zone="UTC", person="U1", since=since
    )


@pytest.mark.parametrize(
    ("since", "earlier", "hours"),
    [
        (12, [], 24),  # the first
        (24, [], 24),
        (25, [], 48),  # the first, set on a day after which one wanted none
        (74, [], 96),
        (900, [], 7 * 24),
        (900, [row(1, "sent")], 24),
        (900, [row(2, "sent"), row(1, "uncertain")], 24),
        (900, [row(3, "sent"), row(2, "missed"), row(1, "missed")], 72),
        (60, [row(2, "missed"), row(1, "missed")], 72),  # nothing but missed ones yet
        (900, [row(9, "sent"), *(row(n, "missed") for n in range(8, 0, -1))], 7 * 24),
        (2, [row(1, "sent")], 24),  # off and on again at once
        (2, [row(5, "sent")], 26),  # on again after days
        (2, [row(5, "sent"), row(4, "missed")], 26),
        (2, [row(2, "sent"), row(1, "missed")], 48),  # set anew because one was missed
    ],
)
def test_where_a_window_begins(since: float, earlier: list[LedgerRow], hours: int) -> None:
    begin = ledger_plan.window_start(set_(since), earlier, MORNING)
    assert MORNING - begin == timedelta(hours=hours)
