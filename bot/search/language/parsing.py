"""Parse the query language: a person's text in, a Query out.

Everything that is not an operator is words: "10:30", "foo:bar" and addresses are searched as typed.
A quotation that is never closed extends to the end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from bot.errors import QueryError
from bot.search.engine.words import words
from bot.search.language.dates import Days, is_impossible_date, parse_days
from bot.search.language.parts import DATE_OPERATORS, QUOTATION_MARKS, Part, split_query, trim
from bot.search.language.query import (
    CHOICES,
    EXACT_SIGN,
    FILTERS,
    OR,
    ROUGH_SHARE,
    ROUGH_SIGN,
    Query,
    leading_blanks,
)
from bot.search.language.typed_text import clean_typed_text
from bot.search.language.unnamed_sources import without_unnamed
from bot.words import say

MAX_QUERY_LENGTH = 4_000
"""In characters; a longer text was pasted, not typed (bot/search/language/pasted_text.py)."""
MAX_PARTS = 50
"""Maximum number of phrases, alternatives, exclusions and values; words are not limited."""
MAX_PHRASE_WORDS = 100
"""Maximum number of words between quotation marks, or joined without white space."""
_MAX_DISPLAY_LENGTH = 60

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.ASCII)
_FILTER_OF = {operator: filter_name for filter_name, operator in FILTERS.items()}


def parse(text: str, today: date) -> Query:
    """Parse a query; `today` is the day that "yesterday" counts from.

    Raises QueryError, with the position of the error, for

    - an empty query, or one that only excludes
    - an invalid date, or dates that leave no day
    - an operator without a value, or with an invalid one
    - an OR that does not join two parts
    - a query beyond the limits above.
    """
    if len(text) > MAX_QUERY_LENGTH:
        raise QueryError(
            say("queries.long_query", n=len(text)),
            position=MAX_QUERY_LENGTH,
            remedy=say("queries.type_at_most", n=MAX_QUERY_LENGTH),
        )
    cleaned = clean_typed_text(text)
    try:
        return _parse(cleaned.text, today)
    except QueryError as error:
        error.position = cleaned.positions[error.position]
        raise


def narrow(query: Query, facet: str, value: str) -> Query:
    """Limit a query to one value of a facet: "speaker", "outlet", "month" or "type"."""
    if facet == "month":
        first, last = parse_days(value, date.max) or (None, None)
        return replace(query, after=first, before=last)
    field = {"speaker": "speakers", "outlet": "outlets", "type": "types"}[facet]
    value = trim(value.translate(dict.fromkeys(map(ord, QUOTATION_MARKS), " ")))
    changes: dict[str, Any] = {field: (value,)}
    return replace(query, **changes) if value else query


def _parse(text: str, today: date) -> Query:
    start = leading_blanks(text)
    sign = text[start : start + 1]
    fields: dict[str, Any] = {
        "exact": sign == EXACT_SIGN,
        "min_share": ROUGH_SHARE if sign == ROUGH_SIGN else 0.0,
    }
    if sign in (EXACT_SIGN, ROUGH_SIGN):
        start += 1
    values: defaultdict[str, list[str]] = defaultdict(list)
    alternatives: list[tuple[str, ...]] = []
    for group in _groups(split_query(text, start, today)):
        part = group[0]
        if part.kind in DATE_OPERATORS:
            fields |= _narrow_days(fields, part.kind, _days(part, today))
        elif part.kind == "sort":
            fields["sort"] = part.value
        elif len(group) > 1 and part.kind in ("word", "phrase"):
            alternatives.append(tuple(part.value for part in group))
        else:
            values[_field_of(part)] += (part.value for part in group)
    fields |= {field: deduplicate(texts) for field, texts in values.items()}
    query = Query(**fields, alternatives=tuple(alternatives))
    others = None if query.exact or query.source_kinds else without_unnamed(query.words)
    if others is not None:
        query = replace(query, words=others, source_kinds=("no",))
    _validate(query, len(text))
    return query


def _field_of(part: Part) -> str:
    if part.kind in ("word", "phrase"):
        return f"not_{part.kind}s" if part.is_negative else f"{part.kind}s"
    return "not_stances" if part.is_negative else _FILTER_OF[part.kind]


def _narrow_days(fields: dict[str, Any], kind: str, days: Days) -> dict[str, date]:
    days_fields = {}
    if kind != "before":
        days_fields["after"] = max(fields.get("after") or days[0], days[0])
    if kind != "after":
        days_fields["before"] = min(fields.get("before") or days[1], days[1])
    return days_fields


def _groups(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Group the parts that are joined by OR; every other part forms its own group.

    Alternatives with the same words are merged.
    """
    group: list[Part] = []
    pending_or: Part | None = None
    for part in filter(None, map(_normalise_part, parts)):
        if part.kind == "or":
            if pending_or or not group:
                repeated_or = say("queries.unread", typed=f"{OR} {OR}")
                raise _or_error(part, repeated_or if pending_or else say("queries.or_first"))
            pending_or = part
        elif pending_or:
            if not _can_be_alternatives(group[-1], part):
                typed = f"{_shorten(group[-1])} {OR} {_shorten(part)}"
                raise _or_error(pending_or, say("queries.unread", typed=typed))
            if all(words(part.value) != words(other.value) for other in group):
                group.append(part)
            pending_or = None
        else:
            if group:
                yield group
            group = [part]
    if pending_or:
        raise _or_error(pending_or, say("queries.or_last"))
    if group:
        yield group


def _can_be_alternatives(first: Part, second: Part) -> bool:
    """Whether OR can join two parts: words and phrases, or values of one filter.

    Values of one filter are alternatives without OR, too.
    """
    if first.is_negative or second.is_negative:
        return False
    text_kinds = ("word", "phrase")
    return (first.kind in text_kinds and second.kind in text_kinds) or (
        first.kind == second.kind and first.kind in _FILTER_OF and first.kind != "about"
    )


def _or_error(part: Part, message: str) -> QueryError:
    return QueryError(message, position=part.position, remedy=say("queries.how_or"))


def _normalise_part(part: Part) -> Part | None:
    """Normalise a part's value; None if it has no words. Raises QueryError if it is invalid."""
    if part.kind == "or":
        return part
    count = len(words(part.value))
    if count > MAX_PHRASE_WORDS:
        raise QueryError(
            say("queries.long_phrase", n=MAX_PHRASE_WORDS),
            position=part.position,
            remedy=say("queries.no_quotation_marks"),
        )
    if part.kind in ("word", "phrase"):
        return part if count else None
    if part.is_negative and part.kind != "stance":
        raise _part_error(part, say("queries.how_minus"))
    if part.kind in DATE_OPERATORS:
        return part
    if part.kind in CHOICES or part.kind == "lang":
        return part._replace(value=_valid_choice(part))
    if not count:
        remedy_key = "queries.how_title" if part.kind == "title" else "queries.how_name"
        raise _part_error(part, say(remedy_key, operator=part.kind))
    return part


def _valid_choice(part: Part) -> str:
    """The value of an operator with a fixed set of values. Raises QueryError for any other."""
    value = part.value.lower()
    if part.kind == "lang":
        if not (code := _LANGUAGE.fullmatch(value)):
            raise _part_error(part, say("queries.how_language"))
        return code[1]
    if value not in CHOICES[part.kind]:
        *others, last = (f"{part.kind}:{choice}" for choice in CHOICES[part.kind])
        raise _part_error(part, say("queries.how_choice", others=", ".join(others), last=last))
    return value


def _days(part: Part, today: date) -> Days:
    days = parse_days(part.value, today)
    if days is None:
        is_impossible = is_impossible_date(part.value, today)
        reasons = [say("queries.no_such_day")] if is_impossible else []
        raise _part_error(part, " ".join([*reasons, say("queries.how_date")]))
    return days


def _part_error(part: Part, remedy: str) -> QueryError:
    message = say("queries.unread", typed=_shorten(part))
    return QueryError(message, position=part.position, remedy=remedy)


def _shorten(part: Part) -> str:
    if len(part.typed) <= _MAX_DISPLAY_LENGTH:
        return part.typed
    return f"{part.typed[: _MAX_DISPLAY_LENGTH - 1]}…"


def _validate(query: Query, end: int) -> None:
    """Raise QueryError, with the position `end`, if the query as a whole cannot be answered."""
    if not query.has_text and not query.has_filters:
        message = say(_empty_query_message(query, end))
        raise QueryError(message, position=end, remedy=say("queries.how_query"))
    if query.after and query.before and query.after > query.before:
        raise QueryError(
            say("queries.no_day", after=query.after, before=query.before),
            position=end,
            remedy=say("queries.swap_days"),
        )
    exclusions = (query.not_words, query.not_phrases, query.not_stances)
    filters = (getattr(query, filter_name) for filter_name in FILTERS)
    if sum(map(len, (query.phrases, *exclusions, *query.alternatives, *filters))) > MAX_PARTS:
        raise QueryError(
            say("queries.many_parts", n=MAX_PARTS),
            position=end,
            remedy=say("queries.fewer"),
        )


def _empty_query_message(query: Query, end: int) -> str:
    if not end:
        return "queries.nothing"
    return "queries.only_leaves_out" if query.not_words or query.not_phrases else "queries.no_words"


def deduplicate(values: Iterable[str]) -> tuple[str, ...]:
    """Drop values with the same words as an earlier one, ignoring case and accents."""
    value_by_words: dict[tuple[str, ...], str] = {}
    for value in values:
        value_by_words.setdefault(tuple(words(value)), value)
    return tuple(value_by_words.values())
