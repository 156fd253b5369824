"""Blocking: which of many contents may say the same, found without comparing each with each. Pure.

Where one content says what another says, or a part of it, every telling word of it stands in the
other (sameness.py). So a content can be the same only as those that hold the beginnings
of all its longer words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache

from bot.languages.table import verbs
from bot.search.engine.words import letters, normalise, stem
from bot.search.tokenized import MIN_CONTENT_WORDS, NUMBER_WORDS, STOP_WORDS, content_stem, tokenize

_BEGINNING = 3
"""Letters that stemming leaves as they are, but for a y that may become an i."""
_NUMBER_STEMS = frozenset(map(stem, NUMBER_WORDS))
_FIGURE = re.compile(r"[\d$€£¥]")


def words_of(text: str) -> Set[str]:
    """The folded words of a text by which neighbours are found."""
    return {*letters(normalise(text))}


def holding(cut: Sequence[Set[str]]) -> Mapping[str, Sequence[int]]:
    """For each word the numbers of the texts that hold it. `cut` has the words of each."""
    held: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(cut):
        for word in own:
            held[word].append(number)
    return held


def neighbours(
    texts: Sequence[str],
    cut: Sequence[Set[str]] | None = None,
    held: Mapping[str, Sequence[int]] | None = None,
) -> list[set[int]]:
    """For each of several different texts, the numbers of those, itself among them, that hold all
    of its longer words or whose longer words it holds.

    A text without longer words is near to those that hold its short words, and one of numbers
    alone ("$5 million to $7 million") to those that hold these, however printed; if it says too
    little to be recognised by, only to those that say the same in other figures. `cut` has the
    words of each, and `held` the texts of each word, where they are known.
    """
    cut = cut or list(map(words_of, texts))
    held = held or holding(cut)
    # There are far fewer words than words in contents: the rest is done once a word.
    begun: defaultdict[str, set[int]] = defaultdict(set)
    lasting = {}
    for word, numbers in held.items():
        beginning, of_stem, lasting[word] = _begun(word)
        begun[beginning].update(numbers)
        if of_stem != beginning:
            begun[of_stem].update(numbers)
    wanted = {word: begun[one] for word, one in lasting.items() if one}
    asked = [[*filter(None, map(wanted.get, own))] for own in cut]
    short = [number for number, sets in enumerate(asked) if not sets]
    for number, sets in zip(short, _asked_by_short(texts, short, held), strict=True):
        asked[number] = sets
    near = [{number} for number in range(len(texts))]
    for number, sets in enumerate(asked):
        # From the fewest on, so that little is left to compare.
        fewest = min(sets, key=len)
        if len(fewest) > 1:
            for other in fewest.intersection(*sets):
                near[number].add(other)
                near[other].add(number)
    return near


def _asked_by_short(
    texts: Sequence[str], short: Sequence[int], held: Mapping[str, Sequence[int]]
) -> Iterator[list[set[int]]]:
    """For each of the texts without longer words, sets of numbers of texts: one that says what it
    says is in all of them. `held` has the numbers of the texts that hold a word."""
    cut = [tokenize(texts[number]) for number in short]
    same: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, own in zip(short, cut, strict=True):
        same[own.parts].add(number)
    if all(len(own.stems) < MIN_CONTENT_WORDS for own in cut):
        yield from ([same[own.parts]] for own in cut)
        return
    by_stem: defaultdict[str, set[int]] = defaultdict(set)
    for word, numbers in held.items():
        by_stem[content_stem(word)].update(numbers)
    # Without figures and what signs stand for, which the other may print in another way.
    printed = [
        [by_stem[one] for one in own.stems if one in by_stem and one not in _NUMBER_STEMS]
        for own in cut
    ]
    figures = (own.stems for own, sets in zip(cut, printed, strict=True) if not sets)
    asked = frozenset().union(*(stems for stems in figures if len(stems) >= MIN_CONTENT_WORDS))
    saying = _saying(asked, texts, by_stem)
    for own, sets in zip(cut, printed, strict=True):
        if len(own.stems) < MIN_CONTENT_WORDS:
            yield [same[own.parts]]
        else:
            yield sets or [saying[one] for one in own.stems]


def _saying(
    stems: frozenset[str], texts: Sequence[str], by_stem: Mapping[str, set[int]]
) -> Mapping[str, set[int]]:
    """The numbers of the texts that say each of some stems of numbers, however they print them.
    `by_stem` has the numbers of the texts that print a word of a stem."""
    in_words = (by_stem[one] for one in _NUMBER_STEMS if one in by_stem)
    in_figures = (n for n, text in enumerate(texts) if _FIGURE.search(f"{text} {normalise(text)}"))
    saying: defaultdict[str, set[int]] = defaultdict(set)
    for number in set(in_figures).union(*in_words) if stems else ():
        for one in stems & tokenize(texts[number]).stems:
            saying[one].add(number)
    return saying


@lru_cache(maxsize=100_000)
def _begun(word: str) -> tuple[str, str, str]:
    """How a word begins, how its stem may begin, and how it begins in whatever form it stands:
    empty where that is not sure.

    "Using" is a form of "use": of what has only five letters and ends so, the third may change.
    """
    known = verbs.PRESENT.get(word, word)
    beginning = known[:_BEGINNING].replace("y", "i")
    if len(known) == 5 and known.endswith("ing"):
        return beginning, f"{beginning[:2]}e", ""
    no_stem = len(known) < 4 or known in STOP_WORDS or stem(known) in _NUMBER_STEMS
    return beginning, beginning, "" if no_stem else beginning
