"""Disputes: whether one claim contradicts another; in case of doubt, it does not. No I/O.

The clauses of both claims are compared. Two clauses on the same subject, one asserted and one
negated, are a dispute. One may omit details of the other ("on three days"), but a different number,
day, place or thing makes it another subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.languages.table import clause_words
from bot.model import Claim
from bot.statements.clauses import Clause
from bot.statements.closeness import may_be_close, score_closeness
from bot.statements.sides import Side, is_opposed

_UNDISPUTABLE_STANCES = ("ordered", "asked")


class Contradiction(NamedTuple):
    """The two clauses in which a pair of claims contradicts each other."""

    first_clause: Clause
    second_clause: Clause


def find_contradiction(side_a: Side, side_b: Side) -> Contradiction | None:
    """Find the clauses in which two claims contradict each other; None if unsure."""
    pairs = [(a, b) for a in side_a.clauses for b in side_b.clauses if may_be_close(a, b)]
    opposed = _score_pairs([pair for pair in pairs if is_opposed(*pair)], side_a, side_b)
    if not opposed:
        return None
    agreeing = _score_pairs([pair for pair in pairs if not is_opposed(*pair)], side_a, side_b)
    # A clause counts only against the closest clause of the other claim.
    best_scores: dict[int, float] = {}
    for score, a, b in (*opposed, *agreeing):
        for clause in (a, b):
            best_scores[id(clause)] = max(best_scores.get(id(clause), 0), score)
    agreeing_pairs = [
        (a, b) for score, a, b in agreeing if score >= min(best_scores[id(a)], best_scores[id(b)])
    ]
    contradictions = [
        (score, a, b)
        for score, a, b in opposed
        if score >= min(best_scores[id(a)], best_scores[id(b)])
        and not any(_repeats_agreement(a, b, *pair) for pair in agreeing_pairs)
    ]
    if not contradictions:
        return None
    _, a, b = max(contradictions, key=lambda scored: scored[0])
    return Contradiction(a, b)


def _score_pairs(
    pairs: Sequence[tuple[Clause, Clause]], side_a: Side, side_b: Side
) -> list[tuple[float, Clause, Clause]]:
    """Return the pairs of clauses on the same subject, each with its closeness."""
    return [(score, a, b) for a, b in pairs if (score := score_closeness(a, b, side_a, side_b))]


def _repeats_agreement(a: Clause, b: Clause, c: Clause, d: Clause) -> bool:
    """Whether the opposed clauses a and b share words with c and d, which agree."""
    return (a is c or b is d) and not (a.stems & b.stems).isdisjoint(c.stems & d.stems)


def can_dispute(claim: Claim) -> bool:
    """Whether a claim asserts or denies something, so that another can contradict it."""
    return (
        claim.kind == "attribution"
        and not claim.negative
        and claim.stance not in _UNDISPUTABLE_STANCES
    )


def find_denied_part(side: Side, denied: Clause) -> str | None:
    """Return the denied words of a side, None if all of it is denied."""
    others = [clause for clause in side.clauses if clause is not denied and clause.stems]
    index = side.clauses.index(denied)
    has_coordinated = any(
        clause.is_coordinated for n, clause in enumerate(side.clauses) if n and clause.stems
    )
    if not others or (index == 0 and not has_coordinated):
        return None
    words = side.claim.text[slice(*denied.span)].strip(" ,;:.“”\"'‘’")
    for conjunction in clause_words.CONJUNCTIONS:
        words = words.removeprefix(f"{conjunction} ")
    return words
