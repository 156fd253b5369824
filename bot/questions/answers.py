"""How well a claim answers a question, beyond the words of its content. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise

from bot.model import Claim, Hit
from bot.search.engine.ranking import is_stump
from bot.search.engine.words import stem, words
from bot.search.forms import Run, forms
from bot.search.holding import holds_figure
from bot.search.protocol import Found
from bot.search.wordings import telling_stem
from bot.statements.clauses import weight
from bot.statements.polarity import clauses
from bot.statements.sides import is_opposed, turned

_AROUND = 0.6
"""How much a word counts that stands around a content, in the sentences that print it, or in what
the article says of who said it."""
_NEAR = 0.4
"""The same for a word in the paragraph, or the one before it."""
_IN_ARTICLE = 0.2
"""The same for a word anywhere in the article."""
_DENSE, _FIGURE = 0.1, 0.15
"""What is added where a content tells nothing but what is asked, and for a figure beside its
words where one is asked for."""
_STUMP, _ASKED = 0.7, 0.8
"""Of the score, for what tells next to nothing by itself, and for what is a question itself."""
_UNSURE, _NOT_NAMED = 0.75, 0.95
"""Of the score where it is asked who says something, and that is unclear, or nobody's name."""
_SHORT = 4
"""Words that a text is taken to have at least that tell something."""
_BESIDE = 3
"""Between a word and the figure that is its own there are fewer words."""


_AGE = re.compile(r", \d{1,3}(?=[,.—–-])|\baged? (?:of )?\d|\b\d{1,3}[- ]years?[- ]old\b")
"""How an age is printed: "Norah Pell, 78"."""


def share_of(found: Found, said: float, hit: Hit, paragraph: str, article: str) -> float:
    """How well a claim answers by its words, of which its content has `said`; 1 and a little more
    where it has all of them."""
    claim, passage = hit.claim, hit.passage
    printed = f"{passage.text} {passage.introduction or ''}" if passage else ""
    share = said + _around(found.weights, claim, printed, paragraph, article)
    if not share:
        return 0.0
    ways = frozenset[Run]().union(*map(_ways, found.weights))
    share += _DENSE * _density(ways, claim.text)
    if "figure" in found.read.holding:
        share += _FIGURE * _has_figure_beside(_ways(next(iter(found.weights))), claim.text)
    if passage and passage.text.rstrip("”’\"' ").endswith("?"):
        share *= _ASKED
    stump = is_stump(claim.text, claim.kind, claim.stance, negative=claim.negative)
    if "speaker" in found.read.holding:
        share *= _UNSURE if claim.unsure else 1.0 if claim.source_kind == "named" else _NOT_NAMED
    return share * (_STUMP if stump else 1.0)


def opposes(asked: str, text: str) -> bool:
    """Whether a claim says that what was asked for is not so: those of its clauses do that come
    nearest to the words of the question."""
    for question in clauses(asked)[:1]:
        near = [
            (weight(question.stems & one.stems) + len(turned(question, one)), one)
            for one in clauses(text)
        ]
        most = max((shared for shared, _ in near), default=0)
        best = [one for shared, one in near if shared == most and shared]
        return bool(best) and all(is_opposed(question, one) for one in best)
    return False


def _around(
    weights: Mapping[str, float], claim: Claim, printed: str, paragraph: str, article: str
) -> float:
    """The share of some words that stand in what prints a claim, or for less in its paragraph or
    the one before it, or its article, and not in the claim itself."""
    own = _runs(" ".join(filter(None, (claim.text, claim.speaker, claim.source, claim.cue))))
    told, missing = 0.0, {one: weight for one, weight in weights.items() if not _ways(one) & own}
    if "old" in missing and _AGE.search(printed):
        told += missing.pop("old")
    for text, part in ((printed, _AROUND), (paragraph, _NEAR), (article, _IN_ARTICLE)):
        there = _runs(text) if missing else frozenset[Run]()
        found = {one for one in missing if _ways(one) & there}
        told += part * sum(missing.pop(one) for one in found)
    return told / sum(weights.values())


def _density(ways: Collection[Run], text: str) -> float:
    """Which share of what a text tells some words are."""
    told = [one for one in map(telling_stem, words(text)) if one]
    return sum((one,) in ways for one in told) / max(len(told), _SHORT)


def _has_figure_beside(ways: Collection[Run], text: str) -> bool:
    cut = words(text)
    there = [at for at, word in enumerate(cut) if (stem(word),) in ways]
    return any(
        holds_figure(word) for at in there for word in cut[max(0, at - _BESIDE) : at + _BESIDE + 1]
    )


def _runs(text: str) -> frozenset[Run]:
    """The stems of a text, and each two of them that stand side by side."""
    stems = [stem(word) for word in words(text)]
    return frozenset((*((one,) for one in stems), *pairwise(stems)))


def _ways(word: str) -> AbstractSet[Run]:
    """The runs of stems by which a word is found."""
    return forms(word).keys()
