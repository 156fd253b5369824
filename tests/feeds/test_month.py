"""A day of the simulation that `make month` plays for thirty: nothing missing, doubled, stale or
leaked, whatever the feeds do and however often the worker is killed."""

from __future__ import annotations

from pathlib import Path

from tests.feeds.simulation import play, told
from tests.feeds.timeline import Timeline

SEED = 7


def test_a_day_of_feeds_leaves_each_article_once_and_nothing_leaked(tmp_path: Path) -> None:
    result = play(Timeline(SEED, 1, 8), tmp_path, lives=(20, 80), reader="quick", most=500)
    assert not result.faults, told(result)
    assert result.kills >= 5
    assert result.looks >= 10
    compared = (
        "shown",
        "killed",
        "released",
        "items killed",
        "copies in several feeds",
        "feeds gone",
    )
    assert all(result.counts[what] for what in compared), told(result)
