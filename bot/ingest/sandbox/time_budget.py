"""Time limits for waiting on a reader process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class TimeBudget:
    """A time limit per result and one per file, in seconds, shared by all processes that read it.

    The time that the caller spends on the results does not count.
    """

    def __init__(self, per_result: float, total: float) -> None:
        self.per_result, self.total = per_result, total
        self._seconds_left = total

    @property
    def is_exhausted(self) -> bool:
        """Whether the time for the file is used up."""
        return self._seconds_left <= 0

    @contextmanager
    def measure(self) -> Iterator[float]:
        """Charge the time of one wait to the budget; yields its timeout in seconds.

        Raises TimeoutError if the budget is exhausted.
        """
        if self.is_exhausted:
            raise TimeoutError
        start = time.monotonic()
        try:
            yield min(self.per_result, self._seconds_left)
        finally:
            self._seconds_left -= time.monotonic() - start
