"""The core of a source: its words without appositions and asides."""

from __future__ import annotations

import re

from bot.extract.speakers.kinds import source_kind
from bot.extract.words import words
from bot.languages.table import bodies, capitals, cores, function_words, pronouns

PARENTHESIS = re.compile(r" ?\([^()]*\)")
APPOSED = re.compile(r",\s")
NAME_LOOKBACK = 100  # characters in which a relative pronoun's name stands
MAX_JOINT_SOURCE = 400  # characters


def core_of(printed: str) -> str:
    """Strip appositions, possessives and punctuation from a source.

    "The mayor, Ana Lund, 58" is Ana Lund; "Ana Lund, the mayor" too.
    """
    core = PARENTHESIS.sub("", " ".join(printed.split())).strip(" ,;:—–-")
    shown = cores.ANONYMITY_CLAUSE.sub("", core)
    core = core if shown.lower() in pronouns.DETERMINERS else shown  # "those who spoke on …"
    if made := cores.AUTHOR_PHRASE.search(core):
        core = made["by"]
    core = _without_apposition(cores.DANGLING_RELATIVE.sub("", cores.LEADING_BOTH.sub("", core)))
    core = (
        capitals.POSSESSIVE_ENDING.sub("", core).strip(" ,")
        if core.endswith(("’s", "'s"))
        else core
    )
    return core or printed


def _without_apposition(core: str) -> str:
    first, *rest = APPOSED.split(core)
    if not rest:
        return core
    joint = cores.SECOND_SOURCE.search(core) if len(core) < MAX_JOINT_SOURCE else None
    if joint:  # "Ida Falk, the mayor, and Omar Lund, 58"
        both = _without_apposition(core[: joint.start()]), _without_apposition(joint["other"])
        if all(source_kind(each) == "named" for each in both):
            return function_words.CONJUNCTION.join(both)
    if cores.TRAILING_PLACE.search(first) and _is_place(rest[0]):
        return first  # "A baker from Springfield, Ohio"
    other, _, last = first.rpartition(function_words.CONJUNCTION)
    name = cores.LEADING_ROLE.sub("", rest[0])  # "her sister, the novelist Ana Lund"
    if capitals.CAPITALISED_RUN.fullmatch(name) and source_kind(last) != "named":
        several = other and (
            source_kind(other) == "named" or last.split()[0] in pronouns.DETERMINERS
        )
        # "Her father and coach, Omar Lund".
        return f"{other}{function_words.CONJUNCTION}{name}" if several else name
    listed = any(part[:1].isupper() and function_words.CONJUNCTION in part for part in rest)
    return core if listed or first.lower() in pronouns.DETERMINERS else first


def _is_place(name: str) -> bool:
    """Tell whether a name after another is probably a place: one word, or "New York"."""
    return " " not in name or not bodies.NON_PERSON_WORDS.isdisjoint(words(name))


def antecedent_before(text: str, who: bool) -> str | None:
    """Find the antecedent of "who" or "which" at the end of the text before it."""
    near = text[-NAME_LOOKBACK:]
    body = cores.BODY_AT_END.search(near)
    if body and not bodies.BODIES.isdisjoint(words(body["noun"])[-1:]):
        return body[0].rstrip(" ,")
    person = cores.PERSON_AT_END.search(near) if who else None
    found = person or cores.NAME_AT_END.search(near) or cores.PHRASE_AT_END.search(near)
    return found[1] if found else None
