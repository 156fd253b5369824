from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.store import DigestKey, LedgerRow, Store
from bot.store.delivery.payloads import TextPayload

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SINCE = NOW - 24 * HOUR


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    store.database.migrate()
    yield store
    store.close()


def plan(store: Store, channel: str, state: str = "planned", at: datetime = NOW - HOUR) -> None:
    """Plan a digest, or record one as missed."""
    key = DigestKey("T1", channel, at.date())
    store.ledger.plan(
        LedgerRow(key=key, state=state, window_start=at - 24 * HOUR, posting_time=at)  # type: ignore[arg-type]
    )


def queue(store: Store, channel: str) -> None:
    assert store.ledger.request_message(DigestKey("T1", channel, NOW.date()), NOW)


def send(store: Store, channel: str) -> None:
    message = store.outbox.next_in_channel("T1", channel)
    assert message
    sending = store.outbox.begin_sending(message, NOW)
    assert sending
    store.outbox.mark_sent(sending, channel=channel, ts="1.0", now=NOW)  # type: ignore[arg-type]


def test_each_digest_of_the_last_day_is_counted_once(store: Store) -> None:
    for channel in ("C1", "C2", "C3", "C4"):
        plan(store, channel)
    plan(store, "C5", "missed")
    plan(store, "C6", at=NOW - 25 * HOUR)
    for channel in ("C2", "C3", "C4"):
        queue(store, channel)
    for channel in ("C3", "C4"):
        send(store, channel)
    counts = store.delivery_counts.digests(SINCE)
    assert counts == {"planned": 1, "waiting": 1, "sent": 2, "missed": 1}


def test_messages_are_counted_by_state(store: Store) -> None:
    assert store.delivery_counts.messages() == {}
    assert store.delivery_counts.waiting_since() is None
    plan(store, "C1")
    queue(store, "C1")
    send(store, "C1")
    for n in range(3):
        store.outbox.add(
            None,
            team="T1",
            channel="C2",
            key=f"k{n}",
            payload=TextPayload("News.", ()),
            now=NOW - n * HOUR,
        )
    assert store.delivery_counts.messages() == {"waiting": 3, "sent": 1}
    assert store.delivery_counts.waiting_since() == NOW - 2 * HOUR
