"""Parse bylines, and tell names of newspapers, organisations and places from those of people."""

from __future__ import annotations

import re
from itertools import takewhile

from bot.languages.table import bylines, outlet_names

MAX_BYLINE_LENGTH, MAX_NAME_WORDS, MAX_ROLE_WORDS = 120, 4, 5
_DETAILS_AFTER_NAMES = re.compile(r"\s*(?:[|•·/–—]|\s-\s|\t|\s{3,}|\(|<|\S*@).*$")
_SEPARATOR = re.compile(r"\s*[,(|–—)]\s*|\s+-\s+")


def parse_byline(line: str, *, is_field: bool = False) -> str | None:
    """Return the writers in a byline, without roles and places; None if it is not a byline.

    With `is_field`, it is the value of a byline's field, and needs no "by".
    """
    if match := bylines.BYLINE.fullmatch(line):
        is_short = len(line) <= MAX_BYLINE_LENGTH
        return parse_names(match["who"] or match["words"] or match["from"]) if is_short else None
    if is_field:
        return parse_names(line)
    name, *details = _SEPARATOR.split(line)
    is_signature = bool(details) and (is_role(details[0]) or is_outlet(details[0]))
    return name if is_signature and is_name(name) else None


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
    is_place = outlet_names.PLACE_NAME.fullmatch(words)
    is_other = is_place or bylines.ROLE.search(words) or is_outlet(words) or is_organisation(words)
    return not is_other and all(
        name[0].isupper() and re.sub(r"[.'’-]", "", name).isalpha() for name in names
    )


def parse_names(value: str) -> str | None:
    """Return the names at the start of a byline, without days, places and roles."""
    value = bylines.TRAILING_PLACE.sub("", _DETAILS_AFTER_NAMES.sub("", value)).strip(" .,")
    if is_name(name := bylines.LEADING_ROLE.sub("", value)):
        return name
    names = list(takewhile(is_name, bylines.NAME_SEPARATOR.split(value)))
    return value[: value.index(names[-1]) + len(names[-1])] if names else None


def is_outlet(line: str) -> bool:
    """Whether a line is the name of a newspaper or an agency."""
    words = line.removeprefix("The ").removeprefix("THE ").split()
    # Headlines may end in the same words, so longer names are those after "the" or in capitals.
    is_short = len(words) <= 3 or len(words) < len(line.split()) or line.isupper()
    is_ending = len(words) < 6 and bool(outlet_names.OUTLET_ENDING.search(line))
    return is_ending and is_short and len(line.split()) > 1 and _is_capitalised(words)


def is_organisation(line: str) -> bool:
    """Whether a line is the name of an organisation that sends press releases."""
    is_ending = bool(outlet_names.ORGANISATION_ENDING.search(line))
    return is_ending and 1 < len(line.split()) <= 7 and _is_capitalised(line.split())


def _is_capitalised(words: list[str]) -> bool:
    return all(not word[0].islower() or word in outlet_names.LOWERCASE_WORDS for word in words)
