"""The clock of a simulation, shared by its processes through a file."""

from __future__ import annotations

import mmap
import struct
from datetime import datetime
from pathlib import Path

from tests.simulations.feeds.timeline import moment

SIZE = 8


class VirtualClock:
    """Seconds since the start. Only one process moves it, and what comes after that goes on where
    it was left: eight bytes that lie together are written at once or not at all."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(struct.pack("d", 0.0))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), SIZE)

    def __call__(self) -> datetime:
        return moment(self.at)

    @property
    def at(self) -> float:
        return float(struct.unpack("d", self._memory[:SIZE])[0])

    def move_to(self, at: float) -> None:
        self._memory[:SIZE] = struct.pack("d", max(at, self.at))
