"""When a job that failed is tried again. Pure: no clock, no store, no chance."""

from __future__ import annotations

import hashlib
from datetime import timedelta

MIN_BACKOFF, MAX_BACKOFF = timedelta(seconds=30), timedelta(hours=1)

JITTER = 0.2
"""By how much of itself a wait is longer or shorter, so that what failed together, because one
thing was out of reach, does not come back together."""


def back_off(attempts: int, seed: str) -> timedelta:
    """How long to wait after so many attempts (from 1 on): twice as long after each, up to an hour.

    The jitter follows from `seed` and the attempt, so that a test or a replay sees the same waits.
    """
    doubled = MIN_BACKOFF * (1 << min(attempts - 1, 20))
    chance = hashlib.sha256(f"{seed}:{attempts}".encode()).digest()[0] / 255
    return min(doubled, MAX_BACKOFF) * (1 - JITTER + 2 * JITTER * chance)
