"""Look up the bodies that an article names: by abbreviation, by a short form or by their noun."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from bot.extract.speakers.roles import Mention, latest_before
from bot.extract.words import words
from bot.languages.table import (
    capitals,
    function_words,
    name_forms,
    organisations,
    places,
    pronouns,
    references,
)
from bot.languages.wordlist import is_word

_LINKS = frozenset(("of", "for"))
_BODY_WORDS = (
    organisations.ORGANISATIONS
    | organisations.COMPANY_WORDS
    | references.FIRM_WORDS
    | references.CLUB_WORDS
)


class Bodies:
    """Looks up the bodies of one article.

    `runs` are its runs of capitalised words; `is_person` tells whether a run names a person.
    """

    def __init__(self, text: str, runs: Sequence[Mention], is_person: Callable[[str], bool]):
        self._text = text
        self._runs = runs
        self._is_person = is_person
        self._abbreviations = dict(_abbreviations(text))
        self._long_names = [
            Mention(match.start(), capitals.POSSESSIVE_ENDING.sub("", match[0]))
            for match in name_forms.ORGANISATION_NAME.finditer(text)
        ]
        self._places = set(name_forms.AFTER_PLACE_PREPOSITION.findall(text))

    def full(self, name: str) -> str | None:
        """Return a body's full name, given its abbreviation, its noun or its first word."""
        return self._abbreviations.get(name) or self._by_word.get(name.lower())

    def longer(self, name: str) -> str | None:
        """Return the only longer name of a body that begins with a name: "Dyke Water Ltd"."""
        if name in self._places or name.lower() in places.PLACES:
            return None
        found = {
            full
            for full in (*self.named, *(_without_article(name) for _, name in self._long_names))
            if full.startswith(f"{name} ") and _ends_body(full[len(name) :].split())
        }
        return found.pop() if len(found) == 1 else None

    def municipality(self, position: int) -> str | None:
        """Find the last municipality named before a position: "City of Norton"."""
        found = [
            mention
            for mention in self._long_names
            if mention.name.split()[0].lower() in organisations.MUNICIPALITIES
        ]
        return latest_before(found, position)

    @cached_property
    def named(self) -> list[str]:
        """List the names of more than one word that hold a word for a body."""
        plain = {capitals.POSSESSIVE_ENDING.sub("", run) for _, run in self._runs}
        joined = set(map(_without_article, name_forms.POSSESSIVE_IN_NAME.findall(self._text)))
        inner = {re.split("[’']s? ", name, maxsplit=1)[1] for name in joined}
        long_names = {_without_article(name) for _, name in self._long_names if _is_body(name)}
        inner |= {re.split(" (?:of|for) ", name, maxsplit=1)[0] for name in long_names}
        plain = {*map(_without_article, plain)} - inner
        plain |= long_names | {name for name in joined if is_word(_owner(name))}
        found = sorted(name for name in plain if " " in name and _BODY_WORDS & set(words(name)))
        printed_small = {name.lower() for name in found if not name.isupper()}
        return [name for name in found if not (name.isupper() and name.lower() in printed_small)]

    @cached_property
    def _by_word(self) -> dict[str, str]:
        """Map the noun or the first word of a body's name ("the ministry") to the name."""
        forms: dict[str, set[str]] = defaultdict(set)
        parts_of_longer = set[int]()
        for start, printed in self._long_names:
            name = _without_article(printed)
            parts = name.split()
            forms[parts[0].lower()].add(name)
            nouns = [noun.lower() for noun, link in pairwise(parts) if link in _LINKS]
            if nouns and nouns[0] in organisations.ORGANISATIONS:
                forms[nouns[0]].add(name)
                parts_of_longer.add(start)
        for start, printed in self._runs:
            run = _without_article(printed)
            parts = run.split()
            if (
                len(parts) > 1
                and start not in parts_of_longer
                and parts[0].lower() not in function_words.NON_NAME_WORDS
                and not self._is_person(run)
            ):
                forms[parts[-1].lower()].add(run)
        return {word: names.pop() for word, names in forms.items() if len(names) == 1}


def _without_article(name: str) -> str:
    return name.removeprefix(f"{pronouns.DEFINITE_ARTICLE.capitalize()} ")


def _is_body(name: str) -> bool:
    """Tell whether a name with "of" is a body's: "Trust of Norton", but not "Falk of Norton"."""
    noun = re.split(" (?:of|for) ", name, maxsplit=1)[0].split()[-1]
    return noun.lower() in organisations.ORGANISATIONS


def _owner(name: str) -> str:
    """Return the word before the possessive ending, in lower case: "children" of "Children’s"."""
    return words(re.split("[’']s? ", name, maxsplit=1)[0])[-1]


def _ends_body(parts: list[str]) -> bool:
    """Tell whether words after a body's name only say more of it: "Ltd", "of Norton"."""
    return parts[0] in _LINKS or all(
        part.lower().rstrip(".") in organisations.ORGANISATIONS | organisations.COMPANY_WORDS
        for part in parts
    )


def _abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Find "Harbour Workers Union (HWU)": the abbreviation must match the initials."""
    for name, short in name_forms.DEFINED_ABBREVIATION.findall(text):
        parts = name.split()
        for index, first in enumerate(parts):
            initials = "".join(part[0] for part in parts[index:] if part[0].isupper())
            if initials == short and first[0].isupper():
                yield short, " ".join(parts[index:])
                break
