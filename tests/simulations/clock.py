"""The clock of a simulation, shared by its processes through a file."""

from __future__ import annotations

import mmap
import struct
from datetime import datetime
from pathlib import Path

from tests.simulations.feeds.timeline import moment

SIZE = 8


class VirtualClock:
    """A clock that one process at a time moves forward, in seconds since START.

    A killed process leaves a valid time: eight adjacent bytes are written at once or not at all.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(struct.pack("d", 0.0))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), SIZE)

    def __call__(self) -> datetime:
        return moment(self.seconds)

    @property
    def seconds(self) -> float:
        return float(struct.unpack("d", self._memory[:SIZE])[0])

    def move_to(self, seconds: float) -> None:
        """Set the clock, unless that would turn it back."""
        self._memory[:SIZE] = struct.pack("d", max(seconds, self.seconds))
