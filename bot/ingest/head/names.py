"""Parse bylines, and tell names of people from those of newspapers and offices."""

from __future__ import annotations

import re
from itertools import takewhile

from bot.languages.lookup import last_word
from bot.languages.table import bylines

MAX_BYLINE_LENGTH, MAX_NAME_WORDS, MAX_OUTLET_WORDS = 120, 4, 3
_DETAILS_AFTER_NAMES = re.compile(r"\s*(?:[|•·/–—]|\s-\s|\t|\s{3,}|\(|<|\S*@).*$")


def parse_byline(line: str, *, is_field: bool = False) -> str | None:
    """Return the writers in a byline, without roles and places; None if it is not a byline.

    With `is_field`, it is the value of a byline's field, and needs no "by".
    """
    match = bylines.BYLINE.fullmatch(line)
    if match and len(line) <= MAX_BYLINE_LENGTH:
        return parse_names(match["who"] or match["words"] or match["from"])
    return parse_names(line) if is_field and not match else None


def is_name(words: str) -> bool:
    """Whether words look like a person's name: two to four capitalised words, and particles."""
    parts = words.split()
    particles = bylines.NAME_PARTICLES.split()
    names = [part for part in parts if part.lower() not in particles or part.isupper()]
    if not 2 <= len(names) <= MAX_NAME_WORDS or parts[-1] not in names:
        return False
    return not is_outlet_or_role(words) and all(
        name[0].isupper() and re.sub(r"[.'’-]", "", name).isalpha() for name in names
    )


def parse_names(value: str) -> str | None:
    """Return the names at the start of a byline, without days, places and roles."""
    value = bylines.TRAILING_PLACE.sub("", _DETAILS_AFTER_NAMES.sub("", value)).strip(" .,")
    names = list(takewhile(is_name, bylines.NAME_SEPARATOR.split(value)))
    return value[: value.index(names[-1]) + len(names[-1])] if names else None


def is_outlet_or_role(line: str) -> bool:
    """Whether a line is the name of a newspaper, a section, a sender or a journalist's office."""
    return last_word(line) in bylines.OUTLET_ENDINGS and len(line.split()) <= MAX_OUTLET_WORDS
