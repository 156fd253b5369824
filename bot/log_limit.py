"""Log a failure that may repeat many times a second once a minute, with a count."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

INTERVAL = 60.0
"""Seconds between two lines."""


class LogLimit:
    """Logs one kind of failure at most once a minute; thread-safe.

    The first one is logged at once. Each further line says how many came since the line before.
    """

    def __init__(self, log: logging.Logger, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._log, self._clock = log, clock
        self._lock = threading.Lock()
        self._logged_at = float("-inf")
        self._unlogged_count = 0

    def warning(self, message: str, *arguments: object, error: BaseException | None = None) -> None:
        """Log a warning, or only count it; `error` is logged with its traceback."""
        with self._lock:
            self._unlogged_count += 1
            if self._clock() - self._logged_at < INTERVAL:
                return
            count, self._unlogged_count = self._unlogged_count, 0
            self._logged_at = self._clock()
        repeated = f" ({count:,} times since the last line)" if count > 1 else ""
        self._log.warning(f"{message}%s", *arguments, repeated, exc_info=error)
