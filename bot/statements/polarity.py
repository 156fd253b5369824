"""Polarity: split a content into clauses, each asserted, negated or left open. No I/O.

A negation reverses its own clause; a denial also reverses the clauses joined to it. Words that
leave a question open ("could not say") leave the clause open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from bot.languages.table import calendar, clause_boundaries, clause_words, negation
from bot.model import Span
from bot.search.engine.words import normalise
from bot.search.tokenized import tokenize
from bot.statements.clauses import Clause

_QUESTION = re.compile(r"[^.?!]*\?")
NAME = re.compile(r"(?<![.?!“\"‘'])(?<=\s)[“\"‘'(]*([A-ZÀ-Þ][\w-]*)")


@lru_cache(maxsize=20_000)
def split_clauses(text: str, *, is_denied: bool = False) -> tuple[Clause, ...]:
    """Split a content into its clauses; `is_denied` says that its cue denies it."""
    clauses: list[Clause] = []
    was_called_false = False
    for span in _clause_spans(text):
        printed = text[slice(*span)]
        if was_called_false and not clause_boundaries.LEADING_THAT.match(printed):
            is_denied = False
        clause, denies = _parse_clause(text, span, is_denied=is_denied)
        was_called_false = denies and negation.TRAILING_FALSEHOOD.search(printed) is not None
        is_denied = is_denied or denies
        if clauses and not denies and _inherits_doubt(clauses[-1], clause):
            clause = replace(clause, polarity=None)
        clauses.append(clause)
    return tuple(clauses)


def _inherits_doubt(previous: Clause, clause: Clause) -> bool:
    """Whether a clause depends on an open one before it: "nobody said that", "he should go and"."""
    if clause.words[:1] == (clause_boundaries.THAT,):
        is_reported = not clause_boundaries.REPORTING_VERBS.isdisjoint(
            previous.words
        ) and clause_words.FIRST_PERSON.isdisjoint(previous.words)
        return not previous.is_denied and (is_reported or previous.polarity is not True)
    is_continuation = (
        clause.is_coordinated and not clause.is_subordinate and not clause.has_auxiliary
    )
    return is_continuation and previous.polarity is None


def _parse_clause(text: str, span: Span, *, is_denied: bool) -> tuple[Clause, bool]:
    printed = text[slice(*span)]
    folded = " ".join(normalise(printed).replace(*clause_boundaries.NOT_FORMS).split())
    without_denial, denials = negation.DENIAL.subn(" ", folded)
    # "Dismissed as baseless" is a single denial.
    repeats_denial = (
        is_denied and not span[0] and negation.LEADING_FALSEHOOD.match(folded) is not None
    )
    is_denied_overall = is_denied != bool((denials - repeats_denial) % 2)
    words = tokenize(without_denial if denials else printed).parts
    if is_denied_overall and clause_boundaries.THAT in words:
        # "[Denied] the claim that"
        start = words.index(clause_boundaries.THAT)
        if not negation.STATEMENT_NOUNS.isdisjoint(words[:start]):
            words = words[start + 1 :]
    is_asked = _QUESTION.match(text, span[0]) is not None
    polarity = (_count_negations(without_denial) + is_denied_overall) % 2 == 0
    clause = Clause(
        span=span,
        words=words,
        polarity=None if is_asked or _is_open(folded, denials) else polarity,
        is_denied=is_denied_overall,
        is_coordinated=bool(clause_boundaries.LEADING_CONJUNCTION.match(printed)),
        is_subordinate=bool(clause_boundaries.SUBORDINATE_START.match(printed)),
        names=frozenset(map(normalise, NAME.findall(printed)))
        - calendar.MONTHS_AND_WEEKDAYS
        - {clause_words.FIRST_SINGULAR},
    )
    return clause, bool(denials)


def _is_open(folded: str, denials: int) -> bool:
    """Whether a clause that is not a question leaves something open."""
    if denials:
        return bool(negation.NEGATED_DENIAL.search(folded))
    open_or_ordered = negation.UNDECIDED_PHRASE.search(folded) or negation.ORDER.search(folded)
    return bool(open_or_ordered) or len(clause_boundaries.NEGATION.findall(folded)) > 1


def _clause_spans(text: str) -> Iterator[Span]:
    start = 0
    for boundary in clause_boundaries.CLAUSE_BOUNDARY.finditer(text):
        if boundary.start() > start and any(map(str.isalnum, text[start : boundary.start()])):
            yield start, boundary.start()
            start = boundary.end()
    if start < len(text):
        yield start, len(text)


def _count_negations(folded: str) -> int:
    words = negation.NON_NEGATING_PHRASE.sub(" ", folded).split()
    return sum(word.strip(".,") in negation.NEGATION_WORDS for word in words) + len(
        negation.OMISSION.findall(folded)
    )
