"""Names of roles: a transport minister is a minister, a deputy governor is not a governor. Pure.

A role is named by its last noun, alone or with the words before it. Words after the noun count
only together with it: the governor of the central bank is a governor and the central bank's
governor, but not a bank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.search.engine.words import stem, words

ROLE_MODIFIERS = frozenset((
    *("former", "ex", "then", "late", "past", "previous", "onetime", "retired", "ousted"),
    *("deputy", "vice", "assistant", "associate", "under", "sub", "shadow", "fake", "deposed"),
    *("incoming", "future", "next", "elect", "designate", "would", "aspiring", "potential"),
    *("possible", "presumptive", "prospective", "nominated", "honorary", "supposed", "alleged"),
    *("formerly", "erstwhile", "sometime", "proclaimed", "styled", "fired", "sacked", "mock"),
))  # fmt: skip
"""Words that turn a role into a different one."""
POSTFIX_MODIFIERS = frozenset(("elect", "designate", "emeritus", "emerita"))
"""Modifiers that follow the noun."""
COMPOUND_PREFIXES = {
    "governor": frozenset(("lieutenant",)),
    "general": frozenset((
        *("adjutant", "advocate", "attorney", "auditor", "comptroller", "consul", "controller"),
        *("director", "governor", "inspector", "postmaster", "secretary", "solicitor", "surgeon"),
    )),
}  # fmt: skip
"""Nouns, each with words that make it another role: an attorney general is not a general."""
ABBREVIATED_TITLES = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general",
    "lt": "lieutenant", "col": "colonel", "capt": "captain", "sgt": "sergeant",
    "prof": "professor", "rev": "reverend",
}  # fmt: skip
"""Abbreviations of titles before a name."""
MAX_WORDS = 8
"""Maximum number of words of a role that are indexed; the rest is cut off."""

_ONE_TIME = re.compile(r"\bone-time\b", re.IGNORECASE)
_DETERMINERS = frozenset(["the", "a", "an", "its", "his", "her", "their", "our", "my"])
_OF_OR_FOR = re.compile(r"\s(?:of|for)\s", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:of|for|at|in|with|on|to|from)\s", re.IGNORECASE)
# "A spokesman for the governor", "critics of the mayor", "an aide to Prime Minister Jo Roe".
_BEFORE_OTHER_PERSON = re.compile(
    r"\s(?:of|for|to|with|by|from|against|behind|near|under|who|that|around|on|about)\s",
    re.IGNORECASE,
)
_VICE_PRESIDENTIAL = re.compile(r"\bvice[- ]presidential\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?(?=\s)", re.IGNORECASE)

Words = tuple[str, ...]


@lru_cache(maxsize=20_000)
def role_terms(role: str) -> frozenset[str]:
    """All index terms for a role, as stems.

    "Governor of the central bank" has the terms "governor", "bank governor", "central bank
    governor" and "governor central bank".
    """
    prepositions = list(_PREPOSITION.finditer(role))
    head = _words(role[: prepositions[0].start()] if prepositions else role)
    endings = list(_endings(head))
    # The words after the head, up to each further preposition and up to the end.
    tail_ends = [match.start() for match in prepositions[1:]]
    if prepositions:
        tail_ends.append(len(role))
    tails = [_words(role[:end])[len(head) :] for end in tail_ends]
    sequences = [*endings, *((*ending, *tail) for ending in endings for tail in tails)]
    sequences += _reorder(role)
    sequences += [("".join(ending),) for ending in endings if len(ending) == 2]  # "harbourmaster"
    return frozenset(map(term, filter(None, sequences)))


@lru_cache(maxsize=1_000)
def typed_role_sequences(typed: str) -> tuple[Words, ...]:
    """The word sequences under which a typed role may be indexed."""
    role = _words(typed)
    compound = [("".join(role),)] if len(role) == 2 else []
    return tuple(dict.fromkeys(filter(None, [role, *compound, *_reorder(typed)])))


@lru_cache(maxsize=50_000)
def other_roles(source: str) -> frozenset[str]:
    """The role terms in a printed source that are not the source's own: "governor" in "a spokesman
    for the governor", "the governor's aide" and "the deputy governor"."""
    terms: set[str] = set()
    for part in source.split(","):
        start, *others = _BEFORE_OTHER_PERSON.split(part)
        *owners, own_part = _POSSESSIVE.split(start)
        for other in (*owners, *others):
            terms.update(_subsequence_terms(_words(other)))
        own_words = _words(own_part)
        # A source without capitals has no name: neither a governor spokesman nor a governor-hopeful
        # is a governor.
        if own_words and own_part == own_part.lower():
            terms.update(set(_subsequence_terms(own_words)) - role_terms(own_part))
        if not ROLE_MODIFIERS.isdisjoint(own_words):
            terms.update(_subsequence_terms(own_words))
            terms -= set(map(term, _endings(own_words)))
    return frozenset(terms)


def term(sequence: Sequence[str]) -> str:
    """Join a word sequence into one index term of stems."""
    return " ".join(map(stem, sequence))


def _words(text: str) -> Words:
    # In "vice-presidential nominee", "vice" does not modify "nominee".
    role_words = words(_ONE_TIME.sub("onetime", _VICE_PRESIDENTIAL.sub("vicepresidential", text)))
    role = [ABBREVIATED_TITLES.get(word, word) for word in role_words if word not in _DETERMINERS]
    return tuple(role[:MAX_WORDS])


def _endings(role: Words) -> Iterator[Words]:
    """Yield a role and its last words, each with the modifiers that precede it."""
    last = len(role) - 1
    while last > 0 and role[last] in POSTFIX_MODIFIERS:
        last -= 1
    # A professor emeritus is a professor.
    is_same_role = ROLE_MODIFIERS.isdisjoint(role[last + 1 :])
    ends = {len(role), last + 1} if is_same_role else {len(role)}
    if last > 0 and role[last - 1] in COMPOUND_PREFIXES.get(role[last], ()):
        last -= 1
    for start in range(last + 1):
        modifiers = [word for word in role[:start] if word in ROLE_MODIFIERS]
        yield from ((*modifiers, *role[start:end]) for end in ends)


def _reorder(role: str) -> Iterator[Words]:
    """Yield "minister of public transport" as "public transport minister" and "transport
    minister"."""
    head, *rest = _OF_OR_FOR.split(role, maxsplit=1)
    area = _words(_PREPOSITION.split(rest[0])[0]) if rest else ()
    for start in range(len(area)):
        yield (*area[start:], *_words(head))


def _subsequence_terms(sequence: Words) -> Iterator[str]:
    for start in range(len(sequence)):
        for end in range(start + 1, len(sequence) + 1):
            yield term(sequence[start:end])
