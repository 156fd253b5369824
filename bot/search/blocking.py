"""Blocking: which of many contents may say the same, found without comparing each with each. Pure.

Where one content says what another says, or a part of it, every telling word of it stands in the
other (bot/search/sameness.py). So a content can be the same only as those that hold the beginnings
of all its longer words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from operator import and_

from bot.search.wordings import IN_NUMBERS, PRESENT, SAYING_LITTLE
from bot.search.words import letters, normal, words

_BEGINNING = 3
"""Letters that stemming leaves as they are, but for a y that may become an i."""


def neighbours(texts: Sequence[str]) -> list[set[int]]:
    """For each of several different texts, the numbers of those, itself among them, that hold all
    of its longer words or whose longer words it holds.

    A text without longer words is only near to one that has the same words.
    """
    cut = [{*letters(normal(text))} for text in texts]
    # A set of texts is the bits of a number here: to join or to compare two is one operation.
    holding: defaultdict[str, int] = defaultdict(int)
    for number, own in enumerate(cut):
        for word in own:
            holding[word] |= 1 << number
    # There are far fewer words than words in contents: the rest is done once a word.
    begun: defaultdict[str, int] = defaultdict(int)
    lasting = {}
    for word, numbers in holding.items():
        beginning, of_stem, lasting[word] = _begun(word)
        begun[beginning] |= numbers
        if of_stem != beginning:
            begun[of_stem] |= numbers
    wanted = {word: begun[one] for word, one in lasting.items() if one}
    near = [{number} for number in range(len(texts))]
    for number, own in enumerate(cut):
        asked = [*filter(None, map(wanted.get, own))]
        if not asked:
            same_words = " ".join(words(texts[number]))
            begun[same_words] |= 1 << number
            asked = [begun[same_words]]
        for other in _places(reduce(and_, asked)):
            near[number].add(other)
            near[other].add(number)
    return near


def _places(bits: int) -> Iterator[int]:
    """Where the ones of a number stand, the lowest at 0."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


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
