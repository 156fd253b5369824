"""Score how well a claim answers a question. Pure.

The weights were fitted on our own questions; what lowers a score was set by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.languages.wordlist import is_word
from bot.model import Claim, Hit
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
    the stems and pairs of stems near the claim and of the whole article."""

    sentences: str
    paragraph: str
    nearby_stems: frozenset[Stems]
    article_stems: frozenset[Stems]


@dataclass(frozen=True)
class AnswerScorer:
    """Scores claims by the weights in a query's result and by the words of the question."""

    result: SearchResult
    tokens: Sequence[str]

    def coverage(self, context: PrintedContext) -> float:
        """The share of the question's weight whose words are near a claim, or in its article."""
        weights, nearby = self.result.weights, self._best_shares(context.nearby_stems)
        elsewhere = self._best_shares(context.article_stems)
        covered = sum(
            weight * max(nearby.get(word, 0.0), _ELSEWHERE_WEIGHT * elsewhere.get(word, 0.0))
            for word, weight in weights.items()
        )
        return covered / (sum(weights.values()) or 1.0)

    def score(
        self, coverage: float, content_share: float, claim: Claim, context: PrintedContext
    ) -> float:
        """Return a claim's score: about 1 if it has all words of the question.

        `content_share` is the share of their weight whose words are in the claim's content.
        """
        query = self.result.query
        sentence = _stems(context.sentences or claim.text)
        score = 0.42 * coverage + 0.21 * content_share
        score += 0.21 * self._token_share(sentence)
        score += 0.21 * self._token_share(sentence | _stems(context.paragraph))
        features = {"date": has_date, "figure": has_figure}
        for feature in features.keys() & query.features:
            score += 0.09 * is_beside(claim.text, self._shares.keys(), features[feature])
        asks_who_says = bool(query.not_stances) and not negates(" ".join(self.tokens))
        asked_speakers = {term(words(name)) for name in query.speakers}
        doubts = (
            asks_who_says and negates(claim.text),
            bool(query.speakers) and claim.negative,
            # The source only mentions the speaker: "Roe's aide" for Roe.
            bool(asked_speakers) and not asked_speakers.isdisjoint(other_roles(claim.source or "")),
            bool(self._names) and context.nearby_stems.isdisjoint(self._names),
        )
        return score - 0.15 * sum(doubts)

    def _token_share(self, stems: AbstractSet[str]) -> float:
        tokens = self._token_stems
        return sum(token in stems for token in tokens) / max(1, len(tokens))

    def _best_shares(self, stems: frozenset[Stems]) -> Mapping[str, float]:
        """The best share of each of the question's words that these stems express."""
        shares: dict[str, float] = {}
        for form in stems.intersection(self._shares):
            for word, share in self._shares[form]:
                shares[word] = max(share, shares.get(word, 0.0))
        return shares

    @cached_property
    def _shares(self) -> Mapping[Stems, Sequence[tuple[str, float]]]:
        """The words of the question that each form expresses, with its share of their weight."""
        shares = defaultdict[Stems, list[tuple[str, float]]](list)
        for word in self.result.weights:
            for form, share in forms(word).items():
                shares[form].append((word, share))
        return shares

    @cached_property
    def _names(self) -> Sequence[Stems]:
        names = (word for word in self.result.weights if word[0].isalpha() and not is_word(word))
        return [(stem(name),) for name in names]

    @cached_property
    def _token_stems(self) -> Sequence[str]:
        """The stems of the question's words, except words that only make it a question."""
        tokens = (token for token in self.tokens if token not in word_list("question_only_words"))
        return tuple(stem(word) for token in tokens for word in words(token))


def nearby_stems(hit: Hit, sentences: str, paragraph: str) -> frozenset[Stems]:
    """The stems and pairs of stems of a claim, of who said it and of what is printed around it."""
    claim = hit.claim
    who = (claim.speaker, claim.source, claim.cue, claim.known_as, hit.article.title)
    return stems_and_pairs(" ".join(filter(None, (claim.text, *who, sentences, paragraph))))


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))
