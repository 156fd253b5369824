"""A short play of `make chaos` in `make soak`, or the whole one if CHAOS_MINUTES is set: whatever
is killed, each article is filed once, each message posted once, and everyone hears from the bot."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local_slack import install_local_slack
from tests.outlet_site import OutletSite, open_site
from tests.simulations.chaos.play import Plan, play, report
from tests.soak import SOAK

MINUTES, SEED = float(os.environ.get("CHAOS_MINUTES", 0)), int(os.environ.get("SEED", 1))
ARTICLES_A_MINUTE, SHORT_ARTICLES = 80, 60
MAX_EXTRA_SECONDS = 20 * 60
"""The most seconds that starting, settling and judging may take, on a busy machine."""


@pytest.fixture
def slack_folder(request: pytest.FixtureRequest) -> Path:
    """The folder in which the local Slack stays installed."""
    return install_local_slack(request.config)


@pytest.fixture
def site() -> Iterator[OutletSite]:
    """The site that has the feeds."""
    with open_site() as opened:
        yield opened


@pytest.mark.skipif(not (SOAK or MINUTES), reason="only in `make soak` and `make chaos`")
async def test_everything_is_done_once_whatever_is_killed(
    request: pytest.FixtureRequest, slack_folder: Path, site: OutletSite, tmp_path: Path
) -> None:
    minutes = MINUTES or 1
    articles = round(ARTICLES_A_MINUTE * minutes) if MINUTES else SHORT_ARTICLES
    plan = Plan(
        SEED,
        60 * minutes,
        articles,
        watches=articles // 10,
        with_cluster=os.environ.get("OPENSEARCH") != "no",
    )
    cache = Path(request.config.cache.mkdir("opensearch"))
    async with asyncio.timeout(plan.seconds + MAX_EXTRA_SECONDS):
        result = await play(plan, site, slack_folder, cache, tmp_path / "logs")
    print(report(result), f"\nlogs: {tmp_path / 'logs'}")
    assert not result.verdict.violations.total(), report(result)
