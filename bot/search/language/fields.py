"""Convert the fields of a form to the query language, and back. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.errors import QueryError
from bot.search.engine.words import words
from bot.search.language import pasted_text
from bot.search.language.parsing import parse
from bot.search.language.parts import QUOTATION_MARKS
from bot.search.language.query import EXACT_SIGN, ROUGH_SIGN

TYPES = ("direct", "mixed", "indirect", "statement")
"""The types that the form offers."""

MAX_OPTION_LENGTH = 75
"""Maximum number of characters of an option in a form."""

_MARKS_TO_SPACES = dict.fromkeys(map(ord, QUOTATION_MARKS), " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The values of a form: `words` is in the query language, or a pasted text.

    Each other field is a filter, or None for any value. Both days are included.
    """

    words: str = ""
    speaker: str | None = None
    outlet: str | None = None
    type: str | None = None
    after: date | None = None
    before: date | None = None


def to_query(fields: Fields, today: date) -> str:
    """Write the fields as a query; a pasted text without filters is returned unchanged.

    Raises QueryError, as `parse` does, if the query cannot be answered.
    """
    typed, filters = fields.words.strip(), " ".join(_filters(fields))
    if not filters and pasted_text.sentences(typed):
        return typed
    # Filters first: a quotation that is never closed extends to the end.
    sign = typed[:1] if typed.startswith((EXACT_SIGN, ROUGH_SIGN)) else ""
    try:
        return str(parse(f"{sign}{filters} {typed.removeprefix(sign)}".strip(), today))
    except QueryError:
        if filters and typed:
            parse(typed, today)  # If the words are wrong, the error should quote only them.
        raise


def from_query(typed: str, outlets: Iterable[str], today: date) -> Fields:
    """Fill the fields of a form from a query.

    Everything that no field can express becomes words, as do pasted texts and queries that cannot
    be parsed. An outlet is filled in only if it is one of `outlets`.
    """
    try:
        query = None if pasted_text.sentences(typed) else parse(typed, today)
    except QueryError:
        query = None
    if query is None:
        return Fields(words=typed)
    speaker, type_ = _single_value(query.speakers), _single_value(query.types)
    speaker = speaker if speaker and len(speaker) <= MAX_OPTION_LENGTH else None
    type_ = type_ if type_ in TYPES else None
    name = words(_single_value(query.outlets) or "")
    outlet = next((outlet for outlet in outlets if name and words(outlet) == name), None)
    rest = replace(
        query,
        speakers=() if speaker else query.speakers,
        outlets=() if outlet else query.outlets,
        types=() if type_ else query.types,
        after=None,
        before=None,
    )
    has_more = rest.has_text or rest.has_filters or rest.not_words or rest.not_phrases
    return Fields(
        words=str(rest) if has_more or rest.sort != "best" else "",
        speaker=speaker,
        outlet=outlet,
        type=type_,
        after=query.after,
        before=query.before,
    )


def _single_value(values: Sequence[str]) -> str | None:
    return values[0] if len(values) == 1 else None


def _filters(fields: Fields) -> Iterator[str]:
    # In quotation marks: otherwise the words that follow a date could be parsed as part of it.
    for operator, day in (("after", fields.after), ("before", fields.before)):
        if day:
            yield f'{operator}:"{day}"'
    for operator, value in (("by", fields.speaker), ("in", fields.outlet), ("type", fields.type)):
        unquoted_value = (value or "").translate(_MARKS_TO_SPACES)
        if words(unquoted_value):
            yield f'{operator}:"{unquoted_value}"'
