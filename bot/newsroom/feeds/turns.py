"""Whose turn it is among the jobs of one process, so that sites which are slow to answer do not
take all the places from the others.

That no host is asked twice within the gap is the store's affair, for all processes together.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

MAX_AHEAD = timedelta(hours=1)
"""Turns are given out no further ahead: whoever comes after that asks once more."""

LATENESS = timedelta(seconds=1)
"""How much later than at its turn a job may come: the next one's turn comes as much later."""

FAILING_SLOTS = 2
"""So many of the places are for feeds that failed the last time: most of these keep theirs until
the time for a fetch is over."""


class Turns:
    """Any thread may ask. A site is named by host and port."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: set[str] = set()
        self._next: dict[str, datetime] = {}
        self._failing = threading.BoundedSemaphore(FAILING_SLOTS)

    @contextmanager
    def slot(self, *, has_failed: bool) -> Iterator[bool]:
        """Give whether there is a place for a feed, which it has then until the end."""
        is_free = not has_failed or self._failing.acquire(blocking=False)
        try:
            yield is_free
        finally:
            if has_failed and is_free:
                self._failing.release()

    @contextmanager
    def exclusive(self, site: str) -> Iterator[bool]:
        """Give whether no other job asks the site now; while one that was let in is inside, no
        other is."""
        with self._lock:
            is_free = site not in self._asked
            self._asked.add(site)
        try:
            yield is_free
        finally:
            if is_free:
                with self._lock:
                    self._asked.discard(site)

    def reserve_retry(
        self, site: str, free_at: datetime, *, gap: timedelta, now: datetime
    ) -> datetime:
        """When a job that found a site busy until `free_at` may come back: each at its own moment,
        one after a `gap`."""
        with self._lock:
            self._next = {one: turn for one, turn in self._next.items() if turn > now}
            turn = max(free_at, self._next.get(site, free_at))
            if turn > now + MAX_AHEAD:
                turn = free_at
            self._next[site] = turn + gap + LATENESS
        return turn
