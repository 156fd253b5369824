"""Disputes: whether one claim says that what another says is not so. Pure, and it errs on the
side of "no".

Clauses of both are compared. Two that are of one matter, and of which one says that it is so and
the other that it is not, are a dispute. What one adds ("on three days") may be left out by the
other; what takes the place of something else (another number, day, place, thing) makes it another
matter. Where nothing can be told, nothing is disputed.
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
    """That two claims contradict each other, in which clauses."""

    one: Clause
    other: Clause


def find_contradiction(one: Side, other: Side) -> Contradiction | None:
    """Where two claims contradict each other, or None where they don't, or it cannot be told."""
    pairs = [(a, b) for a in one.clauses for b in other.clauses if may_be_close(a, b)]
    opposed = _near([pair for pair in pairs if is_opposed(*pair)], one, other)
    if not opposed:
        return None
    agreeing = _near([pair for pair in pairs if not is_opposed(*pair)], one, other)
    # A clause is compared with what comes nearest to it in the other claim.
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
    """Those of some pairs of clauses that are of one matter, with how near they are."""
    return [(near, a, b) for a, b in pairs if (near := closeness(a, b, one, other))]


def _is_of_same(a: Clause, b: Clause, c: Clause, d: Clause) -> bool:
    """Whether two clauses that are opposed say what agrees elsewhere in the claims."""
    return (a is c or b is d) and not (a.stems & b.stems).isdisjoint(c.stems & d.stems)


def can_dispute(claim: Claim) -> bool:
    """Whether a claim says that something is so or is not so."""
    return (
        claim.kind == "attribution"
        and not claim.negative
        and claim.stance not in _UNDISPUTABLE_STANCES
    )


def denied_part(side: Side, denied: Clause) -> str | None:
    """The words of a side that are denied, where the rest of it is not."""
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
