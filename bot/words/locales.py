"""The languages in which dates can be written, by what people call them."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.localedata import locale_identifiers
from rapidfuzz import fuzz, process

from bot import yaml_files
from bot.words.cldr import Language, language, with_dates

NEAR = 70
"""Percent of letters from which a name is near to what was typed."""


class Named(NamedTuple):
    """A language as it is called, in English or by itself, and its code."""

    name: str
    code: str


def read(typed: str) -> str | None:
    """The code of a language that is typed by its code, or by its name in English or in itself;
    None for other words. It need not have dates."""
    if found := language(typed):
        return found.code
    named = _names().get(_folded(typed))
    return named.code if named else None


def near(typed: str, most: int = 3) -> list[str]:
    """Languages with dates that what was typed comes close to, the closest first, by what they can
    be typed by."""
    asked, names = _folded(typed), _names()
    base = read(typed.replace("_", "-").partition("-")[0])
    holding = [one for one in names if asked in one and len(asked) > 2]
    holding.sort(key=lambda one: ("(" in one, len(one)))  # Brazilian Portuguese before its like
    like = process.extract(asked, list(names), scorer=fuzz.ratio, limit=9, score_cutoff=NEAR)
    found = [Named(name(base), base)] if base else []
    found += [names[one] for one in (*holding[:9], *(one for one, _, _ in like))]
    by_code: dict[str, str] = {}
    for one in found:
        if with_dates(one.code):
            by_code.setdefault(one.code, _to_type(one))
    return list(by_code.values())[:most]


def name(code: str) -> str:
    """What a language is called in English."""
    found = language(code)
    return (found and found.get_display_name("en")) or code


def to_type(code: str) -> str:
    """By what a language can be typed: its English name, or its code where that is another's."""
    return _to_type(Named(name(code), code))


def _to_type(one: Named) -> str:
    return one.name if read(one.name) == one.code else one.code


@cache
def _names() -> dict[str, Named]:
    """The languages by their folded names."""
    # Spellings of one language, such as the Valencian of Catalan, go by its own code.
    every = [one for one in map(language, sorted(locale_identifiers())) if one]
    named = [(one.get_display_name("en"), one.code) for one in every]
    # Some have a name of their own: fr_CA is Canadian French, too.
    own = {one: called for one, called in Language("en").languages.items() if "_" in one}
    named += [(called, found.code) for one, called in own.items() if (found := language(one))]
    kept = yaml_files.read(Path(__file__).with_name("own_names.yml"))
    named += [(called, code) for code, names in kept.items() for called in names.split(", ")]
    out: dict[str, Named] = {}
    for called, code in named:
        if called:  # CLDR has no name in English for a few
            out.setdefault(_folded(called), Named(called, code))
    return out


def _folded(name: str) -> str:
    """A name without case, accents and needless spaces."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
