"""Who is named in an article: persons, bodies, their full names, roles and abbreviations.

No list of the world's names: a person is known by a name of two to four capitalised words none of
which is a word for bodies and places, that the article also shortens, gives a title or a role, or
makes speak.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import dropwhile, pairwise
from typing import NamedTuple

from bot.extract.lexicon import (
    BASE_FORMS,
    BODIES,
    DETERMINERS,
    FEMALE,
    MALE,
    NOT_NAMES,
    NOT_PERSONS,
    OUTLETS,
    PRONOUNS,
    TITLES,
    VAGUE,
    VERBS,
    words,
)

# The capitals of Latin, Greek and Cyrillic; Python's re has no class for them.
_UPPER = "".join(letter for letter in map(chr, range(0x530)) if letter.isupper())
# Repetitions are bounded: a text all in capitals must not cost the square of its length.
CAPITAL = rf"\b[{_UPPER}](?:[\w&-]|[.’'](?=[^\W\d_])){{0,40}}"
ACRONYM = r"(?:[A-Z]\.){2,}"
PARTICLE = r"(?:(?:de|del|della|van|von|der|den|bin|ibn|al|el|la|le|da|di|dos|du) )"
RUN = re.compile(
    rf"(?:{ACRONYM}|{CAPITAL})(?: {PARTICLE}{{0,2}}(?:{ACRONYM}|[A-Z]\.(?=\s)|{CAPITAL}))*"
)
BODY = re.compile(
    rf"{CAPITAL}(?: {CAPITAL}){{0,5}}(?: (?:of|for) (?:the )?{CAPITAL}(?: {CAPITAL}){{0,5}}){{1,3}}"
)
_PART = rf"(?:{CAPITAL}|of|the|for|and|on)"
DEFINED = re.compile(rf"({_PART}(?: {_PART}){{1,9}}) \(([A-Z]{{2,}})\)")
APPOSITION = re.compile(
    rf"({CAPITAL}(?: {CAPITAL}){{1,3}}),(?: \d{{1,3}},)? "
    r"((?:an? |the |former |acting )*[a-z][^,.;:]{2,70})"
)
ROLE_ENDS = re.compile(r"\b(?:of|for|at|in|with|to|from|who|that|on|by)\b")
SUBJECT_PAIR = re.compile(
    rf"(?:^|\bthat |, )(?:[Bb]oth )?(?P<one>(?:[Tt]he )?{CAPITAL}(?: {CAPITAL}){{0,4}})"
    rf" and (?P<other>(?:the )?{CAPITAL}(?: {CAPITAL}){{0,4}}) (?P<verb>[a-z’]+)"
)
MOST_WORDS_OF_A_NAME = 6
PAIR_REACH = 300  # characters of a sentence in which its subject stands
# What stands before a noun and makes it no other: "told the officials".
POINTING = DETERMINERS | PRONOUNS | NOT_NAMES | VERBS | VAGUE
PEOPLE = re.compile(r"[A-Z][a-z]+(?:ers|ors|ists|ants|ees|ians|men)")
POSSESSIVE = re.compile(r"[’']s?$")


class Mention(NamedTuple):
    """A person's name at a place in the article."""

    start: int
    person: str


class Names:
    """The names of one article, looked up by their short forms."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._full: Counter[str] = Counter()
        self._alone: set[str] = set()
        self._roles: dict[str, list[Mention]] = defaultdict(list)
        self._genders: dict[str, str] = {}
        self._known: set[str] = set()
        self._printed: dict[str, bool] = {}
        self._before: defaultdict[str, set[str]] | None = None
        self._abbreviations = dict(_abbreviations(text))
        runs = [(run.start(), run[0]) for run in RUN.finditer(text)]
        for start, run in runs:
            self._read(start, run)
        self._short = self._short_forms()
        for found in APPOSITION.finditer(text):
            self._add_role(found)
        for mentions in self._roles.values():
            mentions.sort()
        named = ((start, self.person(bare(run)[1])) for start, run in runs)
        self._mentions = [Mention(start, person) for start, person in named if person]
        self._bodies = self._body_forms(runs)

    def person(self, name: str) -> str | None:
        """Give a person's fullest name, for a full or a short one; None if that is no person."""
        full = self._short.get(name) or (self._fullest(name) if name in self._full else None)
        return full if full in self._known else None

    def perhaps_person(self, name: str) -> str | None:
        """Give the fullest form of what looks like a person's name, for lack of better evidence."""
        return self.person(name) or self._short.get(name) or (name if name in self._full else None)

    def body(self, name: str) -> str | None:
        """Give the full name of a body from its abbreviation, or its last or first word."""
        return self._abbreviations.get(name) or self._bodies.get(name.lower())

    def in_role(self, role: str, before: int) -> str | None:
        """Find whom the article has last introduced as a `role` ("spokeswoman") before a place."""
        found = self._roles.get(role, [])
        at = bisect_left(found, before, key=lambda mention: mention.start)
        return found[at - 1].person if at else None

    def persons(self, start: int, end: int) -> list[Mention]:
        """List the persons named in a stretch of the article, in order."""
        first = bisect_left(self._mentions, start, key=lambda mention: mention.start)
        last = bisect_left(self._mentions, end, key=lambda mention: mention.start)
        return self._mentions[first:last]

    def fits(self, person: str, pronoun: str) -> bool:
        """Tell whether "he" or "she" may mean a person; only a known gender excludes one."""
        return self._genders.get(person, pronoun[:1]) == pronoun[:1]

    def pair(self, start: int, end: int) -> tuple[str, ...]:
        """Read the two names "A and B" that a sentence, or what it reports, is about; or none."""
        found = SUBJECT_PAIR.search(self._text[start : min(end, start + PAIR_REACH)])
        if not found or not (found["verb"] in VERBS or found["verb"].endswith("ed")):
            return ()
        return found["one"], found["other"]

    def only(self, noun: str, longer: str) -> bool:
        """Tell that the article puts no other word before a noun than `longer` has.

        With "US officials" and "Russian officials" in it, "the officials" may be either.
        """
        if self._before is None:
            self._before = defaultdict(set)
            for before, word in pairwise(words(self._text)):
                if before not in POINTING and not before.endswith("ed"):
                    self._before[word].add(before)
        return self._before[noun.lower()] <= set(words(longer))

    def is_common(self, word: str, cue: list[str]) -> bool:
        """Tell whether a word has its capital only from a sentence's beginning: "Insurers believe".

        Surnames may end like it ("Sanders believes"), and then the verb is no plural.
        """
        if BASE_FORMS.isdisjoint(cue) and not self._prints(rf"\b{word.lower()}\b"):
            return False
        if not PEOPLE.fullmatch(word) or word.lower() in OUTLETS or word in self._short:
            return False
        return not self._prints(rf"[\w,;’'-] {word}\b|\b{word} [A-Z]")

    def _prints(self, pattern: str) -> bool:
        """Tell whether a pattern is in the article; each is looked for but once."""
        if pattern not in self._printed:
            self._printed[pattern] = re.search(pattern, self._text) is not None
        return self._printed[pattern]

    def speaks(self, name: str) -> None:
        """Note that a name is the source of an attribution, as persons are."""
        if name in self._full:
            self._known.add(name)

    def _read(self, start: int, run: str) -> None:
        titles, name = bare(run)
        count = len(name.split())
        if count == 1:
            self._alone.add(name)
        parts = set(words(name))
        if not name or name.isupper() or parts & NOT_PERSONS or parts <= TITLES:
            return
        if count > 4:
            return
        if count >= 2 and not self._with_article(start, run):
            self._full[name] += 1
        lower = re.search(r"(\w+) $", self._text[max(0, start - 24) : start])
        role = lower[1] if lower and lower[1].islower() and lower[1] not in NOT_NAMES else ""
        given = [title.lower().rstrip(".") for title in titles] + ([role] if role else [])
        if set(given) & TITLES:
            self._known.add(name)
            self._full.setdefault(name, 0)
        for title in given:
            self._note(title, name, start)

    def _with_article(self, start: int, run: str) -> bool:
        """Tell that a name is "the …", as bodies and papers are and persons are not."""
        before = self._text[max(0, start - 4) : start]
        return f"{before}{run}".lower().startswith("the ") or run.lower().startswith("the ")

    def _note(self, role: str, name: str, start: int) -> None:
        if role in BODIES:
            return  # nobody is "the ministry", whatever stands beside the name
        self._roles[role].append(Mention(start, name))
        if role in MALE | FEMALE:
            self._genders[name] = "h" if role in MALE else "s"

    def _add_role(self, found: re.Match[str]) -> None:
        name = self.person(bare(found[1])[1]) or bare(found[1])[1]
        role = ROLE_ENDS.split(found[2])[0].split()
        first = found[2].split()[0]
        verb = first in VERBS or first.endswith("ed")  # "Ida Falk, left alone, said …"
        if name not in self._full or not role or verb or first in ("who", "which"):
            return
        self._known.add(name)
        self._note(role[-1].lower(), name, found.start())

    def _short_forms(self) -> dict[str, str]:
        """Map a first or last word to the one full name that has it; family names stand at either
        end, depending on the language."""
        names: dict[str, set[str]] = defaultdict(set)
        for full in self._full:
            parts = full.split()
            if len(parts) > 1:
                names[parts[0]].add(self._fullest(full))
                names[parts[-1]].add(self._fullest(full))
        short = {word: fulls.pop() for word, fulls in names.items() if len(fulls) == 1}
        self._known |= {full for word, full in short.items() if word in self._alone}
        return short

    def _fullest(self, name: str) -> str:
        """Prefer a longer name with the same ends, and what is left without a leading role."""
        parts = name.split()
        for length in range(2, len(parts)):
            if self._full[" ".join(parts[-length:])] > self._full[name]:
                return " ".join(parts[-length:])
        return name

    def _body_forms(self, runs: list[tuple[int, str]]) -> dict[str, str]:
        """Map the word by which a body is called again ("the ministry") to its name."""
        forms: dict[str, set[str]] = defaultdict(set)
        for found in BODY.finditer(self._text):
            forms[found[0].split()[0].lower()].add(found[0])
        for _, run in runs:
            parts = run.split()
            if (
                len(parts) > 1
                and parts[0].lower() not in NOT_NAMES
                and not self.person(bare(run)[1])
            ):
                forms[parts[-1].lower()].add(run)
        return {word: names.pop() for word, names in forms.items() if len(names) == 1}


def has_verb(parts: list[str]) -> bool:
    """Tell whether words have a verb that is known; behind "the" stands none: "the claim"."""
    pointed = bool(parts) and parts[0] in DETERMINERS
    return not VERBS.isdisjoint(parts[2:] if pointed else parts)


def may_name(phrase: str) -> bool:
    """Tell whether words may name somebody: few, "the …" or with a capital, and without a verb."""
    parts = words(phrase)
    if not 0 < len(parts) <= MOST_WORDS_OF_A_NAME or has_verb(parts):
        return False
    return phrase.lstrip()[:1].isupper() or parts[0] in DETERMINERS


def bare(run: str) -> tuple[list[str], str]:
    """Split a run of capitalised words into the titles before it and the name."""
    parts = POSSESSIVE.sub("", run).split()
    parts = list(dropwhile(lambda part: part.lower() in NOT_NAMES - TITLES, parts))
    last = [at for at, part in enumerate(parts[:-1], 1) if part.lower().rstrip(".") in TITLES]
    at = last[-1] if last else 0  # "Transport Minister Jane Roe": all up to the last title
    return parts[:at], " ".join(parts[at:])


def _abbreviations(text: str) -> list[tuple[str, str]]:
    """Find "Harbour Workers Union (HWU)": the initials must agree."""
    found = []
    for name, short in DEFINED.findall(text):
        parts = [part for part in name.split() if part.lower() not in DETERMINERS]
        for at in range(len(parts)):
            tail = [part for part in parts[at:] if part[0].isupper()]
            if "".join(part[0] for part in tail) == short:
                found.append((short, " ".join(parts[at:])))
                break
    return found
