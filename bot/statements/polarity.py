"""Polarity: split a content into clauses, each asserted, negated or left open. Pure.

A negation turns its own clause; a denial also turns the clauses joined to it. Words that leave a
question open ("could not say") leave the clause open.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.languages.table import calendar, clause_boundaries, negation, persons
from bot.model import Span
from bot.search.engine.words import normalise
from bot.search.tokenized import tokenize
from bot.statements.clauses import Clause, bases_of, is_finite

_STOP = re.compile(r"[.?!]+(?=[^\w\s]*(?:\s+[^\w\s]*[A-Z]|\s*$))")
_NAME = re.compile(r"(?<![.?!“\"‘'])(?<=\s)[“\"‘'(]*([A-ZÀ-Þ][\w-]*)")


@lru_cache(maxsize=20_000)
def split_clauses(text: str, *, is_denied: bool = False) -> tuple[Clause, ...]:
    """Cut a content into its clauses; `is_denied` says that its cue denies it."""
    out: list[Clause] = []
    was_said = False
    stops = [(stop.start(), "?" in stop[0]) for stop in _STOP.finditer(text)]
    for span in _clause_spans(text):
        printed = text[slice(*span)]
        if out and (
            clause_boundaries.DENIAL_END.match(printed)
            or (was_said and not clause_boundaries.LEADING_THAT.match(printed))
        ):
            is_denied = False
        clause, denies = _clause(
            text, span, is_denied=is_denied, is_asked=_is_asked(stops, span[0])
        )
        was_said = denies and negation.TRAILING_FALSEHOOD.search(printed) is not None
        is_denied = is_denied or denies
        if out and not denies and _inherits_doubt(out[-1], clause):
            clause = replace(clause, is_so=None)
        out.append(clause)
    return tuple(out)


def _inherits_doubt(before: Clause, clause: Clause) -> bool:
    """Whether a clause depends on one before it that leaves things open: "nobody said that", "he
    should go and"."""
    if clause.parts[:1] == (clause_boundaries.THAT,):
        is_others = not clause_boundaries.REPORTING_VERBS.isdisjoint(
            before.parts
        ) and persons.FIRST_PERSON.isdisjoint(before.parts)
        return not before.is_denied and (is_others or before.is_so is not True)
    joined = clause.is_coordinated and not clause.is_subordinate and not clause.has_auxiliary
    return joined and before.is_so is None


def _clause(text: str, span: Span, *, is_denied: bool, is_asked: bool) -> tuple[Clause, bool]:
    """Read one clause; also tell whether it contains a denial."""
    printed = text[slice(*span)]
    folded = " ".join(normalise(printed).replace(*clause_boundaries.NOT_FORMS).split())
    denials = len(negation.DENIAL.findall(folded))
    bare = _without_denial(folded) if denials else folded
    # "Dismissed as baseless" denies once.
    again = is_denied and not span[0] and negation.LEADING_FALSEHOOD.match(folded) is not None
    is_denied_in_all = is_denied != bool((denials - again) % 2)
    parts = tokenize(bare if denials else printed).parts
    negations = _negations(bare)
    is_so = (negations + is_denied_in_all) % 2 == 0
    clause = Clause(
        span=span,
        parts=parts,
        is_so=None if is_asked or _is_open(folded, denials) else is_so,
        is_turned=negations > 0 or any(map(bases_of, parts)),
        is_denied=is_denied_in_all,
        is_coordinated=bool(clause_boundaries.LEADING_CONJUNCTION.match(printed)),
        is_subordinate=bool(clause_boundaries.SUBORDINATE_START.match(printed))
        or (span[0] > 0 and not is_finite(parts)),
        names=frozenset(map(normalise, _NAME.findall(printed)))
        - calendar.MONTHS_AND_WEEKDAYS
        - {persons.FIRST_SINGULAR},
    )
    return clause, bool(denials)


def _is_open(folded: str, denials: int) -> bool:
    """Whether a clause that asks nothing leaves open whether something is so."""
    if denials:
        return bool(negation.NEGATED_DENIAL.search(folded))
    open_or_ordered = negation.UNDECIDED_PHRASE.search(folded) or negation.ORDER.search(folded)
    return bool(open_or_ordered) or len(clause_boundaries.NEGATION.findall(folded)) > 1


def _is_asked(stops: Sequence[tuple[int, bool]], start: int) -> bool:
    """Whether the sentence in which a clause begins is a question, by where sentences end."""
    at = bisect.bisect_left(stops, (start, False))
    return at < len(stops) and stops[at][1]


def _clause_spans(text: str) -> Iterator[Span]:
    start = 0
    for joint in clause_boundaries.CLAUSE_BOUNDARY.finditer(text):
        if joint.start() > start and any(map(str.isalnum, text[start : joint.start()])):
            yield start, joint.start()
            start = joint.end()
    if start < len(text):
        yield start, len(text)


def _without_denial(folded: str) -> str:
    """A clause without its verb of denial and a noun such as "claim" after it."""
    before = negation.DENIAL.sub(" | ", folded)
    head, bar, rest = before.partition("|")
    head = clause_boundaries.EMPTY_CLAUSE.sub("", head) if bar else head
    words = rest.split()
    lead = [n for n, word in enumerate(words[:4]) if word in negation.STATEMENT_NOUNS]
    return " ".join([*head.split(), *(words[lead[0] + 1 :] if bar and lead else words)])


def _negations(folded: str) -> int:
    """Count the negations of a folded clause."""
    folded = negation.NON_NEGATING_PHRASE.sub(" ", folded)
    words = re.findall(r"[a-z]+", folded)
    found: int = sum(
        word in negation.NEGATION_WORDS and word != clause_boundaries.NOR for word in words
    )
    found += sum(1 for _ in negation.OMISSION.finditer(folded))
    if clause_boundaries.NOR in words and clause_boundaries.NEITHER not in words:
        found += 1
    # "Not one", "no, never": said twice for force.
    if found > 1 and set(words) >= clause_boundaries.EMPHATIC_NEGATIONS:
        found -= 1
    return found
