"""Share the workers of one process between sites, so that slow sites do not occupy all of them.

The store ensures, for all processes, that no host gets two requests within the gap.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

MAX_AHEAD = timedelta(hours=1)
"""Retries are reserved at most this far ahead; later ones are not spread out."""

LATENESS = timedelta(seconds=1)
"""How late a job may start; the next retry for the site is later by the same amount."""

FAILING_SLOTS = 2
"""The most workers for feeds whose last poll failed. Most such feeds occupy a worker until they
time out."""


class WorkerLimits:
    """Limits the workers that failing feeds and slow sites may occupy. Thread-safe.

    A site is identified by host and port.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._busy_sites: set[str] = set()
        self._next_retry: dict[str, datetime] = {}
        self._failing_slots = threading.BoundedSemaphore(FAILING_SLOTS)

    @contextmanager
    def acquire_worker(self, *, has_failed: bool) -> Iterator[bool]:
        """Occupy a worker for a feed until the block ends; yields False if the feed has failed and
        all workers for such feeds are busy."""
        is_acquired = not has_failed or self._failing_slots.acquire(blocking=False)
        try:
            yield is_acquired
        finally:
            if has_failed and is_acquired:
                self._failing_slots.release()

    @contextmanager
    def acquire_site(self, site: str) -> Iterator[bool]:
        """Occupy a site until the block ends; yields False if another job occupies it."""
        with self._lock:
            is_acquired = site not in self._busy_sites
            self._busy_sites.add(site)
        try:
            yield is_acquired
        finally:
            if is_acquired:
                with self._lock:
                    self._busy_sites.discard(site)

    def reserve_retry(
        self, site: str, free_at: datetime, *, gap: timedelta, now: datetime
    ) -> datetime:
        """Return when a job should retry a site that is busy until `free_at`.

        Each job gets a time of its own, with a `gap` between them.
        """
        with self._lock:
            self._next_retry = {
                other_site: retry_at
                for other_site, retry_at in self._next_retry.items()
                if retry_at > now
            }
            retry_at = max(free_at, self._next_retry.get(site, free_at))
            if retry_at > now + MAX_AHEAD:
                retry_at = free_at
            self._next_retry[site] = retry_at + gap + LATENESS
        return retry_at
