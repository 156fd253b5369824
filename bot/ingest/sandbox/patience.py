"""How long a reader is waited for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Patience:
    """So many seconds for each result, and so many for all of a file, however many processes read
    it. What is done with the results takes its own time."""

    def __init__(self, each: float, total: float) -> None:
        self.each, self.total = each, total
        self._left = total

    @property
    def is_over(self) -> bool:
        """Whether the time for all is over."""
        return self._left <= 0

    @contextmanager
    def waiting(self) -> Iterator[float]:
        """Count one wait, and give the seconds that it may take. Raises TimeoutError if the time
        for all is over."""
        if self.is_over:
            raise TimeoutError
        began = time.monotonic()
        try:
            yield min(self.each, self._left)
        finally:
            self._left -= time.monotonic() - began
