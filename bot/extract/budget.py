"""How much work one article may take, so that no article holds up all others.

Characters and windows of the tagger are counted, so the same article is always read equally far.
Seconds are only the last guard: how far they reach depends on the machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.errors import StoppingError


@dataclass(frozen=True, slots=True)
class WorkBudget:
    """The most characters and windows of the tagger that are read of an article, and the most
    seconds that reading it may take."""

    characters: int = 100_000
    windows: int = 4_000
    seconds: float = 600


class OutOfTimeError(Exception):
    """Reading an article took longer than its budget allows."""


class Work:
    """The work on one article, which counts what it spends of its budget."""

    def __init__(self, budget: WorkBudget, is_stopping: Callable[[], bool]) -> None:
        self._windows_left = budget.windows
        self._deadline = time.monotonic() + budget.seconds
        self._is_stopping = is_stopping

    def check(self) -> None:
        """Go on, or raise StoppingError or OutOfTimeError. Call this at least once a second."""
        if self._is_stopping():
            raise StoppingError("the article was not read to its end", cause="Claimdesk stops")
        if time.monotonic() > self._deadline:
            raise OutOfTimeError

    def spend(self, windows: int) -> bool:
        """Spend windows of the tagger; False if fewer are left, and then nothing is spent."""
        if windows > self._windows_left:
            return False
        self._windows_left -= windows
        return True
