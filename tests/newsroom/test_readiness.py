"""How far the index is behind. What turns /readyz red: tests/slack/monitoring/test_readiness.py."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.newsroom.readiness import IndexLag


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_oldest_change_not_indexed_counts() -> None:
    clock = Clock()
    lag = IndexLag(clock)
    lag.update(5, 5)
    assert (lag.changes, lag.seconds) == (0, 0)
    lag.update(6, 5)
    clock.now += 3
    lag.update(9, 5)
    clock.now += 1
    assert (lag.changes, lag.seconds) == (4, 4)
    lag.update(9, 6)
    assert (lag.changes, lag.seconds) == (3, 1)
    lag.update(9, 9)
    assert (lag.changes, lag.seconds) == (0, 0)


def test_a_store_that_was_replaced_by_an_older_one_is_in_step() -> None:
    clock = Clock()
    lag = IndexLag(clock)
    lag.update(100, 50)
    clock.now += 3
    lag.update(20, 20)
    assert (lag.changes, lag.seconds) == (0, 0)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 8), st.floats(0, 9)), max_size=30))
def test_an_index_that_is_never_late_is_never_behind(steps: list[tuple[int, int, float]]) -> None:
    """An index that reaches each state of the store before the second look after it."""
    clock, stored, indexed = Clock(), 0, 0
    lag = IndexLag(clock)
    for changes, progress, pause in steps:
        stored, indexed = stored + changes, min(stored + changes, max(stored, indexed + progress))
        lag.update(stored, indexed)
        assert lag.seconds == 0
        assert lag.changes == stored - indexed
        clock.now += pause
        indexed = stored
        lag.update(stored, indexed)
