"""The pages for operators and their programs: /healthz, /readyz and /metrics."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.exposition import generate_latest

from bot.errors import SettingsError
from bot.monitoring.metrics import Metrics
from bot.monitoring.readiness import Part, Readiness

HEALTH_PATH, READY_PATH, METRICS_PATH = "/healthz", "/readyz", "/metrics"

log = logging.getLogger(__name__)


def health_routes(readiness: Readiness) -> Sequence[web.RouteDef]:
    """Return the pages that say whether a process lives, and whether it can do its work.

    /readyz answers with status 503 if it cannot; as JSON if asked for.
    """

    async def healthz(request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(request: web.Request) -> web.Response:
        parts = readiness.parts()
        is_ready = all(part.is_ready for part in parts)
        status = 200 if is_ready else 503
        if "json" in request.headers.get("Accept", ""):
            answer = {"ready": is_ready, "parts": [asdict(part) for part in parts]}
            return web.json_response(answer, status=status)
        return web.Response(text="".join(map(_line, parts)), status=status)

    return [web.get(HEALTH_PATH, healthz), web.get(READY_PATH, readyz)]


def _line(part: Part) -> str:
    state = part.why
    if part.is_ready:
        state = f"ready, but {part.why}" if part.why else "ready"
    return f"{part.name}: {state}\n"


async def serve_operators(metrics: Metrics, readiness: Readiness, host: str, port: int) -> None:
    """Serve the pages until cancelled. Raises SettingsError if the port is taken."""
    loop = asyncio.get_running_loop()
    # Some metrics are read from the store. In a thread of its own: if that hangs, no answer waits.
    thread = ThreadPoolExecutor(1, "metrics")

    async def show_metrics(request: web.Request) -> web.Response:
        text = await loop.run_in_executor(thread, generate_latest, metrics.registry)
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application()
    application.add_routes([*health_routes(readiness), web.get(METRICS_PATH, show_metrics)])
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        log.info("metrics are on port %d at %s", port, METRICS_PATH)
        await asyncio.Event().wait()
    except OSError as error:
        raise SettingsError(
            "cannot listen for requests for metrics",
            subject=f"{host}, port {port}",
            cause=error.strerror or str(error),
            remedy="Set METRICS_PORT to a free port (each process needs its own), and "
            "metrics.host in bot.yml to an address of this machine.",
        ) from error
    finally:
        await runner.cleanup()
        thread.shutdown(wait=False)
