"""One day of the simulation of `make month`, or three in `make soak`: whatever the feeds do and
however often the worker is killed, no article is missing, doubled, stale or leaked."""

from __future__ import annotations

from pathlib import Path

from tests.simulations.feeds.simulation import play, report
from tests.simulations.feeds.timeline import Timeline
from tests.soak import SOAK

SEED = 7


DAYS, FEEDS = (3, 8) if SOAK else (1, 4)
LIVES = (20, 80) if SOAK else (40, 90)
"""The fewest and the most requests after which a worker is killed."""
REQUIRED = ("shown", "items killed", "copies in several feeds")
"""Cases that must have occurred, or the play proves nothing."""
REQUIRED_IN_SOAK = ("killed", "released", "feeds gone")


def test_each_article_is_stored_once_and_none_leaks(tmp_path: Path) -> None:
    timeline = Timeline(SEED, DAYS, FEEDS)
    result = play(timeline, tmp_path, lives=LIVES, reader="quick", max_seconds=900)
    assert not result.faults, report(result)
    assert result.kills >= (5 if SOAK else 2)
    assert result.checks >= 10
    assert all(result.counts[case] for case in REQUIRED), report(result)
    if SOAK:
        assert all(result.counts[case] for case in REQUIRED_IN_SOAK), report(result)
