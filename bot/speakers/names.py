"""Parse a printed name as a person's (given names, family name, suffix) or an organisation's.

No side effects.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.languages.table import LISTS, name_parts, organisations, people
from bot.speakers.spelling import (
    acronym_block,
    fold_name,
    initials,
    organisation_block,
    person_block,
)

MAX_NAME_WORDS = 4
"""Longer names are not people's names."""

_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?|[^\W\d_]")
_ARABIC_ARTICLE = re.compile(r"^[Aa]l-(?=.)")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.?){2,8}")
NAME_WITH_ACRONYM = re.compile(r"(?P<name>.+) \((?P<acronym>[^()]+)\)")

Kind = Literal["full", "short", "organisation"]


@dataclass(frozen=True, slots=True)
class Name:
    """A parsed name. Its parts are folded (see `fold_name`); initials are single letters.

    A "short" name is a family name, alone or with initials. An "organisation" is anything that is
    not recognised as a person's name; it has only `words` and an `acronym`, which is the name or
    follows it in parentheses. `title` holds the words before a person's name.
    """

    printed: str
    kind: Kind
    words: tuple[str, ...]
    given: tuple[str, ...] = ()
    family: str = ""
    suffix: str = ""
    acronym: str = ""
    title: tuple[str, ...] = ()

    @property
    def block(self) -> str:
        """The key of the name's block; names in different blocks never have the same speaker."""
        if self.kind != "organisation":
            return person_block(self.family)
        return acronym_block(self.acronym) if self.acronym else organisation_block(self.printed)

    @property
    def identity(self) -> tuple[str, ...]:
        """The key of equal names. It includes the title of a short name, because Judge Roe and
        Senator Roe may be different people."""
        return self.without_title if self.kind == "full" else self.words

    @property
    def without_title(self) -> tuple[str, ...]:
        """The parts of a person's name without the title, or the words of an organisation's."""
        return (
            self.words if self.kind == "organisation" else (*self.given, self.family, self.suffix)
        )


def with_acronym(name: str, acronym: str) -> str | None:
    """Append an acronym to a name in parentheses; None if it does not match the name's initials."""
    letters = acronym.replace(".", "")
    if len(letters) > 1 and initials(name) == letters.casefold():
        return f"{name} ({letters})"
    return None


@lru_cache(maxsize=100_000)
def parse_name(printed: str) -> Name:
    """Parse a printed name."""
    if (match := NAME_WITH_ACRONYM.fullmatch(printed)) and match["acronym"].isupper():
        return Name(
            printed, "organisation", fold_name(match["name"]), acronym=match["acronym"].casefold()
        )
    return _parse_person(printed) or _parse_organisation(printed)


def _parse_organisation(printed: str) -> Name:
    words = fold_name(printed)
    last_word = printed.split()[-1] if printed.split() else ""
    is_acronym = len(words) == 1 and last_word.isupper() and _ACRONYM.fullmatch(last_word)
    return Name(printed, "organisation", words, acronym=words[0] if is_acronym else "")


def _parse_person(printed: str) -> Name | None:
    if name_parts.NON_PERSON.search(printed):
        return None
    titles, parts = _split_titles(printed.replace(",", "").split())
    suffix = ""
    while len(parts) > 1 and parts[-1].lower().strip(".") in LISTS["suffixes"]:
        suffix = parts.pop().lower().strip(".")
    parts = [_ARABIC_ARTICLE.sub("", part) for part in parts if part not in LISTS["particles"]]
    if not parts or not all(part[0].isupper() for part in parts) or len(parts) > MAX_NAME_WORDS:
        return None
    if organisations.names_no_person(parts) or parts[-1].isupper():
        return None
    if "-".join(fold_name(" ".join(parts))) in LISTS["firms"]:
        return None
    given, family = _split_given(parts)
    title = tuple(word.strip(".") for word in titles)
    has_closed_title = not name_parts.CLOSED_TITLES.isdisjoint(title)
    if not family or (not given and (has_closed_title or family in LISTS["place_or_firm_names"])):
        return None
    kind: Kind = "full" if given and len(given[0]) > 1 else "short"
    return Name(printed, kind, fold_name(printed), given, family, suffix, title=title)


def _split_titles(parts: list[str]) -> tuple[list[str], list[str]]:
    """Split the titles, and any words before an office, from a name."""
    titles = people.TITLES | name_parts.CLOSED_TITLES
    start = 0
    while start < len(parts) - 1 and parts[start].lower().strip(".") in titles:
        start += 1
    office_ends = [
        end for end, part in enumerate(parts[:-1], 1) if part.lower() in LISTS["offices"]
    ]
    start = max([start, *office_ends])
    # Secretary of State John Kerry
    if parts[start : start + 1] == [name_parts.OFFICE_PREPOSITION] and len(parts) > start + 2:
        start += 2
    return [part.lower() for part in parts[:start]], parts[start:]


def _split_given(parts: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the given names and the family name, folded."""
    words = ["".join(fold_name(part)) for part in parts]
    count = sum(len(part.split("-")) for part in parts)
    is_family_first = words[0] in LISTS["leading_family_names"] or (
        words[0] in LISTS["leading_before_two"] and count > 2
    )
    if len(parts) > 1 and is_family_first:
        return ("".join(words[1:]),), words[0]
    given: list[str] = []
    for part, word in zip(parts[:-1], words, strict=False):
        # Each initial is a given name.
        given += word if _INITIALS.fullmatch(part) else [word]
    return tuple(given), words[-1]
