"""Weigh the words of a message: names, figures and rare words weigh most. Pure.

Rarity comes from a list of common English words, not from the archive, where "lunch" may be as rare
as a name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.languages.table import calendar, common_words, verbs
from bot.languages.wordlist import frequency_rank
from bot.search.engine.words import normalise, stem, words
from bot.search.figures import expand_figures
from bot.search.tokenized import STOP_WORDS, negates, tokenize

_RARE = 12_000
"""From this rank among the common words on, a word has full weight."""
_OF_TALK, _OF_DATES = 0.15, 0.3
_COMMON = 0.5
"""Weight of a common word in a keyword query."""
_LEAST_SHARE = 0.4
"""Minimum share of a keyword query's weight that a close claim has."""
_MIN_SCORE, _MIN_SCORE_OTHER, _MIN_SCORE_PERSONAL = 0.45, 1.0, 1.6
"""Minimum weight of a close claim: about that of one rare word; more if the text neither names
anybody nor mentions speech, and more still if it is about its writer or reader."""

_SAYING = "say tell claim admit insist swear announce reckon deny accuse warn apologise concede acc"
_SAYING_OF_OTHERS = (
    "think believe promise predict confirm argue suggest state call write ask answer describe "
    "mention quote blame estimate"
)
"""Verbs that mention speech only in the third person or the past, unlike "I think", "call me"."""
_PERSONAL = frozenset(
    ("i", "me", "my", "we", "us", "our", "you", "your", "please", "pls", "let", "ll")
)
_CHAT = (
    # chat
    "lol lmao tbh imo imho btw fyi iirc afaik pls plz please thx thanks hey hi hello ok okay yeah "
    "yep yes nope nah oh ah um hmm wow omg gonna wanna kinda sorta ya yo bc cuz cause smth ish etc "
    "tho idk dunno hang wait ta cheers dont didnt doesnt isnt wasnt wont cant couldnt wouldnt "
    # vague references to people and things
    "guy guys bloke chap dude folks lady gal mate fella someone somebody anyone anybody everyone "
    "everybody something anything everything nothing thing things stuff "
    # hedges
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
"""Function words: any full sentence has some."""
_OF_SAYING, _OF_OTHERS, _OF_CHAT = (
    frozenset(map(stem, words.split())) for words in (_SAYING, _SAYING_OF_OTHERS, _CHAT)
)
_BASES = frozenset(_SAYING_OF_OTHERS.split())


def mentions_speech(text: str) -> bool:
    """Whether a text mentions that somebody said something."""
    parts = tokenize(text).parts
    said = any(_stem(part) in _OF_SAYING for part in parts)
    return said or any(_stem(part) in _OF_OTHERS and part not in _BASES for part in parts)


def min_score(typed: Sequence[str], whole: float, *, names_any: bool) -> float:
    """The minimum weight that a claim must share with some words to count as close.

    `whole` is the weight of all of them; `names_any` says that they name somebody in the archive,
    or quote."""
    text = " ".join(typed)
    if is_keywords(typed):
        return _LEAST_SHARE * whole
    if names_any or mentions_speech(text):
        return _MIN_SCORE
    return _MIN_SCORE_PERSONAL if is_personal(text) else _MIN_SCORE_OTHER


def is_keywords(typed: Sequence[str]) -> bool:
    """Whether words are a keyword query rather than a message: none is a function word."""
    return _OF_SENTENCES.isdisjoint(map(normalise, typed))


def significant_words(typed: tuple[str, ...]) -> tuple[str, ...]:
    """The words of which a watch requires a majority: those that are not stop words, unless all
    are."""
    return tuple(filter(_is_significant, typed)) or typed


def _is_significant(word: str) -> bool:
    """Negations such as nobody and nothing are significant; "not" alone is not."""
    cut = words(word)
    return cut != ["not"] and (negates(word) or not STOP_WORDS.issuperset(cut))


def is_personal(text: str) -> bool:
    """Whether a text is about its writer or reader."""
    return not _PERSONAL.isdisjoint(tokenize(text).parts)


def word_weights(typed: Sequence[str]) -> dict[str, float]:
    """Weigh words and figures from 0 to 1, in order; those without weight are left out.

    Keys are folded words, and figures as `tokenize` has them ("=12"). In a keyword query each word
    was typed for a reason; in a message common words weigh little."""
    parts = tokenize(expand_figures(" ".join(typed))).parts
    weights = {part: _weight(part) for part in parts}
    if is_keywords(typed):
        weights = {part: _typed_weight(part, weight) for part, weight in weights.items()}
    return {part: weight for part, weight in weights.items() if weight}


def _typed_weight(part: str, weight: float) -> float:
    if not weight:
        return 0.0
    return _COMMON if part in common_words.COMMON_WORDS else 1.0


def _weight(part: str) -> float:
    if part[0] == "=":
        return 1.0
    if part in STOP_WORDS or len(part) < 2:
        return 0.0
    place = frequency_rank(part)
    rare = 1.0 if place is None else min(1.0, math.log(place + 10, _RARE)) ** 2
    if part in calendar.MONTHS_AND_WEEKDAYS:
        return _OF_DATES * rare
    if {stem(part), _stem(part)} & _OF_CHAT:
        return _OF_TALK * rare
    return rare


def _stem(part: str) -> str:
    return stem(verbs.BASE_FORMS.get(part, part))
