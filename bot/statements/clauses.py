"""Split a content into clauses, each asserted, negated or left open, and compare two. No I/O.

A negation reverses its own clause; a denial also reverses the clauses joined to it. Words that
leave a question open ("could not say") leave the clause open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from bot.languages.table import (
    LISTS,
    calendar,
    clause_boundaries,
    clause_words,
    negation,
    related_words,
)
from bot.model import Span
from bot.search.engine.words import normalise, stem
from bot.search.tokenized import content_stem, tokenize

_QUESTION = re.compile(r"[^.?!]*\?")
NAME = re.compile(r"(?<![.?!“\"‘'])(?<=\s)[“\"‘'(]*([A-ZÀ-Þ][\w-]*)")
_CANONICAL = {
    stem(word): stem(group[0]) for group in related_words.SYNONYM_GROUPS for word in group
}
"""The stem that stands for each stem with synonyms."""


def _canonical_stem(word: str) -> str:
    return _CANONICAL.get(stem(word), stem(word))


COMMON_STEMS = frozenset(map(_canonical_stem, related_words.COMMON_WORDS))
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

    @cached_property
    def opposites(self) -> tuple[tuple[str, str], ...]:
        """Pairs of one of its stems and the opposite of that stem."""
        return tuple(pair for word in self.words for pair in _opposites_of(word))


@lru_cache(maxsize=100_000)
def synonym_stem(word: str) -> str:
    """Return the stem of a folded word, shared by its synonyms; empty for stopwords and
    negations."""
    content = (
        "" if word in LISTS["stopwords"] or word in negation.NEGATION_WORDS else content_stem(word)
    )
    return _CANONICAL.get(content, content)


def _predicate_positions(words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    expects_predicate = False
    for index, word in enumerate(words):
        if word in LISTS["words_before_predicate"]:
            expects_predicate = True
        elif word in clause_words.FUNCTION_WORDS or word[0] == "=":
            expects_predicate = False
        elif word not in negation.NEGATION_WORDS and (stem := synonym_stem(word)):
            is_finite_verb = word in related_words.BASE_FORMS or clause_words.PAST_VERB.fullmatch(
                word
            )
            if expects_predicate or is_finite_verb:
                yield index, stem
            expects_predicate = False


def total_weight(stems: Iterable[str]) -> float:
    """Return the total weight of stems: 0.5 for common words and numbers, 1 for others."""
    return sum(0.5 if stem in COMMON_STEMS or stem[0] == "=" else 1.0 for stem in stems)


@lru_cache(maxsize=100_000)
def _opposites_of(word: str) -> tuple[tuple[str, str], ...]:
    """Pairs of the stem of a word and an opposite stem: "unsafe" and "safe", "rise" and "fall"."""
    own = synonym_stem(word)
    opposites = list(_OPPOSITES.get(own, ()))
    if prefix := clause_words.NEGATIVE_PREFIX.match(word):
        opposites.append(_canonical_stem(word[prefix.end() :]))
    return tuple((own, opposite) for opposite in opposites)


def find_opposite_pairs(a: Clause, b: Clause) -> frozenset[tuple[str, str]]:
    """Return pairs of opposite stems, one from each clause."""
    there = ((one, other) for one, other in a.opposites if other in b.stems and one not in b.stems)
    back = ((one, other) for other, one in b.opposites if one in a.stems and other not in a.stems)
    return frozenset((*there, *back))


def is_opposed(a: Clause, b: Clause) -> bool:
    """Whether one clause asserts what the other negates."""
    if a.polarity is None or b.polarity is None:
        return False
    has_opposite = len(find_opposite_pairs(a, b)) % 2 == 1
    return (a.polarity != b.polarity) != has_opposite


@lru_cache(maxsize=20_000)
def split_clauses(text: str, *, is_denied: bool = False) -> tuple[Clause, ...]:
    """Split a content into its clauses; `is_denied` says that its cue denies it."""
    clauses: list[Clause] = []
    was_called_false = False
    for span in _clause_spans(text):
        printed = text[slice(*span)]
        if was_called_false and not clause_boundaries.LEADING_THAT.match(printed):
            is_denied = False
        clause, denies = _parse_clause(text, span, is_denied=is_denied)
        was_called_false = denies and negation.TRAILING_FALSEHOOD.search(printed) is not None
        is_denied = is_denied or denies
        if clauses and not denies and _inherits_doubt(clauses[-1], clause):
            clause = replace(clause, polarity=None)
        clauses.append(clause)
    return tuple(clauses)


def _inherits_doubt(previous: Clause, clause: Clause) -> bool:
    """Whether a clause depends on an open one before it: "nobody said that"."""
    is_reported = not LISTS["reporting_verbs"].isdisjoint(previous.words)
    is_open = is_reported or previous.polarity is not True
    return clause.words[:1] == (clause_boundaries.THAT,) and is_open and not previous.is_denied


def _parse_clause(text: str, span: Span, *, is_denied: bool) -> tuple[Clause, bool]:
    printed = text[slice(*span)]
    folded = " ".join(normalise(printed).replace(*clause_boundaries.NOT_FORMS).split())
    without_denial, denials = negation.DENIAL.subn(" ", folded)
    # "Dismissed as baseless" is a single denial.
    repeats_denial = (
        is_denied and not span[0] and negation.LEADING_FALSEHOOD.match(folded) is not None
    )
    is_denied_overall = is_denied != bool((denials - repeats_denial) % 2)
    words = tokenize(without_denial if denials else printed).parts
    if is_denied_overall and clause_boundaries.THAT in words:
        # "[Denied] the claim that"
        start = words.index(clause_boundaries.THAT)
        if not negation.STATEMENT_NOUNS.isdisjoint(words[:start]):
            words = words[start + 1 :]
    is_asked = _QUESTION.match(text, span[0]) is not None
    polarity = (_count_negations(without_denial) + is_denied_overall) % 2 == 0
    clause = Clause(
        span=span,
        words=words,
        polarity=None if is_asked or _is_open(folded, denials) else polarity,
        is_denied=is_denied_overall,
        is_coordinated=bool(clause_boundaries.LEADING_CONJUNCTION.match(printed)),
        names=frozenset(map(normalise, NAME.findall(printed)))
        - calendar.MONTHS_AND_WEEKDAYS
        - {clause_words.FIRST_SINGULAR},
    )
    return clause, bool(denials)


def _is_open(folded: str, denials: int) -> bool:
    """Whether a clause that is not a question leaves something open."""
    if denials:
        return bool(negation.NEGATED_DENIAL.search(folded))
    return bool(negation.UNDECIDED_PHRASE.search(folded) or negation.ORDER.search(folded))


def _clause_spans(text: str) -> Iterator[Span]:
    start = 0
    for boundary in clause_boundaries.CLAUSE_BOUNDARY.finditer(text):
        if boundary.start() > start and any(map(str.isalnum, text[start : boundary.start()])):
            yield start, boundary.start()
            start = boundary.end()
    if start < len(text):
        yield start, len(text)


def _count_negations(folded: str) -> int:
    words = negation.NON_NEGATING_PHRASE.sub(" ", folded).split()
    return sum(word.strip(".,") in negation.NEGATION_WORDS for word in words) + len(
        negation.OMISSION.findall(folded)
    )
