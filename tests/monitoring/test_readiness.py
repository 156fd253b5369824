from __future__ import annotations

import asyncio
import logging

import pytest

from bot.monitoring.metrics import Metrics
from bot.monitoring.readiness import Check, Note, Part, Readiness
from tests.logs import records_of
from tests.monitoring.pages import PATIENCE, open_pages


def finding(*whys: str) -> Check:
    """A check that finds these one after the other, and the last one again and again."""
    found = list(whys)

    async def check() -> str:
        return found.pop(0) if len(found) > 1 else found[0]

    return check


async def fail() -> str:
    raise ValueError("secret")


async def hang() -> str:
    await asyncio.Event().wait()
    return ""


def readiness(**checks: Check) -> Readiness:
    return Readiness(checks, Metrics(), interval=0.01, timeout=0.05)


def test_nothing_is_ready_before_it_was_checked() -> None:
    assert readiness(store=finding("")).parts() == [Part("store", False, "not checked yet")]


async def test_a_part_is_ready_again_once_its_check_passes() -> None:
    metrics, why = Metrics(), ""

    async def check() -> str:
        return why

    checked = Readiness({"disk": check}, metrics, interval=0.01, timeout=1)
    async with open_pages(metrics, checked) as pages:
        await pages.until_ready()
        why = "full"
        await pages.until_ready(disk="full")
        assert (await pages.metrics())["claimdesk_ready{part=disk}"] == 0
        why = ""
        await pages.until_ready()
        assert (await pages.metrics())["claimdesk_ready{part=disk}"] == 1


async def test_a_check_that_fails_or_hangs_is_a_part_not_ready() -> None:
    metrics = Metrics()
    checks = {"a": fail, "b": hang, "c": finding("")}
    async with open_pages(
        metrics, Readiness(checks, metrics, interval=0.01, timeout=0.05)
    ) as pages:
        await pages.until_ready(a="it cannot be checked (ValueError)", b="did not answer within")


async def test_each_change_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    # Nothing is ready at the start: that is no change.
    checked = readiness(index=finding("starting", "", "behind", "behind", "behind", ""))
    running = asyncio.ensure_future(checked.run())
    async with asyncio.timeout(PATIENCE):
        while "ready again: index" not in caplog.messages:
            await asyncio.sleep(0.01)
    running.cancel()
    logged = [record.message for record in records_of(caplog, Readiness.__module__)]
    assert logged == ["not ready: index: behind", "ready again: index"]


async def test_a_degraded_part_is_ready_and_says_why(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    metrics, why = Metrics(), Note("a copy is missing")

    async def check() -> str:
        return why

    checked = Readiness({"index": check}, metrics, interval=0.01, timeout=1)
    async with open_pages(metrics, checked) as pages:
        async with asyncio.timeout(PATIENCE):
            while await pages.get("/readyz") != (200, "index: ready, but a copy is missing\n"):
                await asyncio.sleep(0.01)
        shown = await pages.metrics()
        assert shown["claimdesk_ready{part=index}"] == 1
        assert shown["claimdesk_degraded{part=index}"] == 1
        why = Note()
        async with asyncio.timeout(PATIENCE):
            while await pages.get("/readyz") != (200, "index: ready\n"):
                await asyncio.sleep(0.01)
        assert (await pages.metrics())["claimdesk_degraded{part=index}"] == 0
    assert caplog.messages.count("degraded: index: a copy is missing") == 1
