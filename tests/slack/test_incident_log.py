"""What goes wrong again and again is told once a minute."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import pytest

from bot.errors import StoreError
from bot.newsroom import Newsroom
from bot.slack import incident_log
from bot.slack.incident_log import IncidentLog


@pytest.fixture(autouse=True)
def _clear(newsroom: Newsroom) -> None:
    for kind in ("signature", "unsigned", "socket"):
        newsroom.store.incidents.clear(kind)


def messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.name == incident_log.__name__]


async def until(is_met: Callable[[], bool]) -> None:
    for _ in range(1000):
        if is_met():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come about")


async def test_thousands_of_incidents_are_two_lines(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incident_log, "REPORT_INTERVAL", 0.01)
    log = IncidentLog(newsroom.store.incidents, newsroom.now)
    for skew in range(2000):
        log.count("signature", str(-skew))
    await until(lambda: len(messages(caplog)) == 2)
    first, second = messages(caplog)
    assert first.startswith("1 request was refused: its signature is wrong. Check SLACK_SIGN")
    assert first.endswith("The last timestamp agreed with our clock.")
    assert second.startswith("1,999 requests were refused: their signatures are wrong.")
    assert second.endswith("The last timestamp was 1,999 s behind our clock.")
    recent = newsroom.store.incidents.recent
    await until(lambda: [one.count for one in recent(now=newsroom.now())] == [2000])


async def test_what_is_over_is_forgotten(newsroom: Newsroom) -> None:
    log = IncidentLog(newsroom.store.incidents, newsroom.now)
    log.count("socket", "internal_error")
    log.count("unsigned")
    log.end("socket")
    recent = newsroom.store.incidents.recent
    await until(lambda: [one.kind for one in recent(now=newsroom.now())] == ["unsigned"])


async def test_a_store_that_cannot_be_written_is_logged(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StoreError("the store cannot be used", cause="disk full")

    monkeypatch.setattr(newsroom.store.incidents, "record", refuse)
    caplog.set_level(logging.WARNING)
    IncidentLog(newsroom.store.incidents, newsroom.now).count("unsigned")
    await until(lambda: len(messages(caplog)) == 2)
    assert messages(caplog)[1].endswith("the store cannot be used: disk full")
