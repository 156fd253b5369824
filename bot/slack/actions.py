"""The buttons: context, share, next, previous, suggest, exact, and the menu of filters. Their
values are looked up, never believed: they may be old, or forged."""

from __future__ import annotations

import asyncio
import re

from slack_bolt.async_app import AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.model import Hit, Share
from bot.newsroom import Newsroom
from bot.slack import public
from bot.slack.pages import narrowed_page, page_of
from bot.slack.parts import Message, told
from bot.slack.posts import NotPosted, post
from bot.slack.refusals import Body, acknowledged, refused, respond_with
from bot.slack.views import context_view

PAGING = re.compile(r"next|previous|exact|suggest_\d+")
ALREADY_SHARED = (
    "This claim has been shared from here already. To share it once more, search for it again."
)
FILTER_VALUE = re.compile(r"([0-9A-Za-z_-]{1,64}):([a-z]{1,20}):([0-9a-f]{8})", re.ASCII)
PAGE_VALUE = re.compile(r"([0-9A-Za-z_-]{1,64}):(\d{1,6})", re.ASCII)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer every button of an answer."""

    @app.action(PAGING)
    @acknowledged
    async def page(body: Body, respond: AsyncRespond, client: AsyncWebClient) -> None:
        answer_id, offset = _page_asked_for(body)
        team, person = _team(body), body["user"]["id"]

        def answer() -> Message:
            query = newsroom.recall(team, person, answer_id)
            return page_of(newsroom, team, person, query, offset=offset, answer_id=answer_id)

        await respond_with(respond, await asyncio.to_thread(answer), replace=True)

    @app.action("filter")
    @acknowledged
    async def narrow(body: Body, respond: AsyncRespond, client: AsyncWebClient) -> None:
        answer_id, facet, chosen = _filter_asked_for(body)
        team, person = _team(body), body["user"]["id"]

        def answer() -> Message:
            query = newsroom.recall(team, person, answer_id)
            return narrowed_page(newsroom, team, person, query, facet=facet, chosen=chosen)

        await respond_with(respond, await asyncio.to_thread(answer), replace=True)

    @app.action("context")
    @acknowledged
    async def context(body: Body, respond: AsyncRespond, client: AsyncWebClient) -> None:
        found = await asyncio.to_thread(newsroom.context, _value(body))
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=context_view(found))
        except SlackApiError as error:
            raise refused(
                error, "The context was not shown", again="press Context again", lost=""
            ) from error

    @app.action("share")
    @acknowledged
    async def share(body: Body, respond: AsyncRespond, client: AsyncWebClient) -> None:
        pressed = Share(
            team=_team(body),
            channel=body["channel"]["id"],
            press=str(body.get("container", {}).get("message_ts") or body["trigger_id"]),
            claim_id=_value(body),
            person=body["user"]["id"],
        )
        hit = await asyncio.to_thread(newsroom.hit, pressed.claim_id)
        if not await asyncio.to_thread(newsroom.begin_share, pressed):
            await respond_with(respond, told(ALREADY_SHARED))
            return
        # A process that is told to stop waits for this, so that what is posted is recorded.
        await asyncio.shield(_share(newsroom, client, pressed, hit))


async def _share(newsroom: Newsroom, client: AsyncWebClient, share: Share, hit: Hit) -> None:
    try:
        ts = await post(
            client,
            share.channel,
            public.shared_message(hit, share.person),
            failed="The claim was not shared",
            again="share again",
            lost="Nothing was posted.",
        )
    except NotPosted:
        await asyncio.to_thread(newsroom.drop_share, share)
        raise
    await asyncio.to_thread(newsroom.record_share, share, ts, hit.claim)


def _team(body: Body) -> str:
    # In an organisation-wide installation the person's own workspace stands in for team.
    return str(body["team"]["id"] if body.get("team") else body["user"]["team_id"])


def _value(body: Body) -> str:
    return str(body["actions"][0].get("value") or "")


def _page_asked_for(body: Body) -> tuple[str, int]:
    """The answer's id and the offset that a paging button carries. Raises NotFoundError."""
    match = PAGE_VALUE.fullmatch(_value(body))
    if match is None:
        raise _leads_nowhere("button")
    return match[1], int(match[2])


def _filter_asked_for(body: Body) -> tuple[str, str, str]:
    """The answer's id, the facet and the choice that an option carries. Raises NotFoundError."""
    chosen = body["actions"][0].get("selected_option") or {}
    match = FILTER_VALUE.fullmatch(str(chosen.get("value") or ""))
    if match is None:
        raise _leads_nowhere("choice")
    return match[1], match[2], match[3]


def _leads_nowhere(what: str) -> NotFoundError:
    return NotFoundError(f"this {what} leads nowhere any more", remedy="Search again with /claim.")
