from __future__ import annotations

import socket

import pytest

from bot.errors import SettingsError
from bot.monitoring.metrics import Metrics
from bot.monitoring.readiness import Readiness
from bot.monitoring.server import serve_operators
from tests.monitoring.pages import open_pages


async def down() -> str:
    return "it is locked"


async def test_readyz_says_each_part_in_plain_text() -> None:
    metrics = Metrics()
    async with open_pages(metrics, Readiness({"store": down}, metrics)) as pages:
        await pages.until_ready(store="locked")
        assert await pages.get("/readyz") == (503, "store: it is locked\n")


async def test_healthz_is_ok_though_a_part_is_down() -> None:
    metrics = Metrics()
    async with open_pages(metrics, Readiness({"store": down}, metrics)) as pages:
        await pages.until_ready(store="locked")
        assert await pages.get("/healthz") == (200, "ok\n")


async def test_a_taken_port_is_named_with_what_to_do() -> None:
    metrics = Metrics()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {port}: .*Set METRICS_PORT to a free port"):
            await serve_operators(metrics, Readiness({}, metrics), "127.0.0.1", port)
