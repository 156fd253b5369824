"""What of an article's printed words names a speaker: without appositions and asides."""

from __future__ import annotations

import re

from bot.extract.speakers.capitalised import CAPITAL, NAME, POSSESSIVE, RUN
from bot.extract.speakers.kinds import source_kind
from bot.extract.words import words
from bot.languages.table import bodies, people, pronouns

MADE_BY = re.compile(
    r"\b(?:released|issued|published|written|posted|made|commissioned|conducted) by (?P<by>.+)$"
)
# "An official who asked not to be named" is an official; that they hide is told by the kind.
WITHHELD = re.compile(
    rf"(?<=\w),? (?:who|speaking|talking|asking|requesting)\b(?=.*(?:{people.ANONYMITY.pattern})).*",
    re.IGNORECASE,
)
PARENTHESIS = re.compile(r" ?\([^()]*\)")
APPOSED = re.compile(r",\s")
ROLE = re.compile(
    r"^(?:the|an?) (?:(?!(?:of|for|from|in|at|with|by|to) )[a-z][\w-]* ){1,3}(?=[A-Z])"
)
NAME_BEFORE = re.compile(rf"({CAPITAL}(?: {CAPITAL}){{0,4}}),?\s*$")
# "Ron Hill, 24, of Norton, who", "Ron Hill, the head of Norton College, who".
PERSON_BEFORE = re.compile(
    rf"({NAME})(?:(?:, \d{{1,3}})?,? (?:of|from|in) (?:the )?{CAPITAL}(?: {CAPITAL}){{0,2}}"
    r"|, (?:an?|the) [^,.;:]{2,70}),?\s*$"
)
BODY_BEFORE = re.compile(
    rf"\b(?P<noun>[Tt]he(?: [\w’'-]+){{1,3}}) (?:of|for)(?: the)?"
    rf" (?:{CAPITAL}(?:(?: and)? {CAPITAL}){{0,4}}|[a-z-]+(?: and [a-z-]+)?),?\s*$"
)
PHRASE_BEFORE = re.compile(r"\b((?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother)(?: [\w’'-]+){1,4}),\s*$")
NAME_REACH = 100  # characters in which a relative pronoun's name stands
BOTH = re.compile(r"^[Bb]oth (?=.* and )")
JOINT = re.compile(
    rf", and (?P<other>(?:(?:the|an?|his|her|their) )?(?:[a-z][\w-]*,? ){{0,3}}{CAPITAL}.*)$"
)
LONGEST_JOINT = 400  # characters
PLACE_BEFORE = re.compile(rf" (?:of|from|in|near|at|for) (?:{CAPITAL} )*{CAPITAL}$")
CUT_SHORT = re.compile(r"(?<=\w),? (?:who|which|that)$")


def core_of(printed: str) -> str:
    """Take appositions, possessives and punctuation off a source.

    "The mayor, Ana Lund, 58" is Ana Lund; "Ana Lund, the mayor" too.
    """
    core = PARENTHESIS.sub("", " ".join(printed.split())).strip(" ,;:—–-")
    shown = WITHHELD.sub("", core)
    core = core if shown.lower() in pronouns.DETERMINERS else shown  # "those who spoke on …"
    if made := MADE_BY.search(core):
        core = made["by"]
    core = _without_apposition(CUT_SHORT.sub("", BOTH.sub("", core)))
    core = POSSESSIVE.sub("", core).strip(" ,") if core.endswith(("’s", "'s")) else core
    return core or printed


def _without_apposition(core: str) -> str:
    first, *rest = APPOSED.split(core)
    if not rest:
        return core
    joint = JOINT.search(core) if len(core) < LONGEST_JOINT else None
    if joint:  # "Ida Falk, the mayor, and Omar Lund, 58"
        both = _without_apposition(core[: joint.start()]), _without_apposition(joint["other"])
        if all(source_kind(each) == "named" for each in both):
            return " and ".join(both)
    if PLACE_BEFORE.search(first) and _is_place(rest[0]):
        return first  # "A baker from Springfield, Ohio"
    other, _, last = first.rpartition(" and ")
    name = ROLE.sub("", rest[0])  # "her sister, the novelist Ana Lund"
    if RUN.fullmatch(name) and source_kind(last) != "named":
        several = other and (
            source_kind(other) == "named" or last.split()[0] in pronouns.DETERMINERS
        )
        return f"{other} and {name}" if several else name  # "her father and coach, Omar Lund"
    listed = any(part[:1].isupper() and " and " in part for part in rest)
    return core if listed or first.lower() in pronouns.DETERMINERS else first


def _is_place(name: str) -> bool:
    """Tell that a name behind another is hardly a person's: of one word, or "New York"."""
    return " " not in name or not bodies.NOT_PERSONS.isdisjoint(words(name))


def noun_before(text: str, who: bool) -> str | None:
    """Find the name or noun at the end of a text that "who" or "which" behind it means."""
    near = text[-NAME_REACH:]
    body = BODY_BEFORE.search(near)
    if body and not bodies.BODIES.isdisjoint(words(body["noun"])[-1:]):
        return body[0].rstrip(" ,")
    person = PERSON_BEFORE.search(near) if who else None
    found = person or NAME_BEFORE.search(near) or PHRASE_BEFORE.search(near)
    return found[1] if found else None


def possessive(owner: str, of: str) -> str:
    """Print what is somebody's: "Vance’s lawyer", "the nurses’ union"."""
    return f"{owner}{'’' if owner.endswith('s') else '’s'} {of}"
