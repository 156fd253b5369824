"""What every surface shows of a claim that was found: the who-line and the passage. Pure."""

from __future__ import annotations

from bot.model import FOREIGN_PARAGRAPH, Hit, Spans
from bot.wording.language_names import language_name
from bot.wording.passage import MAX_LENGTH, shorten_passage
from bot.wording.runs import Run, Runs, shorten
from bot.wording.who import who_line as of_claim
from bot.words import say


def who_line(hit: Hit) -> Runs:
    """Who says a claim, with which force, through whom; or that nobody has read it for claims."""
    if hit.claim.kind == FOREIGN_PARAGRAPH:
        return (Run(say("who.unread", language=language_name(hit.article.language))),)
    return of_claim(hit.claim, hit.passage, outlet=hit.article.outlet, role=hit.role)


def shown_passage(hit: Hit, longest: int = MAX_LENGTH) -> tuple[str, Spans]:
    """The passage of a claim as it is shown, with what matched in it; of one that was made
    elsewhere, its content."""
    if hit.passage:
        return shorten_passage(hit.passage, hit.matched_in_passage, longest)
    text = shorten(hit.claim.text, longest)
    return text, tuple((s, min(e, len(text))) for s, e in hit.matched if s < len(text))
