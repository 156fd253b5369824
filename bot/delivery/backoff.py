"""Exponential back-off with deterministic jitter. No clock, no store, no randomness."""

from __future__ import annotations

import hashlib
from datetime import timedelta

MIN_BACKOFF, MAX_BACKOFF = timedelta(seconds=30), timedelta(hours=1)

JITTER = 0.2
"""The share by which a wait varies, so that jobs that failed together, because one service was
down, are not retried together."""


def backoff_delay(attempts: int, seed: str) -> timedelta:
    """Return how long to wait after a number of attempts (from 1): doubling, up to an hour.

    The jitter depends only on `seed` and `attempts`, so that tests and replays see the same waits.
    """
    doubled = MIN_BACKOFF * (1 << min(attempts - 1, 20))
    fraction = hashlib.sha256(f"{seed}:{attempts}".encode()).digest()[0] / 255
    return min(doubled, MAX_BACKOFF) * (1 - JITTER + 2 * JITTER * fraction)
