"""The clock that use cases are given, so that a test can have it in its hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Gives the time now, in UTC."""
