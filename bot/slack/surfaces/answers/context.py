"""Load the modal with the paragraph of a claim and its corrections."""

from __future__ import annotations

import asyncio
import contextlib

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.model import Context, Correction
from bot.newsroom import Newsroom
from bot.slack.gate.people import is_reviewer, zone_of
from bot.slack.parts import Block
from bot.slack.refusals import Body
from bot.slack.surfaces.answers.reports import dispute_notes, other_reports_note
from bot.slack.surfaces.corrections.blocks import correction_blocks
from bot.slack.views import context_view
from bot.words import say


async def load_context_view(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    claim_id: str,
    *,
    undone: Correction | None = None,
) -> Block:
    """Return the modal of a claim for the person who pressed a button.

    Reviewers get a button at each correction. A correction that has just been `undone` comes first.
    Raises NotFoundError.
    """
    person = body["user"]["id"]

    def load() -> tuple[Context, list[Correction], str | None, list[str]]:
        corrections = newsroom.corrections.correctables.corrections_in_force(
            body["team_id"], claim_id
        )
        other_reports = other_reports_note(newsroom, claim_id)
        disputes = dispute_notes(newsroom, claim_id)
        context = newsroom.claims.context(claim_id)
        return context, [*([undone] if undone else []), *corrections], other_reports, disputes

    context, corrections, other_reports, disputes = await asyncio.to_thread(load)
    blocks: list[Block] = []
    if corrections:
        may_undo = False
        with contextlib.suppress(SlackError):  # without an answer there are no buttons
            failure = say("sharing.context_failed")
            may_undo = await is_reviewer(newsroom, client, person, failed=failure)
        zone = await zone_of(client, person)
        blocks = correction_blocks(corrections, claim_id, zone, may_undo=may_undo)
    return context_view(context, blocks, other_reports=other_reports, disputes=disputes)
