"""Hours of the simulation that `make month` plays for thirty days, and three days of it in
`make soak`: nothing missing, doubled, stale or leaked, whatever the feeds do and however often the
worker is killed."""

from __future__ import annotations

from pathlib import Path

from tests.simulations.feeds.simulation import play, report
from tests.simulations.feeds.timeline import Timeline
from tests.soak import SOAK

SEED = 7


DAYS, FEEDS = (3, 8) if SOAK else (1, 4)
LIVES = (20, 80) if SOAK else (40, 90)
"""The fewest and the most requests after which the worker is killed."""
COMPARED = ("shown", "items killed", "copies in several feeds")
"""What must come about, or the play shows nothing."""
COMPARED_IN_DAYS = ("killed", "released", "feeds gone")


def test_feeds_leave_each_article_once_and_nothing_leaks(tmp_path: Path) -> None:
    timeline = Timeline(SEED, DAYS, FEEDS)
    result = play(timeline, tmp_path, lives=LIVES, reader="quick", most=900)
    assert not result.faults, report(result)
    assert result.kills >= (5 if SOAK else 2)
    assert result.looks >= 10
    assert all(result.counts[what] for what in COMPARED), report(result)
    if SOAK:
        assert all(result.counts[what] for what in COMPARED_IN_DAYS), report(result)
