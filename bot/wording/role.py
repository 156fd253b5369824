"""The titles and roles that an article prints next to a name. No I/O."""

from __future__ import annotations

import re

from bot.languages.lookup import first_word, last_word, words_in
from bot.languages.table import LISTS, negation, printed_roles
from bot.model import PIECE_SEPARATOR

MAX_ROLE = 90


# A title before a name, alone or after a role: "Dr", "the investigator, Dame".
BEFORE_NAME = re.compile(r"(?:^|,\s)([^\W\d_a-z][^\W\d_]+\.?\s)$")


def title_of(source: str, name: str) -> str:
    """Return the title that a source prints before a name, with its space: "Dr ", "Colonel "; or
    ""."""
    prefix, match, _ = source.partition(name)
    title = BEFORE_NAME.search(prefix) if match else None
    return title[1] if title and first_word(title[1]) not in LISTS["courtesy_titles"] else ""


def role_of(source: str, name: str) -> str | None:
    """Return the role next to a name in a source: "harbour master" in "the harbour master Ingrid
    Solvane", "transport minister" in "Corin Hallas, the transport minister,"; None if there is none
    or it doesn't say whose it is ("his spokesman")."""
    before, match, after = source.partition(name)
    if not match or "\n" in source or PIECE_SEPARATOR in source:
        return None
    before = BEFORE_NAME.sub("", before)
    role = after.strip(" ,;–—-") if after.startswith(",") and not before.strip() else ""
    if not role and not after.strip(" ,"):
        role = before.strip(" ,;–—-")
        is_another = last_word(role) in LISTS["words_before_another"]
        if is_another or negation.CUE_NEGATION.search(role):
            return None
    role = printed_roles.TRAILING_RELATIVE_PRONOUN.sub("", role)
    if not LISTS["possessive_determiners"].isdisjoint(words_in(role)):
        return None
    role = _without_article(role)
    lower = role.lower()
    if lower in LISTS["positions"] | printed_roles.OWNED_ROLES or lower.startswith("spokes"):
        return None
    return (
        role
        if 3 < len(role) <= MAX_ROLE and printed_roles.ROLE_DESCRIPTION.fullmatch(role)
        else None
    )


def name_with_role(name: str, role: str) -> str:
    """Join a name and a role as articles print them: "Governor Ines Breen", "Ines Breen,
    governor of the central bank"."""
    if printed_roles.OWNER_PHRASE.search(role):
        return f"{name}, the {role}" if role[0].islower() else f"{name}, {role}"
    is_title = role[0].isupper() and not printed_roles.TITLE_END.search(role)
    return f"{role} {name}" if is_title else f"{name}, {role}"


def _without_article(role: str) -> str:
    """Return a role as it is printed after a name: "harbour master", but "the regulator's
    deputy"."""
    bare = printed_roles.LEADING_ARTICLE.sub("", role)
    return f"the {bare}" if bare != role and printed_roles.OWNER_PHRASE.search(bare) else bare
