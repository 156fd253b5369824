"""The pages for operators, as their programs read them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from bot.monitoring.metrics import Metrics
from bot.monitoring.readiness import Readiness
from bot.monitoring.server import serve_operators
from bot.slack.local import free_port

PATIENCE = 180
"""Seconds after which a test fails instead of waiting for ever."""


class Pages:
    """Reads the pages of one process."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.url = f"http://{host}:{port}"

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Return the status and the text of a page."""
        async with aiohttp.ClientSession() as web:
            response = await web.get(f"{self.url}{path}", headers=headers)
            return response.status, await response.text()

    async def ready(self) -> dict[str, str]:
        """Return what /readyz says: why each part is not ready, "" if it is."""
        async with aiohttp.ClientSession() as web:
            response = await web.get(f"{self.url}/readyz", headers={"Accept": "application/json"})
            answer: dict[str, Any] = await response.json()
        assert answer["ready"] == (response.status == 200)
        assert all(part["is_ready"] != bool(part["why"]) for part in answer["parts"])
        return {part["name"]: part["why"] for part in answer["parts"]}

    async def until_ready(self, **whys: str) -> None:
        """Wait until all parts are ready but these, whose reasons contain these words."""
        async with asyncio.timeout(PATIENCE):
            while True:
                parts = await self.ready()
                unready = {name: why for name, why in parts.items() if why}
                if set(unready) == set(whys) and all(whys[name] in unready[name] for name in whys):
                    return
                await asyncio.sleep(0.02)

    async def metrics(self) -> dict[str, float]:
        """Return all samples of /metrics, by name and labels: 'jobs{kind=poll}'."""
        status, text = await self.get("/metrics")
        assert status == 200
        return {
            _sample_name(sample.name, sample.labels): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


def _sample_name(name: str, labels: dict[str, str]) -> str:
    shown = ",".join(f"{key}={labels[key]}" for key in sorted(labels))
    return f"{name}{{{shown}}}" if shown else name


@contextlib.asynccontextmanager
async def open_pages(metrics: Metrics, readiness: Readiness) -> AsyncIterator[Pages]:
    """Run the checks and serve the pages."""
    port = free_port()
    tasks = [
        asyncio.ensure_future(readiness.run()),
        asyncio.ensure_future(serve_operators(metrics, readiness, "127.0.0.1", port)),
    ]
    pages = Pages(port)
    try:
        async with asyncio.timeout(PATIENCE):
            while not tasks[1].done():
                with contextlib.suppress(aiohttp.ClientConnectorError):
                    assert await pages.get("/healthz") == (200, "ok\n")
                    break
                await asyncio.sleep(0.01)
        yield pages
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
