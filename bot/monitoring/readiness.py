"""Whether a process can do its work: each part is checked again and again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.monitoring.metrics import Metrics

log = logging.getLogger(__name__)

INTERVAL = 2.5
"""Seconds from the end of a check to the next one. A fault is noticed within ten seconds."""
TIMEOUT = 6.0
"""Seconds that a check may take. The store's takes five if it is locked."""


class Note(str):
    """What is wrong with a part that works all the same."""

    __slots__ = ()


Check = Callable[[], Awaitable[str]]
"""Checks a part; returns why it does not work, empty if it does, or a Note. That names no hosts,
files or people, since anybody may be able to read it."""


@dataclass(frozen=True, slots=True)
class Part:
    """The state of one part; `why` says what is wrong with it, even if it is ready."""

    name: str
    is_ready: bool
    why: str = ""


class Readiness:
    """Checks parts until it is cancelled, and knows what each check found last.

    A check that raises an error or takes too long has found that its part does not work; the
    details are only logged.
    """

    def __init__(
        self,
        checks: Mapping[str, Check],
        metrics: Metrics,
        *,
        interval: float = INTERVAL,
        timeout: float = TIMEOUT,
    ) -> None:
        self._checks, self._interval, self._timeout = checks, interval, timeout
        self._gauge, self._degraded = metrics.ready, metrics.degraded
        self._parts: dict[str, Part] = {}
        self._failed: set[str] = set()  # logged as not ready; at the start no part is ready yet
        self._noted: set[str] = set()  # logged as degraded
        for name in checks:
            self._gauge.labels(name).set(0)

    async def run(self) -> None:
        """Check all parts, each in its own time, until cancelled."""
        await asyncio.gather(*(self._keep_checking(name) for name in self._checks))

    async def _keep_checking(self, name: str) -> None:
        while True:
            self._record(await self._check(name))
            await asyncio.sleep(self._interval)

    async def _check(self, name: str) -> Part:
        try:
            async with asyncio.timeout(self._timeout):
                why = await self._checks[name]()
        except TimeoutError:
            return Part(name, False, f"it did not answer within {self._timeout:g} seconds")
        except Exception as error:  # noqa: BLE001  whatever it is, the part does not work
            log.warning("could not check the %s: %s", name, error)
            return Part(name, False, f"it cannot be checked ({type(error).__name__})")
        return Part(name, not why or isinstance(why, Note), why)

    def _record(self, part: Part) -> None:
        last = self._parts.get(part.name)
        self._parts[part.name] = part
        self._gauge.labels(part.name).set(part.is_ready)
        self._degraded.labels(part.name).set(part.is_ready and bool(part.why))
        if last and last.is_ready and not part.is_ready:
            self._failed.add(part.name)
            log.error("not ready: %s: %s", part.name, part.why)
        elif part.name in self._failed and part.is_ready:
            self._failed.remove(part.name)
            log.info("ready again: %s", part.name)
        if part.is_ready and part.why and part.name not in self._noted:
            self._noted.add(part.name)
            log.warning("degraded: %s: %s", part.name, part.why)
        elif part.is_ready and not part.why:
            self._noted.discard(part.name)

    def parts(self) -> list[Part]:
        """Return the state of each part, as of its last check."""
        unchecked = (Part(name, False, "not checked yet") for name in self._checks)
        return [self._parts.get(part.name, part) for part in unchecked]
