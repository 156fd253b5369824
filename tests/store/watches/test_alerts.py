"""What watches have found, on both databases: read for many at once, and from what is recent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.model import Watch
from bot.store import MessageKey, OutboxMessage, Store
from bot.store.watches.alerts import Alert, Trigger

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store(database_url)
    opened.database.migrate()
    yield opened
    opened.close()


def add(store: Store, query: str, team: str = "T1") -> Watch:
    known: dict[str, Any] = {"id": "", "number": 0, "team": team, "person": "U1", "channel": "C1"}
    return store.watches.add(Watch(**known, query=query, zone="UTC", made_at=NOON))


def fire(store: Store, watch: Watch, *minutes: int, told: bool = True) -> None:
    """Let a watch find a statement at each of these minutes, told one by one or waiting."""
    for minute in minutes:
        at = NOON + minute * MINUTE
        one = Alert(
            watch_id=watch.id, statement=f"s{minute}", claims=("c1",), words=("x",), found_at=at
        )
        firing = Trigger(watch=watch, new_alerts=[one], due_at=None if told else at + MINUTE)
        assert store.watches.record_triggers([], [firing], at)


def test_recent_alerts_are_listed_oldest_first(store: Store) -> None:
    some, few, none = (add(store, query) for query in ("some", "few", "none"))
    fire(store, some, 3, 1, 2, 0)
    fire(store, few, 2)
    ids = [one.id for one in (some, few, none)]
    found = store.watches.recent_alerts(ids, since=NOON + MINUTE, limit=2)
    assert {key: [one.statement for one in its] for key, its in found.items()} == {
        some.id: ["s2", "s3"],
        few.id: ["s2"],
        none.id: [],
    }
    assert found[few.id][0].key == f"alert/{few.id}/s2"


def test_only_recent_messages_of_these_watches_count(store: Store) -> None:
    some, other, elsewhere = add(store, "some"), add(store, "other"), add(store, "some", "T2")
    fire(store, some, 0, 30, 20)
    fire(store, some, 40, told=False)
    fire(store, other, 25)
    fire(store, elsewhere, 50)
    told = store.watches.message_times([some.id, elsewhere.id], NOON)
    assert told == {
        some.id: [NOON + 20 * MINUTE, NOON + 30 * MINUTE],
        elsewhere.id: [NOON + 50 * MINUTE],
    }


def test_a_watch_retries_only_its_own_dead_letters(store: Store) -> None:
    some, other = add(store, "some"), add(store, "other")
    for watch in (some, other):
        fire(store, watch, 1)
        fire(store, watch, 2)
    for watch in (some, other):
        one = store.outbox.by_key("T1", f"alert/{watch.id}/s1")
        assert one
        store.outbox.give_up(one, "dead", failure="x", notice=None, now=NOON)
    dead = store.outbox.by_key("T1", f"alert/{some.id}/s1")
    assert dead
    assert store.watches.dead_letter_ids(some) == {dead.id}


def test_alerts_being_sent_are_not_requeued(store: Store) -> None:
    watch = add(store, "some")
    fire(store, watch, 1)
    waiting = store.outbox.next_in_channel("T1", "C1")
    assert waiting
    begun = store.outbox.begin_sending(waiting, NOON + MINUTE)
    assert isinstance(begun, OutboxMessage)
    store.watches.requeue(waiting, NOON + MINUTE)
    assert store.watches.pending_alerts(watch) == []
    store.outbox.mark_sent(begun, channel="C1", ts="1.1", now=NOON + MINUTE)
    assert [one.statement for one in store.watches.alerts_in(watch, waiting.key)] == ["s1"]


def test_dropped_alerts_become_pending(store: Store) -> None:
    watch = add(store, "some")
    fire(store, watch, 1)
    waiting = store.outbox.next_in_channel("T1", "C1")
    assert waiting
    store.watches.requeue(waiting, NOON + MINUTE)
    assert [one.statement for one in store.watches.pending_alerts(watch)] == ["s1"]
    assert store.outbox.next_in_channel("T1", "C1") is None


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda one, w: one.watches.message_times([w.id], NOON), "ix_outbox_kind_asked_at"),
        (lambda one, w: one.watches.recent_alerts([w.id], since=NOON, limit=9), "found_at"),
        (lambda one, w: one.watches.pending_alerts(w), "watch_id_outbox_key"),
        (lambda one, w: one.watches.alerts_in(w, "k"), "watch_id_outbox_key"),
        (lambda one, w: one.watches.dead_letter_ids(w), "ix_outbox_state_team_channel"),
        (lambda one, w: one.outbox.next_in_channel("T1", "C1"), "ix_outbox_state_team_channel"),
        (lambda one, w: one.outbox.pending_channels("T1"), "ix_outbox_state_team_channel"),
        (lambda one, w: one.outbox.by_message(MessageKey("T1", "C1", "1.0")), "ix_outbox_ts"),
        (lambda one, w: one.dead_letters.find(), "ix_outbox_state_team_channel"),
    ],
)
def test_queries_use_indexes_instead_of_scans(
    store: Store, ask: Callable[[Store, Watch], object], index: str
) -> None:
    if not store.database.is_sqlite:
        pytest.skip("PostgreSQL plans by how much there is: here is nothing")
    watch, asked = add(store, "some"), list[tuple[str, Any]]()

    def note(_c: Any, _u: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    sa.event.listen(store.database.engine, "before_cursor_execute", note)
    ask(store, watch)
    sa.event.remove(store.database.engine, "before_cursor_execute", note)
    statement, values = next(one for one in asked if one[0].startswith("SELECT"))
    with store.database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    steps = [row[3] for row in plan if "outbox" in row[3] or "alerts" in row[3]]
    assert steps
    assert all(step.startswith("SEARCH") and index in step for step in steps), steps
