"""Count what goes wrong again and again, and report it at most once a minute."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable

from bot.errors import StoreError
from bot.model import IncidentKind
from bot.monitoring.metrics import Metrics
from bot.newsroom.providers import Clock
from bot.store import Incidents
from bot.wording.incidents import incident_line

REPORT_INTERVAL = 60.0
"""Seconds between two reports of the same kind of incident."""

log = logging.getLogger(__name__)


class IncidentLog:
    """Reports each kind of incident in the log and in the store: at once, then once a minute.

    Counting one costs next to nothing, so nobody can fill the log or keep the store busy with
    requests that are refused. All methods must be called in the event loop.
    """

    def __init__(self, incidents: Incidents, now: Clock, metrics: Metrics) -> None:
        self._incidents, self._now, self._metrics = incidents, now, metrics
        self._unreported: Counter[IncidentKind] = Counter()
        self._details: dict[IncidentKind, str] = {}
        self._timers: dict[IncidentKind, asyncio.TimerHandle] = {}
        self._writes: set[asyncio.Task[None]] = set()
        self._lock = asyncio.Lock()

    def count(self, kind: IncidentKind, detail: str = "") -> None:
        """Count an incident; `detail` is that of model.Incident."""
        self._unreported[kind] += 1
        self._details[kind] = detail
        if kind == "socket":
            self._metrics.socket_failures.inc()
        else:
            self._metrics.refused_deliveries.labels(kind).inc()
        if kind not in self._timers:
            self._report(kind)

    def end(self, kind: IncidentKind) -> None:
        """Forget a kind of incident that is over, also if another run of the bot reported it."""
        if timer := self._timers.pop(kind, None):
            timer.cancel()
        self._unreported.pop(kind, None)
        self._write(self._incidents.clear, kind)

    def _report(self, kind: IncidentKind) -> None:
        if not (count := self._unreported.pop(kind, 0)):
            self._timers.pop(kind, None)
            return
        loop, detail = asyncio.get_running_loop(), self._details[kind]
        self._timers[kind] = loop.call_later(REPORT_INTERVAL, self._report, kind)
        log.warning("%s", incident_line(kind, count, detail))
        self._write(self._record, kind, count, detail)

    def _record(self, kind: IncidentKind, count: int, detail: str) -> None:
        self._incidents.record(kind, count, detail, now=self._now())

    def _write(self, function: Callable[..., None], *arguments: object) -> None:
        task = asyncio.ensure_future(self._write_in_turn(function, *arguments))
        self._writes.add(task)
        task.add_done_callback(self._writes.discard)

    async def _write_in_turn(self, function: Callable[..., None], *arguments: object) -> None:
        async with self._lock:
            try:
                await asyncio.to_thread(function, *arguments)
            except StoreError as error:
                log.warning("doctor and Home are not told of this: %s", error)
