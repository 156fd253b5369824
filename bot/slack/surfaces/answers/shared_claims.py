"""Claims that people share or cite in a channel, in their current state. Pure."""

from __future__ import annotations

from bot.model import CurrentClaim, Gone, Hit
from bot.slack import parts
from bot.slack.mrkdwn import inert
from bot.slack.parts import Message
from bot.slack.surfaces.answers.citation import Citation
from bot.wording.answers import gone_line
from bot.wording.runs import shorten, split_emphasis
from bot.words import say

LONGEST_TEXT = 1_000
"""Characters of a citation in a notification."""


def share_message(claim: CurrentClaim, person: str, also: str | None = None) -> Message:
    """A shared claim in its current state, with where else it is reported."""
    by = say("claims.shared_by", person=f"<@{person}>")
    if not (hit := claim.hit):
        why = _gone_note(claim.gone)
        return Message(f"{why} – {by}", [parts.section(why), parts.context(by)])
    if claim.changed:
        by = f"{by} · {say('claims.changed_since_shared')}"
    text = f"{parts.claim_text(hit)} – {by}"
    opening = [parts.buttons(parts.elsewhere_button(also, hit.claim.id))] if also else []
    return Message(text, [*parts.claim_blocks(hit, also=also), *opening, parts.context(by)])


def cite_message(hit: Hit, made: Citation, person: str, *, changed: bool) -> Message:
    """A cited claim in its current state: its sentence, or the quotation, and its article."""
    by = say("claims.cited_by", person=f"<@{person}>")
    if changed:
        by = f"{by} · {say('claims.changed_since_cited')}"
    text, spans = split_emphasis(made.as_news)
    blocks = [parts.printed_section(text, spans), parts.where(hit.claim, hit.article)]
    return Message(f"{inert(shorten(text, LONGEST_TEXT))} – {by}", [*blocks, parts.context(by)])


def _gone_note(gone: Gone | None) -> str:
    return parts.note(gone_line(gone))
