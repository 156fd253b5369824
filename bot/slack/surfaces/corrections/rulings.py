"""The buttons that decide on corrections, and the modal that asks why.

Each press and each modal is authorised again: it may be old, or forged. A decision is final;
another press shows its state.
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
from bot.model import Correction, CurrentClaim, RulingKind
from bot.newsroom import Newsroom
from bot.newsroom.corrections.correctables import TERMINAL_TEAM
from bot.slack import modals
from bot.slack.gate.people import is_reviewer, person, zone_of
from bot.slack.messages.transport import make_dispatcher
from bot.slack.parts import Block
from bot.slack.refusals import (
    Body,
    acknowledge_first,
    error_code,
    report_failure,
    respond_with,
    slack_call,
)
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.context import context_of
from bot.slack.surfaces.corrections.blocks import (
    correction_message,
    decision_blocks,
    decision_message,
    quote,
)
from bot.slack.surfaces.home.tab import is_home, publish, republish_if_home
from bot.slack.views import LONGEST_REASON
from bot.words import say

DECISION_ACTIONS = re.compile(r"correction_(accept|decline)")
IMMEDIATE_ACTIONS = re.compile(r"correction_(back|undo)")
RULINGS: dict[str, RulingKind] = {
    "accept": "accepted",
    "decline": "declined",
    "back": "declined",
    "undo": "undone",
}
CALLBACK, WHY = "correction_decision", "decision_why"


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the buttons and the modal."""

    @app.action(DECISION_ACTIONS)
    @acknowledge_first
    async def ask_why(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        verb, correction_id = _pressed(body)
        found = await asyncio.to_thread(_correction, newsroom, body["team_id"], correction_id)
        await _require_reviewer(newsroom, client, body)
        if found.state != "suggested":
            await _show(newsroom, client, body, reply, found, verb)
            return
        (about,) = await asyncio.to_thread(
            newsroom.corrections.correctables.current_claims, [found]
        )
        zone = await zone_of(client, body["user"]["id"])
        view = decision_view(found, about, verb, body, zone)
        with slack_call(say("correcting.decision_not_asked"), again=say("correcting.decide_again")):
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(CALLBACK)
    async def decide(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        known = json.loads(body["view"]["private_metadata"])
        verb, why = str(known["verb"]), _written_reason(body["view"])
        if verb == "decline" and not why:
            errors = {WHY: say("correcting.no_decision_reason")}
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        reply = Reply(client, body, url=str(known["answer"]) or None)
        await report_failure(_decide(newsroom, client, body, known, why, reply), reply)

    @app.action(IMMEDIATE_ACTIONS)
    @acknowledge_first
    async def rule_at_once(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        verb, correction_id = _pressed(body)
        ruled = await _rule(newsroom, client, body, correction_id, RULINGS[verb])
        await _show(newsroom, client, body, reply, ruled, verb)


def decision_view(
    correction: Correction, about: CurrentClaim, verb: str, body: Body, zone: str | None
) -> Block:
    """Return the modal that asks why a correction is accepted or declined; whoever suggested it
    reads the reason."""
    known = {
        "correction": correction.id,
        "verb": verb,
        "answer": str(body.get("response_url") or ""),
        "home": is_home(body),
    }
    why = modals.text_input(f"correcting.why_{verb}", LONGEST_REASON)
    return modals.modal(
        CALLBACK,
        [
            *decision_blocks(correction, about, zone),
            modals.field(WHY, "correcting.decision_why", why, optional=verb == "accept"),
        ],
        title=f"correcting.title_{verb}",
        submit=f"correcting.{verb}",
        metadata=json.dumps(known),
    )


def _pressed(body: Body) -> tuple[str, str]:
    """Read the verb and the correction's id of a press."""
    action = body["actions"][0]
    verb = str(action["action_id"]).removeprefix("correction_")
    return verb, str(action.get("value") or "")


def _written_reason(view: Body) -> str:
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
    """Show the state of a correction where its button was pressed."""
    if await republish_if_home(newsroom, client, body):
        return
    if there := body.get("view"):
        claim_id = str(there.get("private_metadata") or "")
        view = await context_of(newsroom, client, body, claim_id, undone=ruled)
        with slack_call(say("correcting.not_shown")):
            await _replace_view(there, view, client)
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
    (about,) = await asyncio.to_thread(newsroom.corrections.correctables.current_claims, [ruled])
    if verb in ("accept", "decline"):
        message = decision_message(ruled, about, zone)
    else:
        remarks = [say("correcting.search_again")] if ruled.state == "undone" else []
        message = correction_message(
            ruled, zone, quoted=quote(about), remarks=remarks, is_gone=about.is_gone
        )
    await respond_with(reply, message, replace=True)


async def _replace_view(there: Body, view: Body, client: AsyncWebClient) -> None:
    try:
        await client.views_update(view_id=there["id"], hash=there.get("hash"), view=view)
    except SlackApiError as error:
        if (
            error_code(error) != "hash_conflict"
        ):  # the same press twice: the modal is already updated
            raise


async def _rule(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    correction_id: str,
    ruling: RulingKind,
    why: str = "",
) -> Correction:
    """Decide on a correction as whoever pressed and notify the person who suggested it.

    Returns the correction as decided. Raises NotFoundError, worded for the person, if they may not.
    """
    who, failed = body["user"]["id"], say("correcting.not_decided")
    there = await asyncio.to_thread(_correction, newsroom, body["team_id"], correction_id)
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
    except QueryError:  # somebody else has decided it
        return await asyncio.to_thread(newsroom.corrections.correctables.correction, correction_id)
    if who != ruled.person:
        await make_dispatcher(newsroom, client).deliver(ruled.team, ruled.person)
    return ruled


async def _require_reviewer(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> None:
    """Raise NotFoundError, worded for the person, unless they are a reviewer."""
    failed = say("correcting.not_decided")
    if not await is_reviewer(newsroom, client, body["user"]["id"], failed=failed):
        raise NotFoundError(say("correcting.reviewers_only"))


def _correction(newsroom: Newsroom, team: str, correction_id: str) -> Correction:
    correction = newsroom.corrections.correctables.correction(correction_id)
    if correction.team not in (team, TERMINAL_TEAM):
        raise NotFoundError(say("corrections.unknown"), subject=correction_id)
    return correction
