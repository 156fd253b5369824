from __future__ import annotations

import asyncio

from bot.search.patience import begin_answer, current_patience, within_answer


def test_only_what_is_measured_counts() -> None:
    with within_answer():
        patience = current_patience()
        assert patience
        with patience.measure():
            pass
        first = patience.seconds
        assert first >= 0
        sum(range(100_000))
        assert patience.seconds == first
        with patience.measure():
            sum(range(100_000))
        assert patience.seconds > first


def test_an_answer_within_another_is_part_of_it() -> None:
    assert current_patience() is None
    with within_answer():
        outer = current_patience()
        with within_answer():
            assert current_patience() is outer
        assert current_patience() is outer
    assert current_patience() is None


async def test_tasks_and_threads_of_an_answer_share_its_patience() -> None:
    begin_answer()
    patience = current_patience()
    assert patience is not None
    assert await asyncio.to_thread(current_patience) is patience
    assert await asyncio.create_task(patience_of_a_task()) is patience


async def test_each_answer_begins_anew() -> None:
    async def answer() -> object:
        begin_answer()
        return current_patience()

    first, second = await asyncio.gather(answer(), answer())
    assert first is not second


async def patience_of_a_task() -> object:
    return current_patience()
