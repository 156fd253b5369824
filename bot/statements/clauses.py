"""Clauses, and the features by which two clauses are compared. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.languages.table import clause_words, negation, related_words
from bot.model import Span
from bot.search.engine.words import stem
from bot.search.tokenized import content_stem

_CANONICAL = {
    stem(word): stem(group[0]) for group in related_words.SYNONYM_GROUPS for word in group
}
"""The stem that stands for each stem with synonyms."""


def _canonical_stem(word: str) -> str:
    return _CANONICAL.get(stem(word), stem(word))


COMMON_STEMS = frozenset(map(_canonical_stem, related_words.COMMON_WORDS))
_MAX_UNSUFFIXED = 6
"""The length up to which a word in -less does not have a negative suffix: "unless"."""
_OPPOSITES: dict[str, list[str]] = {}
for _pair in related_words.OPPOSITE_PAIRS:
    for _word, _opposite in (_pair, _pair[::-1]):
        _OPPOSITES.setdefault(_canonical_stem(_word), []).append(_canonical_stem(_opposite))


def _opposite_sides() -> Iterator[tuple[str, tuple[str, bool]]]:
    for first in _OPPOSITES:
        sides, reached = {first: False}, [first]
        for one in reached:
            new = [other for other in _OPPOSITES[one] if other not in sides]
            sides |= dict.fromkeys(new, not sides[one])
            reached += new
        group = min(sides)
        yield first, (group, sides[group])


OPPOSITE_SIDES = dict(_opposite_sides())
"""For each stem with opposites: one stem for all that are opposites of each other or of one, and on
which of the two sides it is."""
IGNORED_STEMS = frozenset(map(_canonical_stem, clause_words.LIGHT_WORDS))
"""The stems of words that say nothing by themselves: "make a visit", "failed to visit"."""


@dataclass(frozen=True)
class Clause:
    """A clause of a claim's content, at `span` in the text.

    `words` are its folded words. `polarity` says whether it is asserted (True), negated (False) or
    left open (None), and `is_denied` whether a verb of denial is part of that. `is_coordinated`
    means that "and" or "but" joins it to the clause before it.
    """

    span: Span
    words: tuple[str, ...]
    polarity: bool | None
    is_denied: bool
    is_coordinated: bool
    is_subordinate: bool
    names: frozenset[str]

    @cached_property
    def ordered_stems(self) -> tuple[str, ...]:
        """The content stems, in order."""
        return tuple(filter(None, map(synonym_stem, self.words)))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The set of content stems."""
        return frozenset(self.ordered_stems)

    @cached_property
    def predicate_positions(self) -> tuple[tuple[int, str], ...]:
        """The positions and stems of the words that may be predicates."""
        return tuple(_predicate_positions(self.words))

    @cached_property
    def predicates(self) -> frozenset[str]:
        """The stems that may be predicates: verbs, and nouns or adjectives after "be"."""
        return frozenset(stem for _, stem in self.predicate_positions)

    @property
    def has_auxiliary(self) -> bool:
        """Whether it has an auxiliary verb."""
        return not clause_words.FINITE_AUXILIARIES.isdisjoint(self.words)

    @cached_property
    def negative_pairs(self) -> tuple[tuple[str, str], ...]:
        """Its stems with a negative prefix or suffix, each with the positive stem: "unsafe" and
        "safe"."""
        return tuple(pair for word in self.words for pair in negative_pairs(word))

    @cached_property
    def opposites(self) -> tuple[tuple[str, str], ...]:
        """Pairs of one of its stems and the opposite of that stem."""
        return tuple(
            (stem, opposite) for stem in self.ordered_stems for opposite in find_opposites(stem)
        )

    @cached_property
    def opposite_stems(self) -> frozenset[str]:
        """The opposites of its stems."""
        return frozenset(opposite for _, opposite in (*self.negative_pairs, *self.opposites))


@lru_cache(maxsize=100_000)
def synonym_stem(word: str) -> str:
    """Return the stem of a folded word, shared by its synonyms; empty for stopwords and
    negations."""
    content = (
        ""
        if word in clause_words.STOPWORDS or word in negation.NEGATION_WORDS
        else content_stem(word)
    )
    return _CANONICAL.get(content, content)


def _predicate_positions(words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    expects_predicate, previous = False, ""
    for index, word in enumerate(words):
        if word == clause_words.INFINITIVE_MARKER:
            # "To" precedes a verb in "refused to go", but not in "from here to town".
            expects_predicate = (
                previous in clause_words.AUXILIARIES
                or _is_finite_verb(previous)
                or previous.startswith(clause_words.STEMS_BEFORE_TO)
            )
        elif word in clause_words.AUXILIARIES:
            expects_predicate = True
        elif word in clause_words.FUNCTION_WORDS or word[0] == "=":
            expects_predicate = False
        elif word not in negation.NEGATION_WORDS and (stem := synonym_stem(word)):
            # In "a hidden list", "hidden" is not a predicate.
            is_initial_participle = not previous and word.endswith("ing")
            if (
                expects_predicate
                or is_initial_participle
                or (_is_finite_verb(word) and previous not in clause_words.FUNCTION_WORDS)
            ):
                yield index, stem
            expects_predicate = False
        previous = word


def _is_finite_verb(word: str) -> bool:
    return word in related_words.BASE_FORMS or clause_words.PAST_VERB.fullmatch(word) is not None


def total_weight(stems: Iterable[str]) -> float:
    """Return the total weight of stems: 0.5 for common words and numbers, 1 for others."""
    return sum(0.5 if stem in COMMON_STEMS or stem[0] == "=" else 1.0 for stem in stems)


def find_opposites(stem: str) -> Sequence[str]:
    """Return the opposites of a stem."""
    return _OPPOSITES.get(stem, ())


@lru_cache(maxsize=100_000)
def negative_pairs(word: str) -> tuple[tuple[str, str], ...]:
    """If a word has a negative prefix or suffix, return pairs of its stem and the stem of the
    positive word."""
    pairs = []
    if prefix := clause_words.NEGATIVE_PREFIX.match(word):
        pairs.append((synonym_stem(word), _canonical_stem(word[prefix.end() :])))
    if word.endswith(negation.NEGATIVE_SUFFIX) and len(word) > _MAX_UNSUFFIXED:
        positive = word.removesuffix(negation.NEGATIVE_SUFFIX)
        pairs.append((synonym_stem(word), _canonical_stem(positive)))
    return tuple(pairs)
