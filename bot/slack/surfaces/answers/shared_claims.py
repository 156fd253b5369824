"""Claims that people share or cite in a channel, in their current state. No I/O."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import CurrentClaim, Hit
from bot.slack import claim_parts, parts
from bot.slack.mrkdwn import escape
from bot.slack.parts import Message
from bot.slack.surfaces.answers.citation import Citation
from bot.wording.answers import gone_line
from bot.wording.runs import shorten, split_emphasis
from bot.words import say

MAX_TEXT_LENGTH = 1_000
"""The number of characters of a citation in a notification."""


def share_message(
    claim: CurrentClaim,
    person: str,
    other_reports: str | None = None,
    disputes: Sequence[str] = (),
) -> Message:
    """Render a shared claim in its current state.

    `other_reports` names other outlets, and `disputes` say who disputes the claim.
    """
    shared_by = say("claims.shared_by", person=f"<@{person}>")
    if not (hit := claim.hit):
        reason = parts.escape_note(gone_line(claim.gone))
        return Message(f"{reason} – {shared_by}", [parts.section(reason), parts.context(shared_by)])
    if claim.changed:
        shared_by = f"{shared_by} · {say('claims.changed_since_shared')}"
    blocks = claim_parts.claim_blocks(hit, other_reports)
    if disputes:
        note = "\n".join(disputes)
        blocks.append(parts.context(parts.escape_note(note, claim_parts.MAX_ESCAPED_NOTES_LENGTH)))
    if other_reports:
        blocks.append(parts.actions(claim_parts.other_reports_button(other_reports, hit.claim.id)))
    text = "\n".join([claim_parts.claim_text(hit), *map(parts.escape_note, disputes)])
    return Message(f"{text} – {shared_by}", [*blocks, parts.context(shared_by)])


def cite_message(hit: Hit, citation: Citation, person: str, *, has_changed: bool) -> Message:
    """Render a cited claim in its current state: its sentence or quotation, and its article."""
    cited_by = say("claims.cited_by", person=f"<@{person}>")
    if has_changed:
        cited_by = f"{cited_by} · {say('claims.changed_since_cited')}"
    text, spans = split_emphasis(citation.text)
    blocks = [
        parts.article_text_section(text, spans),
        claim_parts.article_context(hit),
        parts.context(cited_by),
    ]
    return Message(f"{escape(shorten(text, MAX_TEXT_LENGTH))} – {cited_by}", blocks)
