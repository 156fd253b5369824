"""Find the only person whom a description fits: "the premier of Westmark" is Premier Olga Dunn.

The article must give the person the role. If it gives it to two people, or the words after or
before the role differ ("the premier of Eastmark"), the description stays as printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from bot.extract.speakers.names import Names
from bot.extract.speakers.offices import list_roles
from bot.extract.words import WORD, head_noun, head_phrase
from bot.languages.table import capitals, function_words, pronouns, role_forms


class _Role(NamedTuple):
    """A role, taken apart: the former foreign minister of Norland.

    `noun` is "minister", `modifiers` change it ("former"), `attributes` stand before it
    ("foreign"), `names` are the capitalised words ("Norland") and `owners` the possessives.
    `rest` are all words of the phrase that follows it.
    """

    noun: str
    modifiers: frozenset[str]
    attributes: frozenset[str]
    owners: frozenset[str]
    names: frozenset[str]
    rest: frozenset[str]


class RoleHolders:
    """Finds the people of one article by the roles that it gives them."""

    def __init__(self, text: str, names: Names) -> None:
        self._text = text
        self._names = names

    def find(self, description: str, *, is_introduction: bool) -> str | None:
        """Return the only person whom a description fits, or None.

        An introduction ("a swimming teacher") may say more than the role does ("a teacher").
        """
        role = _take_apart(description)
        holders = {
            person
            for person, held in self._held_roles
            if _fits(role, held)
            and (is_introduction or role.attributes - role.names <= held.attributes | held.rest)
        }
        return holders.pop() if len(holders) == 1 else None

    def words_of(self, person: str) -> str:
        """Return the words of all roles that the article gives a person.

        Words that make it another role ("deputy") are among them: those roles are not theirs.
        """
        return " ".join((*list_roles(self._text, person), *role_forms.ROLE_MODIFIERS))

    @cached_property
    def _held_roles(self) -> list[tuple[str, _Role]]:
        return [
            (person, _take_apart(role))
            for person in self._names.full_names()
            for role in list_roles(self._text, person)
        ]


def _take_apart(phrase: str) -> _Role:
    head = head_phrase(phrase)
    before, after = list(_content_words(head))[:-1], list(_content_words(phrase[len(head) :]))
    owners = {_without_possessive(word) for word in before if word != _without_possessive(word)}
    attributes = {_without_possessive(word).lower() for word in before}
    modifiers = attributes & role_forms.ROLE_MODIFIERS
    return _Role(
        noun=head_noun(phrase),
        modifiers=frozenset(modifiers),
        attributes=frozenset(attributes - modifiers),
        owners=frozenset(word.lower() for word in owners),
        names=frozenset(word.lower() for word in (*before, *after) if word[0].isupper()),
        rest=frozenset(word.lower() for word in after),
    )


def _content_words(phrase: str) -> Iterator[str]:
    for word in WORD.findall(phrase):
        plain = word.lower()
        if plain not in pronouns.DETERMINERS and plain not in function_words.NON_NAME_WORDS:
            yield word


def _without_possessive(word: str) -> str:
    return capitals.POSSESSIVE_ENDING.sub("", word)


def _fits(described: _Role, held: _Role) -> bool:
    """Tell whether nothing in a description speaks against a role that a person has."""
    return (
        described.noun == held.noun
        and described.modifiers == held.modifiers
        and described.owners <= held.attributes | held.rest
        and _agree(described.attributes - described.owners, held.attributes)
        and _agree(described.names, held.names)
    )


def _agree(some: Iterable[str], others: frozenset[str]) -> bool:
    """Tell whether two sets share a word, or one of them is empty."""
    some = frozenset(some)
    return not some or not others or not some.isdisjoint(others)
