"""Score how well a claim answers a question, as a weighted sum of features. Pure.

Most weights were fitted on our own questions, to maximise the probability of the right claim among
all candidates; a few later ones, which lower the rank of wrong answers, were set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.languages.wordlist import is_word
from bot.model import Claim, Hit
from bot.questions.words import is_form_of, word_list
from bot.search.engine.words import stem, words
from bot.search.forms import Stems, forms, stems_and_pairs
from bot.search.protocol import SearchResult
from bot.search.roles import other_roles, term
from bot.search.text_features import has_date, has_figure, has_reason
from bot.search.tokenized import negates
from bot.statements.clauses import total_weight
from bot.statements.polarity import split_clauses
from bot.statements.sides import find_opposite_pairs, is_opposed

WEIGHTS: Mapping[str, float] = {
    # The share of the question's weight whose words are in the claim or near it: in its sentence,
    # its paragraph or the one before, or its title.
    "nearby": 0.31,
    # The share whose words are only elsewhere in the article.
    "elsewhere": 0.05,
    # All words of the question are in the claim, near it or elsewhere.
    "complete": 0.11,
    # The share whose words are in the claim's content, according to the index.
    "content": 0.21,
    # The share of the question's original words in the claim's sentence, and in its sentence or
    # paragraph.
    "sentence": 0.21,
    "paragraph": 0.21,
    # The claim has a reason, date or figure, if the question asks for one.
    "reason": 0.14,
    "date": 0.09,
    "figure": 0.05,
    # The claim is a direct quotation.
    "direct": 0.04,
    # The claim was reported by somebody else than its speaker.
    "second-hand": -0.05,
    # The claim's sentence is a question, or the claim reports one.
    "is question": -0.06,
    "reports question": -0.05,
    # The claim has a negation, and the question asks who says that something is so.
    "negated": -0.15,
    # The question asks what somebody said, and the claim was not said ("declined to comment").
    "refused": -0.15,
    # The question asks what somebody said, and the claim is by somebody close to them.
    "other speaker": -0.15,
    # The question asks who did something to somebody, and the claim is by that person.
    "affected person": -0.3,
    # No name of the question is near the claim.
    "name missing": -0.15,
}

_MAX_DISTANCE = {"date": 5, "figure": 4}
"""Maximum distance in words of a date or figure from a word of the question."""
_COMPLETE_SHARE = 0.999
_AGE = re.compile(r", \d{1,3}(?=[,.—–-])|\baged? (?:of )?\d|\b\d{1,3}[- ]years?[- ]old\b")
"""An age in an article: "Norah Pell, 78"."""


class PrintedContext(NamedTuple):
    """A claim's context in its article: its sentences, their paragraph with the previous one, and
    the stems and pairs of stems of the whole article."""

    sentences: str
    paragraph: str
    article_stems: AbstractSet[Stems]


class WordShare(NamedTuple):
    """Shares of the question's weight found in or near a claim, and elsewhere in its article."""

    nearby: float
    elsewhere: float


@dataclass(frozen=True)
class AnswerScorer:
    """Scores claims by the weights in a query's result and by the words of the question."""

    result: SearchResult
    tokens: Sequence[str]

    def share(self, hit: Hit, context: PrintedContext) -> WordShare:
        """The shares of the question's weight whose words are near the claim, and elsewhere."""
        claim = hit.claim
        who = (claim.speaker, claim.source, claim.cue, claim.known_as)
        claim_text = " ".join(filter(None, (claim.text, *who)))
        title = hit.article.title or ""
        nearby_stems = stems_and_pairs(
            f"{claim_text} {context.sentences} {context.paragraph} {title}"
        )
        nearby = elsewhere = 0.0
        for word, word_weight in self.result.weights.items():
            if word == "old" and _AGE.search(context.sentences):
                nearby += word_weight
            elif share := _best_share(self._forms[word], nearby_stems):
                nearby += word_weight * share
            else:
                elsewhere += word_weight * _best_share(self._forms[word], context.article_stems)
        total = sum(self.result.weights.values()) or 1.0
        return WordShare(nearby / total, elsewhere / total)

    def score(
        self, share: WordShare, content_share: float, hit: Hit, context: PrintedContext
    ) -> float:
        """Return a claim's score: about 1 if it has all words of the question.

        `content_share` is the share of their weight whose words are in the claim's content.
        """
        return sum(
            WEIGHTS[name] * value
            for name, value in self._features(share, content_share, hit, context)
        )

    def _features(
        self, share: WordShare, content_share: float, hit: Hit, context: PrintedContext
    ) -> Sequence[tuple[str, float]]:
        claim, sentence = hit.claim, _stems(context.sentences or hit.claim.text)
        return (
            *zip(WordShare._fields, share, strict=True),
            ("complete", min(share.nearby + share.elsewhere, 1.0) >= _COMPLETE_SHARE),
            ("content", content_share),
            ("sentence", self._token_share(sentence)),
            ("paragraph", self._token_share(sentence | _stems(context.paragraph))),
            ("reason", "why" in self.tokens and has_reason(f"{claim.text} {claim.cue or ''}")),
            ("date", self._has_nearby("date", has_date, claim)),
            ("figure", self._has_nearby("figure", has_figure, claim)),
            ("direct", claim.type == "direct"),
            ("second-hand", bool(claim.via)),
            ("is question", context.sentences.rstrip("”’\"' ").endswith("?")),
            ("reports question", claim.stance == "asked"),
            ("negated", self._asks_who_says and negates(claim.text)),
            ("refused", self._asks_what_was_said and claim.negative),
            ("other speaker", self._is_other_speaker(claim)),
            ("name missing", self._lacks_names(hit, context)),
            (
                "affected person",
                not self._affected_person.isdisjoint(_stems(claim.speaker or claim.source or "")),
            ),
        )

    def _token_share(self, stems: AbstractSet[str]) -> float:
        tokens = self._token_stems
        return sum(token in stems for token in tokens) / max(1, len(tokens))

    def _has_nearby(self, name: str, detect: Callable[[str], bool], claim: Claim) -> bool:
        """Whether a date or figure, if asked for, is close to a word of the question."""
        if name not in self.result.query.features:
            return False
        claim_words = list(enumerate(words(claim.text)))
        asked_indexes = [n for n, word in claim_words if (stem(word),) in self._all_forms]
        feature_indexes = [n for n, word in claim_words if asked_indexes and detect(word)]
        return any(
            abs(asked_index - feature_index) <= _MAX_DISTANCE[name]
            for asked_index in asked_indexes
            for feature_index in feature_indexes
        )

    @cached_property
    def _asks_what_was_said(self) -> bool:
        """Whether the question asks what somebody said, rather than denied."""
        return bool(self.result.query.speakers) and "denied" not in self.result.query.stances

    def _lacks_names(self, hit: Hit, context: PrintedContext) -> bool:
        """Whether no name that the question asks about is near a claim."""
        weights = self.result.weights
        names = [stem(word) for word in weights if word[0].isalpha() and not is_word(word)]
        who = f"{hit.claim.speaker} {hit.claim.known_as} {hit.article.title}"
        nearby_text = f"{hit.claim.text} {context.sentences} {context.paragraph} {who}"
        return bool(names) and _stems(nearby_text).isdisjoint(names)

    def _is_other_speaker(self, claim: Claim) -> bool:
        """Whether the claim's source only mentions the question's speaker: "Roe's aide" for Roe."""
        asked_terms = {term(words(name)) for name in self.result.query.speakers}
        return bool(asked_terms) and not asked_terms.isdisjoint(other_roles(claim.source or ""))

    @cached_property
    def _affected_person(self) -> frozenset[str]:
        """The stems of the person who was accused, blamed or praised, if the question asks who did
        it: the first word after the verb."""
        if self.tokens[:1] not in (("who",), ("whom",)):
            return frozenset()
        first_tokens = enumerate(self.tokens[:4])
        verb_index = next(
            (index for index, token in first_tokens if is_form_of(token, "direct_object_verbs")),
            None,
        )
        words_after = self.tokens[verb_index + 1 :] if verb_index else ()
        person = next(
            (token for token in words_after if token not in word_list("words_before_nouns")), ""
        )
        return _stems(person.removesuffix("'s"))

    @cached_property
    def _asks_who_says(self) -> bool:
        """Whether the question asks who says that something is so."""
        return bool(self.result.query.not_stances) and not negates(" ".join(self.tokens))

    @cached_property
    def _forms(self) -> Mapping[str, Mapping[Stems, float]]:
        return {word: forms(word) for word in self.result.weights}

    @cached_property
    def _all_forms(self) -> AbstractSet[Stems]:
        return frozenset[Stems]().union(*self._forms.values())

    @cached_property
    def _token_stems(self) -> Sequence[str]:
        """The stems of the question's words, except words that only make it a question."""
        tokens = (token for token in self.tokens if token not in word_list("question_only_words"))
        return tuple(stem(word) for token in tokens for word in words(token))


def denies(question_text: str, claim_text: str) -> bool:
    """Whether a claim denies what a question says: all its clauses that match the question best
    say the opposite."""
    question_clauses = split_clauses(question_text)
    if not question_clauses:
        return False
    question, clauses = question_clauses[0], split_clauses(claim_text)
    scores = [
        total_weight(question.stems & clause.stems) + len(find_opposite_pairs(question, clause))
        for clause in clauses
    ]
    best_score = max(scores, default=0)
    best_clauses = [
        clause for score, clause in zip(scores, clauses, strict=True) if score == best_score > 0
    ]
    return bool(best_clauses) and all(is_opposed(question, clause) for clause in best_clauses)


def _best_share(shares: Mapping[Stems, float], stems: AbstractSet[Stems]) -> float:
    return max((share for form, share in shares.items() if form in stems), default=0.0)


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))
