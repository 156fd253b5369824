"""Old queries and messages are deleted; nothing that somebody waits for is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store import Store
from bot.store import retention as retention_module
from bot.store.delivery.payloads import TextPayload
from bot.store.schema import (
    alerts,
    answers,
    channels,
    digests,
    hosts,
    job_turns,
    jobs,
    outbox,
    outbox_claims,
    watches,
)

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
STATES = ("waiting", "sending", "sent", "uncertain", "dead")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with closing(Store(database_url)) as store:
        store.database.migrate()
        yield store


def add(store: Store, table: sa.Table, **values: Any) -> None:
    """Insert a row; columns that are not given and not nullable get an empty value."""
    for column in table.columns:
        if not column.nullable and not column.primary_key and not column.foreign_keys:
            values.setdefault(column.name, empty_value(column))
    store.database.execute(sa.insert(table).values(values))


def empty_value(column: sa.Column[Any]) -> Any:
    if column.name.endswith("_at") or column.name in ("window_start", "posting_time"):
        return NOW
    return {sa.Integer: 0, sa.JSON: {}}.get(type(column.type), "x")


def message(store: Store, key: str, age: timedelta, state: str = "sent", **values: Any) -> None:
    add(store, outbox, team="T1", key=key, state=state, asked_at=NOW - age, **values)


def keys(store: Store) -> set[str]:
    return set(store.database.fetch_values(sa.select(outbox.c.key)))


def test_queries_are_deleted_by_their_age(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention_module, "BATCH_SIZE", 2)
    for age in range(8):
        add(store, answers, team="T1", id=f"{age}", person="U1", asked_at=NOW - age * DAY)
    assert store.retention.delete_queries(NOW - 3 * DAY) == 4
    assert sorted(store.database.fetch_values(sa.select(answers.c.id))) == ["0", "1", "2", "3"]
    assert store.retention.delete_queries(NOW - 3 * DAY) == 0


@pytest.mark.parametrize("state", STATES)
def test_a_message_is_deleted_unless_it_is_to_be_sent(store: Store, state: str) -> None:
    message(store, "old", 10 * DAY, state)
    message(store, "new", DAY, state)
    row = store.database.fetch_value(sa.select(sa.func.min(outbox.c.id)))
    add(store, outbox_claims, outbox_id=row, position=0, claim_id="c1")
    is_pending = state in ("waiting", "sending")
    assert store.retention.delete_messages(NOW - 5 * DAY) == (0 if is_pending else 1)
    assert keys(store) == ({"old", "new"} if is_pending else {"new"})
    assert len(store.database.fetch_all(sa.select(outbox_claims))) == is_pending


def test_a_channels_newest_digest_stays(store: Store) -> None:
    for age in (30, 20):
        day = (NOW - age * DAY).date()
        add(store, digests, team="T1", channel="C1", day=day, posting_time=NOW - age * DAY)
        message(store, f"digest/C1/{day}", age * DAY, kind="digest")
    store.retention.delete_messages(NOW - 5 * DAY)
    newest = (NOW - 20 * DAY).date()
    assert store.database.fetch_values(sa.select(digests.c.day)) == [newest]
    assert keys(store) == {f"digest/C1/{newest}"}


def test_alerts_go_once_they_were_reported(store: Store) -> None:
    add(store, watches, id="w1", team="T1")
    for statement, age, key in (("a", 10, "k"), ("b", 10, None), ("c", 1, "k")):
        found = {"found_at": NOW - age * DAY, "outbox_key": key}
        add(store, alerts, watch_id="w1", statement=statement, claims=[], words=[], **found)
    store.retention.delete_messages(NOW - 5 * DAY)
    left = store.database.fetch_values(sa.select(alerts.c.statement).order_by(alerts.c.statement))
    assert left == ["b", "c"]


def test_watches_that_have_ended_go_with_their_last_alert(store: Store) -> None:
    """Their owner and query are needed no longer than messages that they sent can change."""
    found = {"claims": [], "words": [], "statement": "s"}
    for number, (id_, state, age, key) in enumerate(
        [
            ("active", "active", 10, None),
            ("paused", "paused", 10, "k"),
            ("recent", "ended", 1, "k"),
            ("over", "ended", 10, "k"),
            ("unreported", "ended", 10, None),
        ]
    ):
        add(store, watches, id=id_, team="T1", state=state, number=number)
        add(store, alerts, watch_id=id_, outbox_key=key, found_at=NOW - age * DAY, **found)
    add(store, watches, id="found nothing", team="T1", state="ended", number=9)
    counted = store.watches.change_count()
    store.retention.delete_messages(NOW - 5 * DAY)
    kept = set(store.database.fetch_values(sa.select(watches.c.id)))
    assert kept == {"active", "paused", "recent"}
    alerts_kept = set(store.database.fetch_values(sa.select(alerts.c.watch_id)))
    assert alerts_kept == {"active", "recent"}
    assert store.watches.change_count() == counted + 1
    store.retention.delete_messages(NOW - 5 * DAY)
    assert store.watches.change_count() == counted + 1


def test_only_old_jobs_that_failed_for_good_go(store: Store) -> None:
    for key, age, state in (("old", 10, "failed"), ("new", 1, "failed"), ("tried", 10, "waiting")):
        tried = {"tried_at": NOW - age * DAY, "state": state, "failure": "why"}
        add(store, jobs, kind="article", key=key, due_at=NOW, **tried)
    assert store.retention.delete_failed_jobs(NOW - 5 * DAY) == 1
    assert {job.key for job in store.jobs.failing()} == {"new", "tried"}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_what_somebody_revives_at_that_moment_stays(store: Store) -> None:
    """A job that failed and a message that could not be sent, each of them old until then."""
    old = NOW - 10 * DAY
    add(store, jobs, kind="article", key="k", due_at=old, state="failed", tried_at=old)
    message(store, "m", 10 * DAY, "dead", channel="C1")
    before = NOW - 5 * DAY
    threads = [
        threading.Thread(target=store.retention.delete_failed_jobs, args=[before]),
        threading.Thread(target=store.retention.delete_messages, args=[before]),
    ]
    with store.database.write() as connection:
        store.jobs.add("article", "k", due_at=NOW, connection=connection)
        place = {"team": "T1", "channel": "C1", "key": "m"}
        assert store.outbox.add(connection, **place, payload=TextPayload("again"), now=NOW)
        for number, thread in enumerate(threads, 1):
            thread.start()
            while thread.is_alive() and waiting_for_locks(store) < number:
                thread.join(0.01)
    for thread in threads:
        thread.join()
    assert {job.key for job in store.jobs.failing()} == set()
    assert store.jobs.is_open("article", "k")
    assert keys(store) == {"m"}


def waiting_for_locks(store: Store) -> int:
    """How many connections wait until another one ends its transaction."""
    with store.database.read() as connection:
        count = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        return int(connection.exec_driver_sql(count).scalar() or 0)


def test_settings_and_failures_of_channels_stay(store: Store) -> None:
    old = NOW - 10 * DAY
    for channel, values in {
        "idle": {"free_at": old},
        "never": {},
        "busy": {"free_at": NOW},
        "unfurls": {"free_at": old, "unfurls": True},
        "": {"free_at": old, "failure": "account_inactive"},
    }.items():
        add(store, channels, team="T1", channel=channel, **{"unfurls": False} | values)
    for host, free_at, robots_at in (
        ("idle", old, old),
        ("cached", old, NOW),
        ("busy", NOW, None),
    ):
        add(store, hosts, host=host, free_at=free_at, robots_at=robots_at)
    for source, age in (("idle", 10), ("recent", 1)):
        add(store, job_turns, source=source, taken_at=NOW - age * DAY)
    store.retention.delete_idle(NOW - 5 * DAY)
    kept = set(store.database.fetch_values(sa.select(channels.c.channel)))
    assert kept == {"busy", "unfurls", ""}
    assert set(store.database.fetch_values(sa.select(hosts.c.host))) == {"cached", "busy"}
    assert store.database.fetch_values(sa.select(job_turns.c.source)) == ["recent"]
