"""Count the steps of Python code, to test how its cost grows without a clock."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

LINEAR = 6
"""The limit of growth for work that is linear, apart from searches in sorted lists: that of
quadratic work is up to 16."""


def count_steps(call: Callable[[], object]) -> int:
    """Count the lines of Python that a call runs; code in C, such as a search, counts as none."""
    steps = 0

    def count(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal steps
        steps += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        call()
    finally:
        sys.settrace(before)
    return steps


def growth(make_call: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return how many times the steps grow when the size is four times as large."""
    return count_steps(make_call(4 * size)) / count_steps(make_call(size))
