"""A worker of the simulation: Claimdesk's own, with a clock that the simulation moves."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from bot import config
from bot.delivery import worker
from bot.newsroom import Newsroom
from bot.slack import app
from bot.slack.messages.worker import make_worker
from tests.simulations.clock import VirtualClock
from tests.simulations.feeds.feed_worker import QuickExtractor

TEAM = "T1"


def newsroom_in(folder: Path, database: str) -> Newsroom:
    """Create a newsroom with a quick extractor, over the `database` or a file in the folder."""
    environ = {"CLAIMDESK_DATA": str(folder / "data")}
    environ |= {"DATABASE_URL": database} if database else {}
    newsroom = Newsroom(config.load(environ), VirtualClock(folder / "clock"))
    newsroom.extractions.extractor = QuickExtractor()
    return newsroom


async def work(folder: Path, slack: str, database: str) -> None:
    """Work until killed."""
    worker.POLL_INTERVAL = timedelta(seconds=0.01)
    with newsroom_in(folder, database) as newsroom:
        newsroom.open()
        # Without the client's retries, whose pauses are real.
        client = AsyncWebClient(token="xoxb-simulated", base_url=slack, retry_handlers=[])
        indexing = asyncio.create_task(app.keep_index_current(newsroom))
        await make_worker(newsroom, client, TEAM).run()
        indexing.cancel()


def main(folder: str, slack: str, database: str) -> None:
    """Run a worker."""
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(process)d %(name)s %(levelname)s %(message)s",
        filename=f"{folder}/worker.log",
    )
    logging.getLogger("slack_sdk").setLevel(logging.WARNING)
    asyncio.run(work(Path(folder), slack, database))
