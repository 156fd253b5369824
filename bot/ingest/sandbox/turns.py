"""Limit how many reader processes there are at once."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """At most `count` threads have a turn at once; the others get theirs in order of arrival.

    With a semaphore, a thread that reads many files would overtake those that wait.
    """

    def __init__(self, count: int) -> None:
        self._free = count
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn, and have it until the end of the block."""
        is_given = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                is_given.set()
            else:
                self._waiting.append(is_given)
        try:
            is_given.wait()
            yield
        finally:
            self._end(is_given)

    def _end(self, turn: threading.Event) -> None:
        """Give a turn to the thread that has waited longest."""
        with self._lock:
            if not turn.is_set():  # Ctrl-C while it waited
                self._waiting.remove(turn)
            elif self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
