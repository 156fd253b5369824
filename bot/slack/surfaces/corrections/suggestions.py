"""Corrections of claims: the modals in which people suggest them.

Whether somebody is a reviewer is checked again when they submit. A modal submitted twice is one
correction.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Iterator, Sequence

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, QueryError, SlackError
from bot.model import Correction, CurrentClaim, EditableClaim, Hit
from bot.newsroom import Newsroom
from bot.slack.gate.people import is_reviewer, person, reviewers, zone_of
from bot.slack.messages.transport import make_dispatcher
from bot.slack.refusals import Body, acknowledge_first, report_failure, respond_with, slack_call
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.reports import reports_of
from bot.slack.surfaces.corrections import views
from bot.slack.surfaces.corrections.blocks import correction_lines, correction_message, quote
from bot.slack.views import notice_view
from bot.store.delivery.payloads import CorrectionPayload
from bot.words import say

CORRECT_ACTIONS = re.compile(f"correct_(?:{'|'.join(views.KINDS)})")
MOST_REVIEWERS = 5
"""Reviewers who are asked to decide on one correction."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the buttons that open the modals, and the modals."""

    @app.action(CORRECT_ACTIONS)
    @acknowledge_first
    async def choose(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        action = body["actions"][0]
        kind = str(action["action_id"]).removeprefix("correct_")
        await open_correction(newsroom, client, body, kind, str(action.get("value") or ""))

    @app.view(CORRECT_ACTIONS)
    async def take(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        kind = str(body["view"]["callback_id"]).removeprefix("correct_")
        await _handle_modal(newsroom, kind, ack, body, client)


async def open_correction(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, kind: str, value: str
) -> None:
    """Open the modal of one of views.KINDS for a claim.

    `value` is the claim's id, with the answer's id if it is one of several reports there. Raises
    NotFoundError if the claim is gone, QueryError if it has no words to choose.
    """

    claim_id = value.partition(":")[0]

    def look() -> tuple[EditableClaim, list[Correction], list[Hit]]:
        found = newsroom.corrections.correctables.editable_claim(claim_id)
        others = reports_of(newsroom, body, value)[1:] if kind == "rejected" else []
        correctables = newsroom.corrections.correctables
        return found, correctables.corrections_in_force(body["team_id"], claim_id), others

    found, standing, others = await asyncio.to_thread(look)
    if kind == "words" and not found.words:
        raise QueryError(say("corrections.no_place"))
    url = str(body.get("response_url") or "")
    zone = await zone_of(client, body["user"]["id"]) if standing else None
    listed = correction_lines(standing, zone)
    view = views.correct_view(kind, found, url, listed, others=others)
    with slack_call(say("correcting.not_opened"), again=say("correcting.open_again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def _handle_modal(
    newsroom: Newsroom, kind: str, ack: AsyncAck, body: Body, client: AsyncWebClient
) -> None:
    """Validate a submitted modal and make the correction."""
    asked = views.read_modal(body["view"])
    try:
        found = await asyncio.to_thread(
            newsroom.corrections.correctables.editable_claim, asked.claim_id
        )
    except NotFoundError as gone:
        await ack(response_action="update", view=notice_view(str(gone)))
        return
    changes, errors = views.requested_changes(kind, found, asked)
    if errors:
        await ack(response_action="errors", errors=dict(errors))
        return
    await ack()
    reply = Reply(client, body, url=asked.answer_url or None)
    quoted = quote(CurrentClaim(hit=found.hit)) or ""
    work = _correct(newsroom, client, body, asked, dict(changes), quoted, reply)
    await report_failure(work, reply)


async def _correct(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    asked: views.SentModal,
    changes: dict[str, object],
    quoted: str,
    reply: Reply,
) -> None:
    who, failed = body["user"]["id"], say("correcting.failed")
    decides = await is_reviewer(newsroom, client, who, failed=failed)
    known = await person(client, who, failed=failed)

    def correct() -> tuple[Correction, list[str]]:
        made = newsroom.corrections.correct(
            team=body["team_id"],
            press=body["view"]["id"],
            claim_id=asked.claim_id,
            changes=changes,
            reason=asked.values["why"],
            person=who,
            person_name=known.name,
            is_accepted=decides,
            others=asked.others,
        )
        return made, list(_warn_not_printed(newsroom, made))

    made, remarks = await asyncio.to_thread(correct)
    await report_correction(newsroom, client, made, quoted, known.zone, reply, remarks)


async def report_correction(
    newsroom: Newsroom,
    client: AsyncWebClient,
    made: Correction,
    quoted: str,
    zone: str | None,
    reply: Reply,
    remarks: Sequence[str] = (),
) -> None:
    """Tell somebody the outcome of their correction; ask reviewers if it is only suggested."""
    remarks = list(remarks)
    if made.state == "suggested":
        is_asked = await _ask_reviewers(newsroom, client, made)
        remarks.append(say("correcting.waits_for" if is_asked else "correcting.waits"))
    elif made.state == "accepted":
        remarks.append(say("correcting.search_again"))
    message = correction_message(made, zone, quoted=quoted, remarks=remarks)
    await respond_with(reply, message)


def _warn_not_printed(newsroom: Newsroom, correction: Correction) -> Iterator[str]:
    name = correction.changes.get("speaker")
    if name and not newsroom.corrections.correctables.is_printed(correction.claim_id, name):
        yield say("correcting.not_printed", name=name)


async def _ask_reviewers(
    newsroom: Newsroom, client: AsyncWebClient, correction: Correction
) -> bool:
    """Ask the reviewers to decide; return False if none are named."""
    asked: list[str] = []
    with contextlib.suppress(SlackError):  # if Slack does not say who they are, it waits
        asked = await reviewers(newsroom, client, MOST_REVIEWERS)
    for one in asked:
        await asyncio.to_thread(
            newsroom.store.outbox.add,
            None,
            team=correction.team,
            channel=one,
            key=f"{CorrectionPayload.kind}/{correction.id}/{one}",
            payload=CorrectionPayload(correction.id),
            person=one,
            claims=[correction.claim_id],
            now=newsroom.now(),
        )
        await make_dispatcher(newsroom, client).deliver(correction.team, one)
    return bool(asked)
