"""JSON lines (`.jsonl`), one article per line. A bad line does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from bot.ingest.formats.json import parse_line
from bot.ingest.metadata import PERSON_RULES, STORY, TEXT, check_stated
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal, no_article_refusal

MAX_BYTES_OUTSIDE_STRINGS = 200_000
"""Bytes of a line outside of its strings. There is a limit, since the two bytes of an empty object
take 30 times as much memory."""

_RULES = {"text": STORY} | PERSON_RULES | {"guid": TEXT}


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read an article from each line that is not blank; `place` is "line 3"."""
    return read_file(BytesIO(raw), max_bytes=len(raw))


def read_file(file: BinaryIO, *, max_bytes: int) -> Iterator[ParsedArticle | Refusal]:
    """Read a file of any size line by line; a line may have at most `max_bytes`.

    Raises Refusal if all lines are blank.
    """
    number, is_empty = 0, True
    while line := file.readline(max_bytes + 2):
        number, rest = number + 1, line
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(max_bytes + 2)
        if not line.strip() and len(line) <= max_bytes:
            continue
        is_empty, place = False, f"line {number}"
        try:
            yield _read_line(line, max_bytes)._replace(place=place)
        except Refusal as refusal:
            yield refusal.with_place(place)
    if is_empty:
        raise no_article_refusal()


def _read_line(line: bytes, max_bytes: int) -> ParsedArticle:
    if len(line.rstrip(b"\r\n")) > max_bytes:
        raise Refusal(f"it is longer than {max_bytes:,} bytes", "Split it")
    # Counted before the line is parsed: it could fill the memory.
    unescaped = line.replace(rb"\\", b"").replace(rb"\"", b"")
    if (
        unescaped.count(b'"') > MAX_BYTES_OUTSIDE_STRINGS
        or sum(map(len, unescaped.split(b'"')[::2])) > MAX_BYTES_OUTSIDE_STRINGS
    ):
        raise Refusal("it has more than the few texts of an article", "Split it")
    metadata = check_stated(parse_line(line), _RULES)
    return ParsedArticle(metadata.pop("text"), metadata)
