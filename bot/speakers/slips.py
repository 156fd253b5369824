"""Find whom a mistyped name may mean: by letters, by sound, or by a part of the name alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from bot.languages.wordlist import is_word
from bot.search.spelling.vocabulary import phonetic_keys
from bot.speakers.spelling import fold_name

MAX_SLIPS = 2
MIN_LETTERS = 3
"""A shorter word must be right: Xi is not Li."""
MIN_LETTERS_FOR_TWO = 6
MAX_LETTERS_FOR_SOUND = 4
"""How many letters may differ between two words that sound alike."""
MAX_WORDS = 5
"""Longer names are not compared: their words may stand in any order."""


class NearSpeaker(NamedTuple):
    """A speaker with a name that is so many slips from the typed one, which leaves out so many of
    its words."""

    slips: int
    left_out: int
    speaker: str


def near_speakers(typed: str, names: Mapping[str, str]) -> list[NearSpeaker]:
    """Return the speakers with a name at most two slips from the typed one, nearest first.

    `names` maps printed names to their speakers. A slip is a wrong, missing, further or swapped
    letter, a space, or a word spelled as it sounds. Words of a name may be left out.
    """
    typed_words = fold_name(typed)
    if not 0 < len(typed_words) <= MAX_WORDS:
        return []
    folded = {name: fold_name(name) for name in names}
    near_words = [
        _near_words(word, {other for words in folded.values() for other in words})
        for word in typed_words
    ]
    found: dict[str, NearSpeaker] = {}
    for name, words in folded.items():
        slips, left_out = _slips(words, near_words), len(words) - len(typed_words)
        if words != typed_words and "".join(words) == "".join(typed_words):
            slips, left_out = 1, 0
        if slips <= MAX_SLIPS:
            near = NearSpeaker(slips, left_out, names[name])
            found[near.speaker] = min(near, found.get(near.speaker, near))
    return sorted(found.values())


def surely_meant(typed: str, near: Sequence[NearSpeaker]) -> str | None:
    """Return the one of these speakers who is nearest, if no other is as near.

    A word of the language alone may be no slip, so it must be one slip away.
    """
    nearest = [one for one in near if one.slips == near[0].slips]
    if len(nearest) != 1 or (nearest[0].slips > 1 and is_word(" ".join(fold_name(typed)))):
        return None
    return nearest[0].speaker


def _near_words(typed: str, words: Iterable[str]) -> dict[str, int]:
    """Return the words that a typed word may be a slip for, each with the number of slips."""
    if len(typed) < MIN_LETTERS:
        return {typed: 0}
    others = [word for word in {*words} if len(word) >= MIN_LETTERS]
    if not others:
        return {}
    cutoff = MAX_LETTERS_FOR_SOUND
    distances = cdist([typed], others, scorer=OSA.distance, score_cutoff=cutoff)[0]
    indexes = np.flatnonzero(distances <= cutoff).tolist()
    key, *keys = phonetic_keys([typed, *(others[index] for index in indexes)])
    near: dict[str, int] = {}
    for index, other_key in zip(indexes, keys, strict=True):
        word, distance = others[index], int(distances[index])
        if distance < 2 or (distance == 2 and max(len(typed), len(word)) >= MIN_LETTERS_FOR_TWO):
            near[word] = distance
        if distance and key == other_key and min(len(typed), len(word)) > MIN_LETTERS:
            near[word] = 1
    return near


def _slips(words: Sequence[str], near_words: Sequence[Mapping[str, int]]) -> int:
    """How many slips turn some of a name's words into the typed ones; more than MAX_SLIPS if none
    do."""
    never = MAX_SLIPS + 1
    if len(words) < len(near_words) or any(near.keys().isdisjoint(words) for near in near_words):
        return never
    fewest = {word: min(near.get(word, never) for near in near_words) for word in words}
    similar = sorted((word for word in words if fewest[word] < never), key=fewest.__getitem__)
    orders = permutations(similar[: 2 * MAX_WORDS], len(near_words))
    return min(
        (
            sum(near.get(word, never) for near, word in zip(near_words, order, strict=True))
            for order in orders
        ),
        default=never,
    )
