"""Names of roles: a transport minister is a minister, a deputy governor is no governor. Pure.

A role is named by its last noun, alone or with the words before it. Words behind the noun count
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
"""Such words that follow the noun."""
COMPOUND_PREFIXES = {
    "governor": frozenset(("lieutenant",)),
    "general": frozenset((
        *("adjutant", "advocate", "attorney", "auditor", "comptroller", "consul", "controller"),
        *("director", "governor", "inspector", "postmaster", "secretary", "solicitor", "surgeon"),
    )),
}  # fmt: skip
"""Nouns that are not the role's noun if one of these precedes them."""
ABBREVIATED_TITLES = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general",
    "lt": "lieutenant", "col": "colonel", "capt": "captain", "sgt": "sergeant",
    "prof": "professor", "rev": "reverend",
}  # fmt: skip
"""Abbreviations of titles before a name."""
MAX_WORDS = 8

_ONE_TIME = re.compile(r"\bone-time\b", re.IGNORECASE)
_SMALL = frozenset(["the", "a", "an", "its", "his", "her", "their", "our", "my"])
_OF = re.compile(r"\s(?:of|for)\s", re.IGNORECASE)
_BEHIND_NOUN = re.compile(r"\s(?:of|for|at|in|with|on|to|from)\s", re.IGNORECASE)
# "A spokesman for the governor", "critics of the mayor", "an aide to Prime Minister Jo Roe".
_OF_ANOTHER = re.compile(
    r"\s(?:of|for|to|with|by|from|against|behind|near|under|who|that|around|on|about)\s",
    re.IGNORECASE,
)
_VICE_PRESIDENTIAL = re.compile(r"\bvice[- ]presidential\b", re.IGNORECASE)
_OWNER = re.compile(r"(?<=\w)['’]s?(?=\s)", re.IGNORECASE)

Stems = tuple[str, ...]


@lru_cache(maxsize=20_000)
def role_terms(role: str) -> frozenset[str]:
    """All terms for a role, as stems: "governor of the central bank" is "governor", "bank
    governor", "central bank governor" and itself."""
    head = _words(_BEHIND_NOUN.split(role, maxsplit=1)[0])
    ends = list(_ends(head))
    links = list(_BEHIND_NOUN.finditer(role))
    behind = [_words(role[: one.start()])[len(head) :] for one in links[1:]]
    if links:
        behind.append(_words(role)[len(head) :])
    runs = [*ends, *((*end, *rest) for end in ends for rest in behind), *_turned(role)]
    runs += [("".join(end),) for end in ends if len(end) == 2]  # "harbourmaster"
    return frozenset(map(term, filter(None, runs)))


@lru_cache(maxsize=1_000)
def typed_runs(typed: str) -> tuple[Stems, ...]:
    """The word sequences under which a typed role may be indexed."""
    run = _words(typed)
    joined = [("".join(run),)] if len(run) == 2 else []
    return tuple(dict.fromkeys(filter(None, [run, *joined, *_turned(typed)])))


@lru_cache(maxsize=50_000)
def other_roles(source: str) -> frozenset[str]:
    """The role terms in a printed source that are not the source's own: "governor" in "a spokesman
    for the governor", "the governor's aide" and "the deputy governor"."""
    found: set[str] = set()
    for part in source.split(","):
        own, *behind = _OF_ANOTHER.split(part)
        *owners, own = _OWNER.split(own)
        for one in (*owners, *behind):
            found.update(_parts(_words(one)))
        mine = _words(own)
        # Without a name: neither a governor spokesman nor a governor-hopeful is a governor.
        if mine and own == own.lower():
            found.update(set(_parts(mine)) - role_terms(own))
        if not ROLE_MODIFIERS.isdisjoint(mine):
            found.update(_parts(mine))
            found -= set(map(term, _ends(mine)))
    return frozenset(found)


def term(run: Sequence[str]) -> str:
    """Join a word sequence into one index term of stems."""
    return " ".join(map(stem, run))


def _words(text: str) -> Stems:
    # A vice-presidential nominee is not a nominee's deputy.
    cut = words(_ONE_TIME.sub("onetime", _VICE_PRESIDENTIAL.sub("vicepresidential", text)))
    return tuple(ABBREVIATED_TITLES.get(word, word) for word in cut if word not in _SMALL)[
        :MAX_WORDS
    ]


def _ends(nouns: Stems) -> Iterator[Stems]:
    """Yield a role and its last words, each with the modifiers that precede it."""
    last = len(nouns) - 1
    while last > 0 and nouns[last] in POSTFIX_MODIFIERS:
        last -= 1
    is_same = ROLE_MODIFIERS.isdisjoint(nouns[last + 1 :])  # a professor emeritus is a professor
    stops = {len(nouns), last + 1} if is_same else {len(nouns)}
    if last > 0 and nouns[last - 1] in COMPOUND_PREFIXES.get(nouns[last], ()):
        last -= 1
    for start in range(last + 1):
        kept = [word for word in nouns[:start] if word in ROLE_MODIFIERS]
        yield from ((*kept, *nouns[start:stop]) for stop in stops)


def _turned(role: str) -> Iterator[Stems]:
    """ "Minister of transport" as "transport minister", with fewer words of what it is of."""
    head, *of = _OF.split(role, maxsplit=1)
    owned = _words(_BEHIND_NOUN.split(of[0])[0]) if of else ()
    for start in range(len(owned)):
        yield (*owned[start:], *_words(head))


def _parts(run: Stems) -> Iterator[str]:
    for start in range(len(run)):
        for end in range(start + 1, len(run) + 1):
            yield term(run[start:end])
