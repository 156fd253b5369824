"""A long conversation with the bot in the local Slack, with checks of who saw what."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.slack import channels
from bot.slack.app import build_app, identify_bot, make_client
from bot.slack.connection import connect
from bot.slack.gate import people
from bot.slack.local import ALICE, NEWSROOM, TEAM, LocalSlack
from bot.slack.messages.worker import make_worker
from bot.slack.mrkdwn import GAP, JOINER
from bot.store import FiledArticle
from tests.outlet_site import OutletSite
from tests.reopen import reopen
from tests.slack.conversations.recorded_desk import RecordedDesk
from tests.slack.conversations.recording_proxy import BotOutput
from tests.slack.desk import Json

SECRET_OF_ALICE, SECRET_OF_BOB = "zqalice", "zqbob"
"""Words that only Alice or only Bob types, and that nobody else may see."""


def words(output: BotOutput) -> str:
    """Return the text of an output without the invisible characters that prevent markup."""
    return output.text.replace(JOINER, "").replace(GAP, "").replace('\\"', '"')


class Talk:
    """A conversation: the desk, the newsroom, and the steps so far."""

    def __init__(self, desk: RecordedDesk, newsroom: Newsroom, site: OutletSite) -> None:
        self.desk, self.newsroom, self.site = desk, newsroom, site
        self.steps: list[str] = []
        self.client = make_client(desk.settings)
        now = datetime.now(UTC)
        # No digest is due while they talk, in London or in New York.
        self.later = now.replace(hour=15, minute=0) - now
        reopen(newsroom, now=lambda: datetime.now(UTC) + self.later)

    def step(self, name: str) -> None:
        self.steps.append(name)

    def check_private(
        self, outputs: list[BotOutput], *parts: str, person: str = ALICE
    ) -> BotOutput:
        """Check that only one person saw the outputs; return the last."""
        assert outputs, f"{self.steps[-1]}: nothing came"
        assert {output.person for output in outputs} == {person}, (self.steps[-1], outputs)
        if not self.desk.doubled:
            assert len(outputs) == 1, (self.steps[-1], [words(output)[:200] for output in outputs])
        for part in parts:
            assert part in words(outputs[-1]), (self.steps[-1], part, words(outputs[-1]))
        return outputs[-1]

    def check_public(
        self, outputs: list[BotOutput], *parts: str, channel: str = NEWSROOM
    ) -> BotOutput:
        """Check that one output is public, in the channel; return it."""
        seen = [output for output in outputs if output.person is None]
        assert [output.channel for output in seen] == [channel], (self.steps[-1], outputs)
        for part in parts:
            assert part in words(seen[0]), (self.steps[-1], part, words(seen[0]))
        return seen[0]

    async def run_jobs(self, *, later: timedelta = timedelta()) -> list[BotOutput]:
        """Run the due jobs, after `later`, and return what they show."""
        count = len(self.desk.outputs)
        self.later += later
        await make_worker(self.newsroom, self.client, TEAM).run_due()
        return self.desk.outputs[count:]

    def claim_of(self, query: str) -> Claim:
        return self.newsroom.search.find(query, limit=1).hits[0].claim


def elements(message: Json) -> Iterator[Json]:
    for block in message["blocks"]:
        yield from block.get("elements", ())
        yield block.get("accessory") or {}


def as_shown(element: Json) -> Json:
    """Return the state of an unedited input."""
    state = {
        "value": element.get("initial_value"),
        "selected_option": element.get("initial_option"),
        "selected_options": element.get("initial_options", []),
        "selected_date": element.get("initial_date"),
    }
    return {"type": element["type"], **state}


def block(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def file(newsroom: Newsroom, article_id: str, text: str) -> None:
    """File an article with one claim, as news."""
    known: dict[str, Any] = {"kind": "attribution", "speaker": "Jane Roe", "source": "Jane Roe"}
    claim = Claim(id=f"{article_id}-1", article_id=article_id, text=text, cue="said", **known)
    article = Article(
        id=article_id, origin=article_id, text=text, outlet="The Outlet", language="en"
    )
    newsroom.store.archive.apply_steps(
        [FiledArticle(article, [claim])], arrival="single", now=newsroom.now
    )


@contextlib.asynccontextmanager
async def recorded(
    newsroom: Newsroom, slack: LocalSlack, *, doubled: bool
) -> AsyncIterator[RecordedDesk]:
    """Run the bot in the local Slack, behind a recording proxy."""
    people.clear_cache()
    channels.clear_cache()
    async with RecordedDesk(slack, doubled=doubled).opened() as desk:
        client = make_client(desk.settings)
        app = build_app(desk.settings, newsroom, client, await identify_bot(client))
        bot = asyncio.ensure_future(connect(app, desk.settings))
        try:
            await desk.wait_until_connected()
            desk.note_idle_tasks()
            yield desk
        finally:
            bot.cancel()
            await asyncio.gather(bot, return_exceptions=True)
