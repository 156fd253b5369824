"""Authorise and deduplicate each delivery from Slack before the listeners get it.

A delivery passes once, if it is for this workspace and from somebody who may use the bot. Others
are told privately, in one sentence, that they may not.
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
from bot.slack import modals, parts
from bot.slack.gate.duplicates import RecentDeliveries, delivery_id
from bot.slack.gate.in_flight import App
from bot.slack.gate.people import is_listed, person
from bot.slack.refusals import log_failure, report_failure, respond_with, slack_call
from bot.slack.replies import Reply, person_id_of
from bot.words import say

Body = dict[str, Any]
Next = Callable[[], Awaitable[BoltResponse]]

log = logging.getLogger(__name__)

LOOKUP_TIMEOUT = 0.2
"""Seconds to look up a person before the delivery is acknowledged and waits for the answer."""
LOOKUP_TIMEOUT_IN_ACK = 2.0
"""The same if the acknowledgement is the answer, which Slack expects within three seconds."""
ANSWERED_IN_ACK = ("view_submission", "block_suggestion")
BOT_EVENTS = frozenset({
    "app_uninstalled", "tokens_revoked", "channel_archive", "channel_deleted", "channel_left",
    "group_archive", "group_deleted", "group_left",
})  # fmt: skip
"""Events about the bot and its channels; they need no authorised person."""
UNINSTALL_EVENTS = ("app_uninstalled", "tokens_revoked")
"""Events that come without authorizations: their team_id alone says whose they are."""
_AUTHORISED = "let_in"


def register(app: App, newsroom: Newsroom, ours: str) -> None:
    """Check every delivery to the workspace `ours`; register this before any listener."""
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
        who, people = person_id_of(body), newsroom.settings.people
        must_ask = _needs_lookup(people, body, ours)
        body["team_id"] = ours  # also if the person is from another workspace
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
        # Acknowledge first. Once authorised, the delivery is dispatched through here again.
        app.in_flight.add(asyncio.ensure_future(_authorise_later(app, req, client, checked)), body)
        return BoltResponse(status=200)


async def access_refusal(
    client: AsyncWebClient, people: PeopleSettings, who: str, ours: str
) -> str | None:
    """Return why somebody may not use the bot in `ours`, worded for them; None if they may.

    Raises SlackError if Slack does not say who they are.
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
    """Return an event's type."""
    return str((body.get("event") or {}).get("type"))


def _is_for_workspace(ours: str, body: Body) -> bool:
    """Tell whether a delivery is for the app in this workspace, and not from a bot."""
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
    """Tell whether the person must be looked up: not if everyone in this workspace may use the bot
    and the delivery is from within it."""
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
    """Dispatch an acknowledged delivery once its person is authorised, or refuse it."""
    reply = Reply(client, req.body)

    async def done() -> None:
        if (reason := await checked) is None:
            req.context[_AUTHORISED] = True
            await app.async_dispatch(req)
        elif _kind(req.body) == "app_home_opened":
            with slack_call(reason):
                await client.views_publish(
                    user_id=reply.person or "", view=modals.notice_home(reason)
                )
        elif reply.is_awaited:
            await respond_with(reply, parts.notice(reason))

    await report_failure(done(), reply)


def _refusal_in_ack(checked: asyncio.Task[str | None]) -> str:
    """Return why somebody is refused, or that they could not be looked up in time."""
    if not checked.done():
        checked.cancel()
        return f"{say('access.not_known')}."
    error = checked.exception()
    return log_failure(error) if isinstance(error, Exception) else str(checked.result())


def _refuse_in_ack(body: Body, reason: str) -> BoltResponse:
    """Refuse in the acknowledgement: no options to choose from, or the reason instead of the
    modal."""
    if body["type"] == "block_suggestion":
        return BoltResponse(status=200, body={"options": []})
    update = {"response_action": "update", "view": modals.notice_view(reason)}
    return BoltResponse(status=200, body=update)
