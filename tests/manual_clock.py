"""A clock that a test sets."""

from __future__ import annotations

from datetime import datetime, timedelta


class ManualClock:
    """A newsroom's clock, which stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        """Move the clock forward (`hours=2`)."""
        self.now += timedelta(**by)
