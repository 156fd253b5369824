"""How far the index is behind. What turns /readyz red: tests/slack/monitoring/test_readiness.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import config
from bot.errors import SearchIndexError
from bot.monitoring.readiness import Note
from bot.newsroom import Newsroom
from bot.newsroom.readiness import IndexLag, ReadinessChecks
from bot.search import IndexFault, IndexState
from bot.store.database import Database


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


class FaultyIndex:
    """An index on other machines, with these faults, or with one that cannot be asked for any."""

    def __init__(self, state: IndexState, *faults: IndexFault, is_silent: bool = False) -> None:
        self.state, self._faults, self._is_silent = state, faults, is_silent

    def faults(self) -> tuple[IndexFault, ...]:
        if self._is_silent:
            raise SearchIndexError("cannot read the search index")
        return self._faults


class TestIndex:
    """What is wrong with the servers of an index that is in step."""

    @pytest.fixture
    def checks(self, tmp_path: Path) -> ReadinessChecks:
        settings = config.load({"CLAIMDESK_DATA": str(tmp_path)})
        Database(settings.database_url).migrate()
        store = Newsroom(settings).store
        return ReadinessChecks(
            archive=store.archive,
            integrity=store.integrity,
            index=lambda: self.index,  # type: ignore[arg-type, return-value]
            folder=tmp_path,
        )

    def check(self, checks: ReadinessChecks, *faults: IndexFault, is_silent: bool = False) -> str:
        state = IndexState(*checks.archive.state())
        self.index = FaultyIndex(state, *faults, is_silent=is_silent)
        return checks.check_index()

    def test_a_slight_fault_is_a_note(self, checks: ReadinessChecks) -> None:
        found = self.check(checks, IndexFault("a copy is missing"), IndexFault("one is away"))
        assert found == "a copy is missing; one is away"
        assert isinstance(found, Note)

    def test_a_severe_fault_is_not_ready(self, checks: ReadinessChecks) -> None:
        found = self.check(
            checks, IndexFault("one is away"), IndexFault("a part is missing", is_severe=True)
        )
        assert found == "a part is missing"
        assert not isinstance(found, Note)

    def test_an_index_that_does_not_say_how_it_is_may_still_answer(
        self, checks: ReadinessChecks
    ) -> None:
        found = self.check(checks, is_silent=True)
        assert found == "its servers do not say how they are"
        assert isinstance(found, Note)

    def test_nothing_wrong_is_ready(self, checks: ReadinessChecks) -> None:
        assert self.check(checks) == ""
