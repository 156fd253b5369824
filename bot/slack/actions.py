"""The buttons: context, share, next, previous, suggest. A button's value is looked up, never
believed: it may be old, or forged."""

from __future__ import annotations

import asyncio
import re
import time

import aiohttp
from slack_bolt.async_app import AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError, NotFoundError, SlackError
from bot.newsroom import Newsroom
from bot.slack import blocks
from bot.slack.pages import page_of
from bot.slack.refusals import Body, acknowledged, refused, respond_with

PAGING = re.compile(r"next|previous|suggest_\d+")
PAGE_VALUE = re.compile(r"([0-9A-Za-z_-]{1,64}):(\d{1,6})", re.ASCII)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer every button that blocks.py makes."""
    shares = _Once(seconds=300)

    @app.action(PAGING)
    @acknowledged
    async def page(body: Body, respond: AsyncRespond, client: AsyncWebClient) -> None:
        answer_id, offset = _page_asked_for(body)
        team, person = _team(body), body["user"]["id"]

        def answer() -> blocks.Message:
            query = newsroom.recall(team, person, answer_id)
            return page_of(newsroom, team, person, query, offset=offset, answer_id=answer_id)

        await respond_with(respond, await asyncio.to_thread(answer), replace=True)

    @app.action("context")
    @acknowledged
    async def context(body: Body, respond: AsyncRespond, client: AsyncWebClient) -> None:
        found = await asyncio.to_thread(newsroom.context, _value(body))
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=blocks.context_view(found))
        except SlackApiError as error:
            raise refused(
                error, "The context was not shown", again="press Context again", lost=""
            ) from error

    @app.action("share")
    @acknowledged
    async def share(body: Body, respond: AsyncRespond, client: AsyncWebClient) -> None:
        claim_id, channel = _value(body), body["channel"]["id"]
        # A second press of the same button, within some minutes, is the first one's echo.
        press = (channel, body.get("container", {}).get("message_ts"), claim_id)
        if not shares.first(press):
            await respond_with(respond, blocks.told("This claim has just been shared from here."))
            return
        try:
            hit = await asyncio.to_thread(newsroom.hit, claim_id)
            ts = await _post(client, channel, blocks.shared_message(hit, body["user"]["id"]))
        except BotError:
            shares.forget(press)
            raise
        await asyncio.to_thread(
            newsroom.record_share,
            team=_team(body),
            channel=channel,
            ts=ts,
            claim_id=claim_id,
            person=body["user"]["id"],
        )


async def _post(client: AsyncWebClient, channel: str, message: blocks.Message) -> str:
    """Post a shared claim and return its ts. Raises SlackError."""
    try:
        posted = await client.chat_postMessage(
            channel=channel,
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
    except SlackApiError as error:
        raise refused(
            error, "The claim was not shared", again="share again", lost="Nothing was posted."
        ) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SlackError(
            "It is not known whether the claim was shared",
            cause="Slack could not be reached, or its answer was lost",
            remedy="Look whether it stands in the channel before you share it again.",
        ) from error
    return str(posted["ts"])


def _team(body: Body) -> str:
    # In an organisation-wide installation the person's own workspace stands in for team.
    return str(body["team"]["id"] if body.get("team") else body["user"]["team_id"])


def _value(body: Body) -> str:
    return str(body["actions"][0].get("value") or "")


def _page_asked_for(body: Body) -> tuple[str, int]:
    """The answer's id and the offset that a paging button carries. Raises NotFoundError."""
    match = PAGE_VALUE.fullmatch(_value(body))
    if match is None:
        raise NotFoundError(
            "this button leads nowhere any more", remedy="Search again with /claim."
        )
    return match[1], int(match[2])


class _Once:
    """Remembers for some seconds what has been done, so that it is not done again."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._done: dict[object, float] = {}

    def first(self, key: object) -> bool:
        """Whether this is the first time; it will not be the next time."""
        now = time.monotonic()
        self._done = {k: at for k, at in self._done.items() if now - at < self._seconds}
        if key in self._done:
            return False
        self._done[key] = now
        return True

    def forget(self, key: object) -> None:
        """Let it be done again."""
        self._done.pop(key, None)
