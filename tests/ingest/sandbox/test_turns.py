"""Turns: only so many at once, and nobody is overtaken."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from unittest.mock import patch

import pytest

from bot.ingest.sandbox.turns import Turns


def wait_for_arrivals(turns: Turns, count: int) -> None:
    ends = time.monotonic() + 30
    while len(turns._waiting) < count and time.monotonic() < ends:
        time.sleep(0.001)
    assert len(turns._waiting) == count


def test_turns_are_given_in_order_of_arrival() -> None:
    turns, order = Turns(1), []

    def take(name: str) -> None:
        with turns.take():
            order.append(name)

    waiting = [threading.Thread(target=take, args=(name,), daemon=True) for name in "abc"]
    with turns.take():
        for count, thread in enumerate(waiting, 1):
            thread.start()
            wait_for_arrivals(turns, count)
        assert order == []
    take("the thread that had the turn")  # it comes back at once
    assert order == ["a", "b", "c", "the thread that had the turn"]


def test_a_wait_that_is_interrupted_takes_no_turn() -> None:
    turns = Turns(2)
    with ExitStack() as stack:
        stack.enter_context(turns.take())
        stack.enter_context(turns.take())
        with (
            patch.object(threading.Event, "wait", side_effect=KeyboardInterrupt),
            pytest.raises(KeyboardInterrupt),
            turns.take(),
        ):
            pytest.fail("all turns are taken")
    assert not turns._waiting
    with turns.take(), turns.take():
        assert turns._free == 0
