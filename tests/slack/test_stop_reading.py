"""Stopping the bot while it reads a long article: a real process, over signed HTTP."""

from __future__ import annotations

import asyncio
import signal
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot import config
from bot.store import Store
from tests.outlet_site import OutletSite, Page, open_site
from tests.slack.fake_slack import Json
from tests.slack.test_stop import HeldSlack, is_ready, running_bot, start

COMMANDS = 5
TIMEOUT = 400
"""Seconds after which a test fails."""
LONG = (
    "<p>“The wall has moved by a hand's breadth,” said Ingrid Solvane, the harbour master, on "
    "Monday. Omar Tallis said that ship {n} would wait outside the town until noon.</p>\n"
)
ARTICLE_LENGTH = 300_000


class ReadSlack(HeldSlack):
    """A fake Slack whose first command asks for a long article; it records the answers."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.may_go_on.set()
        self.address = ""
        self.texts: defaultdict[str, list[str]] = defaultdict(list)

    def command(self, number: int) -> Json:
        command = super().command(number)
        if number == 0:
            command |= {"command": "/article", "text": self.address}
        return command

    async def _take_answer(self, request: web.Request) -> web.Response:
        text = str((await request.json())["text"])
        self.texts[request.match_info["number"]].append(text)
        return await super()._take_answer(request)


@pytest.fixture
def site() -> Iterator[OutletSite]:
    with open_site() as opened:
        # Of paragraphs with the same words only one is read.
        body = "".join(LONG.format(n=n) for n in range(ARTICLE_LENGTH // len(LONG)))
        opened.pages["/long"] = Page(f"<html><title>Harbour</title><article>{body}</article>")
        yield opened


@pytest.fixture
def data(tmp_path: Path, site: OutletSite) -> Path:
    folder = tmp_path / "data"
    (folder / "config").mkdir(parents=True)
    write_settings(folder, site, characters=400_000)
    return folder


def write_settings(data: Path, site: OutletSite, *, characters: int) -> None:
    (data / "config" / "bot.yml").write_text(
        f"fetch:\n  allowed: [{site.address}]\nfeeds:\n  gap_seconds: 0\n"
        f"extract:\n  characters: {characters}\n"
    )


async def until_requested(site: OutletSite, path: str) -> None:
    while path not in site.paths:
        await asyncio.sleep(0.02)


async def test_a_long_article_is_read_after_the_restart(data: Path, site: OutletSite) -> None:
    async with (
        asyncio.timeout(TIMEOUT),
        ReadSlack().running() as slack,
        aiohttp.ClientSession() as web_,
    ):
        assert isinstance(slack, ReadSlack)
        slack.address = f"{site.url}/long"
        async with running_bot(data, slack, over_http=True) as bot:
            await slack.deliver_signed(web_, 0)
            await until_requested(site, "/long")
            await asyncio.gather(*(slack.deliver_signed(web_, n) for n in range(1, COMMANDS)))
            bot.send_signal(signal.SIGTERM)
            await bot.communicate()
        assert bot.returncode == 0
        assert slack.acknowledged.keys() == slack.texts.keys()
        assert "I'll read it as soon as I'm back" in slack.texts["0"][-1]
        # The rest of it is not needed here.
        write_settings(data, site, characters=5_000)
        after = await start(data, slack, command="run")
        assert await is_ready(after)
        store = Store(config.load({"CLAIMDESK_DATA": str(data)}).database_url)
        while not (cards := store.article_list.partly_read(1)):
            await asyncio.sleep(0.05)
        after.send_signal(signal.SIGTERM)
        await after.communicate()
    assert [card.title for card in cards] == ["Harbour"]
    assert "article" not in {count.kind for count in store.jobs.counts()}
    store.close()
