"""Matters: how near two clauses are to being of one matter. Pure.

What is compared is how many telling words they share, by weight: a name or two are one word, common
words and numbers half of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.search.clauses import DATES, LIGHT, Clause, weight
from bot.search.differences import differ
from bot.search.sides import Side, turned

_CIRCUMSTANCE = frozenset(("without", "on", "in", "at", "by", "for", "with", "from", "no", "not"))
_DAYS = 7
"""Days in which two articles may well be of one story."""
_MOST_CLAUSES = 4
"""Of a content of more it cannot be told what a short clause is of."""
_PRONOUNS = frozenset(("i", "we", "he", "she", "it", "they", "you", "this", "that"))


@dataclass(frozen=True)
class _Match:
    """Two clauses of two sides, with what they share."""

    a: Clause
    b: Clause
    one: Side
    other: Side

    @cached_property
    def shared(self) -> frozenset[str]:
        """The stems that both have, and those of which the other has the opposite."""
        pairs = {stem for pair in turned(self.a, self.b) for stem in pair}
        return (self.a.stems & self.b.stems) | pairs

    @cached_property
    def names(self) -> frozenset[str]:
        return self.one.names | self.other.names

    @cached_property
    def speaks(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words of each clause for whoever says the other."""
        return self.a.stems & self.other.who, self.b.stems & self.one.who

    @cached_property
    def is_linked(self) -> bool:
        """Whether both name somebody or something."""
        return any(self.speaks) or not self.shared.isdisjoint(self.names)

    @cached_property
    def weight(self) -> float:
        sides = (clause.stems & self.shared - self.names for clause in (self.a, self.b))
        return min(map(weight, sides)) + self.is_linked

    @cached_property
    def covers(self) -> tuple[float, float]:
        """How much of each clause is shared, the lesser part first."""
        parts = zip((self.a, self.b), self.speaks, strict=True)
        low, high = sorted(_cover(clause, self.shared | own) for clause, own in parts)
        return low, high

    @cached_property
    def telling(self) -> frozenset[str]:
        """What is shared beside names, numbers and days."""
        return frozenset(one for one in self.shared - self.names - DATES if one.isalpha())


def closeness(a: Clause, b: Clause, one: Side, other: Side) -> float:
    """How near two clauses of two sides are to each other: 0 where they are of two matters."""
    if not _may_be_near(a, b, one, other):
        return 0
    match = _Match(a, b, one, other)
    is_near = _is_circumstance(match) or (
        (match.is_linked or match.weight >= 3 or not _may_be_anybodys(a, b, one, other))
        and (_is_same(match) or (_asserts(match) and _is_near(match)))
    )
    if not is_near or differ(a, b, one, other):
        return 0
    return match.weight + sum(match.covers)


def _may_be_near(a: Clause, b: Clause, one: Side, other: Side) -> bool:
    """Whether two clauses share anything to speak of: most don't, and that is soon seen."""
    shared = len(a.stems & b.stems)
    if shared >= 2:
        return True
    if not shared and not (a.opposed or b.opposed):
        return False
    is_short = len(a.stems) <= 2 or len(b.stems) <= 2
    is_linked = not (a.stems.isdisjoint(other.who) and b.stems.isdisjoint(one.who))
    return is_short or is_linked or bool(turned(a, b))


def _is_same(match: _Match) -> bool:
    return match.a.stems == match.b.stems and match.weight >= 2


def _asserts(match: _Match) -> bool:
    """Whether both clauses assert something, and what is negated is among what they share."""
    return all(
        (clause.is_denied or not _is_aside(clause))
        and (not clause.turned_first or not clause.turned_first.isdisjoint(match.shared))
        for clause in (match.a, match.b)
    )


def _is_near(match: _Match) -> bool:
    a, b, weight, (low, high) = match.a, match.b, match.weight, match.covers
    is_denied = a.is_denied or b.is_denied
    if is_denied and len(match.telling) >= 2 and weight >= 2.5 and high >= 0.5 and low >= 0.3:
        return True
    if match.telling.isdisjoint(a.predicates | b.predicates | a.excluded | b.excluded):
        return False
    both = not match.telling.isdisjoint(a.predicates)
    both &= not match.telling.isdisjoint(b.predicates)
    if weight < 2:
        return both and high >= 1 and weight >= 1.5
    if is_denied and a.is_turned and b.is_turned:
        return True
    return (
        high >= 1
        or (low >= 0.3 and high >= (0.6 if both or is_denied else 0.75))
        or (both and low >= 0.4 and high >= 0.5)
    )


def _may_be_anybodys(a: Clause, b: Clause, one: Side, other: Side) -> bool:
    """Whether clauses of two articles are of persons whom only their sentences name."""
    if one.claim.article_id == other.claim.article_id:
        return False
    if one.day and other.day and abs((one.day - other.day).days) <= _DAYS:
        return False
    return any(not _PRONOUNS.isdisjoint(clause.parts[:2]) for clause in (a, b))


def _is_aside(clause: Clause) -> bool:
    """Whether a clause asserts nothing by itself: "when it sank", "his plan", "to close it"."""
    return clause.is_subordinate or not clause.predicates


def _is_circumstance(match: _Match) -> bool:
    """Whether two clauses say one short thing of what the claims have in common beside it."""
    one, other = match.one, match.other
    small, large = sorted((match.a.stems, match.b.stems), key=len)
    if not small or len(large) > 2 or not small <= large or match.weight < 1:
        return False
    if max(len(one.clauses), len(other.clauses)) > _MOST_CLAUSES:
        return False
    around = (one.stems & other.stems) - small - match.names
    speaks = (one.stems & other.who) | (other.stems & one.who)
    return bool(around or speaks) and _is_short_of(match.a) and _is_short_of(match.b)


def _is_short_of(clause: Clause) -> bool:
    """Whether a short clause is a circumstance, or lacks but its subject: "without a helmet"."""
    is_circumstance = not _CIRCUMSTANCE.isdisjoint(clause.parts[:2])
    return is_circumstance or (bool(clause.predicates) and not clause.is_subordinate)


def _cover(clause: Clause, matched: frozenset[str]) -> float:
    """How much of a clause is matched; what it takes for known may have another name."""
    whole = weight(clause.stems & matched)
    rest = sum(
        0.5 if one in clause.definite or one in LIGHT else 1.0 for one in clause.stems - matched
    )
    return whole / (whole + rest) if whole else 0
