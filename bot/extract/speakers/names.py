"""Look up the names in an article: people, organisations, full names, roles and abbreviations.

There is no list of people's names. A person is recognised by a name of two to four capitalised
words, none of which is a word for organisations or places, that the article also shortens, prints
with a title or role, or makes the source of an attribution.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from bot.extract.speakers.bodies import Bodies
from bot.extract.speakers.capitalised import split_titles
from bot.extract.speakers.roles import (
    Mention,
    Roles,
    find_appositions,
    gender,
    is_family_member,
)
from bot.extract.words import words
from bot.languages.table import (
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
NEXT_WORD = re.compile(r" ([a-z]+)\b")
ROLE_LOOKBACK = 40  # characters before a name to search for a role in lower case
PREPOSITION_LOOKBACK = 6  # characters before a name to search for "in"
INITIAL = re.compile(r"[A-Z]\.?")
MAX_OWNER_DISTANCE = 600  # characters between a name and "his wife"
MAX_SUBJECT_LENGTH = 300  # characters of a sentence to search for its subject


class Names:
    """Looks up the names of one article by their short forms."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._name_counts: Counter[str] = Counter()
        self._first_mentions: dict[str, int] = {}
        self._single_words: list[Mention] = []
        self._titled_names: list[Mention] = []
        self._forms_with_initial: dict[str, str] = {}
        self._roles = Roles()
        self._people: set[str] = set()
        self._relatives: set[str] = set()
        self._common_nouns = set(name_forms.COMMON_NOUN.findall(text))
        self._matches_cache: dict[str, bool] = {}
        self._bodies_cache: dict[str, bool] = {}
        self._titled_people: set[str] = set()
        self._words_before: defaultdict[str, set[str]] | None = None
        self._runs = [
            Mention(run.start(), run[0]) for run in capitals.CAPITALISED_RUN.finditer(text)
        ]
        for start, run in self._runs:
            self._read_run(start, run)
        self._full_names = self._index_short_forms()
        self._name_relatives()
        self._name_couples()
        for position, word in self._single_words:
            if full := self._full_name(word, position):
                self._people.add(full)
        self._read_roles()
        self.bodies = Bodies(text, self._runs, self._is_known_person)

    def person(self, name: str, position: int | None = None) -> str | None:
        """Return a person's fullest name, given a full or short one; None if it is not a person's.

        At a `position`, a surname shared by several people means the one introduced before it.
        """
        full = self._full_name(name, position) or (
            self._fullest(name) if name in self._name_counts else None
        )
        return full if full in self._people else None

    def _is_known_person(self, run: str) -> bool:
        return self.person(split_titles(run)[1]) is not None

    def is_like_person(self, name: str) -> bool:
        """Tell whether the article treats a name as a person's.

        It shows a gender or a role, or prints the family name alone.
        """
        if function_words.CONJUNCTION in name:
            return True
        family = name.split()[-1]
        is_shortened = any(word == family for _, word in self._single_words)
        return (
            name in self._roles.genders
            or (is_shortened and " " in name)
            or self._roles.has_role(name)
        )

    def is_body(self, name: str) -> bool:
        """Tell whether the article shows that a name is a body's, not a person's.

        It holds a word for one, is shortened to its first word, goes on with "which", or stands
        between an article and a noun ("a Norlink spokesman").
        """
        if name in self._bodies_cache:
            return self._bodies_cache[name]
        parts = name.split()
        is_titled = name in self._titled_people or self.has_gender(name)
        is_body = organisations.names_no_person(parts) or parts[-1].isupper()
        if not is_body and not is_titled:
            single = {word for _, word in self._single_words}
            is_body = len(parts) > 1 and parts[0] in single and parts[-1] not in single
            is_body = is_body or self.bodies.longer(name) is not None
            printed = rf"(?:{re.escape(parts[0])}|{re.escape(name)})"
            is_body = is_body or self._matches(
                rf"\b{printed},? which\b|\b[Aa]n? {printed} [a-z]|\bshares (?:in|of) {printed}\b"
            )
        self._bodies_cache[name] = is_body
        return is_body

    def is_printed(self, name: str) -> bool:
        """Tell whether the article prints a name as a whole, or it is no full name."""
        return name not in self._relatives or self._matches(re.escape(name))

    def has_relative(self, family: str) -> bool:
        """Tell whether the article speaks of a relative of somebody with a family name, who may
        bear it, too: "Roth’s daughter Mia", "the family of Ida Roth"."""
        if any(full.endswith(f" {family}") for full in self._relatives):
            return True
        kin, name = role_forms.KIN, re.escape(family)
        return self._matches(
            rf"\b{name}[’']s? (?:\w+ )?{kin}|\b(?:{kin}|family) of (?:\w+ ){{0,2}}{name}\b"
        )

    def has_gender(self, person: str) -> bool:
        """Tell whether the article shows that a person is a "he" or a "she"."""
        return person in self._roles.genders

    def full_names(self) -> list[str]:
        """List the people's names of more than one word, in alphabetical order."""
        return sorted({self._fullest(name) for name in self._people if " " in name})

    def possible_person(self, name: str, position: int | None = None) -> str | None:
        """Like `person`, but also accept a name that only looks like a person's."""
        known = self.person(name, position) or self._full_name(name, position)
        is_printed = name in self._name_counts or name in self._relatives
        return known or (name if is_printed else None)

    def person_with_title(self, titles: list[str], name: str, position: int) -> str | None:
        """Find which of several people with a surname "Ms Falk" is, if the titles show it."""
        title = next(filter(gender, (title.lower().rstrip(".") for title in titles)), None)
        if not title:
            return None
        introduced = [
            full
            for full in (*self._name_counts, *self._relatives)
            if full.split()[-1] == name != full and self._first_mentions[full] < position
        ] or self._introduced_before(name, position)
        namesakes = [full for full in introduced if self.fits(full, title)]
        certain = [full for full in namesakes if self._roles.genders.get(full)]
        candidates = certain if len(certain) == 1 or self.is_ambiguous(name) else namesakes
        return candidates[0] if len(candidates) == 1 else None

    def bearer(self, family: str, pronoun: str) -> str | None:
        """Find the only bearer of a family name whom "he" or "she" fits: "Falk … She"."""
        found = [
            full
            for full in self._full_names.get(family, ())
            if full.endswith(f" {family}") and self.fits(full, pronoun)
        ]
        return found[0] if len(found) == 1 else None

    def with_particle(self, name: str) -> str | None:
        """Find the only person whose full name ends in "de Vries"."""
        if name.split()[0] not in capitals.PARTICLES:
            return None
        found = [full for full in self._name_counts if full.endswith(f" {name}")]
        return found[0] if len(found) == 1 else None

    def is_ambiguous(self, name: str) -> bool:
        """Tell whether a man and a woman share a name: "Mr Falk" and "Mrs Falk"."""
        return name in self._roles.ambiguous_names

    def person_in_role(self, role: str, position: int) -> str | None:
        """Find the last person introduced in a `role` ("spokeswoman") before a position."""
        name = self._roles.latest_in_role(role, position)
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

    def _names_in(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        first_index = bisect_left(self._runs, Mention(start, ""))
        end_index = bisect_left(self._runs, Mention(end, ""))
        runs = self._runs[first_index:end_index]
        return ((position, split_titles(run)[1]) for position, run in runs)

    def fits(self, person: str, pronoun: str) -> bool:
        """Tell whether "he" or "she" may refer to a person; anybody of unknown gender fits."""
        pronoun_gender = gender(pronoun)
        return self._roles.genders.get(person, pronoun_gender) == pronoun_gender

    def goes_with_pronoun(self, person: str, pronoun: str) -> bool:
        """Tell whether the article shows that "he" or "she" goes with a person."""
        return self._roles.genders.get(person) == gender(pronoun)

    def note_pronoun(self, person: str, pronoun: str) -> None:
        """Record the pronoun that an article uses for a person; a title has priority."""
        if pronoun_gender := gender(pronoun):
            self._roles.genders.setdefault(person, pronoun_gender)

    def subject_pair(self, start: int, end: int) -> tuple[str, ...]:
        """Return the names A and B if "A and B" is the subject of a sentence; else nothing."""
        sentence = self._text[start : min(end, start + MAX_SUBJECT_LENGTH)]
        match = name_forms.SUBJECT_PAIR.search(sentence)
        if not match or not (match["verb"] in cue_verbs.VERBS or match["verb"].endswith("ed")):
            return ()
        return match["first"], match["second"]

    def is_unambiguous(self, noun: str, longer: str) -> bool:
        """Tell whether every word the article prints before a noun is in `longer`.

        If it prints "US officials" and "Russian officials", "the officials" may be either.
        """
        if self._words_before is None:
            self._words_before = defaultdict(set)
            for before, word in pairwise(words(self._text)):
                if before not in name_forms.NON_MODIFIERS and not before.endswith("ed"):
                    self._words_before[word].add(before)
        return self._words_before[noun.lower()] <= set(words(longer))

    def is_common_noun(self, word: str, cue: list[str]) -> bool:
        """Tell whether a word is capitalised only at the start of a sentence: "Insurers believe".

        Surnames may have the same ending ("Sanders believes"), but then the verb is singular.
        """
        is_group = (
            name_forms.GROUP_NOUN.fullmatch(word) and word.lower() not in organisations.OUTLETS
        )
        if not is_group or word in self._full_names:
            return False
        if cue_verbs.BASE_FORMS.isdisjoint(cue) and not self._matches(rf"\b{word.lower()}\b"):
            return False
        return not self._matches(rf"[\w,;’'-] {word}\b|\b{word} [A-Z]")

    def _matches(self, pattern: str) -> bool:
        """Tell whether a pattern matches the article; results are cached."""
        if pattern not in self._matches_cache:
            self._matches_cache[pattern] = re.search(pattern, self._text) is not None
        return self._matches_cache[pattern]

    def note_source(self, name: str) -> None:
        """Record that a name is the source of an attribution; it is then taken for a person's."""
        if name in self._name_counts:
            self._people |= {name, self._fullest(name)}

    def _read_run(self, start: int, run: str) -> None:
        """Record the name and titles in a run of capitalised words."""
        titles, name = split_titles(run)
        word_count = len(name.split())
        if word_count == 1:
            self._single_words.append(Mention(start, name))
        parts = set(words(name))
        if (
            not name
            or name.isupper()
            or organisations.names_no_person(name.split())
            or parts <= people.TITLES
            or word_count > MAX_PERSON_WORDS
            or name_forms.NEGATED_AUXILIARY.search(name)
            or self._modifies_title(start + len(run))
        ):
            return
        if word_count >= 2 and not self._has_article(start, run):
            self._name_counts[name] += 1
            self._first_mentions.setdefault(name, start)
        role = [title.lower().rstrip(".") for title in titles] + self._role_before(start)
        if set(role) & people.TITLES:
            self._people.add(name)
            self._titled_people.add(name)
            self._name_counts.setdefault(name, 0)
            self._first_mentions.setdefault(name, start)
        if role:
            self._titled_names.append(Mention(start, name))
            self._roles.add(role, name, start)

    def _modifies_title(self, end: int) -> bool:
        """Tell whether a title in lower case follows a name: "a former Norland governor"."""
        match = NEXT_WORD.match(self._text, end)
        return match is not None and match[1] in people.TITLES

    def _role_before(self, start: int) -> list[str]:
        """Return the words of a role in lower case before a name."""
        text_before = self._text[max(0, start - ROLE_LOOKBACK) : start]
        match = ROLE_BEFORE_NAME.search(text_before)
        role = match[1].lower().split() if match else []
        if role and role[-1] in function_words.NON_NAME_WORDS:
            return []  # "a senator from Norton"
        excluded = function_words.NON_NAME_WORDS | pronouns.PRONOUNS
        return [word for word in role if word not in excluded]

    def _has_article(self, start: int, run: str) -> bool:
        """Tell whether a name has an article, as organisations and papers do but people do not."""
        article = f"{pronouns.DEFINITE_ARTICLE} "
        text_before = self._text[max(0, start - len(article)) : start]
        return any(text.lower().startswith(article) for text in (f"{text_before}{run}", run))

    def _read_roles(self) -> None:
        for start, printed, role in find_appositions(self._text):
            name = split_titles(printed)[1]
            name = self.person(name, start) or name
            if name in self._name_counts:
                self._people.add(name)
                self._roles.add(role, name, start)
        self._note_given_names()
        for start, name in self._titled_names:  # "Mr Tallis" is Omar Tallis
            if full := self.person(name, start):
                self._roles.copy_gender(name, full)
        self._roles.sort()

    def _note_given_names(self) -> None:
        family_names = {name.split()[-1] for name in self._name_counts}
        for name in (*self._name_counts, *{name for _, name in self._single_words}):
            if name not in family_names:
                self._roles.note_given_name(name)

    def _introduced_before(self, name: str, position: int) -> list[str]:
        """List the full names with a short form that are mentioned before a position."""
        full_names = self._full_names.get(name, {})
        return [full for full, first in full_names.items() if first < position]

    def _full_name(self, name: str, position: int | None = None) -> str | None:
        """Find the only full name with a short form, or the only one before a position."""
        full_names = list(self._full_names.get(name, {}))
        if len(full_names) > 1 and position is not None:
            full_names = self._introduced_before(name, position)
        return full_names[0] if len(full_names) == 1 else None

    def _index_short_forms(self) -> dict[str, dict[str, int]]:
        """Map first and last words to the full names that contain them, with their first mentions.

        Depending on the language, the family name comes first or last.
        """
        surnames = list(filter(None, map(_surname_with_particle, list(self._name_counts))))
        for surname in map(_capitalised, surnames):
            if self._name_counts.pop(surname, 0):  # "De Vries" is not a first and a last name
                self._single_words.append(Mention(self._first_mentions[surname], surname))
        for name in self._name_counts:
            parts = name.split()
            if len(parts) == 3 and INITIAL.fullmatch(parts[1]):
                self._forms_with_initial[f"{parts[0]} {parts[2]}"] = name
        index: dict[str, dict[str, int]] = defaultdict(dict)
        first_single_mentions = {
            mention.name: mention.start for mention in reversed(self._single_words)
        }
        for name in self._name_counts:
            parts, full, position = name.split(), self._fullest(name), self._first_mentions[name]
            if len(parts) > 1:
                surname = _surname_with_particle(name) or parts[-1]
                for form in {parts[0], parts[-1], surname, _capitalised(surname)}:
                    # "Smith left. His wife, Jo Smith, left later" mentions two people.
                    is_later = first_single_mentions.get(form, position) < position
                    if not (is_later and is_family_member(self._text, position, name)):
                        index[form][full] = min(position, index[form].get(full, position))
        return index

    def _name_relatives(self) -> None:
        """Give "his wife, Ida" the surname of the man named before, unless she has another."""
        for match in role_forms.GIVEN_NAME_OF_KIN.finditer(self._text):
            given = capitals.POSSESSIVE_ENDING.sub("", match["given"])
            other = function_words.NON_NAME_WORDS | people.TITLES
            if given in self._full_names or given.lower() in other:
                continue
            owner = self._owner_of(match)
            family = owner and (_surname_with_particle(owner) or owner.split()[-1])
            if family and family != given:
                full = f"{given} {family}"
                self._note_relative(given, full, match.start("given"))
                self._roles.note_gender(full, match["kin"])

    def _note_relative(self, given: str, full: str, start: int) -> None:
        self._full_names[given] = {full: start}
        self._relatives.add(full)
        self._first_mentions.setdefault(full, start)

    def _name_couples(self) -> None:
        """Give Omar of "Omar and Ida Falk" the surname, unless another Omar is named in full."""
        for match in role_forms.COUPLE.finditer(self._text):
            given, (second, *family) = match["given"], match["full"].split()
            is_couple = given_names.gender_of(given) and given_names.gender_of(second)
            if is_couple and given not in self._full_names:
                full = " ".join((given, *family))
                self._note_relative(given, full, match.start())
                self._full_names[family[-1]][full] = match.start()
                self._roles.note_given_name(full)

    def _owner_of(self, kin: re.Match[str]) -> str | None:
        """Find whose relative is meant: a name's bearer, or the last one named before "his"."""
        if owner := kin["owner"]:
            return self._full_name(owner, kin.start())
        first = max(0, kin.start() - MAX_OWNER_DISTANCE)
        before = [
            full
            for position, name in self._names_in(first, kin.start())
            if (full := self.possible_person(name, position)) and " " in full
        ]
        return before[-1] if before else None

    def _fullest(self, name: str) -> str:
        """Return a name with its initial or without a leading role, if the article prints that."""
        parts = name.split()
        if len(parts) == 2 and name in self._forms_with_initial:
            return self._forms_with_initial[name]
        for length in range(2, len(parts)):
            tail = parts[-length:]
            is_usual = self._name_counts[" ".join(tail)] > self._name_counts[name]
            if is_usual or self._is_role(parts[0], tail):
                return " ".join(tail)
        return name

    def _is_role(self, word: str, name: list[str]) -> bool:
        """Tell whether a word before a name is a role, because the article prints it as a noun.

        "Goalkeeper Omar Tallis … the goalkeeper".
        """
        return (
            word.lower() in self._common_nouns
            and name[0].lower() not in capitals.PARTICLES
            and not INITIAL.fullmatch(name[0])
            and name[-1] not in name_forms.NAME_SUFFIXES
        )


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
    """Write the surname of "Anneke de Vries" as it starts a sentence: "De Vries"."""
    return name[0].upper() + name[1:]
