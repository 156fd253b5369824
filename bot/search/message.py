"""A message's words, each with how much it tells: names, figures and rare words tell most. Pure.

How rare a word is in all of English is told by the list of common words, not by the archive, in
which "lunch" may be as rare as a name.
"""

from __future__ import annotations

import math

from bot.search.figures import spelled_out
from bot.statements.clauses import DATES
from bot.text.verbs import PRESENT
from bot.text.wordings import SAYING_LITTLE, wording
from bot.text.words import stem
from bot.wordlist import commonness

_RARE = 12_000
"""From this place on among the common words, a word tells all that one can."""
_OF_TALK, _OF_DATES = 0.15, 0.3

_SAYING = "say tell claim admit insist swear announce reckon deny accuse warn apologise concede acc"
_SAYING_OF_OTHERS = (
    "think believe promise predict confirm argue suggest state call write ask answer describe "
    "mention quote blame estimate"
)
"""Verbs that tell of a claim in the third person or the past: "I think", "call me" do not."""
_OWN = frozenset(("i", "me", "my", "we", "us", "our", "you", "your", "please", "pls", "let", "ll"))
_CHAT = (
    # what Slack is full of
    "lol lmao tbh imo imho btw fyi iirc afaik pls plz please thx thanks hey hi hello ok okay yeah "
    "yep yes nope nah oh ah um hmm wow omg gonna wanna kinda sorta ya yo bc cuz cause smth ish etc "
    "tho idk dunno hang wait ta cheers dont didnt doesnt isnt wasnt wont cant couldnt wouldnt "
    # who it may have been
    "guy guys bloke chap dude folks lady gal mate fella someone somebody anyone anybody everyone "
    "everybody something anything everything nothing thing things stuff "
    # how sure one is
    "actually really pretty quite sure maybe perhaps basically literally apparently supposedly "
    "allegedly though however anyway still even too because remember guess suppose hear wonder "
    "know mean get check read see look right acc say tell claim admit insist swear mention quote "
    "reckon think believe"
)
_OF_SAYING, _OF_OTHERS, _OF_CHAT = (
    frozenset(map(stem, words.split())) for words in (_SAYING, _SAYING_OF_OTHERS, _CHAT)
)
_BASES = frozenset(_SAYING_OF_OTHERS.split())


def tells_of_saying(text: str) -> bool:
    """Whether a text says that somebody has said something."""
    parts = wording(text).parts
    said = any(_stem(part) in _OF_SAYING for part in parts)
    return said or any(_stem(part) in _OF_OTHERS and part not in _BASES for part in parts)


def is_of_its_own(text: str) -> bool:
    """Whether a text is about whoever writes or reads it."""
    return not _OWN.isdisjoint(wording(text).parts)


def weighed(text: str) -> dict[str, float]:
    """The words and figures of a text that tell something, each with how much, from 0 to 1, as
    they come: words folded, figures as `wording` has them, "=12"."""
    told: dict[str, float] = {}
    for part in wording(spelled_out(text)).parts:
        if weight := _weight(part):
            told.setdefault(part, weight)
    return told


def _weight(part: str) -> float:
    if part[0] == "=":
        return 1.0
    if part in SAYING_LITTLE or len(part) < 2:
        return 0.0
    place = commonness(part)
    rare = 1.0 if place is None else min(1.0, math.log(place + 10, _RARE)) ** 2
    if part in DATES:
        return _OF_DATES * rare
    if {stem(part), _stem(part)} & _OF_CHAT:
        return _OF_TALK * rare
    return rare


def _stem(part: str) -> str:
    return stem(PRESENT.get(part, part))
