"""What services are given as functions: the time, and the index, which is opened when first asked
for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.search import SearchIndex

Clock = Callable[[], datetime]
"""Gives the time now, in UTC; a test has it in its hand."""

OpenIndex = Callable[[], SearchIndex]
"""Gives the index. Most of what a service does may need none: articles are filed and messages
posted where it cannot be opened."""
