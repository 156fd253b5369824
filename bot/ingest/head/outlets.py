"""Tell names of newspapers, organisations and places from names of people."""

from __future__ import annotations

from bot.languages.table import outlet_names


def is_outlet(line: str) -> bool:
    """Whether a line is the name of a newspaper or an agency."""
    words = line.split()
    if not 2 <= len(words) <= 5 or not _is_capitalised(words):
        return False
    has_article = words[0].lower() == "the"
    if outlet_names.TWO_WORD_OUTLET_ENDING.search(line):
        return len(words) == 2 + has_article
    # Four or five words are a newspaper's name only after "the" or in capitals.
    is_too_long = len(words) > 3 and not has_article and not line.isupper()
    return bool(outlet_names.OUTLET_ENDING.search(line)) and not is_too_long


def is_organisation(line: str) -> bool:
    """Whether a line is the name of an organisation that sends press releases."""
    is_name = bool(outlet_names.ORGANISATION_ENDING.search(line))
    return is_name and 1 < len(line.split()) <= 7 and _is_capitalised(line.split())


def is_place(line: str) -> bool:
    """Whether a line is more likely the name of a place than of a person."""
    return bool(outlet_names.PLACE_NAME.fullmatch(line))


def _is_capitalised(words: list[str]) -> bool:
    return all(not word[0].islower() or word in outlet_names.LOWERCASE_WORDS for word in words)
