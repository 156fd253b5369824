"""How late the event loop is."""

from __future__ import annotations

import asyncio

INTERVAL = 0.05
"""Seconds until a timer that shows how late the loop is."""
MAX_AGE = 1.0
"""Seconds for which a measurement says something."""


class LoopDelay:
    """Measures how late the event loop calls what is due; only while somebody asks."""

    def __init__(self) -> None:
        self._due: float | None = None
        self._measured, self._measured_at = 0.0, float("-inf")

    def seconds(self) -> float:
        """Return how late the loop is at the moment, and measure it again soon."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self._due is None:
            self._due = now + INTERVAL
            loop.call_at(self._due, self._measure)
        measured = self._measured if now - self._measured_at < MAX_AGE else 0.0
        return max(measured, now - self._due)

    def _measure(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._due is not None:
            self._measured, self._measured_at = now - self._due, now
        self._due = None
