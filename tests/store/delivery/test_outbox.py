"""The outbox on both databases: each message once, in order, in turn, and none forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.model import Article, Claim
from bot.store import FiledArticle, MessageKey, OutboxMessage, Store, schema
from bot.store.delivery.channels import MESSAGE_INTERVAL
from bot.store.delivery.outbox import SEND_LEASE
from bot.store.delivery.outbox_message import MAX_DELAY
from bot.store.delivery.payloads import TextPayload, UnfurlPayload

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CLAIM = Claim(id="c1", article_id="a1", kind="statement", text="It leaks.")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store with one claim."""
    opened = Store(database_url)
    opened.database.migrate()
    article = Article(id="a1", origin="a", text="It leaks.")
    opened.archive.apply_steps([FiledArticle(article, [CLAIM])], arrival="single", now=lambda: NOON)
    yield opened
    opened.close()


def add(store: Store, key: str, **changes: Any) -> bool:
    values: dict[str, Any] = {"team": "T1", "channel": "C1", "payload": TextPayload(key)}
    return store.outbox.add(None, key=key, now=NOON, **(values | changes))


def head(store: Store, channel: str = "C1") -> OutboxMessage | None:
    return store.outbox.next_in_channel("T1", channel)


def begin(store: Store, now: datetime = NOON, channel: str = "C1") -> OutboxMessage:
    waiting = head(store, channel)
    assert waiting
    begun = store.outbox.begin_sending(waiting, now)
    assert isinstance(begun, OutboxMessage), begun
    return begun


def states(store: Store) -> dict[str, str]:
    with store.database.read() as connection:
        rows = connection.execute(sa.select(schema.outbox.c.key, schema.outbox.c.state))
        return {row.key: row.state for row in rows}


def jobs(store: Store, kind: str) -> list[Any]:
    query = sa.select(schema.jobs.c.payload).where(schema.jobs.c.kind == kind)
    with store.database.read() as connection:
        return list(connection.scalars(query.order_by(schema.jobs.c.key)))


def test_a_message_queued_twice_is_one_with_one_job(store: Store) -> None:
    assert add(store, "k")
    assert not add(store, "k")
    assert not add(store, "k", channel="C2")
    assert add(store, "k", team="T2")
    assert jobs(store, "send") == [{"team": t, "channel": "C1"} for t in ("T1", "T2")]


def test_a_failed_transaction_queues_nothing(store: Store) -> None:
    def ask_and_fail() -> None:
        with store.database.write() as connection:
            values: dict[str, Any] = {"team": "T1", "channel": "C1", "payload": TextPayload("x")}
            store.outbox.add(connection, key="k", now=NOON, **values)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()
    assert states(store) == {}
    assert jobs(store, "send") == []


@pytest.mark.parametrize("kind", ["record_attempt", "mark_outcome_unknown", "retry_later"])
def test_a_postponed_job_wakes_for_a_rescheduled_message(store: Store, kind: str) -> None:
    add(store, "k")
    begun, soon = begin(store), NOON + 9 * SECOND
    job = store.jobs.take("w", now=NOON, lease=SEND_LEASE, kinds=["send"], team="T1")
    assert job
    assert store.jobs.complete(job, again_at=begun.due_at)
    getattr(store.outbox, kind)(begun, failure="lost", due_at=soon)
    assert store.jobs.take("w", now=NOON, lease=SEND_LEASE, kinds=["send"], team="T1") is None
    assert store.jobs.take("w", now=soon, lease=SEND_LEASE, kinds=["send"], team="T1")


def test_only_one_of_two_workers_sends(store: Store) -> None:
    add(store, "k")
    waiting = head(store)
    assert waiting
    assert isinstance(store.outbox.begin_sending(waiting, NOON), OutboxMessage)
    assert store.outbox.begin_sending(waiting, NOON + MESSAGE_INTERVAL) is None


def test_a_message_is_looked_up_after_its_lease(
    store: Store,
) -> None:
    add(store, "k")
    begun = begin(store)
    assert not begun.is_due(NOON + SEND_LEASE - SECOND)
    assert begun.is_due(NOON + SEND_LEASE)
    looking = store.outbox.take_for_lookup(begun, NOON + SEND_LEASE)
    assert looking
    assert store.outbox.take_for_lookup(begun, NOON + SEND_LEASE) is None
    store.outbox.mark_sent(begun, channel="C1", ts="1.1", now=NOON)  # who comes back has it no more
    assert states(store) == {"k": "sending"}
    store.outbox.retry_later(looking, failure="lost", due_at=NOON + SEND_LEASE)
    assert begin(store, NOON + SEND_LEASE).failure == "lost"


def test_a_due_time_from_a_wrong_clock_is_ignored(store: Store) -> None:
    add(store, "k")
    begun = begin(store, NOON + 900 * MAX_DELAY)
    assert begun.is_due(NOON)
    store.outbox.retry_later(begun, failure="x", due_at=NOON)
    assert begin(store, NOON)


@pytest.mark.parametrize("state", ["dead", "uncertain"])
def test_giving_up_notifies_the_person_who_may_retry(store: Store, state: Any) -> None:
    add(store, "k", person="U1")
    begun = begin(store)
    told = TextPayload("not posted")
    for _ in range(2):
        store.outbox.give_up(begun, state, failure="it is archived", notice=told, now=NOON)
    news = head(store, "U1")
    assert news
    assert (news.payload, news.person) == (told, None)
    [letter] = store.dead_letters.find("T1")
    assert (letter.key, letter.state, letter.failure) == ("k", state, "it is archived")
    assert store.dead_letters.find("T2") == []
    assert store.dead_letters.retry([letter.id], team="T2", now=NOON) == set()
    assert store.dead_letters.retry([letter.id], team="T1", now=NOON) == {letter.id}
    assert begin(store, NOON + MESSAGE_INTERVAL).key == "k"


def test_ids_of_dropped_messages_are_not_reused(store: Store) -> None:
    add(store, "k")
    gone = head(store)
    assert gone
    store.outbox.drop(gone)
    add(store, "other")
    other = head(store)
    assert other
    assert other.id != gone.id


def mends(store: Store) -> list[MessageKey]:
    return [MessageKey(**payload) for payload in jobs(store, "mend")]


def test_a_message_can_change_before_during_and_after_sending(store: Store) -> None:
    def grow(n: int) -> bool:
        values: dict[str, Any] = {"team": "T1", "key": "k", "payload": TextPayload(f"{n}")}
        with store.database.write() as connection:
            return store.outbox.change_payload(connection, **values, claims=["c1", "c2"], now=NOON)

    assert not grow(0)
    add(store, "k", claims=["c1"])
    assert grow(1)
    begun = begin(store)
    assert (begun.payload, len(begun.shown)) == (TextPayload("1"), 2)
    assert grow(2)
    assert mends(store) == []
    store.outbox.mark_sent(begun, channel="C1", ts="1.1", now=NOON)
    assert mends(store) == [MessageKey("T1", "C1", "1.1")]
    with store.database.write() as connection:
        connection.execute(sa.delete(schema.jobs))
    assert grow(3)
    assert mends(store) == [MessageKey("T1", "C1", "1.1")]


def test_claims_below_others_messages_are_updated(store: Store) -> None:
    there = {"team": "T1", "channel": "C1", "ts": "1.5", "key": "unfurl/C1/1.5"}
    for payload in (UnfurlPayload({"u": "a0"}), UnfurlPayload({"u": "a1"})):
        store.outbox.record_claims(**there, payload=payload, claims=["c1"], now=NOON)
    assert head(store) is None
    assert jobs(store, "send") == []
    noted = store.outbox.by_message(MessageKey("T1", "C1", "1.5"))
    assert noted
    assert (noted.payload, noted.state) == (UnfurlPayload({"u": "a1"}), "sent")
    assert jobs(store, "mend") == []
    store.archive.remove(["a1"], reason="by hand", block_reimport=True, removed_at=NOON)
    assert jobs(store, "mend") == [{"team": "T1", "channel": "C1", "ts": "1.5"}]


def test_the_longer_of_two_pauses_counts(store: Store) -> None:
    longer, wrong = NOON + timedelta(minutes=5), NOON + timedelta(days=1)
    for until in (longer, NOON + SECOND):
        store.channels.pause("T1", until)
        store.channels.pause_reading("T1", until)
    assert store.channels.reserve_slot("T1", "C1", NOON) == longer
    assert store.channels.reading_paused_until("T1", NOON) == longer
    for until in (wrong, longer):
        store.channels.pause_reading("T2", until)
    assert store.channels.reading_paused_until("T2", NOON) == longer


def test_a_channel_without_its_job_gets_one(store: Store) -> None:
    add(store, "k")
    with store.database.write() as connection:
        connection.execute(sa.delete(schema.jobs))
    store.outbox.ensure_send_jobs("T2")
    assert jobs(store, "send") == []
    store.outbox.ensure_send_jobs("T1")
    assert jobs(store, "send") == [{"team": "T1", "channel": "C1"}]
