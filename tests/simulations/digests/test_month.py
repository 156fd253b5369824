"""Some days of the year that `make year` plays, and a month of it in `make soak`: each digest once
and at its hour, or announced as missed, whatever fails and however often the workers are killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulations.digests.simulation import play, report
from tests.simulations.digests.year import Year
from tests.soak import SOAK

SEED = 7
MARCH = 125
"""From this day on the clocks of five of the six zones change within a month."""


DAYS = 30 if SOAK else 3
LIVES = (30, 110) if SOAK else (8, 30)
"""The fewest and the most calls of Slack after which a worker is killed."""
KILLS = 8 if SOAK else 2
COMPARED = ("digests", "messages mended", "alerts told", "calls that fail: 500")
"""What must come about, or the play shows nothing."""
COMPARED_IN_A_MONTH = (
    *("digests missed, named by the next", "calls that fail: 429", "calls that fail: unheard"),
)


def test_digests_come_once_and_on_time_or_are_announced(tmp_path: Path) -> None:
    played = play(Year(SEED, DAYS, 3, MARCH), tmp_path, lives=LIVES, most=300)
    print(report(played))
    assert not played.faults, report(played)
    assert played.kills >= KILLS
    assert all(played.counts[what] for what in COMPARED), report(played)
    if SOAK:
        assert all(played.counts[what] for what in COMPARED_IN_A_MONTH), report(played)
        assert played.counts["calls that fail: lost"] + played.counts["calls that fail: dropped"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_digests_come_so_over_postgresql_too(database_url: str, tmp_path: Path) -> None:
    days = Year(SEED, 4 if SOAK else 3, 2, MARCH)
    played = play(days, tmp_path, lives=(5, 20), most=120, database=database_url)
    assert not played.faults, report(played)
    assert played.counts["digests"] >= 8
    assert played.kills >= 2
