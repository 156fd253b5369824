"""A worker of the simulation: Claimdesk's own, but for its clock, which another moves."""

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
from tests.simulations.feeds.feed_worker import QuickReader

TEAM = "T1"


def newsroom_in(folder: Path, database: str) -> Newsroom:
    """A newsroom over the store of a play, with a quick reader in the tagger's place. Without the
    URL of a `database` that is a file there."""
    known = {"CLAIMDESK_DATA": str(folder / "data")}
    known |= {"DATABASE_URL": database} if database else {}
    newsroom = Newsroom(config.load(known), VirtualClock(folder / "clock"))
    newsroom.extractions.extractor = QuickReader()
    return newsroom


async def work(folder: Path, slack: str, database: str) -> None:
    """Work until killed."""
    worker.POLL_INTERVAL = timedelta(seconds=0.01)
    with newsroom_in(folder, database) as newsroom:
        newsroom.open()
        # Without retries of its own, whose pauses are real.
        client = AsyncWebClient(token="xoxb-simulated", base_url=slack, retry_handlers=[])
        following = asyncio.create_task(app.keep_index_current(newsroom))
        await make_worker(newsroom, client, TEAM).run()
        following.cancel()


def main(folder: str, slack: str, database: str) -> None:
    """Be a worker."""
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(process)d %(name)s %(levelname)s %(message)s",
        filename=f"{folder}/worker.log",
    )
    logging.getLogger("slack_sdk").setLevel(logging.WARNING)
    asyncio.run(work(Path(folder), slack, database))
