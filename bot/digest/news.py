"""Decide which claims are news rather than list items, fragments or boilerplate. No I/O."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from bot.model import Hit

# A dash must be followed by a space, since a long dash also opens quotations.
LIST_ITEM = re.compile(r"\s*(?:[-–•·*▪‣]|\d{1,2}[.)])\s+\S")
SENTENCE = re.compile(r"\W*[^\W_a-z].*[.?!…][”’\"')\]»*_]*\s*", re.DOTALL)

MIN_REPEATS = 3
"""A sentence that an outlet prints in this many articles of one day is boilerplate."""

SentenceKey = tuple[str | None, ...]
"""Outlet, text, cue and source."""


class PrintedClaim(NamedTuple):
    """A claim as an article prints it; `is_earlier` means before the digest's period."""

    family: str
    outlet: str | None
    text: str
    cue: str | None
    source: str | None
    is_earlier: bool = False

    @property
    def sentence_key(self) -> SentenceKey:
        """The key by which an outlet's repeated sentences are recognised."""
        return self.outlet, self.text, self.cue, self.source


def is_news(hit: Hit) -> bool:
    """Whether a claim's passage is a sentence of the article's text, rather than a list item, a
    heading or a fragment cut off at an abbreviation."""
    if hit.passage is None:
        return True
    text = hit.passage.text
    if LIST_ITEM.match(text):
        return False
    is_whole = bool(SENTENCE.fullmatch(text)) and text.count("(") == text.count(")")
    return is_whole or hit.claim.kind == "attribution"


def find_boilerplate(hits: Iterable[Hit], printed: Iterable[PrintedClaim]) -> Collection[str]:
    """Return the ids of claims that are boilerplate or background.

    A claim is background if its outlet has printed it in an earlier article that is not a copy of
    this one, and boilerplate if the outlet prints it in several articles of the day. `printed` are
    the claims to compare with.
    """
    families: defaultdict[SentenceKey, set[str]] = defaultdict(set)
    earlier_families: defaultdict[SentenceKey, set[str]] = defaultdict(set)
    for claim in printed:
        families[claim.sentence_key].add(claim.family)
        if claim.is_earlier:
            earlier_families[claim.sentence_key].add(claim.family)
    ids = []
    for hit in hits:
        article = hit.article
        key = article.outlet, hit.claim.text, hit.claim.cue, hit.claim.source
        is_background = earlier_families[key] - {article.family_id}
        if article.outlet and (is_background or len(families[key]) >= MIN_REPEATS):
            ids.append(hit.claim.id)
    return ids
