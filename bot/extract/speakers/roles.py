"""Find the roles with which an article introduces people, and people's genders."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.extract.words import head_phrase
from bot.languages.table import cue_verbs, given_names, organisations, people, pronouns, role_forms

KIN_LOOKBACK = 60  # characters before a name to search for "his late wife"


class Mention(NamedTuple):
    """A name or role, and its position in the article."""

    start: int
    name: str


class Roles:
    """People's roles, with the positions at which they are introduced.

    `genders` maps names to "h" (he) or "s" (she). `ambiguous_names` are used for both: "Mr Falk"
    and "Mrs Falk".
    """

    def __init__(self) -> None:
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        self.genders: dict[str, str] = {}
        self.ambiguous_names: set[str] = set()

    def add(self, role: Sequence[str], person: str, start: int) -> None:
        """Record a role under each of its words and its last two: minister, finance minister."""
        modified = {word for before, word in pairwise(role) if before in role_forms.ROLE_MODIFIERS}
        # Words for organisations ("the ministry") are not roles.
        role = [role_forms.ABBREVIATED_TITLES.get(word, word) for word in role]
        # In "her husband", "her" is somebody else.
        role = [word for word in role if word not in pronouns.PRONOUNS]
        for name in {*role, " ".join(role[-2:])} - organisations.ORGANISATIONS - {""}:
            if name not in modified:
                self._mentions[name].append(Mention(start, person))
            role_gender = gender(name)
            if role_gender and self.genders.setdefault(person, role_gender) != role_gender:
                self.ambiguous_names.add(person)

    def copy_gender(self, short: str, full: str) -> None:
        """Copy the gender of "Mr Tallis" to Omar Tallis."""
        if short in self.genders and short not in self.ambiguous_names:
            self.genders.setdefault(full, self.genders[short])

    def note_given_name(self, person: str) -> None:
        """Record the gender that a given name shows, unless a title or role shows one."""
        if name_gender := given_names.gender_of(person.split()[0]):
            self.genders.setdefault(person, name_gender)

    def note_gender(self, person: str, word: str) -> None:
        """Record the gender of a word for somebody: "wife"; or if it has none, of their name."""
        if word_gender := gender(word):
            self.genders.setdefault(person, word_gender)
        else:
            self.note_given_name(person)

    def sort(self) -> None:
        """Sort mentions by position; call before any lookup."""
        for mentions in self._mentions.values():
            mentions.sort()

    def has_role(self, person: str) -> bool:
        """Tell whether a person has any role."""
        return any(
            mention.name == person for mentions in self._mentions.values() for mention in mentions
        )

    def latest_in_role(self, role: str, position: int) -> str | None:
        """Find the last person introduced in a role before a position."""
        return latest_before(self._mentions.get(role, []), position)


def latest_before(mentions: Sequence[Mention], position: int) -> str | None:
    """Return the last name mentioned before a position."""
    index = bisect_left(mentions, position, key=lambda mention: mention.start)
    return mentions[index - 1].name if index else None


def gender(word: str) -> str | None:
    """Return "h" (he) or "s" (she) for a pronoun, title or role with one gender, else None."""
    if word in people.MALE_WORDS:
        return "h"
    return "s" if word in people.FEMALE_WORDS else None


def find_appositions(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield the position and name of each person with an apposition, and the role's words.

    "Ida Falk, the mayor", "her brother, Omar Tallis,"; "Ida Falk, who" is a person without a role.
    """
    for match in role_forms.ROLE_AFTER_NAME.finditer(text):
        role = role_forms.ROLE_END.split(match[2])[0].split()
        first_word = match[2].split()[0]
        # "Ida Falk, left alone, said"
        is_verb = first_word in cue_verbs.VERBS or first_word.endswith("ed")
        if role and not is_verb and first_word not in pronouns.RELATIVE:
            words = [word.lower() for word in role[-2:]]
            is_modified = words[0] in role_forms.ROLE_MODIFIERS
            yield match.start(), match[1], words if is_modified else words[-1:]
    for match in role_forms.PERSON_DETAIL.finditer(text):
        yield match.start(), match[1], []
    for match in role_forms.ROLE_BEFORE_NAME.finditer(text):
        yield match.start(2), match[2], head_phrase(match[1]).lower().split()[-2:]


def list_described_roles(text: str, quoted: Sequence[int]) -> list[Mention]:
    """List the roles that describe a single person: "the manager".

    Characters that are `quoted` don't count, nor does a role before a name.
    """
    return [
        Mention(match.start(), match["role"])
        for match in role_forms.DESCRIBED_PERSON.finditer(text)
        if not quoted[match.start()]
    ]


def is_family_member(text: str, start: int, name: str) -> bool:
    """Tell whether a name is a relative's: "his wife, Jo Smith", "Jo Smith, his wife"."""
    kin_before = role_forms.KIN_BEFORE_NAME.search(text, max(0, start - KIN_LOOKBACK), start)
    return bool(kin_before or role_forms.KIN_AFTER_NAME.match(text, start + len(name)))
