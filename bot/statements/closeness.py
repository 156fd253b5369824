"""Closeness: whether two clauses are about the same subject, and how close they are. Pure.

A denial repeats what it denies: its verb or its object, and something else. So both clauses must
share enough weight, and one of them must say little more than what is shared. All shared names
count as one word, common words and numbers as half a word; words in very many claims count half.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.languages.table import calendar, persons
from bot.statements.clauses import COMMON_STEMS, LIGHT_VERBS, Clause, weight
from bot.statements.differences import is_different
from bot.statements.sides import Side, opposite_pairs

_MOST_CLAUSES = 4
"""In a content with more clauses, the context of a short clause is unclear."""
_MANY_STORY_STEMS = 3
"""Shared stems of a story that suffice to identify a "he"."""


@dataclass(frozen=True)
class _Match:
    """Two clauses of two sides, with what they share."""

    a: Clause
    b: Clause
    one: Side
    other: Side

    @cached_property
    def turned(self) -> frozenset[str]:
        """The stems of either clause whose opposite is in the other."""
        return frozenset(stem for pair in opposite_pairs(self.a, self.b) for stem in pair)

    @cached_property
    def shared(self) -> frozenset[str]:
        """The stems in both clauses, or with an opposite in the other."""
        return (self.a.stems & self.b.stems) | self.turned

    @cached_property
    def names(self) -> frozenset[str]:
        return self.one.names | self.other.names

    @cached_property
    def names_other_speaker(self) -> tuple[frozenset[str], frozenset[str]]:
        """The stems in each clause that name the other's speaker."""
        return self.a.stems & self.other.who, self.b.stems & self.one.who

    @cached_property
    def is_denied(self) -> bool:
        return self.a.is_denied or self.b.is_denied

    @cached_property
    def is_linked(self) -> bool:
        """Whether both share a name that is not common to most claims."""
        named = (self.shared & self.names).union(*self.names_other_speaker)
        return not named <= self.one.common

    @cached_property
    def weight(self) -> float:
        told = self.shared - self.names
        return min(self._weigh(clause.stems & told) for clause in (self.a, self.b)) + self.is_linked

    def _weigh(self, stems: frozenset[str]) -> float:
        return weight(stems) - weight(stems & self.one.common) / 2

    @cached_property
    def covers(self) -> tuple[float, float]:
        """The share of each clause that both have in common, smaller first."""
        parts = zip((self.a, self.b), self.names_other_speaker, strict=True)
        low, high = sorted(_cover(clause, self.shared | own) for clause, own in parts)
        return low, high

    @cached_property
    def heads(self) -> frozenset[str]:
        """The shared predicates and negated objects."""
        a, b = self.a, self.b
        objects = a.excluded | b.excluded
        for clause in (a, b):
            if clause.is_so is False and clause.has_light_verb:
                objects |= clause.after_negation
        return (self.verbs | objects) & self.shared - self.names

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The shared verbs, opposites included."""
        a, b = self.a, self.b
        verbs = a.predicates | b.predicates
        if self.weight < 2.5 and not self.is_denied:
            verbs = (a.predicates - b.nouns) | (b.predicates - a.nouns)
        return verbs & self.shared - self.names

    @cached_property
    def beside(self) -> frozenset[str]:
        """Stems of the story that both claims share outside the two clauses."""
        one, other = self.one, self.other
        marks = (one.story_stems & (other.story_stems | other.stems)) | (
            other.story_stems & one.stems
        )
        return marks - self.shared - one.common - COMMON_STEMS - calendar.MONTHS_AND_WEEKDAYS


def closeness(a: Clause, b: Clause, one: Side, other: Side) -> float:
    """Score how close two clauses of two sides are; 0 if they are about different subjects."""
    match = _Match(a, b, one, other)
    is_near = _is_circumstance(match) or (_asserts(match) and _is_near(match))
    if not is_near or is_different(a, b, one, other) or not _is_of_one_story(match):
        return 0
    return match.weight + sum(match.covers)


def may_be_close(a: Clause, b: Clause) -> bool:
    """Cheap test that rejects most pairs: whether two clauses share any content stem."""
    shared = a.stems & b.stems
    if shared and not shared <= COMMON_STEMS:
        return True
    return (a.opposed or b.opposed) and bool(opposite_pairs(a, b))


def _is_of_one_story(match: _Match) -> bool:
    """Whether the claims are about one story, by what they share outside the clauses."""
    one, other = match.one, match.other
    if one.claim.article_id == other.claim.article_id:
        return True
    beside = len(match.beside)
    openings = [clause.parts[:2] for clause in (match.a, match.b)]
    if any(not persons.THIRD_PERSON.isdisjoint(parts) for parts in openings):
        least = 2.5
        if beside >= _MANY_STORY_STEMS:
            least = 2 if any(not persons.UNGENDERED.isdisjoint(parts) for parts in openings) else 1
        return bool(beside) and (match.is_linked or match.weight >= least)
    if beside:
        return beside >= 2 or match.weight >= 1.5
    if one.headline and other.headline:
        return match.weight >= 3
    return all(persons.FIRST_PERSON.isdisjoint(parts) for parts in openings)


def _asserts(match: _Match) -> bool:
    """Whether both clauses assert something, and anything negated is shared."""
    return all(
        not clause.is_subordinate
        and (clause.is_main or not clause.stems.isdisjoint(match.verbs) or _is_repeated(match))
        and (clause.is_so is not False or _shares_negated(clause, match))
        for clause in (match.a, match.b)
    )


def _is_repeated(match: _Match) -> bool:
    """Whether one clause denies the other nearly word for word."""
    return match.is_denied and match.weight >= 2 and match.covers[0] >= 0.6


def _shares_negated(clause: Clause, match: _Match) -> bool:
    """Whether the other clause shares what this one negates, including its verb if it has one."""
    first = clause.after_negation
    if first and first.isdisjoint(match.shared):
        return False
    repeats = clause.has_light_verb or not (clause.predicates - LIGHT_VERBS).isdisjoint(
        match.shared
    )
    return repeats or (clause.is_denied and match.weight >= 2)


def _is_near(match: _Match) -> bool:
    weight, (low, high) = match.weight, match.covers
    denying = [clause for clause in (match.a, match.b) if clause.is_so is False]
    is_vague = any(clause.has_light_verb for clause in denying)
    least = 1.5 if match.heads or is_vague else 2 if low >= 0.75 else 2.5
    if match.is_denied and low >= 0.25 and high >= 0.5 and weight >= least:
        return True
    if not match.heads:
        return False
    if weight >= 1.5 and low >= 0.3 and high >= (0.6 if match.verbs or is_vague else 0.75):
        return weight >= 2 or low >= 0.4
    if match.verbs and low >= (0.3 if weight >= 3 else 0.4) and high >= 0.5 and weight >= 2:
        return True
    # "Nobody walked out": the other clause contains all of it.
    most = max(len(match.a.predicates), len(match.b.predicates))
    by_pronoun = [not persons.PRONOUNS.isdisjoint(c.parts[:2]) for c in (match.a, match.b)]
    is_of_one = match.one.claim.article_id == match.other.claim.article_id
    is_anybodys = all(by_pronoun) or (any(by_pronoun) and not is_of_one)
    is_telling = weight >= 1.5 or not (match.verbs <= COMMON_STEMS or most > 1 or is_anybodys)
    return high >= 1 and low >= 0.25 and is_telling


def _is_circumstance(match: _Match) -> bool:
    """Whether two very short clauses qualify something else that the claims share."""
    one, other = match.one, match.other
    small, large = sorted((match.a.stems, match.b.stems), key=len)
    if not small or len(large) > 2 or not small <= large or match.weight < 1:
        return False
    if max(len(one.clauses), len(other.clauses)) > _MOST_CLAUSES:
        return False
    around = (one.stems & other.stems) - small - match.names
    speaks = (one.stems & other.who) | (other.stems & one.who)
    is_circumstance = any(
        not persons.CIRCUMSTANCE_STARTS.isdisjoint(c.parts[:2]) for c in (match.a, match.b)
    )
    return is_circumstance and bool(around or speaks)


def _cover(clause: Clause, matched: frozenset[str]) -> float:
    """The share of a clause that is matched; definite nouns weigh half, as names for them vary."""
    whole = weight(clause.stems & matched)
    rest = sum(
        0.5 if one in clause.definite or one in COMMON_STEMS else 1.0
        for one in clause.stems - matched
    )
    return whole / (whole + rest) if whole else 0
