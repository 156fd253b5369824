"""The modal with the paragraph of a claim and its corrections."""

from __future__ import annotations

import asyncio
import contextlib

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.model import Context, Correction
from bot.newsroom import Newsroom
from bot.slack.gate.people import is_reviewer, zone_of
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
) -> Body:
    """Return the modal of a claim for whoever pressed.

    Reviewers get a button at each correction; one that was just `undone` comes first. Raises
    NotFoundError.
    """
    who = body["user"]["id"]

    def look() -> tuple[Context, list[Correction], str | None, list[str]]:
        standing = newsroom.corrections.correctables.corrections_in_force(body["team_id"], claim_id)
        also, disputes = other_reports_note(newsroom, claim_id), dispute_notes(newsroom, claim_id)
        found = newsroom.claims.context(claim_id)
        return found, [*([undone] if undone else []), *standing], also, disputes

    found, standing, also, disputes = await asyncio.to_thread(look)
    if not standing:
        return context_view(found, other_reports=also, disputes=disputes)
    may_undo = False
    with contextlib.suppress(SlackError):  # if Slack does not say, they are shown without
        may_undo = await is_reviewer(newsroom, client, who, failed=say("sharing.context_failed"))
    zone = await zone_of(client, who)
    shown = correction_blocks(standing, claim_id, zone, may_undo=may_undo)
    return context_view(found, shown, other_reports=also, disputes=disputes)
