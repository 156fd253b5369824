"""What goes wrong again and again is told once a minute."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.monitoring.metrics import Metrics
from bot.slack import incident_log
from bot.slack.incident_log import IncidentLog
from bot.store import Incidents, Store
from tests.logs import records_of

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture
def incidents(tmp_path: Path) -> Iterator[Incidents]:
    """The incidents of a store of their own: in a shared one, other tests' may arrive late."""
    store = Store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    yield store.incidents
    store.close()


def noon() -> datetime:
    return NOON


def messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in records_of(caplog, incident_log.__name__)]


def stored(incidents: Incidents) -> dict[str, int]:
    """Return the stored kinds of incidents with their counts."""
    return {one.kind: one.count for one in incidents.recent(now=NOON)}


async def until(is_met: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not is_met():
            await asyncio.sleep(0.01)


async def test_thousands_of_incidents_are_two_lines(
    incidents: Incidents, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incident_log, "REPORT_INTERVAL", 0.01)
    log = IncidentLog(incidents, noon, Metrics())
    for skew in range(2000):
        log.count("signature", str(-skew))
    await until(lambda: len(messages(caplog)) == 2)
    first, second = messages(caplog)
    assert first.startswith("1 request was refused: its signature is wrong. Check SLACK_SIGN")
    assert first.endswith("The last timestamp agreed with our clock.")
    assert second.startswith("1,999 requests were refused: their signatures are wrong.")
    assert second.endswith("The last timestamp was 1,999 s behind our clock.")
    await until(lambda: stored(incidents) == {"signature": 2000})


async def test_what_is_over_is_forgotten(incidents: Incidents) -> None:
    log = IncidentLog(incidents, noon, Metrics())
    log.count("socket", "internal_error")
    log.count("unsigned")
    await until(lambda: stored(incidents) == {"socket": 1, "unsigned": 1})
    log.end("socket")
    await until(lambda: stored(incidents) == {"unsigned": 1})


async def test_a_store_that_cannot_be_written_is_logged(
    incidents: Incidents, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StoreError("the store cannot be used", cause="disk full")

    monkeypatch.setattr(incidents, "record", refuse)
    caplog.set_level(logging.WARNING)
    IncidentLog(incidents, noon, Metrics()).count("unsigned")
    await until(lambda: len(messages(caplog)) == 2)
    assert messages(caplog)[1].endswith("the store cannot be used: disk full")
