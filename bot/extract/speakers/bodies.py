"""Find the bodies that an article names, and which one a short form means.

A body's name holds a word for a body ("Institute for Fiscal Studies", "Selby Children’s Hospital",
"Dyke Water Ltd"). Its initials ("IFS"), its noun ("the Institute"), its beginning ("Dyke Water")
and "the institute" mean it, if they fit no other body of the article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from bot.extract.words import words
from bot.languages.table import (
    LISTS,
    capitals,
    function_words,
    name_forms,
    organisations,
    pronouns,
    references,
)
from bot.languages.wordlist import is_word

MIN_INITIALS = 3
BODY_WORDS = (
    references.BODY_NOUNS
    | organisations.INSTITUTIONS
    | organisations.COMPANY_WORDS
    | LISTS["municipalities"]
    | LISTS["firm_words"]
    | LISTS["club_words"]
)
LINK = re.compile(" (?:of|for) ")
POSSESSIVE = re.compile("[’']s? ")


class Bodies:
    """Looks up the bodies of one article."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = set(name_forms.AFTER_PLACE_PREPOSITION.findall(text))

    @cached_property
    def named(self) -> frozenset[str]:
        """The names of more than one word that hold a word for a body."""
        found = {name for name in self._printed() if " " in name and _noun(name) in BODY_WORDS}
        return frozenset(found)

    def _printed(self) -> Iterator[str]:
        for match in name_forms.BODY_NAME.finditer(self._text):
            name = capitals.POSSESSIVE_ENDING.sub("", match[0])
            owner, *rest = POSSESSIVE.split(name, maxsplit=1)
            if rest and (_noun(owner) in BODY_WORDS or not is_word(words(owner)[-1])):
                yield _without_article(owner)
                name = rest[0]  # "Norton Council’s Lock Committee"
            list_start, joint, last = name.rpartition(function_words.CONJUNCTION)
            if joint and not is_word(last.split()[0].lower()):  # "Institute for Locks and Ida Falk"
                name = list_start
            yield _without_article(name)

    def with_initials(self, initials: str) -> str | None:
        """Return the body that initials mean: "IFS"."""
        return self._initials.get(initials)

    def longer(self, name: str) -> str | None:
        """Return the only longer name of a body that begins with a name: "Dyke Water Ltd"."""
        if name in self._places or name.lower() in LISTS["places"]:
            return None
        return _only(full for full in self.named if full.startswith(f"{name} "))

    def starting_at(self, position: int) -> str | None:
        """Return the name of a body that stands at a position of the article."""
        match = name_forms.BODY_NAME.match(self._text, position)
        name = _without_article(capitals.POSSESSIVE_ENDING.sub("", match[0])) if match else ""
        return name if name in self.named else None

    def described(self, description: str) -> str | None:
        """Return the only body with the noun and words of "the health authority"."""
        article, *parts = words(description)
        if article != pronouns.DEFINITE_ARTICLE or not parts:
            return None
        fitting = (name for name in self.named if _noun(name) == parts[-1])
        return _only(name for name in fitting if set(parts) <= set(words(name)))

    @cached_property
    def _initials(self) -> dict[str, str]:
        """Map initials to names: those of bodies, and others with the initials in brackets."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in self.named:
            found[_initials(name.split())].add(name)
        known = {
            initials: names.pop()
            for initials, names in found.items()
            if len(initials) >= MIN_INITIALS and len(names) == 1
        }
        return known | dict(_defined_initials(self._text))


def _noun(name: str) -> str:
    """Return the noun of a body's name: "trust" of "Lock Trust of Norton", "Lock Trust Ltd"."""
    main = [part.rstrip(".") for part in words(LINK.split(name, maxsplit=1)[0])]
    while len(main) > 1 and main[-1] in organisations.COMPANY_WORDS and main[-2] in BODY_WORDS:
        main.pop()
    return main[-1]


def _only(names: Iterator[str]) -> str | None:
    found = set(names)
    return found.pop() if len(found) == 1 else None


def _without_article(name: str) -> str:
    return name.removeprefix(f"{pronouns.DEFINITE_ARTICLE.capitalize()} ")


def _initials(parts: Sequence[str]) -> str:
    return "".join(part[0] for part in parts if part[0].isupper())


def _defined_initials(text: str) -> Iterator[tuple[str, str]]:
    """Find "Harbour Workers Union (HWU)": the abbreviation must match the initials."""
    for name, short in name_forms.DEFINED_ABBREVIATION.findall(text):
        parts = name.split()
        for index, first in enumerate(parts):
            if first[0].isupper() and _initials(parts[index:]) == short:
                yield short, " ".join(parts[index:])
                break
