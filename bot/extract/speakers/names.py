"""Look up the names in an article: people, their full names, roles and genders; and bodies.

There is no list of people's names. A person is recognised by a name of two to four capitalised
words, none of which is a word for organisations or places, that the article also shortens, prints
with a title or role, or makes the source of an attribution.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from bot.extract.speakers.bodies import Bodies
from bot.extract.speakers.capitalised import split_titles
from bot.extract.speakers.roles import Mention, find_appositions, gender, is_family_member
from bot.extract.words import words
from bot.languages.table import (
    LISTS,
    capitals,
    cue_verbs,
    function_words,
    given_names,
    name_forms,
    organisations,
    people,
    pronouns,
    role_forms,
)

MAX_NAME_WORDS = 6
MAX_PERSON_WORDS = 4
ROLE_BEFORE_NAME = re.compile(r"\b((?:[A-Za-z][\w-]+ )?[a-z][\w-]+) $")
ROLE_LOOKBACK = 40  # characters before a name to search for a role in lower case
PREPOSITION_LOOKBACK = 6  # characters before a name to search for "in"
MAX_SUBJECT = 300  # characters of a sentence to search for its subject


class Names:
    """Looks up the names of one article by their short forms."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._counts: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self._single_words: list[Mention] = []
        self._titled: list[Mention] = []
        self._titled_people: set[str] = set()
        self._people: set[str] = set()
        self._roles: defaultdict[str, list[Mention]] = defaultdict(list)
        self._genders: dict[str, str] = {}
        self._bodies_known: dict[str, bool] = {}
        runs = capitals.CAPITALISED_RUN.finditer(text)
        self._runs = [Mention(run.start(), run[0]) for run in runs]
        for start, run in self._runs:
            self._read_run(start, run)
        self._full_names = self._index_short_forms()
        for position, word in self._single_words:
            if full := self._full_name(word, position):
                self._people.add(full)
        self._read_roles()
        self.bodies = Bodies(text)

    # -- people

    def person(self, name: str, position: int | None = None) -> str | None:
        """Return a person's fullest name, given a full or short one; None if it is not a person's.

        At a `position`, a surname shared by several people means the one introduced before it.
        """
        full = self._full_name(name, position) or (name if name in self._counts else None)
        return full if full in self._people else None

    def possible_person(self, name: str, position: int | None = None) -> str | None:
        """Like `person`, but also accept a name that only looks like a person's."""
        known = self.person(name, position) or self._full_name(name, position)
        return known or (name if name in self._counts else None)

    def person_in_role(self, role: str, position: int) -> str | None:
        """Find the last person introduced in a `role` ("spokeswoman") before a position."""
        mentions = self._roles.get(role, [])
        index = bisect_left(mentions, position, key=lambda mention: mention.start)
        name = mentions[index - 1].name if index else None
        return (self.person(name, position) or name) if name else None

    def persons(self, start: int, end: int) -> list[Mention]:
        """List the people named in a part of the article, in order."""
        return [
            Mention(position, person)
            for position, name in self._names_in(start, end)
            if (person := self.person(name, position))
        ]

    def possible_persons(self, start: int, end: int) -> list[Mention]:
        """List the names in a part of the article that look like a person's, in order.

        Names after a preposition of place are left out: "in Nova Linda".
        """
        return [
            Mention(position, person)
            for position, name in self._names_in(start, end)
            if (person := self.possible_person(name, position))
            and not name_forms.PLACE_PREPOSITION.search(
                self._text, max(0, position - PREPOSITION_LOOKBACK), position
            )
        ]

    def note_source(self, name: str) -> None:
        """Record that a name is the source of an attribution; it is then taken for a person's."""
        if name in self._counts:
            self._people.add(name)

    def note_person(self, name: str) -> None:
        """Record that a name is a person's."""
        self._people.add(name)
        self._titled_people.add(name)
        self._counts.setdefault(name, 0)
        self._bodies_known[name] = False

    def is_body(self, name: str) -> bool:
        """Tell whether the article shows that a name is a body's, not a person's.

        It holds a word for one, is shortened to its first word, goes on with "which", or stands
        between an article and a noun ("a Norlink spokesman").
        """
        if name not in self._bodies_known:
            self._bodies_known[name] = self._shows_body(name)
        return self._bodies_known[name]

    def _shows_body(self, name: str) -> bool:
        parts = name.split()
        if organisations.names_no_person(parts) or parts[-1].isupper():
            return True
        if name in self._titled_people or self.has_gender(name):
            return False
        single = {word for _, word in self._single_words}
        is_first = parts[0].lower() not in LISTS["leading_family_names"]  # "Xi" is a surname
        is_shortened = len(parts) > 1 and parts[0] in single and parts[-1] not in single
        is_shortened = is_shortened and is_first
        if is_shortened or self.bodies.longer(name):
            return True
        printed = rf"(?:{re.escape(parts[0])}|{re.escape(name)})"
        shown = rf"\b{printed},? which\b|\b[Aa]n? {printed} [a-z]|\bshares (?:in|of) {printed}\b"
        return re.search(shown, self._text) is not None

    # -- genders

    def has_gender(self, person: str) -> bool:
        """Tell whether the article shows that a person is a "he" or a "she"."""
        return person in self._genders

    def fits(self, person: str, pronoun: str) -> bool:
        """Tell whether "he" or "she" may refer to a person; anybody of unknown gender fits."""
        wanted = gender(pronoun)
        return self._genders.get(person, wanted) == wanted

    def goes_with_pronoun(self, person: str, pronoun: str) -> bool:
        """Tell whether the article shows that "he" or "she" goes with a person."""
        return self._genders.get(person) == gender(pronoun)

    # -- other words

    def subject_pair(self, start: int, end: int) -> tuple[str, ...]:
        """Return the names A and B if "A and B" is the subject of a sentence; else nothing."""
        match = name_forms.SUBJECT_PAIR.search(self._text[start : min(end, start + MAX_SUBJECT)])
        if not match or not (match["verb"] in cue_verbs.VERBS or match["verb"].endswith("ed")):
            return ()
        return match["first"], match["second"]

    def is_common_noun(self, word: str, cue: list[str]) -> bool:
        """Tell whether a word is capitalised only at the start of a sentence: "Insurers believe".

        Surnames may have the same ending ("Sanders believes"), but then the verb is singular.
        """
        if not name_forms.GROUP_NOUN.fullmatch(word) or word.lower() in organisations.OUTLETS:
            return False
        is_elsewhere = re.search(rf"[\w,;’'-] {word}\b|\b{word} [A-Z]", self._text)
        is_noun = not cue_verbs.BASE_FORMS.isdisjoint(cue) or f" {word.lower()}" in self._text
        return is_noun and not is_elsewhere

    def is_unambiguous(self, noun: str, longer: str) -> bool:
        """Tell whether every word the article prints before a noun is in `longer`.

        If it prints "US officials" and "Russian officials", "the officials" may be either.
        """
        return self._words_before[noun.lower()] <= set(words(longer))

    @cached_property
    def _words_before(self) -> defaultdict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for before, word in pairwise(words(self._text)):
            if before not in name_forms.NON_MODIFIERS and not before.endswith("ed"):
                found[word].add(before)
        return found

    # -- reading the article

    def _names_in(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        first, last = (bisect_left(self._runs, Mention(at, "")) for at in (start, end))
        return ((position, split_titles(run)[1]) for position, run in self._runs[first:last])

    def _read_run(self, start: int, run: str) -> None:
        """Record the name and titles in a run of capitalised words."""
        titles, name = split_titles(run)
        parts = name.split()
        if len(parts) == 1:
            self._single_words.append(Mention(start, name))
        if (
            not name
            or name.isupper()
            or organisations.names_no_person(parts)
            or people.TITLES.issuperset(words(name))
            or len(parts) > MAX_PERSON_WORDS
        ):
            return
        if len(parts) >= 2:
            self._counts[name] += 1
            self._first.setdefault(name, start)
        role = [title.lower().rstrip(".") for title in titles] + self._role_before(start)
        if set(role) & people.TITLES:
            self._people.add(name)
            self._titled_people.add(name)
            self._counts.setdefault(name, 0)
            self._first.setdefault(name, start)
        if role:
            self._titled.append(Mention(start, name))
            self._note_role(role, name, start)

    def _role_before(self, start: int) -> list[str]:
        """Return the words of a role in lower case before a name."""
        match = ROLE_BEFORE_NAME.search(self._text[max(0, start - ROLE_LOOKBACK) : start])
        role = match[1].lower().split() if match else []
        if role and role[-1] in function_words.NON_NAME_WORDS:
            return []  # "a senator from Norton"
        excluded = function_words.NON_NAME_WORDS | pronouns.PRONOUNS
        return [word for word in role if word not in excluded]

    def _note_role(self, role: Sequence[str], person: str, start: int) -> None:
        """Record a role under each of its words and its last two: minister, finance minister."""
        modified = {word for before, word in pairwise(role) if before in LISTS["role_modifiers"]}
        role = [role_forms.ABBREVIATED_TITLES.get(word, word) for word in role]
        role = [word for word in role if word not in pronouns.PRONOUNS]  # "her husband"
        # Words for organisations ("the ministry") are not roles.
        for name in {*role, " ".join(role[-2:])} - organisations.ORGANISATIONS - {""}:
            if name not in modified:
                self._roles[name].append(Mention(start, person))
            if shown := gender(name):
                self._genders.setdefault(person, shown)

    def _read_roles(self) -> None:
        for start, printed, role in find_appositions(self._text):
            name = split_titles(printed)[1]
            name = self.person(name, start) or name
            if name in self._counts:
                self._people.add(name)
                self._note_role(role, name, start)
        family_names = {name.split()[-1] for name in self._counts}
        for name in (*self._counts, *{name for _, name in self._single_words}):
            if name not in family_names and (shown := given_names.gender_of(name.split()[0])):
                self._genders.setdefault(name, shown)
        for start, name in self._titled:  # "Mr Tallis" is Omar Tallis
            full = self.person(name, start)
            if full and name in self._genders:
                self._genders.setdefault(full, self._genders[name])
        for mentions in self._roles.values():
            mentions.sort()

    # -- short forms

    def _full_name(self, name: str, position: int | None = None) -> str | None:
        """Find the only full name with a short form, or the only one before a position."""
        full_names = self._full_names.get(name, {})
        found = list(full_names)
        if len(found) > 1 and position is not None:
            found = [full for full, first in full_names.items() if first < position]
        return found[0] if len(found) == 1 else None

    def _index_short_forms(self) -> dict[str, dict[str, int]]:
        """Map first and last words to the full names that contain them, with their first mentions.

        Depending on the language, the family name comes first or last.
        """
        for surname in map(
            _capitalised, filter(None, map(_surname_with_particle, [*self._counts]))
        ):
            if self._counts.pop(surname, 0):  # "De Vries" is not a first and a last name
                self._single_words.append(Mention(self._first[surname], surname))
        index: dict[str, dict[str, int]] = defaultdict(dict)
        alone = {mention.name: mention.start for mention in reversed(self._single_words)}
        for name in self._counts:
            parts, position = name.split(), self._first[name]
            if len(parts) > 1:
                surname = _surname_with_particle(name) or parts[-1]
                for form in {parts[0], parts[-1], surname, _capitalised(surname)}:
                    # "Smith left. His wife, Jo Smith, left later" mentions two people.
                    is_later = alone.get(form, position) < position
                    if not (is_later and is_family_member(self._text, position, name)):
                        index[form][name] = min(position, index[form].get(name, position))
        return index


def has_verb(parts: list[str]) -> bool:
    """Tell whether words contain a known verb; a word after "the" is not one: "the claim"."""
    has_determiner = bool(parts) and parts[0] in pronouns.DETERMINERS
    return not cue_verbs.VERBS.isdisjoint(parts[2:] if has_determiner else parts)


def may_be_name(phrase: str) -> bool:
    """Tell whether a phrase may name somebody: short, without a verb, capitalised or "the …"."""
    parts = words(phrase)
    if not 0 < len(parts) <= MAX_NAME_WORDS or has_verb(parts):
        return False
    return phrase.lstrip()[:1].isupper() or parts[0] in pronouns.DETERMINERS


def _surname_with_particle(name: str) -> str | None:
    """Return the surname of "Anneke van der Vries", with its particles, or None if it has none."""
    parts = name.split()
    for index, part in enumerate(parts[1:-1], 1):
        if part.lower() in capitals.PARTICLES:
            return " ".join(parts[index:])
    return None


def _capitalised(name: str) -> str:
    return name[0].upper() + name[1:]
