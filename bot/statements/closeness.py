"""Closeness: whether two clauses are about the same subject, and how close they are. No I/O.

A denial repeats what it denies: its verb or its object, and something else. So both clauses must
share enough weight, and one of them must contain little else. All shared names together count as
one word, common words and numbers as half a word; words in very many of the claims count half.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.languages.table import calendar, clause_openings
from bot.statements.clauses import COMMON_STEMS, LIGHT_VERBS, Clause, total_weight
from bot.statements.differences import is_different
from bot.statements.sides import Side, find_opposite_pairs

_MAX_CLAUSES = 4
"""In a content with more clauses, the context of a short clause is unclear."""
_MANY_STORY_STEMS = 3
"""The number of shared story stems that is enough to identify a "he"."""


@dataclass(frozen=True)
class _Match:
    """A clause of each of two sides, and what the clauses share."""

    a: Clause
    b: Clause
    side_a: Side
    side_b: Side

    @cached_property
    def opposed_stems(self) -> frozenset[str]:
        """The stems of either clause with an opposite in the other."""
        return frozenset(stem for pair in find_opposite_pairs(self.a, self.b) for stem in pair)

    @cached_property
    def shared(self) -> frozenset[str]:
        """The stems that are in both clauses, or have an opposite in the other."""
        return (self.a.stems & self.b.stems) | self.opposed_stems

    @cached_property
    def names(self) -> frozenset[str]:
        return self.side_a.names | self.side_b.names

    @cached_property
    def names_other_speaker(self) -> tuple[frozenset[str], frozenset[str]]:
        """The stems in each clause that name the other's speaker."""
        return self.a.stems & self.side_b.speaker_stems, self.b.stems & self.side_a.speaker_stems

    @cached_property
    def is_denied(self) -> bool:
        return self.a.is_denied or self.b.is_denied

    @cached_property
    def is_linked(self) -> bool:
        """Whether they share a name that is not common to most claims."""
        named = (self.shared & self.names).union(*self.names_other_speaker)
        return not named <= self.side_a.common_stems

    @cached_property
    def weight(self) -> float:
        """The weight of the shared stems without names, for the clause with less of it."""
        stems = self.shared - self.names
        return (
            min(self._weigh(clause.stems & stems) for clause in (self.a, self.b)) + self.is_linked
        )

    def _weigh(self, stems: frozenset[str]) -> float:
        return total_weight(stems) - total_weight(stems & self.side_a.common_stems) / 2

    @cached_property
    def matched_shares(self) -> tuple[float, float]:
        """The share of each clause that the other contains, smaller first."""
        clauses = zip((self.a, self.b), self.names_other_speaker, strict=True)
        low, high = sorted(_matched_share(clause, self.shared | names) for clause, names in clauses)
        return low, high

    @cached_property
    def shared_predicates(self) -> frozenset[str]:
        """The shared predicates and negated objects."""
        a, b = self.a, self.b
        objects = a.negated_nouns | b.negated_nouns
        for clause in (a, b):
            if clause.polarity is False and clause.has_light_verb:
                objects |= clause.after_negation
        return (self.verbs | objects) & self.shared - self.names

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The shared verbs, opposites included."""
        a, b = self.a, self.b
        verbs = a.predicates | b.predicates
        if self.weight < 2.5 and not self.is_denied:
            verbs = (a.predicates - b.stems_after_article) | (b.predicates - a.stems_after_article)
        return verbs & self.shared - self.names

    @cached_property
    def shared_story_stems(self) -> frozenset[str]:
        """The story's stems that the sides share outside the two clauses."""
        side_a, side_b = self.side_a, self.side_b
        stems = (side_a.story_stems & (side_b.story_stems | side_b.stems)) | (
            side_b.story_stems & side_a.stems
        )
        return (
            stems - self.shared - side_a.common_stems - COMMON_STEMS - calendar.MONTHS_AND_WEEKDAYS
        )


def score_closeness(a: Clause, b: Clause, side_a: Side, side_b: Side) -> float:
    """Score the closeness of two clauses of two sides; 0 if they are about different subjects."""
    match = _Match(a, b, side_a, side_b)
    is_match = _is_circumstance(match) or (_are_assertions(match) and _share_enough(match))
    if not is_match or is_different(a, b, side_a, side_b) or not _is_same_story(match):
        return 0
    return match.weight + sum(match.matched_shares)


def may_be_close(a: Clause, b: Clause) -> bool:
    """Whether two clauses share any content stem: a cheap test that rejects most pairs."""
    shared = a.stems & b.stems
    if shared and not shared <= COMMON_STEMS:
        return True
    return (a.has_opposite or b.has_opposite) and bool(find_opposite_pairs(a, b))


def _is_same_story(match: _Match) -> bool:
    """Whether the claims are about one story, judging by what they share outside the clauses."""
    side_a, side_b = match.side_a, match.side_b
    if side_a.claim.article_id == side_b.claim.article_id:
        return True
    shared_count = len(match.shared_story_stems)
    openings = [clause.words[:2] for clause in (match.a, match.b)]
    if any(not clause_openings.THIRD_PERSON.isdisjoint(words) for words in openings):
        min_weight = 2.5
        if shared_count >= _MANY_STORY_STEMS:
            min_weight = (
                2
                if any(not clause_openings.UNGENDERED.isdisjoint(words) for words in openings)
                else 1
            )
        return bool(shared_count) and (match.is_linked or match.weight >= min_weight)
    if shared_count:
        return shared_count >= 2 or match.weight >= 1.5
    if side_a.headline and side_b.headline:
        return match.weight >= 3
    return all(clause_openings.FIRST_PERSON.isdisjoint(words) for words in openings)


def _are_assertions(match: _Match) -> bool:
    """Whether both clauses assert something, and anything negated is shared."""
    return all(
        not clause.is_subordinate
        and (clause.is_main or not clause.stems.isdisjoint(match.verbs) or _is_repeated(match))
        and (clause.polarity is not False or _shares_negated(clause, match))
        for clause in (match.a, match.b)
    )


def _is_repeated(match: _Match) -> bool:
    """Whether one clause denies the other nearly word for word."""
    return match.is_denied and match.weight >= 2 and match.matched_shares[0] >= 0.6


def _shares_negated(clause: Clause, match: _Match) -> bool:
    """Whether the other clause shares what this one negates, including its verb if it has one."""
    negated = clause.after_negation
    if negated and negated.isdisjoint(match.shared):
        return False
    repeats_verb = clause.has_light_verb or not (clause.predicates - LIGHT_VERBS).isdisjoint(
        match.shared
    )
    return repeats_verb or (clause.is_denied and match.weight >= 2)


def _share_enough(match: _Match) -> bool:
    """Whether the clauses share enough, with thresholds chosen on examples."""
    weight, (low, high) = match.weight, match.matched_shares
    negated = [clause for clause in (match.a, match.b) if clause.polarity is False]
    is_vague = any(clause.has_light_verb for clause in negated)
    min_weight = 1.5 if match.shared_predicates or is_vague else 2 if low >= 0.75 else 2.5
    if match.is_denied and low >= 0.25 and high >= 0.5 and weight >= min_weight:
        return True
    if not match.shared_predicates:
        return False
    if weight >= 1.5 and low >= 0.3 and high >= (0.6 if match.verbs or is_vague else 0.75):
        return weight >= 2 or low >= 0.4
    if match.verbs and low >= (0.3 if weight >= 3 else 0.4) and high >= 0.5 and weight >= 2:
        return True
    # The other clause contains all of a short one: "Nobody walked out".
    predicate_count = max(len(match.a.predicates), len(match.b.predicates))
    has_pronoun = [
        not clause_openings.PRONOUNS.isdisjoint(clause.words[:2]) for clause in (match.a, match.b)
    ]
    is_same_article = match.side_a.claim.article_id == match.side_b.claim.article_id
    has_vague_subject = all(has_pronoun) or (any(has_pronoun) and not is_same_article)
    is_specific = weight >= 1.5 or not (
        match.verbs <= COMMON_STEMS or predicate_count > 1 or has_vague_subject
    )
    return high >= 1 and low >= 0.25 and is_specific


def _is_circumstance(match: _Match) -> bool:
    """Whether two very short clauses qualify something else that the claims share."""
    side_a, side_b = match.side_a, match.side_b
    small, large = sorted((match.a.stems, match.b.stems), key=len)
    if not small or len(large) > 2 or not small <= large or match.weight < 1:
        return False
    if max(len(side_a.clauses), len(side_b.clauses)) > _MAX_CLAUSES:
        return False
    shared_context = (side_a.stems & side_b.stems) - small - match.names
    named_speakers = (side_a.stems & side_b.speaker_stems) | (side_b.stems & side_a.speaker_stems)
    is_circumstance = any(
        not clause_openings.CIRCUMSTANCE_STARTS.isdisjoint(clause.words[:2])
        for clause in (match.a, match.b)
    )
    return is_circumstance and bool(shared_context or named_speakers)


def _matched_share(clause: Clause, matched: frozenset[str]) -> float:
    """The share of a clause that is matched; definite nouns count half, since they may be
    replaced."""
    matched_weight = total_weight(clause.stems & matched)
    unmatched_weight = sum(
        0.5 if stem in clause.definite_stems or stem in COMMON_STEMS else 1.0
        for stem in clause.stems - matched
    )
    return matched_weight / (matched_weight + unmatched_weight) if matched_weight else 0
