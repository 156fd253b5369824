"""Who is named in an article: persons, bodies, their full names, roles and abbreviations.

No list of the world's names: a person is known by a name of two to four capitalised words none of
which is a word for bodies and places, that the article also shortens, gives a title or a role, or
makes speak.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import pairwise

from bot.extract.speakers.capitalised import split_titles
from bot.extract.speakers.roles import Mention, Roles, appositions, gender, is_relative
from bot.extract.words import words
from bot.languages.table import (
    bodies,
    capitals,
    cue_verbs,
    function_words,
    name_forms,
    people,
    pronouns,
)

MAX_NAME_WORDS = 6
ROLE_BEFORE = re.compile(r"\b((?:[A-Za-z][\w-]+ )?[a-z][\w-]+) $")
ROLE_LOOKBACK = 40  # characters before a name in which such a role stands
PREPOSITION_LOOKBACK = 6  # characters before a name in which that stands
INITIAL = re.compile(r"[A-Z]\.?")
MAX_SUBJECT = 300  # characters of a sentence in which its subject stands


class Names:
    """Look up the names of one article by their short forms."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._full: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self._alone: list[Mention] = []
        self._titled: list[Mention] = []
        self._with_initials: dict[str, str] = {}
        self._roles = Roles()
        self._known: set[str] = set()
        self._nouns = set(name_forms.COMMON_NOUN.findall(text))
        self._printed: dict[str, bool] = {}
        self._before: defaultdict[str, set[str]] | None = None
        self._abbreviations = dict(_abbreviations(text))
        self._runs = [
            Mention(run.start(), run[0]) for run in capitals.CAPITALISED_RUN.finditer(text)
        ]
        for start, run in self._runs:
            self._read(start, run)
        self._short = self._short_forms()
        self._known |= {full for at, word in self._alone if (full := self._full_name(word, at))}
        self._read_roles()
        self._municipalities: list[Mention] = []
        self._bodies = self._body_forms()

    def person(self, name: str, place: int | None = None) -> str | None:
        """Give a person's fullest name, for a full or a short one; None if that is no person.

        A surname of several persons means, at a `place`, the one introduced by then.
        """
        full = self._full_name(name, place) or (self._fullest(name) if name in self._full else None)
        return full if full in self._known else None

    def possible_person(self, name: str, place: int | None = None) -> str | None:
        """Like `person`, but also accept what only looks like a person's name."""
        known = self.person(name, place) or self._full_name(name, place)
        return known or (name if name in self._full else None)

    def person_with_title(self, titles: list[str], name: str, place: int) -> str | None:
        """Find which of the persons of one surname named so far "Ms Falk" is, if titles tell."""
        title = next(filter(gender, (title.lower().rstrip(".") for title in titles)), None)
        if not title:
            return None
        named = [full for full, first in self._short.get(name, {}).items() if first < place]
        namesakes = [full for full in named if self.fits(full, title)]
        sure = [full for full in namesakes if self._roles.genders.get(full)]
        one = sure if len(sure) == 1 or self.is_shared(name) else namesakes
        return one[0] if len(one) == 1 else None

    def is_shared(self, name: str) -> bool:
        """Tell whether a man and a woman share a name: "Mr Falk" and "Mrs Falk"."""
        return name in self._roles.shared

    def body(self, name: str) -> str | None:
        """Give the full name of a body from its abbreviation, or its last or first word."""
        return self._abbreviations.get(name) or self._bodies.get(name.lower())

    def municipality(self, before: int) -> str | None:
        """Find the last municipality named before a place."""
        at = bisect_left(self._municipalities, before, key=lambda mention: mention.start)
        return self._municipalities[at - 1].name if at else None

    def in_role(self, role: str, before: int) -> str | None:
        """Find the last person introduced in a `role` ("spokeswoman") before a place."""
        found = self._roles.latest_in_role(role, before)
        return (self.person(found, before) or found) if found else None

    def persons(self, start: int, end: int) -> list[Mention]:
        """List the persons named in a stretch of the article, in order."""
        named = ((at, self.person(name, at)) for at, name in self._named(start, end))
        return [Mention(at, person) for at, person in named if person]

    def possible_persons(self, start: int, end: int) -> list[Mention]:
        """List what looks like a person's name in a stretch, in order, except "in Nova Linda"."""
        named = ((at, self.possible_person(name, at)) for at, name in self._named(start, end))
        return [
            Mention(at, person)
            for at, person in named
            if person
            and not name_forms.PLACE_PREPOSITION.search(
                self._text, max(0, at - PREPOSITION_LOOKBACK), at
            )
        ]

    def _named(self, start: int, end: int) -> list[Mention]:
        first, last = (bisect_left(self._runs, Mention(place, "")) for place in (start, end))
        return [Mention(at, split_titles(run)[1]) for at, run in self._runs[first:last]]

    def fits(self, person: str, pronoun: str) -> bool:
        """Tell whether "he" or "she" may mean a person; only a known gender excludes one."""
        meant = gender(pronoun)
        return self._roles.genders.get(person, meant) == meant

    def goes_with_pronoun(self, person: str, pronoun: str) -> bool:
        """Tell whether the article shows that "he" or "she" goes with a person."""
        return self._roles.genders.get(person) == gender(pronoun)

    def note_pronoun(self, person: str, pronoun: str) -> None:
        """Note the pronoun that an article uses of a person; a title takes precedence."""
        if meant := gender(pronoun):
            self._roles.genders.setdefault(person, meant)

    def subject_pair(self, start: int, end: int) -> tuple[str, ...]:
        """Read the two names "A and B" that a sentence, or what it reports, is about; or none."""
        found = name_forms.SUBJECT_PAIR.search(self._text[start : min(end, start + MAX_SUBJECT)])
        if not found or not (found["verb"] in cue_verbs.VERBS or found["verb"].endswith("ed")):
            return ()
        return found["first"], found["second"]

    def is_unambiguous(self, noun: str, longer: str) -> bool:
        """Tell whether every word the article prints before a noun is in `longer`.

        If it prints "US officials" and "Russian officials", "the officials" may be either.
        """
        if self._before is None:
            self._before = defaultdict(set)
            for before, word in pairwise(words(self._text)):
                if before not in name_forms.NON_MODIFIERS and not before.endswith("ed"):
                    self._before[word].add(before)
        return self._before[noun.lower()] <= set(words(longer))

    def is_common_noun(self, word: str, cue: list[str]) -> bool:
        """Tell whether a word is capitalised only as first of its sentence: "Insurers believe".

        Surnames may end the same way ("Sanders believes"), but then the verb is singular.
        """
        if (
            not name_forms.GROUP_NOUN.fullmatch(word)
            or word.lower() in bodies.OUTLETS
            or word in self._short
        ):
            return False
        if cue_verbs.BASE_FORMS.isdisjoint(cue) and not self._matches(rf"\b{word.lower()}\b"):
            return False
        return not self._matches(rf"[\w,;’'-] {word}\b|\b{word} [A-Z]")

    def _matches(self, pattern: str) -> bool:
        """Tell whether a pattern matches the article; results are cached."""
        if pattern not in self._printed:
            self._printed[pattern] = re.search(pattern, self._text) is not None
        return self._printed[pattern]

    def note_source(self, name: str) -> None:
        """Note that a name is the source of an attribution, as persons are."""
        if name in self._full:
            self._known |= {name, self._fullest(name)}

    def _read(self, start: int, run: str) -> None:
        titles, name = split_titles(run)
        count = len(name.split())
        if count == 1:
            self._alone.append(Mention(start, name))
        parts = set(words(name))
        if (
            not name
            or name.isupper()
            or parts & bodies.NON_PERSON_WORDS
            or parts <= people.TITLES
            or count > 4
        ):
            return
        if count >= 2 and not self._with_article(start, run):
            self._full[name] += 1
            self._first.setdefault(name, start)
        lower = ROLE_BEFORE.search(self._text[max(0, start - ROLE_LOOKBACK) : start])
        role = lower[1].lower().split() if lower else []
        if role and role[-1] in function_words.NON_NAME_WORDS:
            role = []  # "a senator from Norton"
        role = [
            word for word in role if word not in function_words.NON_NAME_WORDS | pronouns.PRONOUNS
        ]
        given = [title.lower().rstrip(".") for title in titles] + role
        if set(given) & people.TITLES:
            self._known.add(name)
            self._full.setdefault(name, 0)
            self._first.setdefault(name, start)
        if given:
            self._titled.append(Mention(start, name))
            self._roles.add(given, name, start)

    def _with_article(self, start: int, run: str) -> bool:
        """Tell whether a name has an article, as bodies and papers do and persons do not."""
        article = f"{pronouns.DEFINITE_ARTICLE} "
        before = self._text[max(0, start - len(article)) : start]
        return any(found.lower().startswith(article) for found in (f"{before}{run}", run))

    def _read_roles(self) -> None:
        for start, printed, role in appositions(self._text):
            name = split_titles(printed)[1]
            name = self.person(name, start) or name
            if name in self._full:
                self._known.add(name)
                self._roles.add(role, name, start)
        for start, name in self._titled:  # "Mr Tallis" is Omar Tallis
            if full := self.person(name, start):
                self._roles.share_gender(name, full)
        self._roles.sort()

    def _full_name(self, name: str, place: int | None = None) -> str | None:
        """Find the one full name with a short form, among all or those before a place."""
        fulls = self._short.get(name, {})
        if len(fulls) > 1 and place is not None:
            fulls = {full: first for full, first in fulls.items() if first < place}
        return next(iter(fulls)) if len(fulls) == 1 else None

    def _short_forms(self) -> dict[str, dict[str, int]]:
        """Map first and last words to the full names they occur in, each with the offset of its
        first mention. Depending on the language, the family name comes first or last."""
        for surname in filter(None, map(_surname_with_particle, list(self._full))):
            if self._full.pop(surname, 0):  # "De Vries" is no first and last name
                self._alone.append(Mention(self._first[surname], surname))
        for name in self._full:
            parts = name.split()
            if len(parts) == 3 and INITIAL.fullmatch(parts[1]):
                self._with_initials[f"{parts[0]} {parts[2]}"] = name
        short: dict[str, dict[str, int]] = defaultdict(dict)
        alone = {mention.name: mention.start for mention in reversed(self._alone)}
        for name in self._full:
            parts, full, place = name.split(), self._fullest(name), self._first[name]
            if len(parts) > 1:
                for form in filter(None, {parts[0], parts[-1], _surname_with_particle(name)}):
                    # "Smith left. His wife, Jo Smith, left later": Smith is another.
                    earlier = alone.get(form, place) < place
                    if not (earlier and is_relative(self._text, place, name)):
                        short[form][full] = min(place, short[form].get(full, place))
        return short

    def _fullest(self, name: str) -> str:
        """Prefer the form with an initial, or the name without a leading role."""
        parts = name.split()
        if len(parts) == 2 and name in self._with_initials:
            return self._with_initials[name]
        for length in range(2, len(parts)):
            tail = parts[-length:]
            if self._full[" ".join(tail)] > self._full[name] or self._is_role(parts[0], tail):
                return " ".join(tail)
        return name

    def _is_role(self, word: str, name: list[str]) -> bool:
        """Tell whether a word before a name is a role: the article also prints "the goalkeeper"."""
        if (
            name[0].lower() in capitals.PARTICLES
            or INITIAL.fullmatch(name[0])
            or name[-1] in name_forms.NAME_SUFFIXES
        ):
            return False
        return word.lower() in self._nouns

    def _body_forms(self) -> dict[str, str]:
        """Map the short form of a body ("the ministry") to its name."""
        forms: dict[str, set[str]] = defaultdict(set)
        for found in name_forms.BODY_NAME.finditer(self._text):
            first = found[0].split()[0].lower()
            forms[first].add(found[0])
            if first in bodies.MUNICIPALITIES:
                self._municipalities.append(Mention(found.start(), found[0]))
        for _, run in self._runs:
            parts = run.split()
            if (
                len(parts) > 1
                and parts[0].lower() not in function_words.NON_NAME_WORDS
                and not self.person(split_titles(run)[1])
            ):
                forms[parts[-1].lower()].add(run)
        return {word: names.pop() for word, names in forms.items() if len(names) == 1}


def has_verb(parts: list[str]) -> bool:
    """Tell whether words contain a known verb; a word after "the" is none: "the claim"."""
    pointed = bool(parts) and parts[0] in pronouns.DETERMINERS
    return not cue_verbs.VERBS.isdisjoint(parts[2:] if pointed else parts)


def may_be_name(phrase: str) -> bool:
    """Tell whether words may name somebody: few, no verb, with a capital or "the …"."""
    parts = words(phrase)
    if not 0 < len(parts) <= MAX_NAME_WORDS or has_verb(parts):
        return False
    return phrase.lstrip()[:1].isupper() or parts[0] in pronouns.DETERMINERS


def _surname_with_particle(name: str) -> str | None:
    """Give the surname of "Anneke de Vries" as it opens a sentence: "De Vries"."""
    parts = name.split()
    if len(parts) < 3 or parts[-2].lower() not in capitals.PARTICLES:
        return None
    return f"{parts[-2].capitalize()} {parts[-1]}"


def _abbreviations(text: str) -> list[tuple[str, str]]:
    """Find "Harbour Workers Union (HWU)": the initials must agree."""
    found = []
    for name, short in name_forms.DEFINED_ABBREVIATION.findall(text):
        parts = name.split()
        for at, first in enumerate(parts):
            initials = "".join(part[0] for part in parts[at:] if part[0].isupper())
            if initials == short and first[0].isupper():
                found.append((short, " ".join(parts[at:])))
                break
    return found
