"""Which claims are news: no item of a list, no piece of a sentence, nothing known. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from bot.model import Hit

# A dash with a blank behind it; the longer one opens what somebody says, too.
LIST_ITEM = re.compile(r"\s*(?:[-–•·*▪‣]|\d{1,2}[.)])\s+\S")
SENTENCE = re.compile(r"\W*[^\W_a-z].*[.?!…][”’\"')\]»*_]*\s*", re.DOTALL)


MIN_REPEATS = 3
"""Articles of one day in which an outlet prints a sentence that is no news of any of them."""


class PrintedClaim(NamedTuple):
    """A claim as an article prints it; `is_earlier` than the digest's window."""

    family: str
    outlet: str | None
    text: str
    cue: str | None
    source: str | None
    is_earlier: bool = False

    @property
    def sentence(self) -> tuple[str | None, ...]:
        """By what it is told that an outlet prints one sentence again."""
        return self.outlet, self.text, self.cue, self.source


def is_news(hit: Hit) -> bool:
    """Whether a claim with its passage is told in a sentence of the article's text, and not in an
    item of a list, a heading, or what is cut off at an abbreviation."""
    if hit.passage is None:
        return True
    text = hit.passage.text
    if LIST_ITEM.match(text):
        return False
    is_whole = bool(SENTENCE.fullmatch(text)) and text.count("(") == text.count(")")
    return is_whole or hit.claim.kind == "attribution"


def boilerplate(hits: Iterable[Hit], printed: Iterable[PrintedClaim]) -> Collection[str]:
    """The ids of those claims that are standing phrases: of the claims as they are `printed`, their
    outlet has the same to the letter in an article of another family before, or in several of one
    day. It says so under each of its articles, or only recalls it."""
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
        is_recalled = before.get(sentence, set()) - {article.family}
        if article.outlet and (is_recalled or len(ever.get(sentence, ())) >= MIN_REPEATS):
            out.append(claim.id)
    return out
