"""Find the roles with which an article introduces people, and people's genders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.extract.words import head_phrase
from bot.languages.table import LISTS, cue_verbs, people, pronouns, role_forms

KIN_LOOKBACK = 60  # characters before a name to search for "his late wife"


class Mention(NamedTuple):
    """A name or role, and its position in the article."""

    start: int
    name: str


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
            is_modified = words[0] in LISTS["role_modifiers"]
            yield match.start(), match[1], words if is_modified else words[-1:]
    for match in role_forms.PERSON_DETAIL.finditer(text):
        yield match.start(), match[1], []
    for match in role_forms.ROLE_BEFORE_NAME.finditer(text):
        yield match.start(2), match[2], head_phrase(match[1]).lower().split()[-2:]


def is_family_member(text: str, start: int, name: str) -> bool:
    """Tell whether a name is a relative's: "his wife, Jo Smith", "Jo Smith, his wife"."""
    before = role_forms.OWNED_BEFORE_NAME.search(text, max(0, start - KIN_LOOKBACK), start)
    after = role_forms.OWNED_AFTER_NAME.match(text, start + len(name))
    owned = (before["words"].split()[-1:] if before else []) + (
        after["words"].split() if after else []
    )
    return not people.KIN_NOUNS.isdisjoint(owned)
