"""Every role that an article gives somebody, in addition to descriptions.py. Pure.

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
from bot.extract.words import head_phrase, words
from bot.languages.table import capitals, occupations, office_forms

BOUNDARY = re.compile(r"[,.)]| ?[–—]")
CONTRAST_OPENING = re.compile(r"(?:[\w-]+ ){0,3}")
"""An opening after which the name is the subject, not the mayor: "Unlike the mayor, Roe"."""
TITLE_PREFIX = re.compile(rf"\W*(?:{capitals.CAPITALISED_WORD}\.? ){{0,3}}")
LOOKBACK = 170  # characters before a name in which a role stands


def offices(text: str, name: str) -> Iterator[str]:
    """List every role an article gives the bearer of a name, as printed.

    Quotations are left out: they are not the article's own words.
    """
    for start, end in mentions(text, name):
        described = (
            description_after(text, end),
            title_before(text, start),
            description_before(text, start, end),
        )
        told = _role_in_sentence(text, start, end), _stated_role(text, start, end)
        # Before a family name alone the given name may stand.
        placed = _role_with_place(text, start) if " " in name else None
        yield from filter(None, (*described, placed, *told))


def _role_with_place(text: str, start: int) -> str | None:
    """ "Minister of Finance Ida Falk"."""
    found = office_forms.TITLE_WITH_AREA.search(text, max(0, start - LOOKBACK), start)
    return found["what"] if found and _is_role(found["what"]) else None


def _role_in_sentence(text: str, start: int, end: int) -> str | None:
    """ "The chief executive, Dr Ida Falk, said" in the middle of a sentence."""
    if not BOUNDARY.match(text, end) or not BOUNDARY.search(text, max(0, start - 8), start):
        return None
    begin = sentence_start(text, start)
    found = (
        None
        if occupations.FOLLOWING_NAME.match(text, end)
        else office_forms.ROLE_BEFORE_NAME.search(text[begin:start])
    )
    if not found or not _is_role(found["what"]):
        return None
    # "Unlike the mayor, Ida Falk, a lawyer, stayed": she may be no mayor.
    is_apart = CONTRAST_OPENING.fullmatch(text, begin, begin + found.start() + 1)
    return (
        None
        if found.start() and is_apart and office_forms.APPOSITION_START.match(text, end)
        else found["what"]
    )


def _stated_role(text: str, start: int, end: int) -> str | None:
    """ "Ida Falk is the mayor of Norton", "was elected mayor last year", where the sentence begins
    so: in "nobody believes that Ida Falk is the mayor" the article does not say it."""
    begins = TITLE_PREFIX.fullmatch(text, sentence_start(text, start), start)
    found = office_forms.HOLDS_OFFICE.match(text, end) if begins else None
    what = office_forms.TIME_PHRASE.sub("", found["what"]) if found else ""
    return (
        what if is_description(what) and words(what)[0] not in office_forms.NEGATION_WORDS else None
    )


def _is_role(what: str) -> bool:
    return is_description(what) and words(head_phrase(what))[-1] in occupations.PERSON_NOUNS
