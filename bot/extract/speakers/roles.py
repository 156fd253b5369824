"""The roles in which an article introduces persons, and their gender."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.extract.words import head_phrase
from bot.languages.table import bodies, cue_verbs, people, pronouns, role_forms
from bot.text.quotes import quotation_mask

KIN_LOOKBACK = 60  # characters before a name in which "his late wife" stands


class Mention(NamedTuple):
    """A name at a place in the article."""

    start: int
    name: str


class Roles:
    """Roles of persons, with the place where each was introduced.

    `genders` are "h" for he and "s" for she; `shared` names have both: "Mr Falk" and "Mrs Falk".
    """

    def __init__(self) -> None:
        self._roles: dict[str, list[Mention]] = defaultdict(list)
        self.genders: dict[str, str] = {}
        self.shared: set[str] = set()

    def add(self, role: Sequence[str], person: str, start: int) -> None:
        """Note a role, word by word: "finance minister" is a minister and a finance minister."""
        others = {word for before, word in pairwise(role) if before in role_forms.ROLE_MODIFIERS}
        for name in {*role, " ".join(role[-2:])} - bodies.BODIES - {""}:  # nobody is "the ministry"
            if name not in others:
                self._roles[name].append(Mention(start, person))
            if (known := gender(name)) and self.genders.setdefault(person, known) != known:
                self.shared.add(person)

    def share_gender(self, short: str, full: str) -> None:
        """Copy the gender of "Mr Tallis" to Omar Tallis."""
        if short in self.genders and short not in self.shared:
            self.genders.setdefault(full, self.genders[short])

    def sort(self) -> None:
        """Sort mentions by place; call before any lookup."""
        for mentions in self._roles.values():
            mentions.sort()

    def latest_in_role(self, role: str, before: int) -> str | None:
        """Find the last person introduced in a role before a place."""
        found = self._roles.get(role, [])
        at = bisect_left(found, before, key=lambda mention: mention.start)
        return found[at - 1].name if at else None


def gender(word: str) -> str | None:
    """Give "h" (he) or "s" (she) for a pronoun, title or role with one gender, else None."""
    if word in people.MALE_WORDS:
        return "h"
    return "s" if word in people.FEMALE_WORDS else None


def appositions(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """List the place and name of persons whose role stands beside it, with the role's words.

    "Ida Falk, the mayor", "her brother, Omar Tallis,"; "Ida Falk, who" is a person in no role.
    """
    for found in role_forms.ROLE_AFTER_NAME.finditer(text):
        role = role_forms.ROLE_END.split(found[2])[0].split()
        first = found[2].split()[0]
        verb = first in cue_verbs.VERBS or first.endswith("ed")  # "Ida Falk, left alone, said …"
        if role and not verb and first not in pronouns.RELATIVE:
            named = [word.lower() for word in role[-2:]]
            yield (
                found.start(),
                found[1],
                named if named[0] in role_forms.ROLE_MODIFIERS else named[-1:],
            )
    for found in role_forms.PERSON_DETAIL.finditer(text):
        yield found.start(), found[1], []
    for found in role_forms.ROLE_BEFORE_NAME.finditer(text):
        yield found.start(2), found[2], head_phrase(found[1]).lower().split()[-2:]


def described_persons(text: str, first: int, last: int, pronoun: str) -> list[Mention]:
    """List the roles that describe one person whom a pronoun may mean.

    Quotations don't count, nor does a role before a name.
    """
    inside = quotation_mask(text[first:last])
    return [
        Mention(found.start(), found["role"])
        for found in role_forms.DESCRIBED_PERSON.finditer(text, first, last)
        if not inside[found.start() - first] and gender(found["role"]) in (None, gender(pronoun))
    ]


def is_relative(text: str, start: int, name: str) -> bool:
    """Tell whether a name is given as a relative's: "his wife, Jo Smith", "Jo Smith, his wife"."""
    before = role_forms.KIN_BEFORE_NAME.search(text, max(0, start - KIN_LOOKBACK), start)
    return bool(before or role_forms.KIN_AFTER_NAME.match(text, start + len(name)))
