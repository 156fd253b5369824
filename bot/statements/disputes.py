"""Disputes: whether one claim contradicts another. Pure; if in doubt, it says no.

The clauses of both claims are compared. Two clauses on the same subject, one asserted and one
negated, are a dispute. One may leave out what the other adds ("on three days"), but a different
number, day, place or thing makes it another subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.languages.table import clause_words
from bot.model import Claim
from bot.statements.clauses import Clause
from bot.statements.closeness import closeness, may_be_close
from bot.statements.sides import Side, is_opposed

_UNDISPUTABLE_STANCES = ("ordered", "asked")


class Contradiction(NamedTuple):
    """The two clauses in which a pair of claims contradicts each other."""

    one: Clause
    other: Clause


def find_contradiction(one: Side, other: Side) -> Contradiction | None:
    """Find the clauses in which two claims contradict each other; None if unsure."""
    pairs = [(a, b) for a in one.clauses for b in other.clauses if may_be_close(a, b)]
    opposed = _near([pair for pair in pairs if is_opposed(*pair)], one, other)
    if not opposed:
        return None
    agreeing = _near([pair for pair in pairs if not is_opposed(*pair)], one, other)
    # A clause counts only against the closest clause of the other claim.
    best_of: dict[int, float] = {}
    for near, a, b in (*opposed, *agreeing):
        for clause in (a, b):
            best_of[id(clause)] = max(best_of.get(id(clause), 0), near)
    agreed = [(a, b) for near, a, b in agreeing if near >= min(best_of[id(a)], best_of[id(b)])]
    left = [
        (near, a, b)
        for near, a, b in opposed
        if near >= min(best_of[id(a)], best_of[id(b)])
        and not any(_is_of_same(a, b, *pair) for pair in agreed)
    ]
    if not left:
        return None
    _, a, b = max(left, key=lambda found: found[0])
    return Contradiction(a, b)


def _near(
    pairs: Sequence[tuple[Clause, Clause]], one: Side, other: Side
) -> list[tuple[float, Clause, Clause]]:
    """Keep the pairs of clauses on the same subject, each with its closeness."""
    return [(near, a, b) for a, b in pairs if (near := closeness(a, b, one, other))]


def _is_of_same(a: Clause, b: Clause, c: Clause, d: Clause) -> bool:
    """Whether the opposed clauses a and b share words with c and d, which agree."""
    return (a is c or b is d) and not (a.stems & b.stems).isdisjoint(c.stems & d.stems)


def can_dispute(claim: Claim) -> bool:
    """Whether a claim asserts or denies something, so that another can contradict it."""
    return (
        claim.kind == "attribution"
        and not claim.negative
        and claim.stance not in _UNDISPUTABLE_STANCES
    )


def denied_part(side: Side, denied: Clause) -> str | None:
    """The denied words of a side; None if all of it is denied."""
    others = [clause for clause in side.clauses if clause is not denied and clause.stems]
    place = side.clauses.index(denied)
    coordinated = any(
        clause.is_coordinated for n, clause in enumerate(side.clauses) if n and clause.stems
    )
    if not others or (place == 0 and not coordinated):
        return None
    told = side.claim.text[slice(*denied.span)].strip(" ,;:.“”\"'‘’")
    for word in clause_words.CONJUNCTIONS:
        told = told.removeprefix(f"{word} ")
    return told
