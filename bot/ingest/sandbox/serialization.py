"""Serialize a reader's results as JSON, and load them.

A hostile file may have taken over the process that reads it. What that process sends is therefore
only data, and is accepted only if its types are those that the reader promises. A record or a date
is an object whose single key is its class: {"FileStart": {"path": [0], "place": "a.txt"}}.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from bot.ingest.metadata import RULES, Published, cut_line
from bot.ingest.parsed_file import FileStart, ParsedArticle, ParsedFeed
from bot.ingest.refusal import Refusal

_RECORD_TYPES: tuple[type, ...] = (FileStart, ParsedFeed, ParsedArticle, Published, Refusal)
_DATE_TYPES: tuple[type, ...] = (datetime, date)  # datetime first, since it is a subclass of date
_SCALAR_TYPES: tuple[type, ...] = (str, bool, int, NoneType)
_MAX_INTEGER = 2**31 - 1
"""No number that we use from a file is greater; some are durations in seconds."""

_UNREADABLE = "it sent an unreadable answer"
_BYTES_PER_MARK = 80
"""The maximum bytes of memory per mark, which is a JSON bracket, comma or colon. `{},` takes 36 per
mark, short strings in a list take 72, and short keys with values take 80."""

_DISPLAYED_FIELDS = {"cause", "remedy", "place"}
"""Text fields that people are shown as they are."""


def dump(value: object) -> bytes:
    """Serialize a result. Raises TypeError for any other type."""
    return json.dumps(_to_json(value), ensure_ascii=False).encode("utf-8", "surrogatepass")


def load(payload: bytes, expected: Any, memory: int) -> Any:
    """Load a result of the `expected` type. Raises ValueError for anything else.

    A payload that would take more than `memory` bytes is also refused, since all of it is parsed
    before the types are checked.
    """
    # Those in texts count too; only a text of millions of them is refused for it.
    if sum(map(payload.count, b"{[,:")) > memory // _BYTES_PER_MARK:
        raise ValueError(_UNREADABLE)
    try:
        return _from_json(json.loads(payload.decode("utf-8", "surrogatepass")), expected)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError(_UNREADABLE) from error


def _to_json(value: object) -> Any:
    if isinstance(value, _SCALAR_TYPES):
        return value
    for kind in (*_DATE_TYPES, *_RECORD_TYPES):
        if isinstance(value, kind):
            fields = {name: _to_json(getattr(value, name)) for name in _fields(kind)}
            return {kind.__name__: str(value) if kind in _DATE_TYPES else fields}
    if isinstance(value, (list, tuple)):
        return [_to_json(element) for element in value]
    if isinstance(value, Mapping):
        return {str(key): _to_json(element) for key, element in value.items()}
    raise TypeError(type(value).__name__)


def _from_json(value: Any, expected: Any) -> Any:
    """Convert a JSON value to the expected type. Raises ValueError or TypeError."""
    kind, arguments = get_origin(expected), get_args(expected)
    if kind in (Union, UnionType):
        for one in arguments:
            with suppress(ValueError, TypeError):
                return _from_json(value, one)
        raise ValueError(type(value).__name__)
    if kind is Literal:
        if not isinstance(value, str) or value not in arguments:
            raise ValueError(value)
        return value
    if kind in (list, tuple):  # every tuple here is of variable length
        return kind(_from_json(element, arguments[0]) for element in _require(value, list))
    if kind is not None and issubclass(kind, Mapping):
        items = _require(value, dict).items()
        return {key: _from_json(element, arguments[1]) for key, element in items}
    if expected is int and abs(_require(value, int)) > _MAX_INTEGER:
        raise ValueError(value)
    if expected in _SCALAR_TYPES:
        return _require(value, expected)
    ((name, content),) = _require(value, dict).items()
    if name != expected.__name__:
        raise ValueError(name)
    if expected in _DATE_TYPES:
        return expected.fromisoformat(content)
    fields = _fields(expected)
    if _require(content, dict).keys() != fields.keys():
        raise ValueError(name)
    values = {name: _from_json(content[name], fields[name]) for name in fields}
    if expected is ParsedArticle and not values["metadata"].keys() <= RULES.keys():
        raise ValueError(name)
    values |= {name: cut_line(values[name]) for name in _DISPLAYED_FIELDS & values.keys()}
    return expected(**values)


def _require(value: Any, kind: type) -> Any:
    if type(value) is not kind:  # not isinstance: True is an int
        raise TypeError(type(value).__name__)
    return value


@cache
def _fields(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
