"""List every role that an article gives a person, including those that descriptions.py misses.

No side effects.

"Its president, Ida Falk", "Ida Falk was elected mayor".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.extract.speakers.descriptions import (
    description_after,
    description_before,
    is_description,
    mentions,
    sentence_start,
    title_before,
)
from bot.extract.words import head_noun, words
from bot.languages.table import capitals, occupations, office_forms

BOUNDARY = re.compile(r"[,.)]| ?[–—]")
BOUNDARY_LOOKBACK = 8  # characters before a name to search for a boundary
CONTRAST_OPENING = re.compile(r"(?:[\w-]+ ){0,3}")
"""The words before a role that belongs to somebody else: "Unlike the mayor, Roe"."""
TITLE_PREFIX = re.compile(rf"\W*(?:{capitals.CAPITALISED_WORD}\.? ){{0,3}}")
LOOKBACK = 170  # characters before a name to search for a role


def list_roles(text: str, name: str) -> Iterator[str]:
    """List every role an article gives the bearer of a name, as printed.

    Quotations are left out: they are not the article's own words.
    """
    for start, end in mentions(text, name):
        roles = (
            description_after(text, end),
            title_before(text, start),
            description_before(text, start, end),
            # Before a family name, the words may include the given name.
            _role_with_area(text, start) if " " in name else None,
            _role_in_sentence(text, start, end),
            _stated_role(text, start, end),
        )
        yield from filter(None, roles)


def _role_with_area(text: str, start: int) -> str | None:
    """Find "Minister of Finance" before "Ida Falk"."""
    match = office_forms.TITLE_WITH_AREA.search(text, max(0, start - LOOKBACK), start)
    return match["role"] if match and _is_role(match["role"]) else None


def _role_in_sentence(text: str, start: int, end: int) -> str | None:
    """Find "chief executive" in "The chief executive, Dr Ida Falk, said"."""
    has_boundary_before = BOUNDARY.search(text, max(0, start - BOUNDARY_LOOKBACK), start)
    if not BOUNDARY.match(text, end) or not has_boundary_before:
        return None
    if occupations.FOLLOWING_NAME.match(text, end):
        return None
    first_position = sentence_start(text, start)
    match = office_forms.ROLE_BEFORE_NAME.search(text[first_position:start])
    if not match or not _is_role(match["role"]):
        return None
    # "Unlike the mayor, Ida Falk, a lawyer, stayed": she may not be the mayor.
    is_contrast = match.start() and CONTRAST_OPENING.fullmatch(
        text, first_position, first_position + match.start() + 1
    )
    if is_contrast and office_forms.APPOSITION_START.match(text, end):
        return None
    return match["role"]


def _stated_role(text: str, start: int, end: int) -> str | None:
    """Find "mayor" in "Ida Falk is the mayor of Norton" or "was elected mayor last year".

    The name must start the sentence: in "nobody believes that Ida Falk is the mayor" the article
    does not say so.
    """
    if not TITLE_PREFIX.fullmatch(text, sentence_start(text, start), start):
        return None
    match = office_forms.HOLDS_ROLE.match(text, end)
    role = office_forms.TIME_PHRASE.sub("", match["role"]) if match else ""
    if not is_description(role) or words(role)[0] in office_forms.NEGATION_WORDS:
        return None
    return role


def _is_role(phrase: str) -> bool:
    return is_description(phrase) and head_noun(phrase) in occupations.PERSON_NOUNS
