"""Real processes show their health and metrics, and log as JSON."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import aiohttp

from bot import __version__
from bot.slack.local import free_port
from tests.cli.program import ROOT, claimdesk_alone, environment
from tests.monitoring.pages import PATIENCE, Pages
from tests.slack.real_bot import AnsweredSlack, running_bot


async def test_a_web_process_shows_health_and_metrics(tmp_path: Path) -> None:
    slack, port = AnsweredSlack(), free_port()
    environ = {"METRICS_PORT": str(port)}
    async with (
        asyncio.timeout(PATIENCE),
        slack.running(),
        running_bot(tmp_path, slack, environ) as bot,
    ):
        pages = Pages(port)
        await pages.until_ready()
        assert set(await pages.ready()) == {"store", "disk", "index", "slack"}
        await bot.answer("a", "photosynthesis")
        samples = await pages.metrics()
        assert samples["claimdesk_acknowledgement_seconds_count{kind=/claim}"] == 1
        assert samples["process_resident_memory_bytes"] > 1e6
        (build,) = [name for name in samples if name.startswith("claimdesk_build_info")]
        assert f"version={__version__}" in build
        assert "database=sqlite" in build
        await bot.stop()
    events = [json.loads(line) for line in bot.log.splitlines()]
    assert {"time", "level", "logger", "message"} <= set(events[0])
    assert not any("photosynthesis" in line for line in bot.log.splitlines())


async def test_a_worker_without_slack_shows_health_and_metrics(tmp_path: Path) -> None:
    port = free_port()
    environ = {**os.environ, **environment(tmp_path), "METRICS_PORT": str(port)}
    command = [sys.executable, "-m", "bot", "worker"]
    worker = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environ, stderr=PIPE)
    pages = Pages(port)
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await pages.until_ready()
                break
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.1)
        assert set(await pages.ready()) == {"store", "disk", "index"}
        assert "claimdesk_outbox_wait_seconds" in await pages.metrics()
        worker.terminate()
        assert await worker.wait() == 0


def test_sentry_without_a_dsn_that_is_one_says_what_to_do(tmp_path: Path) -> None:
    done = claimdesk_alone(tmp_path, "worker", SENTRY_DSN="https://sesame")
    assert done.code == 2
    assert "SENTRY_DSN is not a DSN. Copy it again" in done.err
    assert "sesame" not in done.err
