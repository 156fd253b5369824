"""A month of the year that `make year` plays: each digest once and at its hour, or announced as
missed, whatever fails and however often the workers are killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.digests.play import play, told
from tests.digests.year import Year

SEED = 7
MARCH = 125
"""From this day on the clocks of five of the six zones change within a month."""


def test_a_month_of_digests_comes_once_and_on_time_or_is_announced(tmp_path: Path) -> None:
    played = play(Year(SEED, 30, 3, MARCH), tmp_path, lives=(30, 110), most=300)
    print(told(played))
    assert not played.faults, told(played)
    assert played.kills >= 8
    compared = (
        *("digests", "digests missed, named by the next", "messages mended", "alerts told"),
        *("calls that fail: 429", "calls that fail: 500", "calls that fail: unheard"),
    )
    assert all(played.counts[what] for what in compared), told(played)
    assert played.counts["calls that fail: lost"] + played.counts["calls that fail: dropped"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_some_days_of_digests_come_so_over_postgresql_too(
    database_url: str, tmp_path: Path
) -> None:
    played = play(Year(SEED, 4, 2, MARCH), tmp_path, lives=(5, 20), most=120, database=database_url)
    assert not played.faults, told(played)
    assert played.counts["digests"] >= 8
    assert played.kills >= 2
