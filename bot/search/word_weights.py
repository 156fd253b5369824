"""Weigh the words of a message: names, figures and rare words weigh most. Pure.

Rarity comes from a list of common English words, not from the archive, in which "lunch" may be as
rare as a name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.languages.table import calendar, related_words
from bot.languages.wordlist import frequency_rank
from bot.search.engine.words import normalise, stem, words
from bot.search.figures import expand_figures
from bot.search.tokenized import STOP_WORDS, base_stem, negates, tokenize

_FULL_WEIGHT_RANK = 12_000
"""The frequency rank from which a word has full weight."""
_CHAT_FACTOR, _DATE_FACTOR = 0.15, 0.3
_COMMON_KEYWORD_WEIGHT = 0.5
"""Weight of a common word in a keyword query."""
_MIN_KEYWORD_SHARE = 0.4
"""The share of a keyword query's weight that a claim must have to count as close."""
_MIN_SCORE, _MIN_SCORE_WITHOUT_SPEECH, _MIN_SCORE_PERSONAL = 0.45, 1.0, 1.6
"""The weight of words that a claim must have to count as close: about that of one rare word.

More is needed if the text neither names anybody nor mentions speech, and more still if it is about
its writer or reader."""

_SPEECH_VERBS = (
    "say tell claim admit insist swear announce reckon deny accuse warn apologise concede acc"
)
_THIRD_PERSON_SPEECH_VERBS = (
    "think believe promise predict confirm argue suggest state call write ask answer describe "
    "mention quote blame estimate"
)
"""Verbs that mention speech only in the third person or the past, unlike "I think", "call me"."""
_PERSONAL_WORDS = frozenset(
    ("i", "me", "my", "we", "us", "our", "you", "your", "please", "pls", "let", "ll")
)
_CHAT_WORDS = (
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
_FUNCTION_WORDS = frozenset(
    words(
        "a an and any are as at be been but by can could d did do does for from had has have he "
        "her here him his how i if in into is it its ll m me my of on or our re s she should so "
        "some t than that the their them then there these they this those to us was we were what "
        "when where which who whom whose why will with would you your"
    )
)
"""Any full sentence has some."""
_SPEECH_STEMS, _THIRD_PERSON_SPEECH_STEMS, _CHAT_STEMS = (
    frozenset(map(stem, word_list.split()))
    for word_list in (_SPEECH_VERBS, _THIRD_PERSON_SPEECH_VERBS, _CHAT_WORDS)
)
_FIRST_PERSON_FORMS = frozenset(_THIRD_PERSON_SPEECH_VERBS.split())


def mentions_speech(text: str) -> bool:
    """Whether a text mentions that somebody said something."""
    return any(
        base_stem(part) in _SPEECH_STEMS
        or (base_stem(part) in _THIRD_PERSON_SPEECH_STEMS and part not in _FIRST_PERSON_FORMS)
        for part in tokenize(text).parts
    )


def min_score(typed_words: Sequence[str], total_weight: float, *, has_quote_or_name: bool) -> float:
    """The minimum weight of words that a claim must share with a text to count as close.

    `has_quote_or_name` tells whether the text has a quotation or names somebody in the archive.
    """
    text = " ".join(typed_words)
    if is_keywords(typed_words):
        return _MIN_KEYWORD_SHARE * total_weight
    if has_quote_or_name or mentions_speech(text):
        return _MIN_SCORE
    return _MIN_SCORE_PERSONAL if is_personal(text) else _MIN_SCORE_WITHOUT_SPEECH


def is_keywords(typed_words: Sequence[str]) -> bool:
    """Whether words are a keyword query rather than a message: none is a function word."""
    return _FUNCTION_WORDS.isdisjoint(map(normalise, typed_words))


def significant_words(typed_words: tuple[str, ...]) -> tuple[str, ...]:
    """Select the words that count when a watch requires most words: all but stop words.

    If there are only stop words, all of them count.
    """
    return tuple(filter(_is_significant, typed_words)) or typed_words


def _is_significant(word: str) -> bool:
    """Negations such as nobody and nothing are significant; "not" alone is not."""
    parts = words(word)
    return parts != ["not"] and (negates(word) or not STOP_WORDS.issuperset(parts))


def is_personal(text: str) -> bool:
    """Whether a text is about its writer or reader."""
    return not _PERSONAL_WORDS.isdisjoint(tokenize(text).parts)


def word_weights(typed_words: Sequence[str]) -> dict[str, float]:
    """Weigh words and figures from 0 to 1, in order; words without weight are left out.

    Keys are folded words, and figures as `tokenize` writes them ("=12"). In a keyword query each
    word was typed for a reason; in a message common words weigh little.
    """
    parts = tokenize(expand_figures(" ".join(typed_words))).parts
    weights = {part: weight for part in parts if (weight := _weight(part))}
    if is_keywords(typed_words):
        return {part: _keyword_weight(part) for part in weights}
    return weights


def _keyword_weight(part: str) -> float:
    return _COMMON_KEYWORD_WEIGHT if part in related_words.COMMON_WORDS else 1.0


def _weight(part: str) -> float:
    if part[0] == "=":
        return 1.0
    if part in STOP_WORDS or len(part) < 2:
        return 0.0
    rank = frequency_rank(part)
    rarity = 1.0 if rank is None else min(1.0, math.log(rank + 10, _FULL_WEIGHT_RANK)) ** 2
    if part in calendar.MONTHS_AND_WEEKDAYS:
        return _DATE_FACTOR * rarity
    if {stem(part), base_stem(part)} & _CHAT_STEMS:
        return _CHAT_FACTOR * rarity
    return rarity
