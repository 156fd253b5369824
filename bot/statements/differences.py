"""Differences that make two similar clauses incomparable, such as other numbers, days or names.
No I/O."""

from __future__ import annotations

from difflib import SequenceMatcher

from bot.languages.table import calendar, modality, opposites
from bot.search.engine.words import stem
from bot.search.tokenized import CONDITIONS, FUTURE
from bot.statements.arguments import has_other_arguments
from bot.statements.clauses import Clause
from bot.statements.sides import Side, find_opposite_pairs

_CONDITIONS = CONDITIONS - {"only"}


def is_different(a: Clause, b: Clause, side_a: Side, side_b: Side) -> bool:
    """Whether one clause has something different in place of a word of the other."""
    if _are_disjoint(a.numbers, b.numbers) or _are_disjoint(a.calendar_words, b.calendar_words):
        return True
    if _is_narrower(a, b, side_b) or _is_narrower(b, a, side_a):
        return True
    if _are_disjoint(_names(a, side_b), _names(b, side_a)):
        return True
    groups = (
        {
            opposites.CONTRAST_GROUPS[word]
            for word in clause.words
            if word in opposites.CONTRAST_GROUPS
        }
        for clause in (a, b)
    )
    if any(
        _are_disjoint(_contrast_words(group, a), _contrast_words(group, b))
        for group in set.intersection(*groups)
    ):
        return True
    if set(a.words) & modality.DOUBT_WORDS != set(b.words) & modality.DOUBT_WORDS:
        return True
    if set(a.words) & _CONDITIONS != set(b.words) & _CONDITIONS:
        return True
    if {stem for _, stem in a.possessed_pairs} & {
        stem for _, stem in b.possessed_pairs - a.possessed_pairs
    }:
        return True
    if _modals(a) != _modals(b):
        return True
    if _is_future_of_past(a, b) or _is_future_of_past(b, a):
        return True
    if has_other_arguments(a, b, side_a, side_b):
        return True
    return not find_opposite_pairs(a, b) and _is_replaced(a, b)


def _is_narrower(clause: Clause, other_clause: Clause, other_side: Side) -> bool:
    """Whether a clause negates only a number or month that the other side does not mention, and
    so may concern another one."""
    is_denial = clause.is_denied or other_clause.is_denied
    if (
        clause.polarity is not False
        or is_denial
        or not modality.UNIVERSAL_WORDS.isdisjoint(other_clause.words)
    ):
        return False
    mentioned = frozenset[str]().union(
        *(
            mentioned_clause.numbers | mentioned_clause.calendar_words
            for mentioned_clause in other_side.clauses
        )
    )
    return not (clause.numbers | (clause.calendar_words & calendar.MONTHS)) <= mentioned


def _modals(clause: Clause) -> set[str]:
    return {modal for word in clause.words if (modal := word.rstrip("s")) in modality.MODALS}


def _are_disjoint(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and a.isdisjoint(b)


def _names(clause: Clause, other_side: Side) -> frozenset[str]:
    return frozenset(name for name in clause.names if stem(name) not in other_side.speaker_stems)


def _contrast_words(group: int, clause: Clause) -> frozenset[str]:
    # What follows "until" is when something ended, not whether.
    words = clause.words[: clause.words.index("until")] if "until" in clause.words else clause.words
    return frozenset(word for word in words if opposites.CONTRAST_GROUPS.get(word) == group)


def _is_future_of_past(a: Clause, b: Clause) -> bool:
    """Whether the first clause is about the future, and the other about the past."""
    is_past = not modality.PAST_AUXILIARIES.isdisjoint(b.words)
    return not FUTURE.isdisjoint(a.words) and FUTURE.isdisjoint(b.words) and is_past


def _is_replaced(a: Clause, b: Clause) -> bool:
    """Whether the clauses end in different things: "a new roof", "a new gym"."""
    matcher = SequenceMatcher(None, a.ordered_stems, b.ordered_stems, autojunk=False)
    operations = matcher.get_opcodes()
    if len(operations) < 2 or operations[-1][0] != "replace" or operations[-2][0] != "equal":
        return False
    common_end, (_, own_start, _, other_start, other_end) = operations[-2][2], operations[-1]
    if a.ordered_stems[common_end - 1][0] == "=":
        return False
    own_words, other_words = (
        set(a.ordered_stems[own_start:]),
        set(b.ordered_stems[other_start:other_end]),
    )
    if own_words & b.stems or other_words & a.stems or max(len(own_words), len(other_words)) > 1:
        return False
    if not (
        own_words <= a.predicates | _stems(a.names) or other_words <= b.predicates | _stems(b.names)
    ):
        return a.definite_stems.isdisjoint(own_words) and b.definite_stems.isdisjoint(other_words)
    return False


def _stems(names: frozenset[str]) -> frozenset[str]:
    return frozenset(map(stem, names))
