"""Digests of a store that was made before they were messages of the outbox."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import alembic.command
import alembic.config
import pytest
import sqlalchemy as sa

from bot.store import MessageKey, Store, database, schema
from bot.store.delivery.payloads import DigestPayload

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
LEASE_END = NOON + timedelta(minutes=2)
pytestmark = pytest.mark.usefixtures("migrated")

ODD_HEADINGS: Mapping[str, tuple[Any, str | None]] = {
    "empty": ({}, "UTC"),
    "none": ({"zone": "Asia/Tokyo", "topics": None, "missed": None, "feeds": None}, "Asia/Tokyo"),
    "word": ({"zone": "Asia/Tokyo", "feeds": "3"}, None),
    "list": (["Asia/Tokyo"], None),
    "nothing": (None, None),
}
"""Headings as no version should have kept them, and the zone that is known of each afterwards."""

STATES = ("posted", "posting", "planned", "missed", "uncertain")
HEADING = {"zone": "Asia/Tokyo", "language": "de", "claims": 41, "missed": []}


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store with one digest in each state that there was, in a channel of that name."""
    opened = database.Database(database_url)
    settings = alembic.config.Config()
    script = Path(schema.__file__).with_name("migrations")
    settings.set_main_option("script_location", str(script))
    with opened.write() as connection:
        settings.attributes["connection"] = connection
        alembic.command.upgrade(settings, "0009")
        for state in STATES:
            _insert(connection, state)
        for channel, (heading, _) in ODD_HEADINGS.items():
            _insert(connection, "posted", channel, heading)
        alembic.command.upgrade(settings, "head")
    opened.close()
    migrated = Store(database_url)
    yield migrated
    migrated.close()


def _insert(
    connection: sa.Connection, state: str, channel: str | None = None, heading: Any = HEADING
) -> None:
    """A digest as it was stored, with the claims that it shows."""
    moment = schema.Instant()
    digest = sa.text(
        "INSERT INTO digests (team, channel, day, state, window_start, posting_time, worker, "
        "lease_until, failure, ts, heading) VALUES ('T1', :channel, '2026-11-03', :state, :noon, "
        ":noon, 'w', :lease, 'why', :ts, :heading)"
    ).bindparams(sa.bindparam("noon", type_=moment), sa.bindparam("lease", type_=moment))
    values: dict[str, Any] = {"state": state, "noon": NOON, "lease": None, "heading": None}
    values["channel"] = channel or state
    values["ts"] = "1.5" if state == "posted" else None
    if state in ("posted", "posting"):
        values["heading"] = json.dumps(heading)
    if state == "posting":
        values["lease"] = LEASE_END
    connection.execute(digest, values)
    row = sa.text(
        "INSERT INTO digest_rows (team, channel, day, position, claim_id, ts, wording, place) "
        "VALUES ('T1', :channel, '2026-11-03', :n, :claim, :ts, 'abc', :place)"
    )
    place = json.dumps({"section": "more", "topic": None, "why": []})
    for n, claim in enumerate(("c1", "c2", "c1")):
        named = {
            "channel": values["channel"],
            "n": n,
            "claim": claim,
            "ts": values["ts"],
            "place": place,
        }
        connection.execute(row, named)


def state_of(store: Store, channel: str) -> str:
    [row] = store.ledger.rows("T1", channel)
    return row.state


def test_a_posted_digest_keeps_its_claims_and_is_not_resent(store: Store) -> None:
    assert state_of(store, "posted") == "sent"
    digest = store.posted.digest(MessageKey("T1", "posted", "1.5"))
    assert digest
    assert [one.claim_id for one in digest.shown] == ["c1", "c2", "c1"]
    assert {one.wording for one in digest.shown} == {"abc"}
    assert digest.shown[0].place == {"section": "more", "topic": None, "why": []}
    heading = digest.heading
    assert heading
    assert (heading.zone, heading.claims, heading.articles) == ("Asia/Tokyo", 41, None)
    assert store.outbox.next_in_channel("T1", "posted") is None
    with store.database.write() as connection:
        store.posted.schedule_updates(connection, ["c2"], NOON)
    assert store.jobs.take("w", now=NOON, lease=timedelta(1), kinds=["mend"], team="T1")


@pytest.mark.parametrize("channel", ODD_HEADINGS)
def test_a_digest_with_an_odd_heading_can_be_read(store: Store, channel: str) -> None:
    digest = store.posted.digest(MessageKey("T1", channel, "1.5"))
    assert digest
    zone = digest.heading.zone if digest.heading else None
    assert zone == ODD_HEADINGS[channel][1]


def test_a_digest_being_posted_is_looked_up_first(store: Store) -> None:
    assert state_of(store, "posting") == "sending"
    begun = store.outbox.next_in_channel("T1", "posting")
    assert begun
    # It was posted with this mark, if it was.
    assert begun.key == "digest/posting/2026-11-03"
    assert (begun.state, begun.due_at) == ("sending", LEASE_END)
    assert isinstance(begun.payload, DigestPayload)
    assert begun.is_due(LEASE_END)
    job = store.jobs.take("w", now=LEASE_END, lease=timedelta(1), kinds=["send"], team="T1")
    assert job
    assert job.payload == {"team": "T1", "channel": "posting"}


def test_a_planned_digest_is_sent_once(store: Store) -> None:
    [row] = store.ledger.rows("T1", "planned")
    assert store.ledger.request_message(row.key, NOON)
    assert not store.ledger.request_message(row.key, NOON)


@pytest.mark.parametrize("state", ["missed", "uncertain"])
def test_missed_and_uncertain_digests_stay_so(store: Store, state: str) -> None:
    [row] = store.ledger.rows("T1", state)
    assert (row.state, row.failure) == (state, "why")
    assert not store.ledger.request_message(row.key, NOON)
    assert store.outbox.next_in_channel("T1", state) is None
    assert store.dead_letters.find() == []
