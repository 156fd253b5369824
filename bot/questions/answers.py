"""Score how well a claim answers a question, as a weighted sum of features. Pure.

Most weights were fitted on our own questions, by the probability of the right claim among all
candidates; a few later ones, which put wrong answers behind, were set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bot.languages.wordlist import is_word
from bot.model import Claim, Hit
from bot.questions.words import is_form_of, word_list
from bot.search.engine.words import stem, words
from bot.search.forms import Stems, forms
from bot.search.protocol import SearchResult
from bot.search.roles import other_roles, term
from bot.search.text_features import has_date, has_figure, has_reason
from bot.search.tokenized import negates
from bot.statements.clauses import weight
from bot.statements.polarity import split_clauses
from bot.statements.sides import is_opposed, opposite_pairs

WEIGHTS: Mapping[str, float] = {
    # Of what the words tell, the share that stands in the claim or near it (its sentence, its
    # paragraph or the one before, its title), what stands elsewhere in the article only, and
    # whether nothing is missing.
    "near": 0.31,
    "elsewhere": 0.05,
    "whole": 0.11,
    # The share that stands in what is said, as the index has it.
    "said": 0.21,
    # Of the words of the question as it was asked, the share that its sentence prints, and that
    # its sentence or paragraph does.
    "sentence": 0.21,
    "paragraph": 0.21,
    # A reason, a day or a figure, where one is asked for.
    "reason": 0.14,
    "date": 0.09,
    "figure": 0.05,
    "direct": 0.04,
    "passed on": -0.05,
    # What is a question itself, and what was asked of others.
    "question": -0.06,
    "asked": -0.05,
    # What negates anything, where it is asked who says that something is so.
    "negated": -0.15,
    # Where it is asked what somebody said: what they would not say, and what is said by whoever is
    # theirs or near them.
    "refused": -0.15,
    "another's": -0.15,
    # What is said by those to whom somebody did it, where it is asked who did.
    "done to": -0.3,
    # What stands nowhere near a name that is asked about.
    "nameless": -0.15,
}

_MAX_DISTANCE = {"date": 5, "figure": 4}
"""Maximum distance in words of a date or figure from a word of the question."""
_WHOLE = 0.999
_AGE = re.compile(r", \d{1,3}(?=[,.—–-])|\baged? (?:of )?\d|\b\d{1,3}[- ]years?[- ]old\b")
"""How an age is printed: "Norah Pell, 78"."""


class PrintedContext(NamedTuple):
    """A claim's context in its article: its sentences, their paragraph with the one before, and the
    stem sequences of the whole article."""

    sentences: str
    paragraph: str
    article: AbstractSet[Stems]


class WordShare(NamedTuple):
    """Shares of the question's weight found in or near a claim, and elsewhere in its article."""

    near: float
    elsewhere: float


@dataclass(frozen=True)
class AnswerScorer:
    """Scores claims against a query's result and the words of the question."""

    found: SearchResult
    tokens: Sequence[str]

    def share(self, hit: Hit, printed: PrintedContext) -> WordShare:
        """The shares of the words' weight that are near the claim and elsewhere."""
        claim = hit.claim
        who = (claim.speaker, claim.source, claim.cue, claim.known_as)
        own = " ".join(filter(None, (claim.text, *who)))
        near = stems_and_pairs(
            f"{own} {printed.sentences} {printed.paragraph} {hit.article.title or ''}"
        )
        told = elsewhere = 0.0
        for word, tells in self.found.weights.items():
            share = 1.0 if word == "old" and _AGE.search(printed.sentences) else 0.0
            share = share or _best(self._ways[word], near)
            told += tells * share
            elsewhere += 0.0 if share else tells * _best(self._ways[word], printed.article)
        whole = sum(self.found.weights.values()) or 1.0
        return WordShare(told / whole, elsewhere / whole)

    def score(self, share: WordShare, said: float, hit: Hit, printed: PrintedContext) -> float:
        """Score a claim whose content has the share `said` of the words: about 1 if all of them are
        there."""
        return sum(
            WEIGHTS[name] * value for name, value in self._evidence(share, said, hit, printed)
        )

    def _evidence(
        self, share: WordShare, said: float, hit: Hit, printed: PrintedContext
    ) -> Sequence[tuple[str, float]]:
        claim, sentence = hit.claim, _stems(printed.sentences or hit.claim.text)
        return (
            *zip(WordShare._fields, share, strict=True),
            ("whole", self._is_whole(share)),
            ("said", said),
            ("sentence", self._part_in(sentence)),
            ("paragraph", self._part_in(sentence | _stems(printed.paragraph))),
            ("reason", "why" in self.tokens and has_reason(f"{claim.text} {claim.cue or ''}")),
            ("date", self._holds("date", has_date, claim)),
            ("figure", self._holds("figure", has_figure, claim)),
            ("direct", claim.type == "direct"),
            ("passed on", bool(claim.via)),
            ("question", printed.sentences.rstrip("”’\"' ").endswith("?")),
            ("asked", claim.stance == "asked"),
            ("negated", self._is_asked_who_says and negates(claim.text)),
            ("refused", self._is_asked_of_somebody and claim.negative),
            ("another's", self._is_of_another(claim)),
            ("nameless", self._is_nameless(hit, printed)),
            ("done to", not self._done_to.isdisjoint(_stems(claim.speaker or claim.source or ""))),
        )

    def _is_whole(self, share: WordShare) -> bool:
        return min(share.near + share.elsewhere, 1.0) >= _WHOLE

    def _part_in(self, there: AbstractSet[str]) -> float:
        told = self._telling
        return sum(one in there for one in told) / max(1, len(told))

    def _holds(self, name: str, holds: Callable[[str], bool], claim: Claim) -> bool:
        """Whether a date or figure, if asked for, is close to a word of the question."""
        if name not in self.found.query.features:
            return False
        cut = words(claim.text)
        asked = [at for at, word in enumerate(cut) if (stem(word),) in self._all_ways]
        held = [at for at, word in enumerate(cut) if asked and holds(word)]
        return any(abs(one - other) <= _MAX_DISTANCE[name] for one in asked for other in held)

    @cached_property
    def _is_asked_of_somebody(self) -> bool:
        return bool(self.found.query.speakers) and "denied" not in self.found.query.stances

    def _is_nameless(self, hit: Hit, printed: PrintedContext) -> bool:
        """Whether a claim stands nowhere near any of the names that are asked about."""
        names = [stem(one) for one in self.found.weights if one[0].isalpha() and not is_word(one)]
        who = f"{hit.claim.speaker} {hit.claim.known_as} {hit.article.title}"
        near = f"{hit.claim.text} {printed.sentences} {printed.paragraph} {who}"
        return bool(names) and _stems(near).isdisjoint(names)

    def _is_of_another(self, claim: Claim) -> bool:
        """Whether who is asked about only says who the speaker is: "Roe's aide" for Roe."""
        by = {term(words(one)) for one in self.found.query.speakers}
        return bool(by) and not by.isdisjoint(other_roles(claim.source or ""))

    @cached_property
    def _done_to(self) -> frozenset[str]:
        """The stems of whom it is asked who accused, blamed, praised: what stands right behind."""
        if self.tokens[:1] not in (("who",), ("whom",)):
            return frozenset()
        at = next((n for n, one in enumerate(self.tokens[:4]) if is_form_of(one, "done_to")), None)
        behind = self.tokens[at + 1 :] if at else ()
        named = [one for one in behind if one not in word_list("articles")][:1]
        return _stems(" ".join(named).removesuffix("'s"))

    @cached_property
    def _is_asked_who_says(self) -> bool:
        return bool(self.found.query.not_stances) and not negates(" ".join(self.tokens))

    @cached_property
    def _ways(self) -> Mapping[str, Mapping[Stems, float]]:
        return {word: forms(word) for word in self.found.weights}

    @cached_property
    def _all_ways(self) -> AbstractSet[Stems]:
        return frozenset[Stems]().union(*self._ways.values())

    @cached_property
    def _telling(self) -> Sequence[str]:
        """The stems of the question's words, but for those that only make it a question."""
        asked = (
            word for one in self.tokens for word in words(one) if one not in word_list("asking")
        )
        return tuple(map(stem, asked))


def stems_and_pairs(text: str) -> frozenset[Stems]:
    """The stems of a text, and each pair of neighbours."""
    stems = [stem(word) for word in words(text)]
    return frozenset((*((one,) for one in stems), *pairwise(stems)))


def denies(asked: str, text: str) -> bool:
    """Whether a claim denies what was asked for: all of its clauses nearest to the question's words
    do."""
    for question in split_clauses(asked)[:1]:
        near = [
            (weight(question.stems & one.stems) + len(opposite_pairs(question, one)), one)
            for one in split_clauses(text)
        ]
        most = max((shared for shared, _ in near), default=0)
        best = [one for shared, one in near if shared == most and shared]
        return bool(best) and all(is_opposed(question, one) for one in best)
    return False


def _best(ways: Mapping[Stems, float], there: AbstractSet[Stems]) -> float:
    return max((share for run, share in ways.items() if run in there), default=0.0)


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))
