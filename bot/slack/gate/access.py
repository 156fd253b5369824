"""The door: what every delivery from Slack passes before a listener hears of it.

A delivery is let in once, where it is for this workspace and of somebody who may use the bot.
Whoever may not hears so in one sentence that nobody else sees.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import PeopleSettings
from bot.newsroom import Newsroom
from bot.slack import parts, views
from bot.slack.gate.duplicates import RecentDeliveries, delivery_id
from bot.slack.gate.in_flight import App
from bot.slack.gate.people import is_listed, person
from bot.slack.refusals import log_failure, report_failure, respond_with, slack_call
from bot.slack.replies import Reply, person_of
from bot.words import say

Body = dict[str, Any]
Next = Callable[[], Awaitable[BoltResponse]]

log = logging.getLogger(__name__)

LOOKUP_TIMEOUT = 0.2
"""Seconds that Slack has to say who somebody is before the delivery is acknowledged and waits."""
LOOKUP_TIMEOUT_IN_ACK = 2.0
"""The same where the acknowledgement is the answer, of the three that there are."""
ANSWERED_IN_ACK = ("view_submission", "block_suggestion")
BOT_EVENTS = frozenset({
    "app_uninstalled", "tokens_revoked", "channel_archive", "channel_deleted", "channel_left",
    "group_archive", "group_deleted", "group_left",
})  # fmt: skip
"""The events that are about the bot and its channels, whoever has caused them."""
UNINSTALL_EVENTS = ("app_uninstalled", "tokens_revoked")
"""Those after which nothing says for whom the bot is let in: only whose they are does."""
_AUTHORISED = "let_in"


def register(app: App, newsroom: Newsroom, ours: str) -> None:
    """Set up the door to the workspace `ours`, before the listeners: all of them lie behind it."""
    seen = RecentDeliveries()

    @app.middleware
    async def authorise(
        req: AsyncBoltRequest,
        body: Body,
        context: AsyncBoltContext,
        client: AsyncWebClient,
        next: Next,
    ) -> BoltResponse:
        if _AUTHORISED in context:
            return await next()
        if seen.is_repeat(delivery_id(body)) or not _is_for_workspace(ours, body):
            return BoltResponse(status=200)
        who, people = person_of(body), newsroom.settings.people
        must_ask = _needs_lookup(people, body, ours)
        body["team_id"] = ours  # whoever it is of, what comes of it is this workspace's
        if _kind(body) in BOT_EVENTS:
            return await next()
        if who is None:
            return BoltResponse(status=200)
        if not must_ask:
            return await next()
        checked = asyncio.ensure_future(access_refusal(client, people, who, ours))
        in_the_ack = body.get("type") in ANSWERED_IN_ACK
        await asyncio.wait(
            [checked], timeout=LOOKUP_TIMEOUT_IN_ACK if in_the_ack else LOOKUP_TIMEOUT
        )
        if checked.done() and not checked.exception() and checked.result() is None:
            return await next()
        if in_the_ack:
            return _refuse_in_ack(body, _refusal_in_ack(checked))
        # Acknowledge first. Let in now or later, it comes through here once more.
        app.in_flight.add(asyncio.ensure_future(_authorise_later(app, req, client, checked)), body)
        return BoltResponse(status=200)


async def access_refusal(
    client: AsyncWebClient, people: PeopleSettings, who: str, ours: str
) -> str | None:
    """What somebody hears who may not use the bot in `ours`; None for one who may.

    Raises SlackError where Slack does not say who it is.
    """
    known = await person(client, who)
    if ours not in known.teams:
        return None if people.strangers else say("access.stranger")
    if "everyone" in people.users or ("members" in people.users and not known.is_guest):
        return None
    if await is_listed(client, who, people.users):
        return None
    return say("access.guest" if "members" in people.users else "access.not_listed")


def _kind(body: Body) -> str:
    """An event's type."""
    return str((body.get("event") or {}).get("type"))


def _is_for_workspace(ours: str, body: Body) -> bool:
    """Whether a delivery is for the app in this workspace, and no bot's."""
    event = body.get("event") or {}
    if event.get("bot_id") or event.get("subtype") == "bot_message":
        return False
    stated = {one.get("team_id") for one in body.get("authorizations") or ()}
    stated.add((body.get("view") or {}).get("app_installed_team_id"))
    if event.get("type") in UNINSTALL_EVENTS:
        stated.add(body.get("team_id"))
    if not (stated := stated - {None}) or ours in stated:
        return True
    log.warning("ignored a delivery for another workspace (%s)", ", ".join(sorted(stated)))
    return False


def _needs_lookup(people: PeopleSettings, body: Body, ours: str) -> bool:
    """Whether Slack has to say who it is: not where all of this workspace may use the bot, and it
    is one of them."""
    if "everyone" not in people.users:
        return True
    if "event" in body:
        return bool(body.get("is_ext_shared_channel"))
    user, team = body.get("user"), body.get("team") or {}
    home = user.get("team_id") if isinstance(user, dict) else None
    return (home or team.get("id") or body.get("team_id") or ours) != ours


async def _authorise_later(
    app: App, req: AsyncBoltRequest, client: AsyncWebClient, checked: asyncio.Task[str | None]
) -> None:
    """Let a delivery in that has been acknowledged, or turn it away."""
    reply = Reply(client, req.body)

    async def done() -> None:
        if (reason := await checked) is None:
            req.context[_AUTHORISED] = True
            await app.async_dispatch(req)
        elif _kind(req.body) == "app_home_opened":
            with slack_call(reason):
                await client.views_publish(
                    user_id=reply.person or "", view=views.notice_home(reason)
                )
        elif reply.is_awaited:
            await respond_with(reply, parts.notice(reason))

    await report_failure(done(), reply)


def _refusal_in_ack(checked: asyncio.Task[str | None]) -> str:
    """What is said to somebody who is not let in, or of whom nothing is known in time."""
    if not checked.done():
        checked.cancel()
        return f"{say('access.not_known')}."
    error = checked.exception()
    return log_failure(error) if isinstance(error, Exception) else str(checked.result())


def _refuse_in_ack(body: Body, reason: str) -> BoltResponse:
    """Turn away what is answered in the acknowledgement: nothing to choose from, and in the
    modal's place the reason."""
    if body["type"] == "block_suggestion":
        return BoltResponse(status=200, body={"options": []})
    update = {"response_action": "update", "view": views.notice_view(reason)}
    return BoltResponse(status=200, body=update)
