"""Score how well a claim answers a question. Pure.

The weights were fitted on our own questions; what lowers a score was set by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.languages.wordlist import is_word
from bot.model import Hit
from bot.questions.words import word_list
from bot.search.engine.words import stem, words
from bot.search.forms import Stems, forms, is_beside, stems_and_pairs
from bot.search.protocol import SearchResult
from bot.search.roles import other_roles, term
from bot.search.text_features import has_date, has_figure
from bot.search.tokenized import negates

_ELSEWHERE_WEIGHT = 0.2  # of a word that occurs only elsewhere in the article


class PrintedContext(NamedTuple):
    """A claim's context in its article: its sentences, their paragraph with the previous one, and
    the stems and pairs of stems of the whole article."""

    sentences: str
    paragraph: str
    article_stems: AbstractSet[Stems]


@dataclass(frozen=True)
class AnswerScorer:
    """Scores claims by the weights in a query's result and by the words of the question."""

    result: SearchResult
    tokens: Sequence[str]

    def coverage(self, hit: Hit, context: PrintedContext) -> float:
        """The share of the question's weight whose words are near a claim, or in its article."""
        nearby_stems = stems_and_pairs(_nearby_text(hit, context))
        weights = self.result.weights
        covered = sum(
            weight
            * max(
                _best_share(self._forms[word], nearby_stems),
                _ELSEWHERE_WEIGHT * _best_share(self._forms[word], context.article_stems),
            )
            for word, weight in weights.items()
        )
        return covered / (sum(weights.values()) or 1.0)

    def score(
        self, coverage: float, content_share: float, hit: Hit, context: PrintedContext
    ) -> float:
        """Return a claim's score: about 1 if it has all words of the question.

        `content_share` is the share of their weight whose words are in the claim's content.
        """
        claim, query = hit.claim, self.result.query
        sentence = _stems(context.sentences or claim.text)
        score = 0.42 * coverage + 0.21 * content_share
        score += 0.21 * self._token_share(sentence)
        score += 0.21 * self._token_share(sentence | _stems(context.paragraph))
        features = {"date": has_date, "figure": has_figure}
        for feature in features.keys() & query.features:
            all_forms = frozenset[Stems]().union(*self._forms.values())
            score += 0.09 * is_beside(claim.text, all_forms, features[feature])
        asks_who_says = bool(query.not_stances) and not negates(" ".join(self.tokens))
        asked_speakers = {term(words(name)) for name in query.speakers}
        names = [stem(word) for word in self._forms if word[0].isalpha() and not is_word(word)]
        doubts = (
            asks_who_says and negates(claim.text),
            bool(query.speakers) and claim.negative,
            # The source only mentions the speaker: "Roe's aide" for Roe.
            not asked_speakers.isdisjoint(other_roles(claim.source or "")),
            bool(names) and _stems(_nearby_text(hit, context)).isdisjoint(names),
        )
        return score - 0.15 * sum(doubts)

    def _token_share(self, stems: AbstractSet[str]) -> float:
        tokens = self._token_stems
        return sum(token in stems for token in tokens) / max(1, len(tokens))

    @cached_property
    def _forms(self) -> Mapping[str, Mapping[Stems, float]]:
        return {word: forms(word) for word in self.result.weights}

    @cached_property
    def _token_stems(self) -> Sequence[str]:
        """The stems of the question's words, except words that only make it a question."""
        tokens = (token for token in self.tokens if token not in word_list("question_only_words"))
        return tuple(stem(word) for token in tokens for word in words(token))


def _nearby_text(hit: Hit, context: PrintedContext) -> str:
    claim = hit.claim
    who = (claim.speaker, claim.source, claim.cue, claim.known_as, hit.article.title)
    return " ".join(filter(None, (claim.text, *who, context.sentences, context.paragraph)))


def _best_share(shares: Mapping[Stems, float], stems: AbstractSet[Stems]) -> float:
    return max((share for form, share in shares.items() if form in stems), default=0.0)


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))
