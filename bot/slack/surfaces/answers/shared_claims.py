"""Claims that people share or cite in a channel, in their current state. Pure."""

from __future__ import annotations

from bot.model import CurrentClaim, Gone, Hit
from bot.slack import parts
from bot.slack.mrkdwn import escape
from bot.slack.parts import Message
from bot.slack.surfaces.answers.citation import Citation
from bot.wording.answers import gone_line
from bot.wording.runs import emphasised, shorten
from bot.words import say

MAX_TEXT_LENGTH = 1_000
"""Characters of a citation in a notification."""


def share_message(claim: CurrentClaim, person: str, other_reports: str | None = None) -> Message:
    """A shared claim in its current state, with where else it is reported."""
    by = say("claims.shared_by", person=f"<@{person}>")
    if not (hit := claim.hit):
        why = _gone_note(claim.gone)
        return Message(f"{why} – {by}", [parts.section(why), parts.context(by)])
    if claim.changed:
        by = f"{by} · {say('claims.changed_since_shared')}"
    text = f"{parts.claim_text(hit)} – {by}"
    opening = (
        [parts.buttons(parts.other_reports_button(other_reports, hit.claim.id))]
        if other_reports
        else []
    )
    return Message(
        text, [*parts.claim_blocks(hit, other_reports=other_reports), *opening, parts.context(by)]
    )


def cite_message(hit: Hit, citation: Citation, person: str, *, has_changed: bool) -> Message:
    """A cited claim in its current state: its sentence, or the quotation, and its article."""
    by = say("claims.cited_by", person=f"<@{person}>")
    if has_changed:
        by = f"{by} · {say('claims.changed_since_cited')}"
    text, spans = emphasised(citation.as_news)
    blocks = [parts.printed_section(text, spans), parts.article_context(hit.claim, hit.article)]
    return Message(f"{escape(shorten(text, MAX_TEXT_LENGTH))} – {by}", [*blocks, parts.context(by)])


def _gone_note(gone: Gone | None) -> str:
    return parts.note(gone_line(gone))
