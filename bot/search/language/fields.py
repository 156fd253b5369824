"""From the fields of a form to the query language. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.errors import QueryError
from bot.search.engine.words import words
from bot.search.language import pasted as passages
from bot.search.language.parsing import parse
from bot.search.language.parts import MARKS
from bot.search.language.query import EXACTLY, MOSTLY

_NO_MARKS = dict.fromkeys(map(ord, MARKS), " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What was filled in of a form: `words` in the query language, or a pasted passage; of the
    others each asks for one value, None for any. Both days are included."""

    words: str = ""
    speaker: str | None = None
    outlet: str | None = None
    type: str | None = None
    after: date | None = None
    before: date | None = None


def written(fields: Fields, today: date) -> str:
    """Write in the query language what the fields ask for; a passage alone stays as it is.

    Raises QueryError, as `parse` does, where they ask for nothing that can be found.
    """
    typed, filters = fields.words.strip(), " ".join(_filters(fields))
    if not filters and passages.sentences(typed):
        return typed
    # Filters first: a quotation mark that is never closed reaches to the end.
    sign = typed[0] if typed.startswith((EXACTLY, MOSTLY)) else ""
    try:
        return str(parse(f"{sign}{filters} {typed.removeprefix(sign)}".strip(), today))
    except QueryError:
        if filters and typed:
            parse(typed, today)  # Where the words are at fault, nothing else is to be quoted.
        raise


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
