"""Decide which claims are news: not list items, fragments or boilerplate. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from bot.model import Hit

# A dash needs a blank behind it, since a long dash also opens quotations.
LIST_ITEM = re.compile(r"\s*(?:[-–•·*▪‣]|\d{1,2}[.)])\s+\S")
SENTENCE = re.compile(r"\W*[^\W_a-z].*[.?!…][”’\"')\]»*_]*\s*", re.DOTALL)


MIN_REPEATS = 3
"""A sentence that an outlet prints in so many articles of one day is boilerplate."""


class PrintedClaim(NamedTuple):
    """A claim as an article prints it; `is_earlier`: before the digest's window."""

    family: str
    outlet: str | None
    text: str
    cue: str | None
    source: str | None
    is_earlier: bool = False

    @property
    def sentence(self) -> tuple[str | None, ...]:
        """The key by which an outlet's repeated sentences are recognised."""
        return self.outlet, self.text, self.cue, self.source


def is_news(hit: Hit) -> bool:
    """Whether a claim's passage is a sentence of the article's text, not a list item, a heading or
    a fragment cut off at an abbreviation."""
    if hit.passage is None:
        return True
    text = hit.passage.text
    if LIST_ITEM.match(text):
        return False
    is_whole = bool(SENTENCE.fullmatch(text)) and text.count("(") == text.count(")")
    return is_whole or hit.claim.kind == "attribution"


def boilerplate(hits: Iterable[Hit], printed: Iterable[PrintedClaim]) -> Collection[str]:
    """The ids of claims that are boilerplate or background: among the `printed` claims, the outlet
    has the same text in an earlier article that is no copy of this one, or in several articles of
    one day."""
    before: dict[tuple[str | None, ...], set[str]] = {}
    ever: dict[tuple[str | None, ...], set[str]] = {}
    for one in printed:
        ever.setdefault(one.sentence, set()).add(one.family)
        if one.is_earlier:
            before.setdefault(one.sentence, set()).add(one.family)
    out = []
    for hit in hits:
        claim, article = hit.claim, hit.article
        sentence = article.outlet, claim.text, claim.cue, claim.source
        is_recalled = before.get(sentence, set()) - {article.family_id}
        if article.outlet and (is_recalled or len(ever.get(sentence, ())) >= MIN_REPEATS):
            out.append(claim.id)
    return out
