"""Split a query into its parts: words, phrases, operators with their values, and OR."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from bot.search.engine.words import word_spans
from bot.search.language.dates import MAX_WORDS, is_impossible_date, parse_days
from bot.search.language.query import EXACT_SIGN, FILTERS, OR, ROUGH_SIGN

DATE_OPERATORS = ("after", "before", "on")
OPERATORS = {operator: operator for operator in (*FILTERS.values(), *DATE_OPERATORS, "sort")}
OPERATORS |= {"speaker": "by", "source": "by"}
"""The names that can be typed before a colon, each with its operator."""

QUOTATION_MARKS = '"“”„‟«»'
"""Double quotation marks of any style; they enclose a phrase."""
_CHUNK = re.compile(rf"[{QUOTATION_MARKS}]|[^\s{QUOTATION_MARKS}]+")
OPERATOR = re.compile(rf"({'|'.join(OPERATORS)}):", re.IGNORECASE)


class Part(NamedTuple):
    """One part of a query: `value` trimmed to its words, `kind` an operator's name or "word",
    "phrase" or "or"."""

    position: int
    kind: str
    value: str
    typed: str
    is_negative: bool = False


def split_query(text: str, position: int, today: date) -> Iterator[Part]:
    """Split a query into its parts, in order, starting at a position."""
    while chunk := _CHUNK.search(text, position):
        start, position = chunk.span()
        typed = chunk[0]
        if typed in QUOTATION_MARKS:
            value, position = _quotation(text, start)
            yield Part(start, "phrase", value, text[start:position], _is_after_minus(text, start))
            continue
        first_word = _first_word_start(typed)
        operator = OPERATOR.match(typed, first_word)
        is_negative = _is_after_minus(text, start + first_word)
        if not operator:
            # In "Salem, OR" it stands for Oregon.
            is_or = typed == OR and not text[:start].rstrip().endswith(",")
            value = OR if is_or else "".join(trim_words([typed]))
            yield Part(start, "or" if is_or else "word", value, typed, is_negative)
            continue
        kind = OPERATORS[operator[1].lower()]
        value = typed[operator.end() :]
        if not value:
            value, position = _next_value(text, position)
        if kind in DATE_OPERATORS and text[position - 1] not in QUOTATION_MARKS:
            value, position = _longest_date(text, value, position, today)
        yield Part(start, kind, trim(value), text[start:position], is_negative)


def _first_word_start(typed: str) -> int:
    if typed[0].isascii() and typed[0].isalnum():
        return 0
    return next((span[0] for _, span in word_spans(typed)), len(typed))


def _is_after_minus(text: str, position: int) -> bool:
    """Whether a single minus precedes this position, at the start of a query or a word.

    Before the minus there may be an opening bracket or the sign of an exact or rough query: "a-b"
    and "--" exclude nothing.
    """
    preceding_text = text[max(0, position - 2) : position]
    return preceding_text.endswith("-") and (
        len(preceding_text) == 1
        or preceding_text[0].isspace()
        or preceding_text[0] in f"([{{<{EXACT_SIGN}{ROUGH_SIGN}"
    )


def _quotation(text: str, start: int) -> tuple[str, int]:
    """The text between the mark at `start` and the next one, and the position after it."""
    end = start + 1
    while end < len(text) and text[end] not in QUOTATION_MARKS:
        end += 1
    return trim(text[start + 1 : end]), min(end + 1, len(text))


def _next_value(text: str, position: int) -> tuple[str, int]:
    """The value of an operator that ends at `position`: a quotation or the next word ("by: xi")."""
    chunk = _CHUNK.search(text, position)
    if not chunk:
        return "", position
    if chunk[0] in QUOTATION_MARKS:
        return _quotation(text, chunk.start())
    if OPERATOR.match(chunk[0]):
        return "", position
    return chunk[0], chunk.end()


def _longest_date(text: str, value: str, position: int, today: date) -> tuple[str, int]:
    """Extend a value by the next words if they make a date ("14 dec 2022", "last week"), or else
    an impossible date ("31 feb"); returns the value and the position after it."""
    longest_date, typed = (value, position), value
    for _ in range(MAX_WORDS - 1):
        chunk = _CHUNK.search(text, position)
        if not chunk or chunk[0] in QUOTATION_MARKS:
            break
        typed, position = f"{typed} {chunk[0]}", chunk.end()
        is_impossible = is_impossible_date(typed, today) and not parse_days(longest_date[0], today)
        if is_impossible or parse_days(typed, today):
            longest_date = typed, position
    return longest_date


def trim_words(chunks: Iterable[str]) -> Iterator[str]:
    """Trim each chunk, drop empty ones, and write OR in lower case, so that it parses as a word."""
    for word in filter(None, map(trim, chunks)):
        yield OR.lower() if word == OR else word


def trim(typed: str) -> str:
    """Remove everything before the first and after the last word, and normalise white space."""
    if typed.isascii() and typed.isalnum():
        return typed
    typed = " ".join(typed.split())
    spans = [span for _, span in word_spans(typed)]
    return typed[spans[0][0] : spans[-1][1]] if spans else ""
