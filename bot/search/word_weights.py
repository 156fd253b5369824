"""A message's words, each with how much it tells: names, figures and rare words tell most. Pure.

How rare a word is in all of English is told by the list of common words, not by the archive, in
which "lunch" may be as rare as a name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.languages.table import calendar, common_words, verbs
from bot.languages.wordlist import commonness
from bot.search.engine.words import normalise, stem, words
from bot.search.figures import expand_figures
from bot.search.tokenized import STOP_WORDS, negates, tokenize

_RARE = 12_000
"""From this place on among the common words, a word tells all that one can."""
_OF_TALK, _OF_DATES = 0.15, 0.3
_COMMON = 0.5
"""What a word of a query tells that every story has."""
_LEAST_SHARE = 0.4
"""The part of what the words of a query tell that a close claim has at least."""
_MIN_SCORE, _MIN_SCORE_OTHER, _MIN_SCORE_PERSONAL = 0.45, 1.0, 1.6
"""How much a close claim tells at least: as much as a rare word, or more where the text neither
names anybody nor says that something was said, and more yet if it is about its own people."""

_SAYING = "say tell claim admit insist swear announce reckon deny accuse warn apologise concede acc"
_SAYING_OF_OTHERS = (
    "think believe promise predict confirm argue suggest state call write ask answer describe "
    "mention quote blame estimate"
)
"""Verbs that tell of a claim in the third person or the past: "I think", "call me" do not."""
_PERSONAL = frozenset(
    ("i", "me", "my", "we", "us", "our", "you", "your", "please", "pls", "let", "ll")
)
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
_SENTENCES = (
    "a an and any are as at be been but by can could d did do does for from had has have he her "
    "here him his how i if in into is it its ll m me my of on or our re s she should so some t "
    "than that the their them then there these they this those to us was we were what when where "
    "which who whom whose why will with would you your"
)
_OF_SENTENCES = frozenset(_SENTENCES.split())
"""Words of which no sentence does without."""
_OF_SAYING, _OF_OTHERS, _OF_CHAT = (
    frozenset(map(stem, words.split())) for words in (_SAYING, _SAYING_OF_OTHERS, _CHAT)
)
_BASES = frozenset(_SAYING_OF_OTHERS.split())


def mentions_speech(text: str) -> bool:
    """Whether a text says that somebody has said something."""
    parts = tokenize(text).parts
    said = any(_stem(part) in _OF_SAYING for part in parts)
    return said or any(_stem(part) in _OF_OTHERS and part not in _BASES for part in parts)


def min_score(typed: Sequence[str], whole: float, *, names_any: bool) -> float:
    """How much a claim tells at least that is close to some words, of which all tell so much and
    which `names_any` whom claims name, or are quoted."""
    text = " ".join(typed)
    if is_keywords(typed):
        return _LEAST_SHARE * whole
    if names_any or mentions_speech(text):
        return _MIN_SCORE
    return _MIN_SCORE_PERSONAL if is_personal(text) else _MIN_SCORE_OTHER


def is_keywords(typed: Sequence[str]) -> bool:
    """Whether words are those of a query rather than of a message: none of them is one that no
    sentence does without."""
    return _OF_SENTENCES.isdisjoint(map(normalise, typed))


def significant_words(typed: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a query that count where a watch asks for most of them: not those that say
    nothing by themselves, unless there are no others."""
    return tuple(filter(_is_significant, typed)) or typed


def _is_significant(word: str) -> bool:
    """Nobody and nothing tell of whom and what; "not" does not."""
    cut = words(word)
    return cut != ["not"] and (negates(word) or not STOP_WORDS.issuperset(cut))


def is_personal(text: str) -> bool:
    """Whether a text is about whoever writes or reads it."""
    return not _PERSONAL.isdisjoint(tokenize(text).parts)


def word_weights(typed: Sequence[str]) -> dict[str, float]:
    """The words and figures that tell something, each with how much, from 0 to 1, as they come:
    words folded, figures as `wording` has them, "=12". Of a query each word was typed for a
    reason; a message has others along, of which the common ones tell little."""
    parts = tokenize(expand_figures(" ".join(typed))).parts
    weights = {part: _weight(part) for part in parts}
    if is_keywords(typed):
        weights = {part: _typed_weight(part, weight) for part, weight in weights.items()}
    return {part: weight for part, weight in weights.items() if weight}


def _typed_weight(part: str, weight: float) -> float:
    if not weight:
        return 0.0
    return _COMMON if part in common_words.COMMON else 1.0


def _weight(part: str) -> float:
    if part[0] == "=":
        return 1.0
    if part in STOP_WORDS or len(part) < 2:
        return 0.0
    place = commonness(part)
    rare = 1.0 if place is None else min(1.0, math.log(place + 10, _RARE)) ** 2
    if part in calendar.DATES:
        return _OF_DATES * rare
    if {stem(part), _stem(part)} & _OF_CHAT:
        return _OF_TALK * rare
    return rare


def _stem(part: str) -> str:
    return stem(verbs.PRESENT.get(part, part))
