"""The sentences at the head of a digest, worded as Cite words them. No I/O."""

from __future__ import annotations

from collections.abc import Iterable

from bot.digest import matches_title
from bot.model import Digest, DigestRow, Hit
from bot.wording.answers import with_noun
from bot.wording.cite.sentence import make_sentence
from bot.wording.digests import digests as wording
from bot.wording.runs import Run, Runs, plain_text
from bot.words import say

MAX_LENGTH = 240
"""Characters of a sentence at the head, which notifications show, too."""


def head_sentences(digest: Digest) -> list[Runs]:
    """Return the most reported claim and the first dispute.

    If there is neither, return the best row whose sentence is about its article's headline. Claims
    that were not said, and refusals, are left out.
    """
    rows = [row for part in digest.sections if part.kind != "changes" for row in part.rows]
    reported = sorted(rows, key=lambda row: -_count_outlets(row))
    most_reported = _first(
        _with_label(
            say("digests.head_reported", outlets=with_noun(number, "outlet")), row.current.hit
        )
        for row in reported
        if (number := _count_outlets(row))
    )
    disputed = _first(_with_label(say("digests.head_disputed"), _denial(row)) for row in rows)
    if sentences := [runs for runs in (most_reported, disputed) if runs]:
        return sentences
    best = sorted(rows, key=lambda row: -sum(reason.points for reason in row.reasons))
    first = _first(_headline(row.current.hit) for row in best)
    return [first] if first else []


def head_line(digest: Digest) -> str:
    """Return the heading and the head as one line, for notifications."""
    heading = wording.heading(digest)
    if not digest.claims:
        return heading
    return " ".join([f"{heading}.", *map(plain_text, head_sentences(digest))])


def _count_outlets(row: DigestRow) -> int:
    """Return how many outlets report a row's claim, or 0 if only one does."""
    reported_count = next((reason.value for reason in row.reasons if reason.kind == "outlets"), 0)
    number = min(int(reported_count or 0), len(wording.other_outlets(row)) + 1)
    return number if number > 1 else 0


def _denial(row: DigestRow) -> Hit | None:
    """The first denial of a row: it tells a reader what is denied."""
    return row.disputes[0].hit if row.disputes and row.current.hit else None


def _with_label(label: str, hit: Hit | None) -> Runs | None:
    runs = _sentence(hit)
    return (Run(f"{label} "), *runs) if runs else None


def _sentence(hit: Hit | None) -> Runs | None:
    """The sentence of a claim that was said, if there is one that is short enough."""
    if hit is None or hit.claim.negative or hit.claim.is_unresolved:
        return None
    runs = make_sentence(hit)
    return runs if runs and len(plain_text(runs)) <= MAX_LENGTH else None


def _headline(hit: Hit | None) -> Runs | None:
    """The sentence of a claim, if it is about its article's headline."""
    if hit is None or not (hit.claim.speaker or hit.claim.source):
        return None  # the article's own words would read as the bot's
    runs = _sentence(hit)
    return runs if runs and matches_title(hit.article.title, plain_text(runs)) else None


def _first(sentences: Iterable[Runs | None]) -> Runs | None:
    return next(filter(None, sentences), None)
