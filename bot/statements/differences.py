"""Differences that make two similar clauses incomparable: other numbers, days, names. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher

from bot.languages.table import calendar, modality, opposites
from bot.search.engine.words import stem
from bot.search.tokenized import CONDITIONS, FUTURE
from bot.statements.clauses import Clause
from bot.statements.sides import Side, opposite_pairs

_CONDITIONS = CONDITIONS - {"only"}


def is_different(a: Clause, b: Clause, one: Side, other: Side) -> bool:
    """Whether one clause has something different in place of a word of the other."""
    if _are_apart(a.numbers, b.numbers) or _are_apart(a.dates, b.dates):
        return True
    if _is_narrower(a, b, other) or _is_narrower(b, a, one):
        return True
    if _are_apart(_names(a, other), _names(b, one)):
        return True
    groups = (
        {opposites.CONTRAST_GROUPS[x] for x in c.parts if x in opposites.CONTRAST_GROUPS}
        for c in (a, b)
    )
    if any(
        _are_apart(_words_of_group(group, a), _words_of_group(group, b))
        for group in set.intersection(*groups)
    ):
        return True
    if set(a.parts) & modality.DOUBT_WORDS != set(b.parts) & modality.DOUBT_WORDS:
        return True
    if set(a.parts) & _CONDITIONS != set(b.parts) & _CONDITIONS:
        return True
    if {what for _, what in a.owned} & {what for _, what in b.owned - a.owned}:
        return True
    if _modals(a) != _modals(b):
        return True
    if _is_future_of_past(a, b) or _is_future_of_past(b, a):
        return True
    return not opposite_pairs(a, b) and _is_replaced(a, b)


def _is_narrower(clause: Clause, said: Clause, other: Side) -> bool:
    """Whether a clause negates only a number or month that the other side does not mention: that
    side may mean another one."""
    is_denial = clause.is_denied or said.is_denied
    if (
        clause.is_so is not False
        or is_denial
        or not modality.UNIVERSAL_WORDS.isdisjoint(said.parts)
    ):
        return False
    stands = frozenset[str]().union(*(one.numbers | one.dates for one in other.clauses))
    return not (clause.numbers | (clause.dates & calendar.MONTHS)) <= stands


def _modals(clause: Clause) -> set[str]:
    return {modal for part in clause.parts if (modal := part.rstrip("s")) in modality.MODALS}


def _are_apart(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and a.isdisjoint(b)


def _names(clause: Clause, other: Side) -> frozenset[str]:
    return frozenset(name for name in clause.names if stem(name) not in other.who)


def _words_of_group(group: int, clause: Clause) -> frozenset[str]:
    # What follows "until" says when it ended.
    parts = clause.parts[: clause.parts.index("until")] if "until" in clause.parts else clause.parts
    return frozenset(part for part in parts if opposites.CONTRAST_GROUPS.get(part) == group)


def _is_future_of_past(a: Clause, b: Clause) -> bool:
    """Whether the first clause is about the future, and the other about the past."""
    is_past = not modality.PAST_AUXILIARIES.isdisjoint(b.parts)
    return not FUTURE.isdisjoint(a.parts) and FUTURE.isdisjoint(b.parts) and is_past


def _is_replaced(a: Clause, b: Clause) -> bool:
    """Whether another thing ends one clause than the other: "a new roof", "a new gym"."""
    matcher = SequenceMatcher(None, a.told, b.told, autojunk=False)
    codes = matcher.get_opcodes()
    if len(codes) < 2 or codes[-1][0] != "replace" or codes[-2][0] != "equal":
        return False
    before, (_, first, _, start, end) = codes[-2][2], codes[-1]
    if a.told[before - 1][0] == "=":
        return False
    own, others = set(a.told[first:]), set(b.told[start:end])
    if own & b.stems or others & a.stems or max(len(own), len(others)) > 1:
        return False
    if not (own <= a.predicates | _stems(a.names) or others <= b.predicates | _stems(b.names)):
        return a.definite.isdisjoint(own) and b.definite.isdisjoint(others)
    return False


def _stems(names: frozenset[str]) -> frozenset[str]:
    return frozenset(map(stem, names))
