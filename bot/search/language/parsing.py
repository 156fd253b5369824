"""Reading the query language: a person's text in, a Query out.

Everything that is no operator is words: "10:30", "foo:bar" and addresses are searched as typed.
A quotation mark that is never closed reaches to the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from bot.errors import QueryError
from bot.search.engine.words import words
from bot.search.language.dates import Days, is_impossible_date, parse_days
from bot.search.language.parts import DATES, MARKS, Part, split_query, trim
from bot.search.language.query import (
    CHOICES,
    CLOSE_SHARE,
    EXACT_SIGN,
    FILTERS,
    OR,
    ROUGH_SIGN,
    Query,
    leading_blanks,
)
from bot.search.language.typed_text import clean_typed_text
from bot.words import say

MAX_QUERY = 4_000
"""Characters; whatever is longer was pasted, not typed (bot/search/language/pasted_text.py)."""
MAX_PARTS = 50
"""Phrases, alternatives, exclusions and values in one query; words are not limited."""
MAX_RUN = 100
"""Words between two quotation marks, or without white space between them."""

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.ASCII)
_PART_OF = {operator: part for part, operator in FILTERS.items()}


def parse(text: str, today: date) -> Query:
    """Read a query; `today` is what "yesterday" counts from.

    Raises QueryError, with the position where reading stopped, for an empty query, one that only
    excludes, a date that is none, dates that leave no day, an operator without a value or with one
    that it doesn't take, an OR that joins nothing and a query beyond the limits above.
    """
    if len(text) > MAX_QUERY:
        raise QueryError(
            say("queries.long_query", n=len(text)),
            position=MAX_QUERY,
            remedy=say("queries.type_at_most", n=MAX_QUERY),
        )
    meant = clean_typed_text(text)
    try:
        return _read(meant.text, today)
    except QueryError as error:
        error.position = meant.places[error.position]
        raise


def narrow(query: Query, facet: str, value: str) -> Query:
    """Make a query ask only for one value of a facet: "speaker", "outlet", "month" or "type"."""
    if facet == "month":
        first, last = parse_days(value, date.max) or (None, None)
        return replace(query, after=first, before=last)
    field = {"speaker": "speakers", "outlet": "outlets", "type": "types"}[facet]
    value = trim(value.translate(dict.fromkeys(map(ord, MARKS), " ")))
    asked: dict[str, Any] = {field: (value,)}
    return replace(query, **asked) if value else query


def _read(text: str, today: date) -> Query:
    start = leading_blanks(text)
    how = text[start : start + 1]
    exact, roughly = how == EXACT_SIGN, CLOSE_SHARE if how == ROUGH_SIGN else 0.0
    found: dict[str, list[str]] = {}
    either: list[tuple[str, ...]] = []
    read: dict[str, Any] = {"exact": exact, "min_share": roughly}
    for group in _groups(split_query(text, start + (exact or roughly > 0), today)):
        part = group[0]
        if part.kind in DATES:
            read |= _narrowed(read, part.kind, _days(part, today))
        elif part.kind == "sort":
            read["sort"] = part.value
        elif len(group) > 1 and part.kind in ("word", "phrase"):
            either.append(tuple(one.value for one in group))
        else:
            found.setdefault(_field(part), []).extend(one.value for one in group)
    read |= {field: distinct(values) for field, values in found.items()}
    return _answerable(Query(**read, alternatives=tuple(either)), len(text))


def _field(part: Part) -> str:
    """The field of Query that a part's value belongs to."""
    if part.kind in ("word", "phrase"):
        return f"not_{part.kind}s" if part.negative else f"{part.kind}s"
    return "not_stances" if part.negative else _PART_OF[part.kind]


def _narrowed(read: dict[str, Any], kind: str, dates: Days) -> dict[str, date]:
    """The days that are left when another date is asked for too."""
    narrowed = {}
    if kind != "before":
        narrowed["after"] = max(read.get("after") or dates[0], dates[0])
    if kind != "after":
        narrowed["before"] = min(read.get("before") or dates[1], dates[1])
    return narrowed


def _groups(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Join parts that stand with OR between them; each of the others is a group of its own.

    Alternatives that say the same are one.
    """
    group: list[Part] = []
    joint: Part | None = None
    for part in filter(None, map(_checked, parts)):
        if part.kind == "or":
            if joint or not group:
                twice = say("queries.unread", typed=f"{OR} {OR}")
                raise _not_joined(part, twice if joint else say("queries.or_first"))
            joint = part
        elif joint:
            if not _may_join(group[-1], part):
                typed = f"{_shown(group[-1])} {OR} {_shown(part)}"
                raise _not_joined(joint, say("queries.unread", typed=typed))
            if all(words(part.value) != words(one.value) for one in group):
                group.append(part)
            joint = None
        else:
            if group:
                yield group
            group = [part]
    if joint:
        raise _not_joined(joint, say("queries.or_last"))
    if group:
        yield group


def _may_join(one: Part, other: Part) -> bool:
    """Words and phrases can be alternatives; values of one filter are so without OR, too."""
    if one.negative or other.negative:
        return False
    text = ("word", "phrase")
    return (one.kind in text and other.kind in text) or (
        one.kind == other.kind and one.kind in _PART_OF and one.kind != "about"
    )


def _not_joined(part: Part, message: str) -> QueryError:
    return QueryError(message, position=part.position, remedy=say("queries.how_or"))


def _checked(part: Part) -> Part | None:
    """A part with its value as it is meant, None if it says nothing; refuse what can't be read."""
    if part.kind == "or":
        return part
    count = len(words(part.value))
    if count > MAX_RUN:
        raise QueryError(
            say("queries.long_phrase", n=MAX_RUN),
            position=part.position,
            remedy=say("queries.no_quotation_marks"),
        )
    if part.kind in ("word", "phrase"):
        return part if count else None
    if part.negative and part.kind != "stance":
        raise _unread(part, say("queries.how_minus"))
    if part.kind in DATES:
        return part
    if part.kind in CHOICES or part.kind == "lang":
        return part._replace(value=_chosen(part))
    if not count:
        how = "queries.how_title" if part.kind == "title" else "queries.how_name"
        raise _unread(part, say(how, operator=part.kind))
    return part


def _chosen(part: Part) -> str:
    """The value of an operator that takes only certain ones."""
    value = part.value.lower()
    if part.kind == "lang":
        if not (code := _LANGUAGE.fullmatch(value)):
            raise _unread(part, say("queries.how_language"))
        return code[1]
    if value not in CHOICES[part.kind]:
        *others, last = (f"{part.kind}:{choice}" for choice in CHOICES[part.kind])
        raise _unread(part, say("queries.how_choice", others=", ".join(others), last=last))
    return value


def _days(part: Part, today: date) -> Days:
    read = parse_days(part.value, today)
    if read is None:
        none = [say("queries.no_such_day")] if is_impossible_date(part.value, today) else []
        raise _unread(part, " ".join([*none, say("queries.how_date")]))
    return read


def _unread(part: Part, remedy: str) -> QueryError:
    message = say("queries.unread", typed=_shown(part))
    return QueryError(message, position=part.position, remedy=remedy)


def _shown(part: Part) -> str:
    return part.typed if len(part.typed) <= 60 else f"{part.typed[:59]}…"


def _answerable(query: Query, end: int) -> Query:
    if not query.has_text and not query.has_filters:
        raise QueryError(say(_lacking(query, end)), position=end, remedy=say("queries.how_query"))
    if query.after and query.before and query.after > query.before:
        raise QueryError(
            say("queries.no_day", after=query.after, before=query.before),
            position=end,
            remedy=say("queries.swap_days"),
        )
    parts = (
        query.phrases,
        query.not_words,
        query.not_phrases,
        query.not_stances,
        *query.alternatives,
    )
    filters = (getattr(query, part) for part in FILTERS)
    if sum(map(len, (*parts, *filters))) > MAX_PARTS:
        raise QueryError(
            say("queries.many_parts", n=MAX_PARTS),
            position=end,
            remedy=say("queries.fewer"),
        )
    return query


def _lacking(query: Query, end: int) -> str:
    if not end:
        return "queries.nothing"
    leaves_out = query.not_words or query.not_phrases
    return "queries.only_leaves_out" if leaves_out else "queries.no_words"


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Drop what says the same as something before it; case and accents count for nothing."""
    first: dict[tuple[str, ...], str] = {}
    for value in values:
        first.setdefault(tuple(words(value)), value)
    return tuple(first.values())
