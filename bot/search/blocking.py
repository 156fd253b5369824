"""Blocking: which of many contents may say the same, found without comparing each with each. Pure.

Where one content says what another says, or a part of it, every telling word of it stands in the
other (bot/search/sameness.py). So a content can be the same only as those that hold the beginnings
of all its longer words: for each beginning a number has a bit for every content that holds it, and
the bits that are left of several are the contents with all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.search.wordings import IN_NUMBERS, PRESENT, SAYING_LITTLE
from bot.search.words import letters, normal, words

_BEGINNING = 3
"""Letters that stemming leaves as they are, but for a y that may become an i."""


def neighbours(texts: Sequence[str]) -> list[list[int]]:
    """For each of several different texts, the numbers of those, itself among them, that hold all
    of its longer words or whose longer words it holds.

    A text without longer words is only near to one that has the same words.
    """
    held: defaultdict[str, int] = defaultdict(int)
    wanted: list[set[str]] = []
    for number, text in enumerate(texts):
        begun = {*map(_begun, letters(normal(text)))}
        own = {lasting for _, _, lasting in begun if lasting}
        wanted.append(own or {" ".join(words(text))})
        bit = 1 << number
        for one in {one for one, _, _ in begun} | {one for _, one, _ in begun} | wanted[-1]:
            held[one] |= bit
    near: list[set[int]] = [{number} for number in range(len(texts))]
    for number, own in enumerate(wanted):
        left, alone = -1, 1 << number
        for one in own:
            left &= held[one]
            if left == alone:
                break
        for other in _bits(left):
            near[number].add(other)
            near[other].add(number)
    return [sorted(numbers) for numbers in near]


@lru_cache(maxsize=100_000)
def _begun(word: str) -> tuple[str, str, str]:
    """How a word begins, how its stem may begin, and how it begins in whatever form it stands:
    empty where that is not sure.

    "Using" is a form of "use": of what has only five letters and ends so, the third may change.
    """
    known = PRESENT.get(word, word)
    beginning = known[:_BEGINNING].replace("y", "i")
    if len(known) == 5 and known.endswith("ing"):
        return beginning, f"{beginning[:2]}e", ""
    no_stem = len(known) < 4 or known in SAYING_LITTLE or known in IN_NUMBERS
    return beginning, beginning, "" if no_stem else beginning


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
