"""A reader's results as JSON, and back.

Whoever wrote a hostile file may have taken over the process that reads it. So what that process
sends is only data, and is taken only where it has the very types that the reader promises. A record
or date is an object whose one key is its class: {"Begun": {"path": [0], "place": "a.txt"}}.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.ingest.documents import KNOWN, shortened
from bot.ingest.metadata import Published
from bot.ingest.parsed_file import Begun, ParsedArticle, ParsedFeed
from bot.ingest.refusal import Refusal

_RECORDS: tuple[type, ...] = (Begun, ParsedFeed, ParsedArticle, Published, Refusal)
_MOMENTS: tuple[type, ...] = (datetime, date)  # a datetime is a date, too
_SCALARS: tuple[type, ...] = (str, bool, int, NoneType)
_LARGEST = 2**31 - 1
"""No number that a file states and we use is greater; some are taken for seconds."""

_UNREADABLE = "it sent an unreadable answer"
_BYTES_EACH = 80
"""Bytes of memory that each mark between values of JSON stands for, about: `{},` takes 36 a mark,
short texts in a list 72, short keys with their values 80."""

_SHOWN = {"cause", "remedy", "place"}
"""Fields of text that people read as they are."""


def dump(value: object) -> bytes:
    """Print a result. Raises TypeError for what is no result."""
    return json.dumps(_plain(value), ensure_ascii=False).encode("utf-8", "surrogatepass")


def load(payload: bytes, expected: Any, memory: int) -> Any:
    """Read a result of the `expected` type. Raises ValueError for anything else, and for what would
    take more than so many bytes of `memory`, since types are checked when all is read."""
    if _marks(payload, memory // _BYTES_EACH) * _BYTES_EACH > memory:
        raise ValueError(_UNREADABLE)
    try:
        return _typed(json.loads(payload.decode("utf-8", "surrogatepass")), expected)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError(_UNREADABLE) from error


def _marks(payload: bytes, most: int) -> int:
    """Count the opening brackets, commas and colons outside of texts. There is one for each text,
    so that where the texts are more than `most` it gives their number."""
    unescaped = payload.replace(rb"\\", b"").replace(rb"\"", b"")
    if (texts := unescaped.count(b'"') // 2) > most:  # to take them apart would take too much
        return texts
    outside = b"".join(unescaped.split(b'"')[::2])
    return sum(map(outside.count, b"{[,:"))


def _plain(value: object) -> Any:
    if isinstance(value, _SCALARS):
        return value
    for kind in _MOMENTS:
        if isinstance(value, kind):
            return {kind.__name__: str(value)}
    for kind in _RECORDS:
        if isinstance(value, kind):
            return {kind.__name__: {name: _plain(getattr(value, name)) for name in _fields(kind)}}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    raise TypeError(type(value).__name__)


def _typed(value: Any, expected: Any) -> Any:
    """What a value of JSON stands for where this type is expected."""
    kind, among = get_origin(expected), get_args(expected)
    if kind in (Union, UnionType):
        return _first_that_fits(value, among)
    if kind in (list, tuple):  # a tuple is one of any length
        return kind(_typed(one, among[0]) for one in _exactly(value, list))
    if kind is not None and issubclass(kind, Mapping):
        return {key: _typed(one, among[1]) for key, one in _exactly(value, dict).items()}
    if expected is int and abs(_exactly(value, int)) > _LARGEST:
        raise ValueError(value)
    if expected in _SCALARS:
        return _exactly(value, expected)
    ((name, content),) = _exactly(value, dict).items()
    if name != expected.__name__:
        raise ValueError(name)
    if expected in _MOMENTS:
        return expected.fromisoformat(content)
    return _record(_exactly(content, dict), expected)


def _first_that_fits(value: Any, among: tuple[Any, ...]) -> Any:
    for one in among:
        try:
            return _typed(value, one)
        except (ValueError, TypeError):
            continue
    raise ValueError(type(value).__name__)


def _exactly(value: Any, kind: type) -> Any:
    if type(value) is not kind:  # True is no number
        raise TypeError(type(value).__name__)
    return value


def _record(content: dict[str, Any], kind: type) -> Any:
    fields = _fields(kind)
    if content.keys() != fields.keys():
        raise ValueError(kind.__name__)
    made = {name: _typed(one, fields[name]) for name, one in content.items()}
    if kind is ParsedArticle and not made["metadata"].keys() <= KNOWN:
        raise ValueError(kind.__name__)
    made |= {name: shortened(made[name]) for name in _SHOWN & made.keys()}
    return kind(**made)


@cache
def _fields(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
