"""Incidents, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Incident
from bot.store import Store

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store(database_url)
    opened.database.migrate()
    yield opened
    opened.close()


def test_incidents_add_up_until_an_hour_after_the_last(store: Store) -> None:
    incidents = store.incidents
    incidents.record("signature", 2, "0", now=NOON)
    incidents.record("signature", 40, "-900", now=NOON + MINUTE)
    incidents.record("unsigned", 1, "", now=NOON + 2 * MINUTE)
    added = Incident("signature", 42, "-900", NOON, NOON + MINUTE)
    other = Incident("unsigned", 1, "", NOON + 2 * MINUTE, NOON + 2 * MINUTE)
    assert incidents.recent(now=NOON + 5 * MINUTE) == [added, other]
    assert incidents.recent(now=NOON + 61.5 * MINUTE) == [other]

    evening = NOON + timedelta(hours=8)
    incidents.record("signature", 3, "1", now=evening)
    assert incidents.recent(now=evening) == [Incident("signature", 3, "1", evening, evening)]


def test_an_incident_that_is_over_is_forgotten(store: Store) -> None:
    store.incidents.record("socket", 2, "internal_error", now=NOON)
    store.incidents.record("unsigned", 2, "", now=NOON)
    store.incidents.clear("socket")
    assert [one.kind for one in store.incidents.recent(now=NOON)] == ["unsigned"]
