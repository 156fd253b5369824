"""Convert the fields of a form to the query language, and back. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.errors import QueryError
from bot.search.engine.words import words
from bot.search.language import pasted_text
from bot.search.language.parsing import parse
from bot.search.language.parts import MARKS
from bot.search.language.query import EXACT_SIGN, ROUGH_SIGN

TYPES = ("direct", "mixed", "indirect", "statement")
"""The types that the form offers."""

MAX_CHOICE = 75
"""Characters of an option in a form."""

_NO_MARKS = dict.fromkeys(map(ord, MARKS), " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What was filled in of a form: `words` in the query language, or a pasted text; of the
    others each asks for one value, None for any. Both days are included."""

    words: str = ""
    speaker: str | None = None
    outlet: str | None = None
    type: str | None = None
    after: date | None = None
    before: date | None = None


def to_query(fields: Fields, today: date) -> str:
    """Write the fields as a query; a pasted text alone stays as it is.

    Raises QueryError, as `parse` does, where they ask for nothing that can be found.
    """
    typed, filters = fields.words.strip(), " ".join(_filters(fields))
    if not filters and pasted_text.sentences(typed):
        return typed
    # Filters first: a quotation mark that is never closed reaches to the end.
    how = typed[:1] if typed.startswith((EXACT_SIGN, ROUGH_SIGN)) else ""
    try:
        return str(parse(f"{how}{filters} {typed.removeprefix(how)}".strip(), today))
    except QueryError:
        if filters and typed:
            parse(typed, today)  # Where the words are at fault, nothing else is to be quoted.
        raise


def from_query(typed: str, outlets: Iterable[str], today: date) -> Fields:
    """Fill the fields of a form from a query; what no field can express becomes words, and so do
    pasted texts and queries that cannot be parsed.

    An outlet is filled in only if it is one of `outlets`.
    """
    try:
        query = None if pasted_text.sentences(typed) else parse(typed, today)
    except QueryError:
        query = None
    if query is None:
        return Fields(words=typed)
    by, kind = _only(query.speakers), _only(query.types)
    by = by if by and len(by) <= MAX_CHOICE else None
    called = words(_only(query.outlets) or "")
    outlet = next((one for one in outlets if called and words(one) == called), None)
    rest = replace(
        query,
        speakers=() if by else query.speakers,
        outlets=() if outlet else query.outlets,
        types=() if kind in TYPES else query.types,
        after=None,
        before=None,
    )
    asks = rest.has_text or rest.has_filters or rest.not_words or rest.not_phrases
    return Fields(
        words=str(rest) if asks or rest.sort != "best" else "",
        speaker=by,
        outlet=outlet,
        type=kind if kind in TYPES else None,
        after=query.after,
        before=query.before,
    )


def _only(values: Sequence[str]) -> str | None:
    return values[0] if len(values) == 1 else None


def _filters(fields: Fields) -> Iterator[str]:
    # In quotation marks, or the words that follow a date could be read as part of it.
    for operator, day in (("after", fields.after), ("before", fields.before)):
        if day:
            yield f'{operator}:"{day}"'
    named = (("by", fields.speaker), ("in", fields.outlet), ("type", fields.type))
    for operator, value in named:
        plain = (value or "").translate(_NO_MARKS)
        if words(plain):
            yield f'{operator}:"{plain}"'
