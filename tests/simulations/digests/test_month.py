"""Three days of the simulation of `make year`, or a month in `make soak`: whatever fails and
however often the workers are killed, each digest is posted once and on time, or announced as
missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulations.digests.simulation import play, report
from tests.simulations.digests.year import Year
from tests.soak import SOAK

SEED = 7
MARCH = 125
"""In the month from this day the clocks of five of the six zones change."""

DAYS = 30 if SOAK else 3
LIVES = (30, 110) if SOAK else (8, 30)
"""The fewest and the most calls of Slack after which a worker is killed."""
MIN_KILLS = 8 if SOAK else 2
REQUIRED = ("digests", "messages updated", "alerts sent", "calls that fail: 500")
"""Cases that must have occurred, or the play proves nothing."""
REQUIRED_IN_SOAK = (
    *("digests missed, named by the next", "calls that fail: 429", "calls that fail: unheard"),
)


def test_digests_are_posted_once_and_on_time_or_announced(tmp_path: Path) -> None:
    result = play(Year(SEED, DAYS, 3, MARCH), tmp_path, lives=LIVES, max_seconds=900)
    print(report(result))
    assert not result.faults, report(result)
    assert result.kills >= MIN_KILLS
    assert all(result.counts[case] for case in REQUIRED), report(result)
    if SOAK:
        assert all(result.counts[case] for case in REQUIRED_IN_SOAK), report(result)
        assert result.counts["calls that fail: lost"] + result.counts["calls that fail: dropped"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_digests_are_posted_once_with_postgresql_too(database_url: str, tmp_path: Path) -> None:
    year = Year(SEED, 4 if SOAK else 3, 2, MARCH)
    result = play(year, tmp_path, lives=(5, 20), max_seconds=900, database=database_url)
    assert not result.faults, report(result)
    assert result.counts["digests"] >= 8
    assert result.kills >= 2
