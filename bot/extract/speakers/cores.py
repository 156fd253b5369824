"""Reduce a source to its core: its words without appositions and parentheses."""

from __future__ import annotations

import re

from bot.extract.speakers.kinds import is_one_person, source_kind
from bot.extract.words import head_phrase, words
from bot.languages.table import (
    capitals,
    function_words,
    occupations,
    organisations,
    people,
    pronouns,
    source_cores,
)

PARENTHESIS = re.compile(r" ?\([^()]*\)")
APPOSITION_COMMA = re.compile(r",\s")
NAME_LOOKBACK = 100  # characters before a relative pronoun to search for its antecedent
MAX_JOINT_SOURCE = 400  # in characters; longer sources are not searched for a second speaker


def core_of(printed: str) -> str:
    """Strip appositions, possessives and punctuation from a source.

    "The mayor, Ana Lund, 58" becomes Ana Lund; so does "Ana Lund, the mayor".
    """
    core = PARENTHESIS.sub("", " ".join(printed.split())).strip(" ,;:—–-")
    shortened = source_cores.ANONYMITY_CLAUSE.sub("", core)
    if shortened.lower() not in pronouns.DETERMINERS:  # "those who spoke on …" stays
        core = shortened
    if by := source_cores.AUTHOR_PHRASE.search(core) or source_cores.WRITTEN_BY.match(core):
        core = by["author"]
    core = _without_apposition(
        source_cores.TRAILING_RELATIVE_PRONOUN.sub("", source_cores.LEADING_BOTH.sub("", core))
    )
    if core.endswith(("’s", "'s")):
        core = capitals.POSSESSIVE_ENDING.sub("", core).strip(" ,")
    return core or printed


def _without_apposition(core: str) -> str:
    first, *rest = APPOSITION_COMMA.split(core)
    if not rest:
        return core
    joint = source_cores.SECOND_SOURCE.search(core) if len(core) < MAX_JOINT_SOURCE else None
    if joint:  # "Ida Falk, the mayor, and Omar Lund, 58"
        both = _without_apposition(core[: joint.start()]), _without_apposition(joint["other"])
        if all(source_kind(name) == "named" for name in both):
            return function_words.CONJUNCTION.join(both)
    if source_cores.TRAILING_PLACE.search(first) and _is_place(rest[0]):
        return first  # "A baker from Springfield, Ohio"
    other, _, last = first.rpartition(function_words.CONJUNCTION)
    name = source_cores.LEADING_ROLE.sub("", rest[0])  # "her sister, the novelist Ana Lund"
    is_role = is_one_person(head_phrase(first).lower())
    if capitals.CAPITALISED_RUN.fullmatch(name) and (source_kind(last) != "named" or is_role):
        # "Her father and coach, Omar Lund" is one person.
        are_two_people = other and (
            source_kind(other) == "named" or last.split()[0] in pronouns.DETERMINERS
        )
        return f"{other}{function_words.CONJUNCTION}{name}" if are_two_people else name
    is_list = any(
        part[:1].isupper()
        and function_words.CONJUNCTION in part
        and words(part)[0] not in people.TITLES | occupations.PERSON_NOUNS
        for part in rest
    )
    return core if is_list or first.lower() in pronouns.DETERMINERS else first


def _is_place(name: str) -> bool:
    """Tell whether a name after another is probably a place: one word, or "New York"."""
    return " " not in name or not organisations.NON_PERSON_WORDS.isdisjoint(words(name))


def antecedent_before(text: str, is_personal: bool) -> str | None:
    """Find the antecedent of "who" (`is_personal`) or "which" at the end of the text before it."""
    ending = text[-NAME_LOOKBACK:]
    organisation = source_cores.ORGANISATION_AT_END.search(ending)
    if organisation and not organisations.ORGANISATIONS.isdisjoint(
        words(organisation["noun"])[-1:]
    ):
        return organisation[0].rstrip(" ,")
    match = (
        (source_cores.PERSON_AT_END.search(ending) if is_personal else None)
        or source_cores.NAME_AT_END.search(ending)
        or source_cores.PHRASE_AT_END.search(ending)
    )
    return match[1] if match else None
