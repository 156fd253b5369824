"""How long a reader is waited for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class TimeBudget:
    """So many seconds for per_result result, and so many for all of a file, however many processes read
    it. What is done with the results takes its own time."""

    def __init__(self, per_result: float, total: float) -> None:
        self.per_result, self.total = per_result, total
        self._left = total

    @property
    def is_exhausted(self) -> bool:
        """Whether the time for all is over."""
        return self._left <= 0

    @contextmanager
    def measure(self) -> Iterator[float]:
        """Count one wait, and give the seconds that it may take. Raises TimeoutError if the time
        for all is over."""
        if self.is_exhausted:
            raise TimeoutError
        began = time.monotonic()
        try:
            yield min(self.per_result, self._left)
        finally:
            self._left -= time.monotonic() - began
