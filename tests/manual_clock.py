"""A clock that a test sets."""

from __future__ import annotations

from datetime import datetime, timedelta


class ManualClock:
    """What time it is for a newsroom: what the test says."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        """Let so much time pass (`hours=2`)."""
        self.now += timedelta(**by)
