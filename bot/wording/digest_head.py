"""The sentences at the head of a digest, worded as Cite does. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.digest import matches_title
from bot.model import Digest, DigestRow, Hit
from bot.wording import digests as wording
from bot.wording.answers import counted
from bot.wording.cite.sentence import sentence
from bot.wording.runs import Run, Runs, plain
from bot.words import say

MAX_LENGTH = 240
"""Characters of a sentence at the head, which notifications show too."""


def head(digest: Digest) -> list[Runs]:
    """Give the claim most reported and the first dispute.

    If there is neither, the best row whose sentence is about its article's headline. Claims that
    were not said, and refusals, are left out.
    """
    rows = [row for part in digest.sections if part.kind != "changes" for row in part.rows]
    reported = sorted(rows, key=lambda row: -_outlets(row))
    found = [
        _first(_labelled(_reported_by(row), _own(row)) for row in reported if _outlets(row)),
        _first(_labelled(say("digests.head_disputed"), _denial(row)) for row in rows),
    ]
    out = [one for one in found if one]
    best = sorted(rows, key=lambda row: -sum(reason.points for reason in row.reasons))
    first = None if out else _first(map(_headline, map(_own, best)))
    return [first] if first else out


def head_line(digest: Digest) -> str:
    """The heading and the head as one line, for notifications."""
    heading = wording.heading(digest)
    if not digest.claims:
        return heading
    return " ".join([f"{heading}.", *map(plain, head(digest))])


def _outlets(row: DigestRow) -> int:
    """How many outlets report a row's claim; 0 if only one does."""
    counted_then = next((reason.value for reason in row.reasons if reason.kind == "outlets"), 0)
    number = min(int(counted_then or 0), len(wording.other_outlets(row)) + 1)
    return number if number > 1 else 0


def _reported_by(row: DigestRow) -> str:
    return say("digests.head_reported", outlets=counted(_outlets(row), "outlet"))


def _own(row: DigestRow) -> Hit | None:
    return row.current.hit


def _denial(row: DigestRow) -> Hit | None:
    """The first denial of a row: a reader can tell from it what is denied."""
    return row.disputes[0].hit if row.disputes and row.current.hit else None


def _labelled(label: str, hit: Hit | None) -> Runs | None:
    found = _sentence(hit)
    return (Run(f"{label} "), *found) if found else None


def _sentence(hit: Hit | None) -> Runs | None:
    """The sentence of a claim that was said, if one can be made that is short enough."""
    if hit is None or hit.claim.negative or hit.claim.unsure:
        return None
    found = sentence(hit)
    return found if found and len(plain(found)) <= MAX_LENGTH else None


def _headline(hit: Hit | None) -> Runs | None:
    """The sentence of a claim, if it is about its article's headline."""
    if hit is None or not (hit.claim.speaker or hit.claim.source):
        return None  # the article's own words would read as ours
    found = _sentence(hit)
    return found if found and matches_title(hit.article.title, plain(found)) else None


def _first(found: Iterable[Runs | None]) -> Runs | None:
    some: Iterator[Runs] = (one for one in found if one)
    return next(some, None)
