"""All that an article says somebody is, beside how it describes them (descriptions.py). Pure.

"Its president, Ida Falk", "Ida Falk was elected mayor".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.extract.speakers.descriptions import (
    before,
    behind,
    is_description,
    mentions,
    sentence_start,
    title,
)
from bot.extract.words import head, words
from bot.languages.table import capitals, occupations, office_forms

PARTED = re.compile(r"[,.)]| ?[–—]")
APART = re.compile(r"(?:[\w-]+ ){0,3}")
"""How a sentence begins whose subject the name behind a comma may be: "Unlike the mayor, Roe"."""
TITLED = re.compile(rf"\W*(?:{capitals.CAPITAL}\.? ){{0,3}}")
REACH = 170  # characters before a name in which a role stands


def offices(text: str, name: str) -> Iterator[str]:
    """List all that an article says the bearer of a name is, as printed, wherever it prints that.

    What stands in a quotation is somebody else's word, and is left out.
    """
    for start, end in mentions(text, name):
        described = behind(text, end), title(text, start), before(text, start, end)
        told = _within(text, start, end), _is(text, start, end)
        # Before a family name alone the given name may stand.
        placed = _placed(text, start) if " " in name else None
        yield from filter(None, (*described, placed, *told))


def _placed(text: str, start: int) -> str | None:
    """ "Minister of Finance Ida Falk"."""
    found = office_forms.PLACED.search(text, max(0, start - REACH), start)
    return found["what"] if found and _is_role(found["what"]) else None


def _within(text: str, start: int, end: int) -> str | None:
    """ "The chief executive, Dr Ida Falk, said" in the middle of a sentence."""
    if not PARTED.match(text, end) or not PARTED.search(text, max(0, start - 8), start):
        return None
    begin = sentence_start(text, start)
    found = (
        None
        if occupations.NAME_BEHIND.match(text, end)
        else office_forms.WITHIN.search(text[begin:start])
    )
    if not found or not _is_role(found["what"]):
        return None
    # "Unlike the mayor, Ida Falk, a lawyer, stayed": she may be no mayor.
    is_apart = APART.fullmatch(text, begin, begin + found.start() + 1)
    return (
        None
        if found.start() and is_apart and office_forms.DESCRIBED.match(text, end)
        else found["what"]
    )


def _is(text: str, start: int, end: int) -> str | None:
    """ "Ida Falk is the mayor of Norton", "was elected mayor last year", where the sentence begins
    so: in "nobody believes that Ida Falk is the mayor" the article does not say it."""
    begins = TITLED.fullmatch(text, sentence_start(text, start), start)
    found = office_forms.IS.match(text, end) if begins else None
    what = office_forms.TIME.sub("", found["what"]) if found else ""
    return what if is_description(what) and words(what)[0] not in office_forms.NEGATING else None


def _is_role(what: str) -> bool:
    return is_description(what) and words(head(what))[-1] in occupations.PERSONS
