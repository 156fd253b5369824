"""Parse bylines: find the writers' names in a line."""

from __future__ import annotations

import re

from bot.ingest.head.outlets import is_organisation, is_outlet, is_place
from bot.languages.table import bylines

MAX_BYLINE_LENGTH, MAX_NAME_WORDS, MAX_ROLE_WORDS = 120, 4, 5
_DETAILS_AFTER_NAMES = re.compile(r"\s*(?:[|•·/–—]|\s-\s|\t|\s{3,}|\(|<|\S*@).*$")
_SEPARATOR = re.compile(r"\s*[,(|–—)]\s*|\s+-\s+")


def parse_byline(line: str, *, is_field: bool = False) -> str | None:
    """Return the writers in a byline, without roles and places; None if it is not a byline.

    With `is_field`, it is the value of a byline's field, and needs no "by".
    """
    if match := bylines.BYLINE.fullmatch(line):
        is_short = len(line) <= MAX_BYLINE_LENGTH
        return _names(match["who"] or match["words"] or match["from"]) if is_short else None
    if is_field:
        return _names(line)
    name, *details = _SEPARATOR.split(line)
    is_signature = bool(details) and (is_role(details[0]) or is_outlet(details[0]))
    return name if is_signature and is_name(name) else None


def parse_names(line: str) -> str | None:
    """Return the names in a line that has only names."""
    is_names = not is_place(line) and _names(line) == line
    return line if is_names else None


def is_role(words: str) -> bool:
    """Whether words are a journalist's role: "Health Correspondent"."""
    return bool(bylines.TRAILING_ROLE.search(words)) and len(words.split()) <= MAX_ROLE_WORDS


def is_name(words: str) -> bool:
    """Whether words look like a person's name: two to four capitalised words, and particles."""
    parts = words.split()
    particles = bylines.NAME_PARTICLES.split()
    names = [part for part in parts if part.lower() not in particles or part.isupper()]
    if not parts or parts[-1] not in names or not 2 <= len(names) <= MAX_NAME_WORDS:
        return False
    is_other_name = bylines.ROLE.search(words) or is_outlet(words) or is_organisation(words)
    return not is_other_name and all(
        name[0].isupper() and re.sub(r"[.'’-]", "", name).isalpha() for name in names
    )


def _names(value: str) -> str | None:
    """Return the names at the start of a byline, without days, places and roles."""
    value = bylines.TRAILING_PLACE.sub("", _DETAILS_AFTER_NAMES.sub("", value)).strip(" .,")
    if is_name(name := bylines.LEADING_ROLE.sub("", value)):
        return name
    end = start = 0
    for conjunction in (*bylines.NAME_SEPARATOR.finditer(value), None):
        piece = value[start : conjunction.start() if conjunction else len(value)]
        if not is_name(piece):
            break
        end, start = start + len(piece), conjunction.end() if conjunction else len(value)
    return value[:end] or None
