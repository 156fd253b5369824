"""The modal with the paragraph that a claim stands in, and what people have corrected in it."""

from __future__ import annotations

import asyncio
import contextlib

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.model import Context, Correction
from bot.newsroom import Newsroom
from bot.slack.gate.people import is_reviewer, zone_of
from bot.slack.refusals import Body
from bot.slack.surfaces.answers.openings import also_of, disputes_of
from bot.slack.surfaces.corrections.blocks import corrections_shown
from bot.slack.views import context_view
from bot.words import say


async def context_of(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    claim_id: str,
    *,
    undone: Correction | None = None,
) -> Body:
    """The modal of a claim for whoever pressed: its corrections have a button for those who decide
    on them, and one that was just `undone` stands first. Raises NotFoundError."""
    who = body["user"]["id"]

    def look() -> tuple[Context, list[Correction], str | None, list[str]]:
        standing = newsroom.corrections.correctables.corrections_in_force(body["team_id"], claim_id)
        also, disputes = also_of(newsroom, claim_id), disputes_of(newsroom, claim_id)
        found = newsroom.claims.context(claim_id)
        return found, [*([undone] if undone else []), *standing], also, disputes

    found, standing, also, disputes = await asyncio.to_thread(look)
    if not standing:
        return context_view(found, also=also, disputes=disputes)
    may_undo = False
    with contextlib.suppress(SlackError):  # where Slack does not say, they stand there all the same
        may_undo = await is_reviewer(newsroom, client, who, failed=say("sharing.context_failed"))
    zone = await zone_of(client, who)
    shown = corrections_shown(standing, claim_id, zone, may_undo=may_undo)
    return context_view(found, shown, also=also, disputes=disputes)
