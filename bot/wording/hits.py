"""The who-line and the passage of a hit, for every surface. No I/O."""

from __future__ import annotations

from dataclasses import replace

from bot.model import FOREIGN_PARAGRAPH, Hit, Spans
from bot.wording.language_names import language_name
from bot.wording.passage import MAX_LENGTH, shorten_passage
from bot.wording.runs import Run, Runs, shorten
from bot.wording.who_line import is_part_of_name
from bot.wording.who_line import who_line as of_claim
from bot.words import say


def who_line(hit: Hit) -> Runs:
    """Say who says a claim, how, and through whom; or that its language is not supported."""
    if hit.claim.kind == FOREIGN_PARAGRAPH:
        return (Run(say("who.unread", language=language_name(hit.article.language))),)
    return of_claim(hit.claim, hit.passage, outlet=hit.article.outlet, role=hit.role)


def shown_passage(hit: Hit, max_length: int = MAX_LENGTH) -> tuple[str, Spans]:
    """Return the shortened passage of a claim and the matches in it, or its content if it has no
    passage."""
    if hit.passage:
        return shorten_passage(hit.passage, hit.passage_matches, max_length)
    text = shorten(hit.claim.text, max_length)
    return text, tuple(
        (start, min(end, len(text))) for start, end in hit.text_matches if start < len(text)
    )


def without_guess(hit: Hit) -> Hit:
    """Return a hit without the guess at its speaker, for what people post.

    A source with words of that name is the guess itself: the name printed nearest.
    """
    claim = hit.claim
    if not claim.guess:
        return hit
    source = None if is_part_of_name(claim.source or "", claim.guess) else claim.source
    return replace(hit, claim=replace(claim, guess=None, source=source))
