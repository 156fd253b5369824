"""JSON lines (`.jsonl`): an article a line. A line that can't be read does not stop the others."""

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
    language_code,
    parse_iso_date,
    shown,
    web_address,
)
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

MOST_BESIDE = 200_000
"""Bytes of a line that are no string's: an object takes 30 times as much memory as its two."""

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read an article from each line that is not blank; `place` is "line 3"."""
    return read_file(BytesIO(raw), max_bytes=len(raw))


def read_file(file: BinaryIO, *, max_bytes: int) -> Iterator[ParsedArticle | Refusal]:
    """Read a file of any size, a line at a time, each of at most so many bytes."""
    number = 0
    while line := file.readline(max_bytes + 1):
        number += 1
        is_long = len(line.rstrip(b"\r\n")) > max_bytes
        while is_long and not line.endswith(b"\n"):  # pass over the rest of it
            if not (line := file.readline(max_bytes + 1)):
                break
        place = f"line {number}"
        if is_long:
            yield Refusal(f"it is longer than {max_bytes:,} bytes", _REMEDY, place=place)
        elif line.strip():
            yield _part_or_refusal(line, place)


def _part_or_refusal(line: bytes, place: str) -> ParsedArticle | Refusal:
    try:
        _check_flat(line)
        text, known = _article(json.loads(decode(line)))
        return ParsedArticle(text, known, place)
    except json.JSONDecodeError as error:
        cause = f"it is not JSON: {error.msg} at column {error.colno}"
    except RecursionError:
        cause = "it is nested too deeply"
    except ValueError as error:
        cause = str(error)
    except Refusal as refusal:
        return Refusal(refusal.cause, refusal.remedy, place=place)
    return Refusal(cause, _REMEDY, place=place)


def _check_flat(line: bytes) -> None:
    """Refuse, before it is parsed, a line of very many values: an article has only a few."""
    if len(line) <= MOST_BESIDE:
        return
    beside = end = 0
    for string in _STRING.finditer(line):
        beside += string.start() - end + len('""')
        end = string.end()
        if beside > MOST_BESIDE:
            break
    if beside + len(line) - end > MOST_BESIDE:
        raise ValueError("it has more than the few texts of an article")


def _article(stated: Any) -> tuple[str, dict[str, Value]]:
    if not isinstance(stated, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - all are worded alike
    unknown = [key for key in stated if key != "text" and key not in _RULES]
    if any(key in CLAIM_KEYS for key in unknown):
        raise Refusal(
            f"the key {shown(unknown[0])} makes it look like a claim rather than an article",
            "To import claims, one per line, use claimdesk import",
        )
    if unknown:
        raise ValueError(f"the key {shown(unknown[0])} is not known")
    text = stated.pop("text", None)
    if not isinstance(text, str) or not text.strip():
        raise ValueError("it has no text")
    _check_keepable(text)
    given = {key: value for key, value in stated.items() if value not in (None, "")}
    return text, {key: _value(key, value) for key, value in given.items()}


def _check_keepable(text: str) -> None:
    if "\0" in text:
        raise ValueError("its text has a NUL character in it")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("its text has half a character in it (a lone surrogate)") from error


def _value(key: str, value: Any) -> Value:
    expected, read_value = _RULES[key]
    try:
        return read_value(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"its {key} is {shown(value)}, which is not {expected}") from error


def _line_of_text(value: Any) -> str:
    folded = " ".join(value.split()) if isinstance(value, str) else ""
    if not folded or UNPRINTABLE.search(folded):
        raise ValueError(value)
    return folded


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


_TEXT = ("text on one line, without control characters", _line_of_text)
_RULES: dict[str, tuple[str, Callable[[Any], Value]]] = {
    "title": _TEXT,
    "outlet": _TEXT,
    "byline": _TEXT,
    "published": ("a date or a date-time", lambda value: parse_iso_date(_line_of_text(value))),
    "url": ("an http or https address", lambda value: web_address(_line_of_text(value))),
    "language": ("a language code", lambda value: language_code(_line_of_text(value))),
    "sample": ("true or false", _switch),
    "guid": _TEXT,
}
_REMEDY = f'A line looks like {{"text": "…"}}, and may have {", ".join(_RULES)}'
