"""The buttons that decide on corrections, and the modal that asks why.

Whoever presses or sends is asked for anew whether they may: a press may be old, or forged. What has
been decided on stays so: pressed again, its message says how it stands.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, QueryError
from bot.model import Correction, Restated, RulingKind
from bot.newsroom import Newsroom
from bot.newsroom.corrections.correctables import TERMINAL_TEAM
from bot.slack import parts
from bot.slack.gate.people import is_reviewer, person, zone_of
from bot.slack.messages.transport import dispatcher
from bot.slack.parts import Block
from bot.slack.refusals import Body, acknowledged, asking, code, respond_with, told_if_it_fails
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.context import context_of
from bot.slack.surfaces.corrections.blocks import (
    asked_about,
    quote,
    stands_message,
    to_decide_message,
)
from bot.slack.surfaces.home.tab import is_home, publish, published_again
from bot.slack.views import LONGEST_REASON, TITLE
from bot.words import say

ASKING_WHY = re.compile(r"correction_(accept|decline)")
AT_ONCE = re.compile(r"correction_(back|undo)")
RULINGS: dict[str, RulingKind] = {
    "accept": "accepted",
    "decline": "declined",
    "back": "declined",
    "undo": "undone",
}
CALLBACK, WHY = "correction_decision", "decision_why"


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the buttons and the modal."""

    @app.action(ASKING_WHY)
    @acknowledged
    async def ask_why(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        verb, correction_id = _pressed(body)
        found = await asyncio.to_thread(_of_team, newsroom, body["team_id"], correction_id)
        await _require_reviewer(newsroom, client, body)
        if found.state != "suggested":
            await _show(newsroom, client, body, reply, found, verb)
            return
        (about,) = await asyncio.to_thread(newsroom.corrections.correctables.corrected, [found])
        zone = await zone_of(client, body["user"]["id"])
        view = decision_view(found, about, verb, body, zone)
        with asking(say("correcting.decision_not_asked"), again=say("correcting.decide_again")):
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(CALLBACK)
    async def decide(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        known = json.loads(body["view"]["private_metadata"])
        verb, why = str(known["verb"]), _written(body["view"])
        if verb == "decline" and not why:
            errors = {WHY: say("correcting.no_decision_reason")}
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        reply = Reply(client, body, url=str(known["answer"]) or None)
        await told_if_it_fails(_decide(newsroom, client, body, known, why, reply), reply)

    @app.action(AT_ONCE)
    @acknowledged
    async def rule_at_once(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        verb, correction_id = _pressed(body)
        ruled = await _rule(newsroom, client, body, correction_id, RULINGS[verb])
        await _show(newsroom, client, body, reply, ruled, verb)


def decision_view(
    correction: Correction, about: Restated, verb: str, body: Body, zone: str | None
) -> Block:
    """The modal that asks why somebody accepts a correction, or declines it: then whoever suggested
    it reads this."""
    known = {
        "correction": correction.id,
        "verb": verb,
        "answer": str(body.get("response_url") or ""),
        "home": is_home(body),
    }
    why = parts.typed(f"correcting.why_{verb}", LONGEST_REASON)
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps(known),
        "title": parts.plain(say(f"correcting.title_{verb}"), TITLE),
        "submit": parts.plain(say(f"correcting.{verb}"), TITLE),
        "close": parts.plain(say("buttons.cancel"), TITLE),
        "blocks": [
            *asked_about(correction, about, zone),
            parts.field(WHY, "correcting.decision_why", why, optional=verb == "accept"),
        ],
    }


def _pressed(body: Body) -> tuple[str, str]:
    """What was pressed, and of which correction."""
    action = body["actions"][0]
    verb = str(action["action_id"]).removeprefix("correction_")
    return verb, str(action.get("value") or "")


def _written(view: Body) -> str:
    state = view["state"]["values"].get(WHY, {}).get(WHY) or {}
    return " ".join(str(state.get("value") or "").split())


async def _decide(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    known: dict[str, Any],
    why: str,
    reply: Reply,
) -> None:
    verb = str(known["verb"])
    ruled = await _rule(newsroom, client, body, str(known["correction"]), RULINGS[verb], why)
    if known.get("home"):
        await publish(newsroom, client, body["team_id"], body["user"]["id"])
    else:
        await _answer(newsroom, client, body, reply, ruled, verb)


async def _show(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    reply: Reply,
    ruled: Correction,
    verb: str,
) -> None:
    """Show how a correction stands where its button was pressed."""
    if await published_again(newsroom, client, body):
        return
    if there := body.get("view"):
        claim_id = str(there.get("private_metadata") or "")
        view = await context_of(newsroom, client, body, claim_id, undone=ruled)
        with asking(say("correcting.not_shown")):
            await _put_in_place_of(there, view, client)
        return
    await _answer(newsroom, client, body, reply, ruled, verb)


async def _answer(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    reply: Reply,
    ruled: Correction,
    verb: str,
) -> None:
    zone = (await person(client, body["user"]["id"])).zone
    (about,) = await asyncio.to_thread(newsroom.corrections.correctables.corrected, [ruled])
    if verb in ("accept", "decline"):
        message = to_decide_message(ruled, about, zone)
    else:
        remarks = [say("correcting.search_again")] if ruled.state == "undone" else []
        message = stands_message(
            ruled, zone, quoted=quote(about), remarks=remarks, is_gone=about.is_gone
        )
    await respond_with(reply, message, replace=True)


async def _put_in_place_of(there: Body, view: Body, client: AsyncWebClient) -> None:
    try:
        await client.views_update(view_id=there["id"], hash=there.get("hash"), view=view)
    except SlackApiError as error:
        if code(error) != "hash_conflict":  # the same press twice: its modal is there already
            raise


async def _rule(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    correction_id: str,
    ruling: RulingKind,
    why: str = "",
) -> Correction:
    """Decide on a correction as whoever pressed, and let the one whose it is hear of it; returns
    how it stands then. Raises NotFoundError, which is told as it is, where they may not."""
    who, failed = body["user"]["id"], say("correcting.not_decided")
    there = await asyncio.to_thread(_of_team, newsroom, body["team_id"], correction_id)
    if not (ruling == "declined" and who == there.person):
        await _require_reviewer(newsroom, client, body)
    known = await person(client, who, failed=failed)
    try:
        ruled = await asyncio.to_thread(
            newsroom.corrections.decide,
            correction_id,
            ruling,
            person=who,
            person_name=known.name,
            reason=why or None,
        )
    except QueryError:  # it has been decided on already
        return await asyncio.to_thread(newsroom.corrections.correctables.correction, correction_id)
    if who != ruled.person:
        await dispatcher(newsroom, client).deliver(ruled.team, ruled.person)
    return ruled


async def _require_reviewer(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> None:
    """Raise NotFoundError, which is told as it is, for somebody who does not decide."""
    failed = say("correcting.not_decided")
    if not await is_reviewer(newsroom, client, body["user"]["id"], failed=failed):
        raise NotFoundError(say("correcting.reviewers_only"))


def _of_team(newsroom: Newsroom, team: str, correction_id: str) -> Correction:
    correction = newsroom.corrections.correctables.correction(correction_id)
    if correction.team not in (team, TERMINAL_TEAM):
        raise NotFoundError(say("corrections.unknown"), subject=correction_id)
    return correction
