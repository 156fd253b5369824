"""Clauses, and the features by which two of them are compared. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from bot.languages.table import (
    calendar,
    clause_words,
    common_words,
    negation,
    opposites,
    synonyms,
    verbs,
)
from bot.model import Span
from bot.search.engine.words import stem
from bot.search.tokenized import content_stem, numbers

_CANONICAL = {stem(word): stem(group[0]) for group in synonyms.SYNONYM_GROUPS for word in group}
COMMON_STEMS = frozenset(_CANONICAL.get(one, one) for one in map(stem, common_words.COMMON_WORDS))


def _canonical_stem(word: str) -> str:
    return _CANONICAL.get(stem(word), stem(word))


_SHORT_WORD = 6
"""Length up to which -less is no negative suffix: "unless"."""
_OPPOSITE: dict[str, list[str]] = {}
for _pair in opposites.OPPOSITE_PAIRS:
    for _one, _other in (_pair, _pair[::-1]):
        _OPPOSITE.setdefault(_canonical_stem(_one), []).append(_canonical_stem(_other))


LIGHT_VERBS = frozenset(map(_canonical_stem, clause_words.LIGHT_VERBS))
"""Verbs whose object says what was done."""


@dataclass(frozen=True)
class Clause:
    """A clause of a content, at `span` of its text.

    `is_so`: whether it is asserted (True), negated (False) or left open (None); `is_denied`:
    whether a verb of denial contributes to that. `is_coordinated`: it is joined to the clause
    before by "and" or "but", not subordinate to it.
    """

    span: Span
    parts: tuple[str, ...]
    is_so: bool | None
    is_turned: bool
    is_denied: bool
    is_coordinated: bool
    is_subordinate: bool
    names: frozenset[str]

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The content stems, in order."""
        return tuple(filter(None, map(synonym_stem, self.parts)))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The set of content stems."""
        return frozenset(self.told)

    @cached_property
    def has_light_verb(self) -> bool:
        """Whether its first verb is a light verb."""
        first = next(_predicates(self.parts), "")
        return first in LIGHT_VERBS if first else bool(self.excluded)

    @cached_property
    def predicates(self) -> frozenset[str]:
        """The stems that may be predicates: verbs, or what something is."""
        return frozenset(_predicates(self.parts))

    @property
    def has_auxiliary(self) -> bool:
        """Whether it has an auxiliary verb."""
        return not clause_words.FINITE_AUXILIARIES.isdisjoint(self.parts)

    @property
    def is_main(self) -> bool:
        """Whether it asserts something by itself, unlike "when it sank", "his plan"."""
        return not self.is_subordinate and bool(self.predicates)

    @cached_property
    def after_negation(self) -> frozenset[str]:
        """The stems that follow a negation."""
        return frozenset(_after_negation(self.parts))

    @property
    def heads(self) -> frozenset[str]:
        """The stems that it may assert or negate."""
        return self.predicates | self.excluded | self.after_negation

    @cached_property
    def excluded(self) -> frozenset[str]:
        """The stems that "no" or "any" excludes: "no cracks", "not any sludge"."""
        return frozenset(_excluded(self.parts))

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The stems that follow an article: "an order"."""
        pairs = pairwise(self.parts)
        return frozenset(
            synonym_stem(after) for part, after in pairs if part in clause_words.FUNCTION_WORDS
        )

    @cached_property
    def definite(self) -> frozenset[str]:
        """The stems of definite noun phrases: "the house", "his car"."""
        return frozenset(_definite(self.parts))

    @cached_property
    def bases(self) -> tuple[tuple[str, str], ...]:
        """Its stems with a negative prefix or suffix, each with the positive stem: "unsafe" and
        "safe"."""
        return tuple(pair for part in self.parts for pair in bases_of(part))

    @cached_property
    def owned(self) -> frozenset[tuple[str, str]]:
        """Pairs of "his" or "her" and the stem that follows: "her dog"."""
        return frozenset(
            (part, synonym_stem(after))
            for part, after in pairwise(self.parts)
            if part in clause_words.HIS_OR_HER
        )

    @cached_property
    def opposites(self) -> tuple[tuple[str, str], ...]:
        """Pairs of one of its stems and an opposite of that stem."""
        return tuple((one, other) for one in self.told for other in opposites_of(one))

    @cached_property
    def opposed(self) -> bool:
        """Whether any of its stems has an opposite."""
        return bool(self.bases or self.opposites)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Its numbers."""
        return frozenset(numbers(self.parts))

    @cached_property
    def dates(self) -> frozenset[str]:
        """Its weekdays and months."""
        return frozenset(part for part in self.parts if part in calendar.MONTHS_AND_WEEKDAYS)


@lru_cache(maxsize=100_000)
def synonym_stem(part: str) -> str:
    """The stem of a folded word, the same for synonyms; empty for stopwords."""
    one = (
        ""
        if part in clause_words.STOPWORDS or part in negation.NEGATION_WORDS
        else content_stem(part)
    )
    return _CANONICAL.get(one, one)


def _predicates(parts: tuple[str, ...]) -> Iterator[str]:
    follows, before = False, ""
    for part in parts:
        if part == clause_words.TO:
            # "Refused to go", but "from here to town".
            follows = (
                before in clause_words.AUXILIARIES
                or _is_past(before)
                or before.startswith(clause_words.STEMS_BEFORE_TO)
            )
        elif part in clause_words.AUXILIARIES:
            follows = True
        elif part in clause_words.FUNCTION_WORDS or part[0] == "=":
            follows = False
        elif part not in negation.NEGATION_WORDS and (one := synonym_stem(part)):
            # "A hidden list" says nothing of the list.
            begins = not before and part.endswith("ing")
            if follows or begins or (_is_past(part) and before not in clause_words.FUNCTION_WORDS):
                yield one
            follows = False
        before = part


def _is_past(part: str) -> bool:
    return part in verbs.BASE_FORMS or clause_words.PAST_VERB.fullmatch(part) is not None


def _after_negation(parts: tuple[str, ...]) -> Iterator[str]:
    reach = 0
    for part, after in pairwise((*parts, "")):
        if part in negation.NEGATION_WORDS or (
            after == clause_words.TO and negation.OMISSION.fullmatch(f"{part} to")
        ):
            reach = 2
        elif reach and (one := synonym_stem(part)):
            yield one
            reach -= 1


def _excluded(parts: tuple[str, ...]) -> Iterator[str]:
    reach = 0
    for part in parts:
        if part in clause_words.NEGATIVE_DETERMINERS:
            reach = 2
        elif part in clause_words.PREPOSITIONS:
            reach = 0
        elif reach and (one := synonym_stem(part)):
            yield one
            reach -= 1


def _definite(parts: tuple[str, ...]) -> Iterator[str]:
    reach = 0
    for part in parts:
        if part in clause_words.DEFINITE_DETERMINERS:
            reach = 3
        elif reach and (one := synonym_stem(part)):
            yield one
            reach -= 1
        else:
            reach = 0


def is_finite(parts: Sequence[str]) -> bool:
    """Whether words may form a main clause: they have a finite verb."""
    if not clause_words.FINITE_AUXILIARIES.isdisjoint(parts):
        return True
    told = [part for part in parts if part not in clause_words.CONJUNCTIONS]
    return len(told) > 1 and any(
        part in verbs.BASE_FORMS or clause_words.PAST_VERB.fullmatch(part)
        for part in told
        if told[0] != clause_words.TO
    )


def weight(stems: Iterable[str]) -> float:
    """Add up the weight of stems: 0.5 for common words and numbers, 1 for others."""
    return sum(0.5 if one in COMMON_STEMS or one[0] == "=" else 1.0 for one in stems)


def opposites_of(one: str) -> Sequence[str]:
    """The stems of the antonyms of a stem."""
    return _OPPOSITE.get(one, ())


@lru_cache(maxsize=100_000)
def bases_of(word: str) -> tuple[tuple[str, str], ...]:
    """Pair the stem of a word with a negative prefix or suffix with the positive stem."""
    out = []
    if found := clause_words.NEGATIVE_PREFIX.match(word):
        out.append((synonym_stem(word), _canonical_stem(word[found.end() :])))
    if word.endswith(negation.NEGATIVE_SUFFIX) and len(word) > _SHORT_WORD:
        out.append(
            (synonym_stem(word), _canonical_stem(word.removesuffix(negation.NEGATIVE_SUFFIX)))
        )
    return tuple(out)
