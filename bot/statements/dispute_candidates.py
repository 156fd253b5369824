"""Find pairs of claims that may contradict each other, without comparing every pair. No I/O.

One claim of a contradicting pair (disputes.py) negates, denies or has the opposite of a word of the
other. So only the clauses of such claims are looked up in the inverted index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache

from bot.languages.table import negation
from bot.statements.clauses import (
    COMMON_STEMS,
    Clause,
    find_opposites,
    negative_pairs,
    synonym_stem,
)
from bot.statements.sides import Side

_MAX_TEXTS_OF_STEM = 60
"""A stem in more texts than an answer has claims is too frequent to produce candidates."""
_MIN_SHARED = 1.5
"""The minimum weight of the stems that a clause shares with another claim."""
_MANY_CLAIMS = 200
"""Among more claims than this, more of them share words by chance."""
_MIN_SHARED_OF_MANY = 2.0
"""The minimum weight of shared stems among many claims."""
_MAX_TEXTS_OF_OPPOSITE = 20
"""A word in more texts than this is not looked up for its opposite."""
_MAX_TEXTS, _MAX_SHARE = 8, 0.02
"""A stem in more texts than this, and in more than this share of all texts, is common."""


def find_common_stems(index: Mapping[str, Sequence[int]], text_count: int) -> frozenset[str]:
    """Return the stems of words that occur in very many of the texts."""
    limit = max(_MAX_TEXTS, _MAX_SHARE * text_count)
    stems = (synonym_stem(word) for word, numbers in index.items() if len(numbers) > limit)
    return frozenset(stems) - {""}


def find_dispute_candidates(
    sides: Sequence[Side],
    side_numbers: Sequence[Sequence[int]],
    word_sets: Sequence[Set[str]],
    index: Mapping[str, Sequence[int]],
) -> set[tuple[int, int]]:
    """Return the pairs of sides that may contradict each other, as numbers, the smaller first.

    For each text, `side_numbers` lists the sides with that text and `word_sets` its folded words;
    `index` is the inverted index of the texts.
    """
    negating_texts = {
        text
        for text, numbers in enumerate(side_numbers)
        if any(sides[number].claim.stance == "denied" for number in numbers)
    }
    by_stem: dict[str, Sequence[int]] = {}
    opposites: list[tuple[str, tuple[str, ...]]] = []
    for word, texts in index.items():
        stem, negates, word_opposites = _analyse(word)
        if negates:
            negating_texts.update(texts)
        if stem:
            by_stem[stem] = [*by_stem[stem], *texts] if stem in by_stem else texts
        if word_opposites and len(texts) <= _MAX_TEXTS_OF_OPPOSITE:
            opposites.append((word, word_opposites))
    pairs = {
        (number, other)
        for text in negating_texts
        for number in side_numbers[text]
        for clause in sides[number].clauses
        if clause.polarity is False or clause.is_denied
        for other in _sides_sharing(clause, sides[number], by_stem, side_numbers, sides)
    }
    pairs.update(
        (number, other)
        for word, word_opposites in opposites
        for opposite in word_opposites
        if opposite in by_stem and len(by_stem[opposite]) <= _MAX_TEXTS_OF_OPPOSITE
        for text in index[word]
        for other_text in by_stem[opposite]
        if _share_word(word_sets[text], word_sets[other_text], excluded=word)
        for number in side_numbers[text]
        for other in side_numbers[other_text]
    )
    return {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}


def _sides_sharing(
    clause: Clause,
    side: Side,
    by_stem: Mapping[str, Sequence[int]],
    side_numbers: Sequence[Sequence[int]],
    sides: Sequence[Side],
) -> Iterator[int]:
    """Yield the sides that share enough words with a clause; naming the other side's speaker
    counts as one word."""
    shared: defaultdict[int, float] = defaultdict(float)
    assertable = clause.assertable_stems
    texts_with_assertable: set[int] = set()
    total = 0.0
    for stem in clause.stems:
        weight = 0.5 if stem in COMMON_STEMS else 1.0
        total += weight
        texts = by_stem.get(stem, ())
        if len(texts) <= _MAX_TEXTS_OF_STEM:
            for text in texts:
                shared[text] += weight
            if stem in assertable:
                texts_with_assertable.update(texts)
    is_lenient = clause.is_denied or len(sides) <= _MANY_CLAIMS
    min_shared = min(_MIN_SHARED if is_lenient else _MIN_SHARED_OF_MANY, total)
    texts_naming_speaker = {
        text for stem in side.speaker_stems for text in by_stem.get(stem, ())[:_MAX_TEXTS_OF_STEM]
    }
    for text in shared if clause.is_denied else texts_with_assertable:
        for number in side_numbers[text]:
            missing = min_shared - shared[text]
            if missing <= 0 or (
                missing <= 1
                and (
                    text in texts_naming_speaker
                    or not clause.stems.isdisjoint(sides[number].speaker_stems)
                )
            ):
                yield number


def _share_word(words: Set[str], others: Set[str], *, excluded: str) -> bool:
    """Whether two claims share an uncommon content word other than `excluded`."""
    return any(
        word != excluded and synonym_stem(word) not in COMMON_STEMS | {""}
        for word in words & others
    )


@lru_cache(maxsize=100_000)
def _analyse(word: str) -> tuple[str, bool, tuple[str, ...]]:
    """Return the stem of a word, whether it negates or denies, and the stems of its opposites."""
    word_stem = synonym_stem(word)
    # "Isn't" is split into "isn" and "t".
    negates = (
        word in negation.NEGATION_WORDS
        or word == "t"
        or negation.NEGATING_WORD.match(word) is not None
    )
    return (
        word_stem,
        negates,
        (*(base for _, base in negative_pairs(word)), *find_opposites(word_stem)),
    )
