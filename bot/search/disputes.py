"""Disputes: whether one claim says that what another says is not so. Pure, and it errs on the
side of "no".

Clauses of both are compared. Two that are of one matter, and of which one says that it is so and
the other that it is not, are a dispute. What one adds ("on three days") may be left out by the
other; what takes the place of something else (another number, day, place, thing) makes it another
matter. Where nothing can be told, nothing is disputed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from bot.model import Claim, Hit
from bot.search.polarity import DATES, Clause, clauses
from bot.search.wordings import CONDITIONS, FUTURE
from bot.search.words import stem, words
from bot.text.common_words import COMMON
from bot.text.negation import CALLED, FALSE_END
from bot.text.opposites import CONTRASTS

_DOUBTS = frozenset(("may", "might", "perhaps", "possible", "possibly", "probable", "probably"))
_MODALS = frozenset(("should", "ought", "must", "need", "want", "hope"))
_CIRCUMSTANCE = frozenset(("without", "on", "in", "at", "by", "for", "with", "from", "no", "not"))
_DAYS = 7
"""Days in which two articles may well be of one story."""
_MOST_CLAUSES = 4
"""Of a content of more it cannot be told what a short clause is of."""
_PRONOUNS = frozenset(("i", "we", "he", "she", "it", "they", "you", "this", "that"))
_PAST = frozenset(("had", "did", "was", "were", "has", "have"))
_NO_REPORTS = ("ordered", "asked")
_TURNERS = CONDITIONS - {"only"}
_LIGHT = frozenset(map(stem, COMMON))


@dataclass(frozen=True)
class Side:
    """A claim as a side of a dispute, cut into clauses once."""

    claim: Claim
    day: date | None = None

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of its content."""
        claim = self.claim
        is_denied = claim.stance == "denied"
        if claim.cue and CALLED.search(claim.cue) and (end := FALSE_END.search(claim.text)):
            return clauses(claim.text[: end.start()], is_denied=True)
        return clauses(claim.text, is_denied=is_denied)

    @cached_property
    def stems(self) -> frozenset[str]:
        """All that its content tells."""
        return frozenset[str]().union(*(clause.stems for clause in self.clauses))

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of the names in its content, and of who says it."""
        printed = frozenset[str]().union(*(clause.names for clause in self.clauses))
        return frozenset(map(stem, printed)) | self.who

    @cached_property
    def who(self) -> frozenset[str]:
        """The stems of the words for who says it."""
        claim = self.claim
        named = " ".join(filter(None, (claim.known_as, claim.speaker, claim.source)))
        return frozenset(map(stem, words(named)))


def side_of(hit: Hit) -> Side:
    """A hit as a side of a dispute."""
    return Side(hit.claim, hit.article.published_on)


class Contradiction(NamedTuple):
    """That two claims contradict each other, in which clauses."""

    one: Clause
    other: Clause


def contradiction(one: Side, other: Side) -> Contradiction | None:
    """Where two claims contradict each other, or None where they don't, or it cannot be told."""
    pairs = [
        (closeness, a, b)
        for a in one.clauses
        for b in other.clauses
        if (closeness := _closeness(a, b, one, other))
    ]
    if not pairs:
        return None
    best_of: dict[int, float] = {}
    for closeness, a, b in pairs:
        for clause in (a, b):
            best_of[id(clause)] = max(best_of.get(id(clause), 0), closeness)
    # A clause is compared with what comes nearest to it in the other claim.
    nearest = [
        (closeness, a, b)
        for closeness, a, b in pairs
        if closeness >= min(best_of[id(a)], best_of[id(b)])
    ]
    agreeing = [(a, b) for _, a, b in nearest if not _is_opposed(a, b)]
    opposed = [
        (closeness, a, b)
        for closeness, a, b in nearest
        if _is_opposed(a, b) and not any(_is_of_same(a, b, *pair) for pair in agreeing)
    ]
    if not opposed:
        return None
    _, a, b = max(opposed, key=lambda found: found[0])
    return Contradiction(a, b)


def _is_of_same(a: Clause, b: Clause, c: Clause, d: Clause) -> bool:
    """Whether two clauses that are opposed say what agrees elsewhere in the claims."""
    return (a is c or b is d) and not (a.stems & b.stems).isdisjoint(c.stems & d.stems)


def can_dispute(claim: Claim) -> bool:
    """Whether a claim says that something is so or is not so."""
    return claim.kind == "attribution" and not claim.negative and claim.stance not in _NO_REPORTS


def half(side: Side, denied: Clause) -> str | None:
    """The words of a side that are denied, where the rest of it is not."""
    others = [clause for clause in side.clauses if clause is not denied and clause.stems]
    place = side.clauses.index(denied)
    coordinated = any(
        clause.is_coordinated for n, clause in enumerate(side.clauses) if n and clause.stems
    )
    if not others or (place == 0 and not coordinated):
        return None
    start, end = denied.span
    return (
        side.claim.text[start:end].strip(" ,;:.“”\"'‘’").removeprefix("and ").removeprefix("but ")
    )


# -- polarity


def _is_opposed(a: Clause, b: Clause) -> bool | None:
    if a.is_so is None or b.is_so is None:
        return False
    turned = len(_turned(a, b)) % 2 == 1
    return (a.is_so != b.is_so) != turned


def _turned(a: Clause, b: Clause) -> frozenset[tuple[str, str]]:
    """What one clause says by the opposite of a word of the other: "unsafe" and "safe"."""
    return frozenset([*_turned_in(a, b), *((two, one) for one, two in _turned_in(b, a))])


def _turned_in(a: Clause, b: Clause) -> Iterator[tuple[str, str]]:
    opposites = (
        (one, other) for one, other in a.opposites if one in a.predicates and other in b.predicates
    )
    for one, other in (*a.bases, *opposites):
        if other in b.stems and one not in b.stems and other not in a.stems:
            yield one, other


# -- one matter


def _closeness(a: Clause, b: Clause, one: Side, other: Side) -> float:
    """How near two clauses are to each other: 0 where they are of different matters."""
    shared, turned = a.stems & b.stems, _turned(a, b)
    if not (shared or turned) or _differ(a, b, one, other):
        return 0
    in_a = shared | {ours for ours, _ in turned}
    in_b = shared | {theirs for _, theirs in turned}
    # Who speaks for one side is whom the other one speaks of.
    speaks = a.stems & other.who, b.stems & one.who
    names = one.names | other.names
    matched = min(_weight(in_a - names), _weight(in_b - names))
    matched += bool(shared & names or any(speaks))
    low, high = sorted((_cover(a, in_a | speaks[0]), _cover(b, in_b | speaks[1])))
    if _is_circumstance(a, b, one, other, matched):
        return matched + high + low
    is_denied = a.is_denied or b.is_denied
    is_linked = bool(shared & names or any(speaks))
    if not is_linked and matched < 3 and _may_be_anybodys(a, b, one, other):
        return 0
    if a.stems == b.stems and matched >= 2:
        return matched + high + low
    if any(_is_aside(clause) for clause in (a, b) if not clause.is_denied):
        return 0
    for clause in (a, b):
        if clause.turned_first and clause.turned_first.isdisjoint(in_a | in_b):
            return 0
    telling = {x for x in (in_a | in_b) - names if x.isalpha() and x not in DATES}
    said = a.predicates | b.predicates | a.excluded | b.excluded
    has_predicate = not telling.isdisjoint(said)
    same_predicate = not telling.isdisjoint(a.predicates) and not telling.isdisjoint(b.predicates)
    is_near = has_predicate and (
        (high >= 1 and matched >= 2)
        or (same_predicate and high >= 1 and matched >= 1.5)
        or (matched >= 2 and high >= 0.75 and low >= 0.3)
        or (same_predicate and matched >= 2 and high >= 0.6 and low >= 0.3)
        or (same_predicate and matched >= 2 and high >= 0.5 and low >= 0.4)
        or (is_denied and matched >= 2 and high >= 0.6 and low >= 0.3)
        or (is_denied and matched >= 2 and a.is_turned and b.is_turned)
    )
    is_near |= is_denied and len(telling) >= 2 and matched >= 2.5 and high >= 0.5 and low >= 0.3
    return matched + high + low if is_near else 0


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


def _is_circumstance(a: Clause, b: Clause, one: Side, other: Side, matched: float) -> bool:
    """Whether two clauses say one short thing of what the claims have in common beside it."""
    small, large = sorted((a.stems, b.stems), key=len)
    around = (one.stems & other.stems) - small - one.names - other.names
    speaker = (one.stems & other.who) | (other.stems & one.who)
    known = len(around) + bool(speaker)
    is_short = bool(small) and len(large) <= 2 and small <= large and matched >= 1
    is_long = max(len(one.clauses), len(other.clauses)) > _MOST_CLAUSES
    return (
        is_short and not is_long and bool(known) and all(_is_short_of(clause) for clause in (a, b))
    )


def _is_short_of(clause: Clause) -> bool:
    """Whether a short clause is a circumstance, or lacks but its subject: "without a helmet"."""
    is_circumstance = not _CIRCUMSTANCE.isdisjoint(clause.parts[:2])
    return is_circumstance or (bool(clause.predicates) and not clause.is_subordinate)


def _weight(stems: Iterable[str]) -> float:
    return sum(0.5 if one in _LIGHT or one[0] == "=" else 1.0 for one in stems)


def _cover(clause: Clause, matched: frozenset[str]) -> float:
    """How much of a clause is matched; what it takes for known may have another name."""
    whole = _weight(clause.stems & matched)
    rest = sum(
        0.5 if one in clause.definite or one in _LIGHT else 1.0 for one in clause.stems - matched
    )
    return whole / (whole + rest) if whole else 0


def _differ(a: Clause, b: Clause, one: Side, other: Side) -> bool:
    """Whether something in one clause stands in the place of something else in the other."""
    if _are_apart(a.numbers, b.numbers) or _are_apart(a.dates, b.dates):
        return True
    if _are_apart(_names(a, other), _names(b, one)):
        return True
    groups = ({CONTRASTS[x] for x in c.parts if x in CONTRASTS} for c in (a, b))
    if any(_are_apart(_of(group, a), _of(group, b)) for group in set.intersection(*groups)):
        return True
    if set(a.parts) & _DOUBTS != set(b.parts) & _DOUBTS:
        return True
    if set(a.parts) & _TURNERS != set(b.parts) & _TURNERS:
        return True
    if {what for _, what in a.owned} & {what for _, what in b.owned - a.owned}:
        return True
    if _modals(a) != _modals(b):
        return True
    if _is_ahead(a, b) or _is_ahead(b, a):
        return True
    return not _turned(a, b) and _is_replaced(a, b)


def _modals(clause: Clause) -> set[str]:
    return {modal for part in clause.parts if (modal := part.rstrip("s")) in _MODALS}


def _are_apart(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and a.isdisjoint(b)


def _names(clause: Clause, other: Side) -> frozenset[str]:
    return frozenset(name for name in clause.names if stem(name) not in other.who)


def _of(group: int, clause: Clause) -> frozenset[str]:
    return frozenset(part for part in clause.parts if CONTRASTS.get(part) == group)


def _is_ahead(a: Clause, b: Clause) -> bool:
    """Whether one clause is of what is to come, and the other of what has been."""
    is_past = not _PAST.isdisjoint(b.parts)
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
    return a.definite.isdisjoint(own) and b.definite.isdisjoint(others)
