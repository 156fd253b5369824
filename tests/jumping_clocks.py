"""The clocks of a machine and of its database server, which a test sets."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.newsroom.clock import MachineClocks
from bot.store import ClockRecords


class JumpingClocks:
    """Clocks that stand still until a test moves them. A steady clock is only ever advanced."""

    def __init__(self, now: datetime) -> None:
        self.wall = self.server = now
        self.seconds = 1_000.0

    @property
    def machine(self) -> MachineClocks:
        return MachineClocks(lambda: self.wall, lambda: self.seconds)

    def advance(self, **by: float) -> None:
        """Let time pass on all clocks (`hours=2`), also if the machine sleeps."""
        passed = timedelta(**by)
        self.wall, self.server = self.wall + passed, self.server + passed
        self.seconds += passed.total_seconds()

    def set_forward(self, **by: float) -> None:
        """Set the clocks that can be set."""
        self.wall, self.server = self.wall + timedelta(**by), self.server + timedelta(**by)

    def replace_server_clock(self, patch: pytest.MonkeyPatch) -> None:
        """Let a PostgreSQL server tell the time of these clocks."""
        patch.setattr(ClockRecords, "server_time", lambda records: self.server)
