"""Find the named body that "the company" or "the council" means: the only one of the article.

A body counts if it is the source of an attribution, or if its name holds the noun ("Norton
Council"). With two that fit, the words stay as printed.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.extract.speakers.kinds import is_outlet
from bot.extract.words import words
from bot.languages.table import organisations, pronouns, references


def find_body(description: str, spoken: Iterable[str], named: Iterable[str]) -> str | None:
    """Return the only body that a description fits.

    `spoken` are the named bodies that have spoken so far, `named` all others of the article.
    """
    parts = words(description)
    if len(parts) != 2 or parts[0] != pronouns.DEFINITE_ARTICLE:
        return None
    noun = parts[1]
    if noun not in references.BODY_NOUNS:
        return None
    with_noun = {name for name in (*spoken, *named) if noun in words(name)}
    if with_noun:
        return with_noun.pop() if len(with_noun) == 1 else None
    candidates = {
        name
        for name in spoken
        if _may_be_body(name) and _kind(name) in (None, references.BODY_NOUNS[noun])
    }
    return candidates.pop() if len(candidates) == 1 else None


def _may_be_body(name: str) -> bool:
    """Tell whether a name may be a body's: more than a given name, and no outlet's."""
    has_form = " " in name or not name[1:].islower()
    return has_form and not is_outlet(name)


def _kind(name: str) -> str | None:
    """Tell what kind of body a name says that it is: a public one, a firm; None if neither."""
    parts = set(words(name))
    if parts & organisations.COMPANY_WORDS:
        return references.FIRM
    public = parts & (organisations.INSTITUTIONS | organisations.MUNICIPALITIES)
    return references.PUBLIC if public else None
