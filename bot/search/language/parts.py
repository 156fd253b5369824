"""Cutting a query into its parts: words, phrases, operators with their values, and OR."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from bot.search.engine.words import word_spans
from bot.search.language.dates import MAX_WORDS, is_impossible_date, parse_days
from bot.search.language.query import EXACT_SIGN, FILTERS, OR, ROUGH_SIGN

DATES = ("after", "before", "on")
OPERATORS = {operator: operator for operator in (*FILTERS.values(), *DATES, "sort")}
OPERATORS |= {"speaker": "by", "source": "by"}
"""What can be typed before a colon, and the operator that it is."""

MARKS = '"“”„‟«»'
_CHUNK = re.compile(rf"[{MARKS}]|[^\s{MARKS}]+")
OPERATOR = re.compile(rf"({'|'.join(OPERATORS)}):", re.IGNORECASE)


class Part(NamedTuple):
    """One piece of a query as typed: `value` trim to its words, `kind` an operator's name or
    "word", "phrase" or "or"."""

    position: int
    kind: str
    value: str
    typed: str
    negative: bool = False


def split_query(text: str, position: int, today: date) -> Iterator[Part]:
    """Cut a query into its parts from a position on, in order."""
    while chunk := _CHUNK.search(text, position):
        start, position = chunk.span()
        typed = chunk[0]
        if typed in MARKS:
            value, position = _quote(text, start)
            yield Part(start, "phrase", value, text[start:position], _after_minus(text, start))
            continue
        lead = _lead(typed)
        operator = OPERATOR.match(typed, lead)
        negative = _after_minus(text, start + lead)
        if not operator:
            # "Salem, OR" is in Oregon.
            joins = typed == OR and not text[:start].rstrip().endswith(",")
            value = OR if joins else "".join(trim_words([typed]))
            yield Part(start, "or" if joins else "word", value, typed, negative)
            continue
        kind = OPERATORS[operator[1].lower()]
        value = typed[operator.end() :]
        if not value:
            value, position = _value(text, position)
        if kind in DATES and text[position - 1] not in MARKS:
            value, position = _longest_date(text, value, position, today)
        yield Part(start, kind, trim(value), text[start:position], negative)


def _lead(typed: str) -> int:
    """How many characters stand before the first word."""
    if typed[0].isascii() and typed[0].isalnum():
        return 0
    return next((span[0] for _, span in word_spans(typed)), len(typed))


def _after_minus(text: str, position: int) -> bool:
    """Whether a single minus stands before this position, and nothing but an opening bracket, the
    sign of an exact query or white space before that: "a-b" and "--" exclude nothing."""
    before = text[max(0, position - 2) : position]
    return before.endswith("-") and (
        len(before) == 1 or before[0].isspace() or before[0] in f"([{{<{EXACT_SIGN}{ROUGH_SIGN}"
    )


def _quote(text: str, start: int) -> tuple[str, int]:
    """What stands between the mark at `start` and the next one, and where reading goes on."""
    end = start + 1
    while end < len(text) and text[end] not in MARKS:
        end += 1
    return trim(text[start + 1 : end]), min(end + 1, len(text))


def _value(text: str, position: int) -> tuple[str, int]:
    """The value of an operator that ends at `position`: a quote, or the next word ("by: xi")."""
    chunk = _CHUNK.search(text, position)
    if not chunk:
        return "", position
    if chunk[0] in MARKS:
        return _quote(text, chunk.start())
    if OPERATOR.match(chunk[0]):
        return "", position
    return chunk[0], chunk.end()


def _longest_date(text: str, value: str, position: int, today: date) -> tuple[str, int]:
    """Take in further words where these make a date: "after:14 dec 2022", "last week"; where none
    do, those that would make one of a day that there is not: "31 feb"."""
    best, typed = (value, position), value
    for _ in range(MAX_WORDS - 1):
        chunk = _CHUNK.search(text, position)
        if not chunk or chunk[0] in MARKS:
            break
        typed, position = f"{typed} {chunk[0]}", chunk.end()
        would_be = is_impossible_date(typed, today) and not parse_days(best[0], today)
        if would_be or parse_days(typed, today):
            best = typed, position
    return best


def trim_words(chunks: Iterable[str]) -> Iterator[str]:
    """Cut off what is no word, and write a word so that it is not read as OR."""
    for word in filter(None, map(trim, chunks)):
        yield OR.lower() if word == OR else word


def trim(typed: str) -> str:
    """Cut off what is no word at both ends, and join what is between with single spaces."""
    if typed.isascii() and typed.isalnum():
        return typed
    typed = " ".join(typed.split())
    spans = [span for _, span in word_spans(typed)]
    return typed[spans[0][0] : spans[-1][1]] if spans else ""
