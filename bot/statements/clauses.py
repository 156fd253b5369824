"""Clauses: what one of them tells, by which it is compared with others. Pure."""

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

_SAME = {stem(word): stem(group[0]) for group in synonyms.SYNONYMS for word in group}
LIGHT = frozenset(_SAME.get(one, one) for one in map(stem, common_words.COMMON))


def _same(word: str) -> str:
    return _SAME.get(stem(word), stem(word))


_SHORT_WORD = 6
"""Letters of a word of which the ending is no negation: "unless"."""
_OPPOSITE: dict[str, list[str]] = {}
for _pair in opposites.OPPOSITES:
    for _one, _other in (_pair, _pair[::-1]):
        _OPPOSITE.setdefault(_same(_one), []).append(_same(_other))


VAGUE = frozenset(map(_same, clause_words.VAGUE))
"""Verbs that leave it to their object to tell what was done."""


@dataclass(frozen=True)
class Clause:
    """A clause of a content, at `span` of its text.

    `is_so` says whether what it tells is said to be so, None where that is open; `is_denied`
    whether a denial is among the reasons. `is_coordinated` says that it stands beside the one
    before, and is no circumstance of it.
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
        """The stems that tell something, in order."""
        return tuple(filter(None, map(telling, self.parts)))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The same, once each."""
        return frozenset(self.told)

    @cached_property
    def is_vague(self) -> bool:
        """Whether its verb leaves it to the object to tell what was done."""
        first = next(_predicates(self.parts), "")
        return first in VAGUE if first else bool(self.excluded)

    @cached_property
    def predicates(self) -> frozenset[str]:
        """The stems that may be what is said of something: a verb, or what it is."""
        return frozenset(_predicates(self.parts))

    @property
    def has_auxiliary(self) -> bool:
        """Whether it has a verb by which another one is negated, asked or put in the past."""
        return not clause_words.FINITE.isdisjoint(self.parts)

    @property
    def is_main(self) -> bool:
        """Whether it asserts something by itself, unlike "when it sank", "his plan"."""
        return not self.is_subordinate and bool(self.predicates)

    @cached_property
    def turned_first(self) -> frozenset[str]:
        """The stems that stand next behind its negations."""
        return frozenset(_turned_first(self.parts))

    @property
    def heads(self) -> frozenset[str]:
        """The stems of which it may say that they are so or not so."""
        return self.predicates | self.excluded | self.turned_first

    @cached_property
    def excluded(self) -> frozenset[str]:
        """The stems of what there is none of: "no cracks", "not any sludge"."""
        return frozenset(_excluded(self.parts))

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The stems that stand right behind an article: "an order"."""
        pairs = pairwise(self.parts)
        return frozenset(telling(after) for part, after in pairs if part in clause_words.ARTICLES)

    @cached_property
    def definite(self) -> frozenset[str]:
        """The stems of what is taken for known: "the house", "his car"."""
        return frozenset(_definite(self.parts))

    @cached_property
    def bases(self) -> tuple[tuple[str, str], ...]:
        """Its stems with a negative prefix or ending, each with that of the word without it:
        "unsafe" and "safe"."""
        return tuple(pair for part in self.parts for pair in bases_of(part))

    @cached_property
    def owned(self) -> frozenset[tuple[str, str]]:
        """What is his or hers: "her dog"."""
        return frozenset(
            (part, telling(after))
            for part, after in pairwise(self.parts)
            if part in clause_words.HIS_OR_HER
        )

    @cached_property
    def opposites(self) -> tuple[tuple[str, str], ...]:
        """Its stems of which there is an opposite, each with each of these."""
        return tuple((one, other) for one in self.told for other in opposites_of(one))

    @cached_property
    def opposed(self) -> bool:
        """Whether there is an opposite of any of its stems."""
        return bool(self.bases or self.opposites)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Its numbers."""
        return frozenset(numbers(self.parts))

    @cached_property
    def dates(self) -> frozenset[str]:
        """Its weekdays and months."""
        return frozenset(part for part in self.parts if part in calendar.DATES)


@lru_cache(maxsize=100_000)
def telling(part: str) -> str:
    """The stem, of words of one sense the same, by which a folded word tells something; empty where
    it tells little."""
    one = "" if part in clause_words.LITTLE or part in negation.NEGATIONS else content_stem(part)
    return _SAME.get(one, one)


def _predicates(parts: tuple[str, ...]) -> Iterator[str]:
    follows, before = False, ""
    for part in parts:
        if part == clause_words.TO:
            # "Refused to go", but "from here to town".
            follows = (
                before in clause_words.AUXILIARY
                or _is_past(before)
                or before.startswith(clause_words.BEFORE_TO)
            )
        elif part in clause_words.AUXILIARY:
            follows = True
        elif part in clause_words.ARTICLES or part[0] == "=":
            follows = False
        elif part not in negation.NEGATIONS and (one := telling(part)):
            # "A hidden list" says nothing of the list.
            begins = not before and part.endswith("ing")
            if follows or begins or (_is_past(part) and before not in clause_words.ARTICLES):
                yield one
            follows = False
        before = part


def _is_past(part: str) -> bool:
    return part in verbs.PRESENT or clause_words.PAST.fullmatch(part) is not None


def _turned_first(parts: tuple[str, ...]) -> Iterator[str]:
    reach = 0
    for part, after in pairwise((*parts, "")):
        if part in negation.NEGATIONS or (
            after == clause_words.TO and negation.FAILING.fullmatch(f"{part} to")
        ):
            reach = 2
        elif reach and (one := telling(part)):
            yield one
            reach -= 1


def _excluded(parts: tuple[str, ...]) -> Iterator[str]:
    reach = 0
    for part in parts:
        if part in clause_words.NONE:
            reach = 2
        elif part in clause_words.PREPOSITIONS:
            reach = 0
        elif reach and (one := telling(part)):
            yield one
            reach -= 1


def _definite(parts: tuple[str, ...]) -> Iterator[str]:
    reach = 0
    for part in parts:
        if part in clause_words.DEFINITE:
            reach = 3
        elif reach and (one := telling(part)):
            yield one
            reach -= 1
        else:
            reach = 0


def is_finite(parts: Sequence[str]) -> bool:
    """Whether some parts may be a clause by themselves: have a verb that is no infinitive or
    participle alone."""
    if not clause_words.FINITE.isdisjoint(parts):
        return True
    told = [part for part in parts if part not in clause_words.CONJUNCTIONS]
    return len(told) > 1 and any(
        part in verbs.PRESENT or clause_words.PAST.fullmatch(part)
        for part in told
        if told[0] != clause_words.TO
    )


def weight(stems: Iterable[str]) -> float:
    """How much some stems tell together: common words and numbers half as much as others."""
    return sum(0.5 if one in LIGHT or one[0] == "=" else 1.0 for one in stems)


def opposites_of(one: str) -> Sequence[str]:
    """The stems of the opposites of a word, by its stem."""
    return _OPPOSITE.get(one, ())


@lru_cache(maxsize=100_000)
def bases_of(word: str) -> tuple[tuple[str, str], ...]:
    """The stem of a word with a negative prefix or ending, and that of the word without it."""
    out = []
    if found := clause_words.PREFIX.match(word):
        out.append((telling(word), _same(word[found.end() :])))
    if word.endswith(negation.WITHOUT) and len(word) > _SHORT_WORD:
        out.append((telling(word), _same(word.removesuffix(negation.WITHOUT))))
    return tuple(out)
