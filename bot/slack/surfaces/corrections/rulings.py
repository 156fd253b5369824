"""The buttons that decide on corrections, and the modal that asks for a reason.

Each click and each submission is authorised again: it may be old or forged. A correction is
accepted or declined only once; later clicks show the decision.
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
from bot.newsroom.corrections.lookup import TERMINAL_TEAM
from bot.slack import modals
from bot.slack.gate.people import get_person, is_reviewer, zone_of
from bot.slack.messages.transport import make_dispatcher
from bot.slack.modals import MAX_REASON_LENGTH
from bot.slack.parts import Block
from bot.slack.refusals import (
    Body,
    acknowledge_first,
    error_code,
    report_failure,
    respond_with,
    slack_call,
)
from bot.slack.replies import Reply, sign_response_url
from bot.slack.surfaces.answers.context import load_context_view
from bot.slack.surfaces.corrections.blocks import (
    correction_message,
    decision_blocks,
    decision_message,
    quote,
)
from bot.slack.surfaces.home.tab import is_from_home, publish, republish_if_home
from bot.words import say

DECISION_ACTIONS = re.compile(r"correction_(accept|decline)")
IMMEDIATE_ACTIONS = re.compile(r"correction_(back|undo)")
RULINGS: dict[str, RulingKind] = {
    "accept": "accepted",
    "decline": "declined",
    "back": "declined",
    "undo": "undone",
}
"""The ruling for the verb of each button; "back" withdraws one's own suggestion."""
DECISION_CALLBACK, REASON_INPUT = "correction_decision", "decision_why"
METADATA = {"correction": str, "verb": str, "answer": str, "home": bool}


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the buttons and the modal."""

    @app.action(DECISION_ACTIONS)
    @acknowledge_first
    async def ask_for_reason(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        verb, correction_id = _verb_and_id(body)
        correction = await asyncio.to_thread(
            _find_correction, newsroom, body["team_id"], correction_id
        )
        await _require_reviewer(newsroom, client, body)
        if correction.state != "suggested":
            await _show(newsroom, client, body, reply, correction, verb)
            return
        subject = await asyncio.to_thread(_find_subject, newsroom, correction)
        zone = await zone_of(client, body["user"]["id"])
        url = sign_response_url(client, body)
        view = decision_view(correction, subject, verb, zone, url, is_from_home=is_from_home(body))
        with slack_call(
            say("correcting.decision_not_asked"), next_step=say("correcting.decide_again")
        ):
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(DECISION_CALLBACK)
    async def decide(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        metadata = modals.parse_metadata(body["view"], METADATA)
        reason = _typed_reason(body["view"])
        if metadata["verb"] == "decline" and not reason:
            errors = {REASON_INPUT: say("correcting.no_decision_reason")}
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        reply = Reply(client, body, signed_url=metadata["answer"])
        await report_failure(_decide(newsroom, client, body, metadata, reason, reply), reply)

    @app.action(IMMEDIATE_ACTIONS)
    @acknowledge_first
    async def decide_at_once(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        verb, correction_id = _verb_and_id(body)
        correction = await _rule(newsroom, client, body, correction_id, RULINGS[verb])
        await _show(newsroom, client, body, reply, correction, verb)


def decision_view(
    correction: Correction,
    subject: CurrentClaim,
    verb: str,
    zone: str | None,
    answer_url: str,
    *,
    is_from_home: bool,
) -> Block:
    """Return the modal that asks why a correction is accepted or declined; the reason is shown to
    the person who suggested it. The answer goes to `answer_url`."""
    metadata = {
        "correction": correction.id,
        "verb": verb,
        "answer": answer_url,
        "home": is_from_home,
    }
    reason = modals.text_input(f"correcting.why_{verb}", MAX_REASON_LENGTH)
    is_optional = verb == "accept"
    return modals.modal(
        DECISION_CALLBACK,
        [
            *decision_blocks(correction, subject, zone),
            modals.field(REASON_INPUT, "correcting.decision_why", reason, optional=is_optional),
        ],
        title=f"correcting.title_{verb}",
        submit=f"correcting.{verb}",
        metadata=json.dumps(metadata),
    )


def _verb_and_id(body: Body) -> tuple[str, str]:
    """Return the verb and the correction's id of a clicked button."""
    action = body["actions"][0]
    verb = str(action["action_id"]).removeprefix("correction_")
    return verb, str(action.get("value") or "")


def _typed_reason(view: Body) -> str:
    state = view["state"]["values"].get(REASON_INPUT, {}).get(REASON_INPUT) or {}
    return " ".join(str(state.get("value") or "").split())


async def _decide(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    metadata: dict[str, Any],
    reason: str,
    reply: Reply,
) -> None:
    verb, correction_id = str(metadata["verb"]), str(metadata["correction"])
    correction = await _rule(newsroom, client, body, correction_id, RULINGS[verb], reason)
    if metadata.get("home"):
        await publish(newsroom, client, body["team_id"], body["user"]["id"])
    else:
        await _answer(newsroom, client, body, reply, correction, verb)


async def _show(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    reply: Reply,
    correction: Correction,
    verb: str,
) -> None:
    """Show the state of a correction where its button was clicked: in the Home tab, the modal of
    its claim, or a message."""
    if await republish_if_home(newsroom, client, body):
        return
    if not (modal := body.get("view")):
        await _answer(newsroom, client, body, reply, correction, verb)
        return
    claim_id = str(modal.get("private_metadata") or "")
    view = await load_context_view(newsroom, client, body, claim_id, undone_correction=correction)
    with slack_call(say("correcting.not_shown")):
        try:
            await client.views_update(view_id=modal["id"], hash=modal.get("hash"), view=view)
        except SlackApiError as error:
            # After a double click, the modal is already updated.
            if error_code(error) != "hash_conflict":
                raise


async def _answer(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    reply: Reply,
    correction: Correction,
    verb: str,
) -> None:
    zone = (await get_person(client, body["user"]["id"])).zone
    subject = await asyncio.to_thread(_find_subject, newsroom, correction)
    if verb in ("accept", "decline"):
        message = decision_message(correction, subject, zone)
    else:
        remarks = [say("correcting.search_again")] if correction.state == "undone" else []
        message = correction_message(
            correction, zone, quotation=quote(subject), remarks=remarks, is_gone=subject.is_gone
        )
    await respond_with(reply, message, replace=True)


async def _rule(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    correction_id: str,
    ruling: RulingKind,
    reason: str = "",
) -> Correction:
    """Decide on a correction for the user who clicked, and notify the person who suggested it.

    Returns the correction with the decision on it, which may be another reviewer's. Raises
    NotFoundError with a message for the user if they may not decide.
    """
    user_id, failure = body["user"]["id"], say("correcting.not_decided")
    correction = await asyncio.to_thread(_find_correction, newsroom, body["team_id"], correction_id)
    if not (ruling == "declined" and user_id == correction.person):
        await _require_reviewer(newsroom, client, body)
    user = await get_person(client, user_id, failure=failure)
    try:
        correction = await asyncio.to_thread(
            newsroom.corrections.decide,
            correction_id,
            ruling,
            person=user_id,
            person_name=user.name,
            reason=reason or None,
        )
    except QueryError:  # another reviewer was faster
        return await asyncio.to_thread(newsroom.corrections.lookup.correction, correction_id)
    if user_id != correction.person:
        await make_dispatcher(newsroom, client).deliver(correction.team, correction.person)
    return correction


async def _require_reviewer(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> None:
    """Raise NotFoundError, with a message for the user, unless they are a reviewer."""
    failure = say("correcting.not_decided")
    if not await is_reviewer(newsroom, client, body["user"]["id"], failure=failure):
        raise NotFoundError(say("correcting.reviewers_only"))


def _find_correction(newsroom: Newsroom, team: str, correction_id: str) -> Correction:
    correction = newsroom.corrections.lookup.correction(correction_id)
    if correction.team not in (team, TERMINAL_TEAM):
        raise NotFoundError(say("corrections.unknown"), subject=correction_id)
    return correction


def _find_subject(newsroom: Newsroom, correction: Correction) -> CurrentClaim:
    (subject,) = newsroom.corrections.lookup.current_claims([correction])
    return subject
