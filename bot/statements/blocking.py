"""Blocking: find contents that may say the same, without comparing every pair. No I/O.

If one content repeats another, or a part of it, all its content words occur in the other
(sameness.py). So its candidates are the contents that contain the prefixes of all its longer words.
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
"""The number of leading letters that stemming never changes, apart from y to i."""
_NUMBER_STEMS = frozenset(map(stem, NUMBER_WORDS))
_NUMERAL = re.compile(r"[\d$€£¥]")


def fold_words(text: str) -> Set[str]:
    """Return the folded words of a text, for the inverted index."""
    return {*letters(normalise(text))}


def make_index(word_sets: Sequence[Set[str]]) -> Mapping[str, Sequence[int]]:
    """Map each word to the numbers of the texts that contain it, given the words of each text."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(word_sets):
        for word in words:
            index[word].append(number)
    return index


def find_candidates(
    texts: Sequence[str],
    word_sets: Sequence[Set[str]] | None = None,
    index: Mapping[str, Sequence[int]] | None = None,
) -> list[set[int]]:
    """For each of several distinct texts, return the numbers of its candidates, including its own.

    Of two candidates, one contains all longer words of the other. A text without longer words is
    matched by its short words, and a text of numbers only ("$5 million to $7 million") by its
    numbers in any notation; a text with too few words only by the same words with other numbers.
    `word_sets` are the words of each text and `index` is their inverted index, if already computed.
    """
    word_sets = word_sets or list(map(fold_words, texts))
    index = index or make_index(word_sets)
    # Distinct words are far fewer than word occurrences, so work per word.
    by_prefix: defaultdict[str, set[int]] = defaultdict(set)
    shared_prefixes = {}
    for word, numbers in index.items():
        prefix, stem_prefix, shared_prefixes[word] = _prefixes(word)
        by_prefix[prefix].update(numbers)
        if stem_prefix != prefix:
            by_prefix[stem_prefix].update(numbers)
    by_word = {word: by_prefix[prefix] for word, prefix in shared_prefixes.items() if prefix}
    number_sets = [[*filter(None, map(by_word.get, words))] for words in word_sets]
    short = [number for number, sets in enumerate(number_sets) if not sets]
    for number, sets in zip(short, _candidates_of_short(texts, short, index), strict=True):
        number_sets[number] = sets
    candidates = [{number} for number in range(len(texts))]
    for number, sets in enumerate(number_sets):
        # Start from the smallest set, to keep the intersection cheap.
        smallest = min(sets, key=len)
        if len(smallest) > 1:
            for other in smallest.intersection(*sets):
                candidates[number].add(other)
                candidates[other].add(number)
    return candidates


def _candidates_of_short(
    texts: Sequence[str], short: Sequence[int], index: Mapping[str, Sequence[int]]
) -> Iterator[list[set[int]]]:
    """For each text without longer words, yield sets of text numbers; its candidates are in all
    of them."""
    tokenized = [tokenize(texts[number]) for number in short]
    by_parts: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, text in zip(short, tokenized, strict=True):
        by_parts[text.parts].add(number)
    if all(len(text.stems) < MIN_CONTENT_WORDS for text in tokenized):
        yield from ([by_parts[text.parts]] for text in tokenized)
        return
    by_stem: defaultdict[str, set[int]] = defaultdict(set)
    for word, numbers in index.items():
        by_stem[content_stem(word)].update(numbers)
    # Leave out numerals and currency signs, which the other text may print differently.
    text_sets = [
        [by_stem[stem] for stem in text.stems if stem in by_stem and stem not in _NUMBER_STEMS]
        for text in tokenized
    ]
    number_stems = (text.stems for text, sets in zip(tokenized, text_sets, strict=True) if not sets)
    number_stems_needed = frozenset().union(
        *(stems for stems in number_stems if len(stems) >= MIN_CONTENT_WORDS)
    )
    by_number = _texts_with_numbers(number_stems_needed, texts, by_stem)
    for text, sets in zip(tokenized, text_sets, strict=True):
        if len(text.stems) < MIN_CONTENT_WORDS:
            yield [by_parts[text.parts]]
        else:
            yield sets or [by_number[stem] for stem in text.stems]


def _texts_with_numbers(
    stems: frozenset[str], texts: Sequence[str], by_stem: Mapping[str, set[int]]
) -> Mapping[str, set[int]]:
    """Map stems of numbers to the texts that contain them, in any notation. `by_stem` maps stems
    to the texts that print them as words."""
    as_words = (by_stem[stem] for stem in _NUMBER_STEMS if stem in by_stem)
    as_numerals = (
        n for n, text in enumerate(texts) if _NUMERAL.search(f"{text} {normalise(text)}")
    )
    by_number: defaultdict[str, set[int]] = defaultdict(set)
    for number in set(as_numerals).union(*as_words) if stems else ():
        for number_stem in stems & tokenize(texts[number]).stems:
            by_number[number_stem].add(number)
    return by_number


@lru_cache(maxsize=100_000)
def _prefixes(word: str) -> tuple[str, str, str]:
    """Return the prefix of a word, the prefix of its stem, and a prefix shared by all its forms (""
    if unsure).

    "Using" is a form of "use": in a five-letter word ending in -ing, the third letter may change.
    """
    base = verbs.BASE_FORMS.get(word, word)
    prefix = base[:_PREFIX_LENGTH].replace("y", "i")
    if len(base) == 5 and base.endswith("ing"):
        return prefix, f"{prefix[:2]}e", ""
    is_unsure = len(base) < 4 or base in STOP_WORDS or stem(base) in _NUMBER_STEMS
    return prefix, prefix, "" if is_unsure else prefix
