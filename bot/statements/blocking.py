"""Blocking: find contents that may say the same, without comparing every pair. Pure.

If one content repeats another or a part of it, all its content words occur in the other
(sameness.py). So its candidates are the contents that have the prefixes of all its longer words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache

from bot.languages.table import verbs
from bot.search.engine.words import letters, normalise, stem
from bot.search.tokenized import MIN_CONTENT_WORDS, NUMBER_WORDS, STOP_WORDS, content_stem, tokenize

_PREFIX_LENGTH = 3
"""Leading letters that stemming never changes, except y to i."""
_NUMBER_STEMS = frozenset(map(stem, NUMBER_WORDS))
_FIGURE = re.compile(r"[\d$€£¥]")


def words_of(text: str) -> Set[str]:
    """The folded words of a text, for the inverted index."""
    return {*letters(normalise(text))}


def inverted_index(cut: Sequence[Set[str]]) -> Mapping[str, Sequence[int]]:
    """Map each word to the numbers of the texts that contain it; `cut` has the words of each."""
    held: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(cut):
        for word in own:
            held[word].append(number)
    return held


def candidate_matches(
    texts: Sequence[str],
    cut: Sequence[Set[str]] | None = None,
    held: Mapping[str, Sequence[int]] | None = None,
) -> list[set[int]]:
    """Give for each of several distinct texts the numbers of its candidates, itself included.

    Of two candidates, one contains all longer words of the other. A text without longer words is
    matched by its short words, and one of numbers only ("$5 million to $7 million") by its
    numbers, however printed; a text with too few words only by the same words in other figures.
    `cut` has the words of each text and `held` their inverted index, if already computed.
    """
    cut = cut or list(map(words_of, texts))
    held = held or inverted_index(cut)
    # Distinct words are far fewer than word occurrences, so work per word.
    begun: defaultdict[str, set[int]] = defaultdict(set)
    lasting = {}
    for word, numbers in held.items():
        beginning, of_stem, lasting[word] = _prefixes(word)
        begun[beginning].update(numbers)
        if of_stem != beginning:
            begun[of_stem].update(numbers)
    wanted = {word: begun[one] for word, one in lasting.items() if one}
    asked = [[*filter(None, map(wanted.get, own))] for own in cut]
    short = [number for number, sets in enumerate(asked) if not sets]
    for number, sets in zip(short, _candidates_of_short(texts, short, held), strict=True):
        asked[number] = sets
    near = [{number} for number in range(len(texts))]
    for number, sets in enumerate(asked):
        # Start from the smallest set, to keep the intersection cheap.
        fewest = min(sets, key=len)
        if len(fewest) > 1:
            for other in fewest.intersection(*sets):
                near[number].add(other)
                near[other].add(number)
    return near


def _candidates_of_short(
    texts: Sequence[str], short: Sequence[int], held: Mapping[str, Sequence[int]]
) -> Iterator[list[set[int]]]:
    """Give for each text without longer words sets of numbers of texts: a candidate is in all of
    them. `held` is the inverted index."""
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
    # Leave out figures and currency signs, which the other text may print differently.
    printed = [
        [by_stem[one] for one in own.stems if one in by_stem and one not in _NUMBER_STEMS]
        for own in cut
    ]
    figures = (own.stems for own, sets in zip(cut, printed, strict=True) if not sets)
    asked = frozenset().union(*(stems for stems in figures if len(stems) >= MIN_CONTENT_WORDS))
    saying = _texts_with_numbers(asked, texts, by_stem)
    for own, sets in zip(cut, printed, strict=True):
        if len(own.stems) < MIN_CONTENT_WORDS:
            yield [same[own.parts]]
        else:
            yield sets or [saying[one] for one in own.stems]


def _texts_with_numbers(
    stems: frozenset[str], texts: Sequence[str], by_stem: Mapping[str, set[int]]
) -> Mapping[str, set[int]]:
    """Map stems of numbers to the texts that contain them, however printed. `by_stem` maps stems
    to texts that print them as words."""
    in_words = (by_stem[one] for one in _NUMBER_STEMS if one in by_stem)
    in_figures = (n for n, text in enumerate(texts) if _FIGURE.search(f"{text} {normalise(text)}"))
    saying: defaultdict[str, set[int]] = defaultdict(set)
    for number in set(in_figures).union(*in_words) if stems else ():
        for one in stems & tokenize(texts[number]).stems:
            saying[one].add(number)
    return saying


@lru_cache(maxsize=100_000)
def _prefixes(word: str) -> tuple[str, str, str]:
    """Give the prefix of a word, that of its stem, and one shared by all its forms ("" if unsure).

    "Using" is a form of "use": in a five-letter word in -ing the third letter may change.
    """
    known = verbs.BASE_FORMS.get(word, word)
    beginning = known[:_PREFIX_LENGTH].replace("y", "i")
    if len(known) == 5 and known.endswith("ing"):
        return beginning, f"{beginning[:2]}e", ""
    no_stem = len(known) < 4 or known in STOP_WORDS or stem(known) in _NUMBER_STEMS
    return beginning, beginning, "" if no_stem else beginning
