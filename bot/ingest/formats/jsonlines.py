"""JSON lines (`.jsonl`), one article per line. A bad line does not stop the others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, BinaryIO

from bot.ingest.formats.claimlines import KEYS as CLAIM_KEYS
from bot.ingest.formats.text import decode
from bot.ingest.metadata import (
    UNPRINTABLE,
    Value,
    check_language_code,
    check_storable,
    check_url,
    parse_iso_date,
    quote,
)
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

MAX_BYTES_OUTSIDE_STRINGS = 200_000
"""Bytes of a line outside of its strings. There is a limit, since the two bytes of an empty object
take 30 times as much memory."""

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read an article from each line that is not blank; `place` is "line 3"."""
    return read_file(BytesIO(raw), max_bytes=len(raw))


def read_file(file: BinaryIO, *, max_bytes: int) -> Iterator[ParsedArticle | Refusal]:
    """Read a file of any size line by line; a line may have at most `max_bytes`."""
    number = 0
    while line := file.readline(max_bytes + 1):
        number += 1
        is_too_long = len(line.rstrip(b"\r\n")) > max_bytes
        while is_too_long and not line.endswith(b"\n"):  # skip the rest of the line
            if not (line := file.readline(max_bytes + 1)):
                break
        place = f"line {number}"
        if is_too_long:
            yield Refusal(f"it is longer than {max_bytes:,} bytes", _REMEDY, place=place)
        elif line.strip():
            yield _parse_line(line, place)


def _parse_line(line: bytes, place: str) -> ParsedArticle | Refusal:
    try:
        _check_size_outside_strings(line)
        return _parse_article(json.loads(decode(line)), place)
    except json.JSONDecodeError as error:
        cause = f"it is not JSON: {error.msg} at column {error.colno}"
    except RecursionError:
        cause = "it is nested too deeply"
    except ValueError as error:
        cause = str(error)
    except Refusal as refusal:
        return refusal.with_place(place)
    return Refusal(cause, _REMEDY, place=place)


def _check_size_outside_strings(line: bytes) -> None:
    """Raise ValueError for a line with very many values, before it is parsed."""
    if len(line) <= MAX_BYTES_OUTSIDE_STRINGS:
        return
    outside_size = end = 0
    for string in _STRING.finditer(line):
        outside_size += string.start() - end + len('""')
        end = string.end()
        if outside_size > MAX_BYTES_OUTSIDE_STRINGS:
            break
    if outside_size + len(line) - end > MAX_BYTES_OUTSIDE_STRINGS:
        raise ValueError("it has more than the few texts of an article")


def _parse_article(fields: Any, place: str) -> ParsedArticle:
    if not isinstance(fields, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - _parse_line catches ValueError
    unknown = [key for key in fields if key != "text" and key not in _RULES]
    if any(key in CLAIM_KEYS for key in unknown):
        raise Refusal(
            f"the key {quote(unknown[0])} makes it look like a claim rather than an article",
            "To import claims, one per line, use claimdesk import",
        )
    if unknown:
        raise ValueError(f"the key {quote(unknown[0])} is not known")
    text = fields.pop("text", None)
    if not isinstance(text, str) or not text.strip():
        raise ValueError("it has no text")
    check_storable("text", text)
    metadata = {
        key: _parse_value(key, value) for key, value in fields.items() if value not in (None, "")
    }
    return ParsedArticle(text, metadata, place)


def _parse_value(key: str, value: Any) -> Value:
    expected, parse = _RULES[key]
    try:
        return parse(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"its {key} is {quote(value)}, which is not {expected}") from error


def _parse_text(value: Any) -> str:
    line = " ".join(value.split()) if isinstance(value, str) else ""
    if not line or UNPRINTABLE.search(line):
        raise ValueError(value)
    return line


def _parse_boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


_TEXT = ("text on one line, without control characters", _parse_text)
_RULES: dict[str, tuple[str, Callable[[Any], Value]]] = {
    "title": _TEXT,
    "outlet": _TEXT,
    "byline": _TEXT,
    "published": ("a date or a date-time", lambda value: parse_iso_date(_parse_text(value))),
    "url": ("an http or https address", lambda value: check_url(_parse_text(value))),
    "language": ("a language code", lambda value: check_language_code(_parse_text(value))),
    "sample": ("true or false", _parse_boolean),
    "guid": _TEXT,
}
_REMEDY = f'A line looks like {{"text": "…"}}, and may have {", ".join(_RULES)}'
