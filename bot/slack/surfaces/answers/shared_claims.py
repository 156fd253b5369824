"""Claims that people share or cite in a channel: the message that their modal shows, that is posted
and that is updated when the claim changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from bot.model import CurrentClaim, Hit, ShareKind
from bot.newsroom import Newsroom
from bot.slack import claim_parts, parts
from bot.slack.mrkdwn import escape
from bot.slack.parts import Block, Message
from bot.slack.surfaces.answers.citation import Citation, make_citation, unsure_note
from bot.slack.surfaces.answers.reports import other_reports_note
from bot.wording.answers import claimed_outlet_note, gone_line
from bot.wording.hits import without_guess
from bot.wording.notes import dispute_lines
from bot.wording.runs import shorten
from bot.words import say

MAX_TEXT_LENGTH = 1_000
"""The number of characters of a citation in a notification."""
MAX_ESCAPED_NOTE_LENGTH = 240
"""The number of escaped characters of a note; twelve notes share a block."""


def load_citation(newsroom: Newsroom, hit: Hit) -> Citation:
    """Return the texts of a claim to copy, with what people have corrected and what disputes it."""
    claim_id, lookup = hit.claim.id, newsroom.corrections.lookup
    return make_citation(
        hit,
        lookup.corrected_fields(claim_id),
        lookup.unprinted_name(claim_id),
        dispute_lines(hit),
    )


def shared_message(
    newsroom: Newsroom, kind: ShareKind, claim: CurrentClaim, person: str
) -> Message:
    """Render a claim that a person shares or cites, in its current state."""
    is_cited = kind == "cite"
    posted_by = say("claims.cited_by" if is_cited else "claims.shared_by", person=f"<@{person}>")
    if not (hit := claim.hit):
        return gone_message(claim, posted_by)
    if claim.changed:
        changed = say(f"claims.changed_since_{'cited' if is_cited else 'shared'}")
        posted_by = f"{posted_by} · {changed}"
    if is_cited:
        return cite_message(hit, load_citation(newsroom, hit), posted_by)
    other_reports = other_reports_note(newsroom, hit.claim.id)
    return share_message(hit, posted_by, other_reports)


def share_message(hit: Hit, posted_by: str, other_reports: str | None = None) -> Message:
    """Render a shared claim, with where else it is reported and what to know about it."""
    notes = [*dispute_lines(hit), *([unsure_note(hit)] if hit.claim.guess else [])]
    notes += filter(None, [claimed_outlet_note(hit.article)])
    hit = without_guess(hit)
    blocks = [*claim_parts.claim_blocks(hit, other_reports), *_note_blocks(notes)]
    if other_reports:
        blocks.append(parts.actions(claim_parts.other_reports_button(other_reports, hit.claim.id)))
    text = "\n".join([claim_parts.claim_text(hit), *map(parts.escape_note, notes)])
    return Message(f"{text} – {posted_by}", [*blocks, parts.context(posted_by)])


def gone_message(claim: CurrentClaim, posted_by: str) -> Message:
    """Say why a posted claim is gone."""
    reason = parts.escape_note(gone_line(claim.gone))
    return Message(f"{reason} – {posted_by}", [parts.section(reason), parts.context(posted_by)])


def cite_message(hit: Hit, citation: Citation, posted_by: str) -> Message:
    """Render a cited claim: its text, letter by letter, its article and what to know about it."""
    blocks = [
        {"type": "section", "text": parts.plain_text(citation.text, parts.MAX_SECTION_LENGTH)},
        claim_parts.article_context(hit),
        *_note_blocks(citation.warnings),
        parts.context(posted_by),
    ]
    return Message(f"{escape(shorten(citation.text, MAX_TEXT_LENGTH))} – {posted_by}", blocks)


def message_digest(message: Message) -> str:
    """Return a digest of what people see of a message."""
    return hashlib.sha256(json.dumps(message.blocks).encode()).hexdigest()[:32]


def withdraw_row(key: str) -> Block:
    """The button that withdraws the message with a key."""
    return parts.actions(parts.button(say("buttons.withdraw_post"), "withdraw_post", key))


def _note_blocks(notes: Sequence[str]) -> list[Block]:
    # Each note is cut on its own, so that a long one leaves space for the others.
    lines = [parts.escape_note(note, MAX_ESCAPED_NOTE_LENGTH) for note in notes]
    return [parts.context("\n".join(lines))] if lines else []
