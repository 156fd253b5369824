"""Tell names of newspapers, organisations and places from names of people."""

from __future__ import annotations

from bot.languages.table import outlet_names


def is_outlet(line: str) -> bool:
    """Whether a line is the name of a newspaper or an agency."""
    words = line.removeprefix("The ").removeprefix("THE ").split()
    # Headlines may end in the same words, so longer names are those after "the" or in capitals.
    is_short = len(words) <= 3 or len(words) < len(line.split()) or line.isupper()
    is_ending = len(words) < 6 and bool(outlet_names.OUTLET_ENDING.search(line))
    return is_ending and is_short and len(line.split()) > 1 and _is_capitalised(words)


def is_organisation(line: str) -> bool:
    """Whether a line is the name of an organisation that sends press releases."""
    is_name = bool(outlet_names.ORGANISATION_ENDING.search(line))
    return is_name and 1 < len(line.split()) <= 7 and _is_capitalised(line.split())


def is_place(line: str) -> bool:
    """Whether a line is more likely the name of a place than of a person."""
    return bool(outlet_names.PLACE_NAME.fullmatch(line))


def _is_capitalised(words: list[str]) -> bool:
    return all(not word[0].islower() or word in outlet_names.LOWERCASE_WORDS for word in words)
