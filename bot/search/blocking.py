"""Blocking: which of many contents may say the same, found without comparing each with each. Pure.

Where one content says what another says, or a part of it, every telling word of it stands in the
other (bot/search/sameness.py). So a content can be the same only as those that hold the beginnings
of all its longer words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

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
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(cut):
        for word in own:
            holding[word].append(number)
    # There are far fewer words than words in contents: the rest is done once a word.
    begun: defaultdict[str, set[int]] = defaultdict(set)
    lasting = {}
    for word, numbers in holding.items():
        beginning, of_stem, lasting[word] = _begun(word)
        begun[beginning].update(numbers)
        if of_stem != beginning:
            begun[of_stem].update(numbers)
    wanted = {word: begun[one] for word, one in lasting.items() if one}
    near = [{number} for number in range(len(texts))]
    for number, own in enumerate(cut):
        asked = [*filter(None, map(wanted.get, own))]
        if not asked:
            asked = [begun[" ".join(words(texts[number]))]]
            asked[0].add(number)
        # From the fewest on, so that little is left to compare.
        fewest = min(asked, key=len)
        if len(fewest) > 1:
            for other in fewest.intersection(*asked):
                near[number].add(other)
                near[other].add(number)
    return near


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
