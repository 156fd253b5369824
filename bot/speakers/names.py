"""Split a printed name into given names, family name and suffix, or take it for a body's. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.languages.table import bodies, name_parts, people
from bot.speakers.spelling import acronym_block, body_block, fold_name, initials, person_block

MAX_NAME_WORDS = 4
"""A person's name has at most so many words."""

_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?|[^\W\d_]")
_ARTICLE = re.compile(r"^[Aa]l-(?=.)")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.?){2,8}")
SPELLED_OUT = re.compile(r"(?P<name>.+) \((?P<letters>[^()]+)\)")

Kind = Literal["full", "short", "body"]


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name, cut: `given` and `family` are folded, initials are single letters.

    A "short" one is a bare family name or one with initials; whatever is no person's name, as far
    as can be seen, is a "body", known by its `words` alone. `letters` are the acronym that it is
    or that stands behind it in parentheses, `title` the words before a person's name.
    """

    printed: str
    kind: Kind
    words: tuple[str, ...]
    given: tuple[str, ...] = ()
    family: str = ""
    suffix: str = ""
    letters: str = ""
    title: tuple[str, ...] = ()

    @property
    def block(self) -> str:
        """Names in different blocks are never one speaker's."""
        if self.kind != "body":
            return person_block(self.family)
        return acronym_block(self.letters) if self.letters else body_block(self.printed)

    @property
    def identity(self) -> tuple[str, ...]:
        """The key of equal names; a short name's title is a part of it, since Judge Roe need not be
        Senator Roe."""
        return self.core if self.kind == "full" else self.words

    @property
    def core(self) -> tuple[str, ...]:
        """The name without title; of a body, its words."""
        return self.words if self.kind == "body" else (*self.given, self.family, self.suffix)


def with_acronym(name: str, letters: str) -> str | None:
    """A name with the acronym that an article prints for it, if that is made of its initials."""
    plain = letters.replace(".", "")
    if len(plain) > 1 and initials(name) == plain.casefold():
        return f"{name} ({plain})"
    return None


@lru_cache(maxsize=100_000)
def parse_name(printed: str) -> Name:
    """Cut a printed name."""
    if (found := SPELLED_OUT.fullmatch(printed)) and found["letters"].isupper():
        return Name(printed, "body", fold_name(found["name"]), letters=found["letters"].casefold())
    return _person(printed) or _body(printed)


def _body(printed: str) -> Name:
    words = fold_name(printed)
    last = printed.split()[-1] if printed.split() else ""
    is_acronym = len(words) == 1 and last.isupper() and _ACRONYM.fullmatch(last)
    return Name(printed, "body", words, letters=words[0] if is_acronym else "")


def _person(printed: str) -> Name | None:
    if name_parts.NON_PERSON.search(printed):
        return None
    titles, parts = _titled(printed.replace(",", "").split())
    suffix = ""
    while len(parts) > 1 and parts[-1].lower().strip(".") in name_parts.SUFFIXES:
        suffix = parts.pop().lower().strip(".")
    parts = [_ARTICLE.sub("", part) for part in parts if part not in name_parts.PARTICLES]
    if not parts or not all(part[0].isupper() for part in parts) or len(parts) > MAX_NAME_WORDS:
        return None
    if bodies.NON_PERSON_WORDS & {part.lower() for part in parts} or parts[-1].isupper():
        return None
    if "-".join(fold_name(" ".join(parts))) in name_parts.FIRMS:
        return None
    given, family = _split(parts)
    closed = any(title.strip(".") in name_parts.CLOSED_TITLES for title in titles)
    if not family or (not given and (closed or family in name_parts.PLACE_OR_FIRM_NAMES)):
        return None
    kind: Kind = "full" if given and len(given[0]) > 1 else "short"
    title = tuple(word.strip(".") for word in titles)
    return Name(printed, kind, fold_name(printed), given, family, suffix, title=title)


def _titled(parts: list[str]) -> tuple[list[str], list[str]]:
    """Cut off titles, and whatever stands before an office."""
    at = 0
    while (
        at < len(parts) - 1
        and parts[at].lower().strip(".") in people.TITLES | name_parts.CLOSED_TITLES
    ):
        at += 1
    offices = [n for n, part in enumerate(parts[:-1], 1) if part.lower() in name_parts.OFFICES]
    at = max([at, *offices])
    # Secretary of State John Kerry
    if parts[at : at + 1] == [name_parts.OF] and len(parts) > at + 2:
        at += 2
    return [part.lower() for part in parts[:at]], parts[at:]


def _split(parts: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The given names and the family name, folded."""
    words = ["".join(fold_name(part)) for part in parts]
    count = sum(len(part.split("-")) for part in parts)
    first = words[0]
    if len(parts) > 1 and (
        first in name_parts.LEADING_FAMILY_NAMES
        or (first in name_parts.LEADING_BEFORE_TWO and count > 2)
    ):
        return ("".join(words[1:]),), first
    given: list[str] = []
    for part, word in zip(parts[:-1], words, strict=False):
        given += word if _INITIALS.fullmatch(part) else [word]
    return tuple(given), words[-1]
