"""The modals in which people suggest corrections of claims.

On submission, we check again whether the person is a reviewer. A modal that is submitted twice
makes one correction.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Sequence

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, QueryError, SlackError
from bot.model import Correction, CurrentClaim, EditableClaim, Hit
from bot.newsroom import Newsroom
from bot.slack.gate.people import get_person, is_reviewer, reviewers, zone_of
from bot.slack.messages.transport import make_dispatcher
from bot.slack.modals import notice_view
from bot.slack.refusals import Body, acknowledge_first, report_failure, respond_with, slack_call
from bot.slack.replies import Reply, sign_response_url
from bot.slack.surfaces.answers.reports import find_reports
from bot.slack.surfaces.corrections import views
from bot.slack.surfaces.corrections.blocks import correction_lines, correction_message, quote
from bot.store.delivery.payloads import CorrectionPayload
from bot.words import say

CORRECT_ACTIONS = re.compile(f"correct_(?:{'|'.join(views.KINDS)})")
MAX_REVIEWERS = 5
"""The number of reviewers who are asked to decide on a correction."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the buttons that open the modals, and the modals."""

    @app.action(CORRECT_ACTIONS)
    @acknowledge_first
    async def open_modal(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        action = body["actions"][0]
        kind = str(action["action_id"]).removeprefix("correct_")
        await open_correction(newsroom, client, body, kind, str(action.get("value") or ""))

    @app.view(CORRECT_ACTIONS)
    async def submit(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        kind = str(body["view"]["callback_id"]).removeprefix("correct_")
        await _handle_modal(newsroom, kind, ack, body, client)


async def open_correction(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, kind: str, value: str
) -> None:
    """Open the modal of one of views.KINDS for a claim.

    `value` is the claim's id or, for one of several reports in an answer, "claim id:answer id".
    Raises NotFoundError if the claim is gone, QueryError if it has no words to choose from.
    """
    claim_id = value.partition(":")[0]
    lookup = newsroom.corrections.lookup

    def load() -> tuple[EditableClaim, list[Correction], list[Hit]]:
        editable = lookup.editable_claim(claim_id)
        other_reports = find_reports(newsroom, value)[1:] if kind == "rejected" else []
        corrections = lookup.corrections_in_force(body["team_id"], claim_id)
        return editable, corrections, other_reports

    editable, corrections, other_reports = await asyncio.to_thread(load)
    if kind == "words" and not editable.words:
        raise QueryError(say("corrections.no_place"))
    url = sign_response_url(client, body)
    zone = await zone_of(client, body["user"]["id"]) if corrections else None
    lines = correction_lines(corrections, zone)
    view = views.correction_view(kind, editable, url, lines, other_reports=other_reports)
    with slack_call(say("correcting.not_opened"), next_step=say("correcting.open_again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def _handle_modal(
    newsroom: Newsroom, kind: str, ack: AsyncAck, body: Body, client: AsyncWebClient
) -> None:
    """Validate a submitted modal and make the correction."""
    submission = views.parse_modal(body["view"])
    lookup = newsroom.corrections.lookup
    try:
        editable = await asyncio.to_thread(lookup.editable_claim, submission.claim_id)
    except NotFoundError as error:
        await ack(response_action="update", view=notice_view(str(error)))
        return
    changes, errors = views.requested_changes(kind, editable, submission)
    if errors:
        await ack(response_action="errors", errors=dict(errors))
        return
    await ack()
    reply = Reply(client, body, signed_url=submission.answer_url)
    quotation = quote(CurrentClaim(hit=editable.hit)) or ""
    work = _correct(newsroom, client, body, submission, dict(changes), quotation, reply)
    await report_failure(work, reply)


async def _correct(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    submission: views.SubmittedModal,
    changes: dict[str, object],
    quotation: str,
    reply: Reply,
) -> None:
    user_id, failure = body["user"]["id"], say("correcting.failed")
    may_decide = await is_reviewer(newsroom, client, user_id, failure=failure)
    user = await get_person(client, user_id, failure=failure)

    def correct() -> tuple[Correction, list[str]]:
        correction = newsroom.corrections.correct(
            team=body["team_id"],
            press=body["view"]["id"],
            claim_id=submission.claim_id,
            changes=changes,
            reason=submission.values["why"],
            person=user_id,
            person_name=user.name,
            is_accepted=may_decide,
            others=submission.other_claim_ids,
        )
        name = correction.changes.get("speaker")
        is_printed = newsroom.corrections.lookup.is_printed
        if name and not is_printed(correction.claim_id, name):
            return correction, [say("correcting.not_printed", name=name)]
        return correction, []

    correction, remarks = await asyncio.to_thread(correct)
    await report_correction(newsroom, client, correction, quotation, user.zone, reply, remarks)


async def report_correction(
    newsroom: Newsroom,
    client: AsyncWebClient,
    correction: Correction,
    quotation: str,
    zone: str | None,
    reply: Reply,
    remarks: Sequence[str] = (),
) -> None:
    """Show a person the outcome of their correction; ask reviewers if it is only suggested."""
    remarks = list(remarks)
    if correction.state == "suggested":
        is_under_review = await _ask_reviewers(newsroom, client, correction)
        remarks.append(say("correcting.waits_for" if is_under_review else "correcting.waits"))
    elif correction.state == "accepted":
        remarks.append(say("correcting.search_again"))
    message = correction_message(correction, zone, quotation=quotation, remarks=remarks)
    await respond_with(reply, message)


async def _ask_reviewers(
    newsroom: Newsroom, client: AsyncWebClient, correction: Correction
) -> bool:
    """Ask the reviewers to decide on a correction; return False if there are none."""
    reviewer_ids: list[str] = []
    with contextlib.suppress(SlackError):  # if Slack cannot list a group, the correction waits
        reviewer_ids = await reviewers(newsroom, client, MAX_REVIEWERS)
    for reviewer_id in reviewer_ids:
        await asyncio.to_thread(
            newsroom.store.outbox.add,
            None,
            team=correction.team,
            channel=reviewer_id,
            key=f"{CorrectionPayload.kind}/{correction.id}/{reviewer_id}",
            payload=CorrectionPayload(correction.id),
            person=reviewer_id,
            claims=[correction.claim_id],
            now=newsroom.now(),
        )
        await make_dispatcher(newsroom, client).deliver(correction.team, reviewer_id)
    return bool(reviewer_ids)
