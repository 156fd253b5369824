"""The modal with the paragraph of a claim and its corrections."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.model import Context, Correction, Spans
from bot.newsroom import Newsroom
from bot.slack import claim_parts, modals, parts
from bot.slack.gate.people import is_reviewer, zone_of
from bot.slack.parts import Block
from bot.slack.refusals import Body
from bot.slack.replies import viewer_of
from bot.slack.surfaces.answers.reports import other_reports_note
from bot.slack.surfaces.corrections.blocks import correction_blocks
from bot.wording.answers import claimed_outlet_note
from bot.wording.details import details_line
from bot.wording.notes import dispute_lines
from bot.wording.said_before import earlier_line
from bot.words import say

MAX_SECTION_LENGTH, MAX_SECTIONS = 2400, 3
"""How many characters of a paragraph fit into a section, and how many sections are shown of it.

Three sections hold the longest claims and stay within Slack's limits.
"""


async def load_context_view(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    claim_id: str,
    *,
    undone_correction: Correction | None = None,
) -> Block:
    """Return the modal of a claim for the person who pressed a button.

    Reviewers get a button at each correction. `undone_correction`, which has just been undone,
    comes first. Raises NotFoundError.
    """
    person = body["user"]["id"]

    def load() -> tuple[Context, list[Correction], str | None]:
        viewer, lookup = viewer_of(body), newsroom.corrections.lookup
        corrections = lookup.corrections_in_force(body["team_id"], claim_id, viewer)
        other_reports = other_reports_note(newsroom, claim_id)
        context = newsroom.claims.context(claim_id, viewer)
        [hit] = newsroom.search.disputes.with_disputes([context.hit])
        earlier = newsroom.speakers.said_before.earlier(hit, viewer)
        context = replace(context, hit=hit, earlier=earlier)
        if undone_correction:
            corrections = [undone_correction, *corrections]
        return context, corrections, other_reports

    context, corrections, other_reports = await asyncio.to_thread(load)
    blocks: list[Block] = []
    if corrections:
        may_undo = False
        with contextlib.suppress(SlackError):  # if Slack does not answer, there are no buttons
            failure = say("sharing.context_failed")
            may_undo = await is_reviewer(newsroom, client, person, failure=failure)
        zone = await zone_of(client, person)
        blocks = correction_blocks(corrections, claim_id, zone, may_undo=may_undo)
    return context_view(context, blocks, other_reports=other_reports)


def context_view(
    context: Context,
    corrections: Sequence[Block] = (),
    *,
    other_reports: str | None = None,
) -> Block:
    """Return a modal with the paragraph of a claim, in which the claim is bold.

    Below the paragraph are its article and which outlet that claims to be from, where else the
    claim is reported, what disputes it, what its speaker said before and how people corrected it.
    """
    claim, article = context.hit.claim, context.hit.article
    details = details_line(claim, article, in_context=True)
    # Above the who-line: below a denial's, it would read as what is denied.
    blocks = [parts.context(parts.escape_note(context.before))] if context.before else []
    blocks.append(parts.section(claim_parts.render_who_line(context.hit)))
    blocks += paragraph_sections(context.paragraph, context.claim_spans)
    if context.after:
        blocks.append(parts.context(parts.escape_note(context.after)))
    blocks.append(claim_parts.article_context(context.hit, other_reports, details=details))
    if unread := claim_parts.unread_note(article):
        blocks.append(parts.context(unread))
    if claimed_outlet := claimed_outlet_note(article):
        blocks.append(parts.context(parts.escape_note(claimed_outlet)))
    if disputes := dispute_lines(context.hit):
        blocks.append(parts.context(parts.escape_note("\n".join(disputes))))
    if context.earlier:
        lines = [say("speakers.earlier_title"), *map(earlier_line, context.earlier)]
        blocks.append(parts.context("\n".join(map(parts.escape_note, lines))))
    if other_reports:
        blocks.append(parts.actions(claim_parts.other_reports_button(other_reports, claim.id)))
    return modals.modal(
        "context",
        [*blocks, *corrections],
        title="sharing.context_title",
        close="buttons.close",
        metadata=claim.id,
    )


def paragraph_sections(paragraph: str, bold_spans: Spans) -> Iterator[Block]:
    """Yield a paragraph as sections with `bold_spans` in bold.

    If the first bold span is far into a long paragraph, the text begins shortly before that span.
    """
    position, first_bold = 0, bold_spans[0][0] if bold_spans else 0
    if len(paragraph) > MAX_SECTION_LENGTH and first_bold > MAX_SECTION_LENGTH // 2:
        position = paragraph.rfind(" ", 0, first_bold - MAX_SECTION_LENGTH // 4) + 1
    for number in range(MAX_SECTIONS):
        rest = paragraph[position:]
        if not rest.strip():
            return
        is_last = number == MAX_SECTIONS - 1
        length = len(rest) if is_last else parts.length_of_words(rest, MAX_SECTION_LENGTH)
        prefix = "… " if position and not number else ""
        shift, section_end = position - len(prefix), len(prefix) + length
        shifted_spans = (
            (max(start - shift, len(prefix)), min(end - shift, section_end))
            for start, end in bold_spans
        )
        spans = tuple((start, end) for start, end in shifted_spans if start < end)
        yield parts.article_text_section(f"{prefix}{rest[:length]}", spans)
        position += length
