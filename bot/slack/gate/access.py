"""Authorise and deduplicate each delivery from Slack before the listeners get it.

A delivery passes once, if it is for this workspace, from somebody who may use the bot, and not one
of too many. Other people are refused privately, in one sentence.
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
from bot.slack.gate.duplicates import SharedDeliveries
from bot.slack.gate.in_flight import App
from bot.slack.gate.limits import Limits, Refusal
from bot.slack.gate.people import get_person, is_listed
from bot.slack.refusals import log_failure, report_failure, respond_with, slack_call
from bot.slack.replies import Reply, person_id_of
from bot.slack.threads import page_threads
from bot.words import say

Body = dict[str, Any]
Next = Callable[[], Awaitable[BoltResponse]]

log = logging.getLogger(__name__)

LOOKUP_TIMEOUT = 0.2
"""Seconds to wait for the lookup of a person before the delivery is acknowledged."""
LOOKUP_TIMEOUT_IN_ACK = 2.0
"""Seconds to wait if the acknowledgement is the response; Slack expects it within three."""
ANSWERED_IN_ACK = ("view_submission", "block_suggestion")
"""The types of deliveries whose acknowledgement is the response."""
BOT_EVENTS = frozenset({
    "app_uninstalled", "tokens_revoked", "channel_archive", "channel_deleted", "channel_left",
    "group_archive", "group_deleted", "group_left",
})  # fmt: skip
"""Events about the bot and its channels, which need no authorised person."""
UNINSTALL_EVENTS = ("app_uninstalled", "tokens_revoked")
"""Events without `authorizations`; only their team_id tells which workspace they are for."""
_AUTHORISED_KEY = "let_in"
"""The key in Bolt's context of a delivery that is dispatched again after it was authorised."""


def register(app: App, newsroom: Newsroom, our_team: str) -> None:
    """Check every delivery to our workspace; register this before any listener."""
    deliveries = SharedDeliveries(newsroom.store.deliveries, newsroom.now)
    limits = Limits(newsroom.settings.people, app.in_flight, app.threads, page_threads)

    @app.middleware
    async def authorise(
        req: AsyncBoltRequest,
        body: Body,
        context: AsyncBoltContext,
        client: AsyncWebClient,
        next: Next,
    ) -> BoltResponse:
        if _AUTHORISED_KEY in context:
            return await next()
        if not _is_for_workspace(our_team, body):
            return _ignore(app, "not_for_us")
        if await deliveries.is_repeat(body):
            return _ignore(app, "repeated")
        person_id, people = person_id_of(body), newsroom.settings.people
        needs_lookup = _needs_lookup(people, body, our_team)
        body["team_id"] = our_team  # even if the person is from another workspace
        if _event_type(body) in BOT_EVENTS:
            return await next()
        if person_id is None:
            return BoltResponse(status=200)
        if refusal := limits.refusal(person_id, body):
            return _refuse_one_too_many(app, body, client, refusal)
        with limits.admit():
            if not needs_lookup:
                return await next()
            check = asyncio.ensure_future(denial_reason(client, people, person_id, our_team))
            is_answered_in_ack = body.get("type") in ANSWERED_IN_ACK
            timeout = LOOKUP_TIMEOUT_IN_ACK if is_answered_in_ack else LOOKUP_TIMEOUT
            await asyncio.wait([check], timeout=timeout)
            if check.done() and not check.exception() and check.result() is None:
                return await next()
        if is_answered_in_ack:
            app.metrics.refused_deliveries.labels("not_allowed").inc()
            return _refuse_in_ack(body, _reason_in_ack(check))
        # Acknowledge first. Once authorised, the delivery is dispatched through here again.
        work = _authorise_later(app, req, client, check, limits)
        app.in_flight.add(asyncio.ensure_future(work), body)
        return BoltResponse(status=200)


async def denial_reason(
    client: AsyncWebClient, people: PeopleSettings, person_id: str, our_team: str
) -> str | None:
    """Return why a person may not use the bot, worded for them; None if they may.

    Raises SlackError if Slack cannot be asked about them.
    """
    profile = await get_person(client, person_id)
    if our_team not in profile.teams:
        return None if people.strangers else say("access.stranger")
    if "everyone" in people.users or ("members" in people.users and not profile.is_guest):
        return None
    if await is_listed(client, person_id, people.users):
        return None
    return say("access.guest" if "members" in people.users else "access.not_listed")


def _ignore(app: App, why: str) -> BoltResponse:
    """Acknowledge a delivery, and do nothing else for it."""
    app.metrics.refused_deliveries.labels(why).inc()
    return BoltResponse(status=200)


def _event_type(body: Body) -> str:
    return str((body.get("event") or {}).get("type"))


def _is_for_workspace(our_team: str, body: Body) -> bool:
    """Tell whether a delivery is for the app in our workspace, and not from a bot."""
    event = body.get("event") or {}
    if event.get("bot_id") or event.get("subtype") == "bot_message":
        return False
    teams = {authorization.get("team_id") for authorization in body.get("authorizations") or ()}
    teams.add((body.get("view") or {}).get("app_installed_team_id"))
    if event.get("type") in UNINSTALL_EVENTS:
        teams.add(body.get("team_id"))
    teams.discard(None)
    if not teams or our_team in teams:
        return True
    log.warning("ignored a delivery for another workspace (%s)", ", ".join(sorted(teams)))
    return False


def _needs_lookup(people: PeopleSettings, body: Body, our_team: str) -> bool:
    """Tell whether the person must be looked up.

    They need not be if everyone in our workspace may use the bot and the delivery is from there.
    """
    if "everyone" not in people.users:
        return True
    if "event" in body:
        return bool(body.get("is_ext_shared_channel"))
    user, team = body.get("user"), body.get("team") or {}
    user_team = user.get("team_id") if isinstance(user, dict) else None
    return (user_team or team.get("id") or body.get("team_id") or our_team) != our_team


async def _authorise_later(
    app: App,
    req: AsyncBoltRequest,
    client: AsyncWebClient,
    check: asyncio.Task[str | None],
    limits: Limits,
) -> None:
    """Dispatch an acknowledged delivery once its person is authorised, or refuse it."""
    reply = Reply(client, req.body)

    async def dispatch_or_refuse() -> None:
        with limits.admit():
            if (reason := await check) is None:
                req.context[_AUTHORISED_KEY] = True
                await app.async_dispatch(req)
                return
        app.metrics.refused_deliveries.labels("not_allowed").inc()
        if _event_type(req.body) == "app_home_opened":
            with slack_call(reason):
                await client.views_publish(
                    user_id=reply.person or "", view=modals.notice_home(reason)
                )
        elif reply.is_awaited:
            await respond_with(reply, parts.notice(reason))

    await report_failure(dispatch_or_refuse(), reply)


def _refuse_one_too_many(
    app: App, body: Body, client: AsyncWebClient, refusal: Refusal
) -> BoltResponse:
    """Tell the person in the acknowledgement, which costs nothing.

    If Slack does not show that, tell them once, until something of theirs is handled again.
    """
    app.metrics.refused_deliveries.labels(refusal.why).inc()
    if body.get("type") == "view_submission":
        return BoltResponse(status=200, body=modals.error_response(body["view"], refusal.reason))
    if body.get("type") == "block_suggestion":
        return _refuse_in_ack(body, refusal.reason)
    message = parts.notice(refusal.reason)
    if "command" in body:
        answer = {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}
        return BoltResponse(status=200, body=answer)
    reply = Reply(client, body)
    if reply.is_awaited and not refusal.is_repeated:
        answering = report_failure(respond_with(reply, message), reply)
        app.in_flight.add(asyncio.ensure_future(answering), body)
    return BoltResponse(status=200)


def _reason_in_ack(check: asyncio.Task[str | None]) -> str:
    """Return why a person is refused, or that they could not be looked up in time."""
    if not check.done():
        check.cancel()
        return f"{say('access.not_known')}."
    error = check.exception()
    return log_failure(error) if isinstance(error, Exception) else str(check.result())


def _refuse_in_ack(body: Body, reason: str) -> BoltResponse:
    """Refuse in the acknowledgement: with an empty menu, or the reason instead of the modal."""
    if body["type"] == "block_suggestion":
        return BoltResponse(status=200, body={"options": []})
    return BoltResponse(status=200, body=modals.notice_response(reason))
