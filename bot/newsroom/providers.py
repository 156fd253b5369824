"""Functions that services get: the clock, and one that opens the index on first use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.search import SearchIndex

Clock = Callable[[], datetime]
"""Return the current time in UTC. Tests pass their own."""

OpenIndex = Callable[[], SearchIndex]
"""Return the index, opening it if necessary.

Methods that do not search never call it, so articles are filed and messages posted even if the
index cannot be opened.
"""
