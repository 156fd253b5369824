"""Find pairs of claims that may contradict each other, without comparing every pair. Pure.

One of a contradicting pair (disputes.py) negates, denies or has the opposite of a word of the
other. So only the clauses of such claims are looked up in the inverted index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache

from bot.languages.table import negation
from bot.statements.clauses import COMMON_STEMS, Clause, bases_of, opposites_of, synonym_stem
from bot.statements.sides import Side

_MAX_TEXTS_OF_STEM = 60
"""A stem in more texts than an answer has claims is too frequent to make candidates."""
_MIN_SHARED, _MIN_SHARED_OF_MANY, _MANY = 1.5, 2.0, 200
"""The least weight of stems that a clause shares with another claim; higher among many claims,
because more of them share words by chance."""
_MAX_TEXTS_OF_OPPOSITE = 20
"""A word in more texts than this is not looked up for its opposite."""
_COMMON_TEXTS, _COMMON_SHARE = 8, 0.02
"""A stem in more texts than this, and in more than this share of them, is common."""


def common_stems(held: Mapping[str, Sequence[int]], texts: int) -> frozenset[str]:
    """The stems of words that occur in very many of the texts."""
    most = max(_COMMON_TEXTS, _COMMON_SHARE * texts)
    return frozenset(
        synonym_stem(word) for word, numbers in held.items() if len(numbers) > most
    ) - {""}


def dispute_candidates(
    sides: Sequence[Side],
    saying: Sequence[Sequence[int]],
    cut: Sequence[Set[str]],
    held: Mapping[str, Sequence[int]],
) -> set[tuple[int, int]]:
    """Give the pairs of sides that may contradict each other, by number, the smaller first.

    For each text, `saying` has the numbers of the sides that say it and `cut` its folded words;
    `held` is the inverted index of the texts.
    """
    turning = {
        text
        for text, own in enumerate(saying)
        if any(sides[number].claim.stance == "denied" for number in own)
    }
    by_stem: dict[str, Sequence[int]] = {}
    opposites: list[tuple[str, tuple[str, ...]]] = []
    for word, texts in held.items():
        one, negates, others = _analyse(word)
        if negates:
            turning.update(texts)
        if one:
            by_stem[one] = [*by_stem[one], *texts] if one in by_stem else texts
        if others and len(texts) <= _MAX_TEXTS_OF_OPPOSITE:
            opposites.append((word, others))
    found = {
        (number, other)
        for text in turning
        for number in saying[text]
        for clause in sides[number].clauses
        if clause.is_so is False or clause.is_denied
        for other in _sides_sharing(clause, sides[number], by_stem, saying, sides)
    }
    found.update(
        (number, other)
        for word, others in opposites
        for opposite in others
        if opposite in by_stem and len(by_stem[opposite]) <= _MAX_TEXTS_OF_OPPOSITE
        for text in held[word]
        for other_text in by_stem[opposite]
        if _share(cut[text], cut[other_text], beside=word)
        for number in saying[text]
        for other in saying[other_text]
    )
    return {(min(pair), max(pair)) for pair in found if pair[0] != pair[1]}


def _sides_sharing(
    clause: Clause,
    side: Side,
    by_stem: Mapping[str, Sequence[int]],
    saying: Sequence[Sequence[int]],
    sides: Sequence[Side],
) -> Iterator[int]:
    """The sides that share enough words with a clause; naming the other's speaker counts as one
    word."""
    shared: defaultdict[int, float] = defaultdict(float)
    heads = clause.heads
    with_head: set[int] = set()
    whole = 0.0
    for one in clause.stems:
        weight = 0.5 if one in COMMON_STEMS else 1.0
        whole += weight
        held = by_stem.get(one, ())
        if len(held) <= _MAX_TEXTS_OF_STEM:
            for text in held:
                shared[text] += weight
            if one in heads:
                with_head.update(held)
    is_much = clause.is_denied or len(sides) <= _MANY
    least = min(_MIN_SHARED if is_much else _MIN_SHARED_OF_MANY, whole)
    named = {text for one in side.who for text in by_stem.get(one, ())[:_MAX_TEXTS_OF_STEM]}
    for text in shared if clause.is_denied else with_head:
        for number in saying[text]:
            missing = least - shared[text]
            if missing <= 0 or (
                missing <= 1 and (text in named or not clause.stems.isdisjoint(sides[number].who))
            ):
                yield number


def _share(one: Set[str], other: Set[str], beside: str) -> bool:
    """Whether two claims share an uncommon content word other than `beside`."""
    return any(
        word != beside and synonym_stem(word) not in COMMON_STEMS | {""} for word in one & other
    )


@lru_cache(maxsize=100_000)
def _analyse(word: str) -> tuple[str, bool, tuple[str, ...]]:
    """The stem of a word, whether it negates or denies, and the stems of its opposites."""
    one = synonym_stem(word)
    # Of "isn't" the pattern for letters leaves a "t".
    negates = (
        word in negation.NEGATION_WORDS
        or word == "t"
        or negation.NEGATING_WORD.match(word) is not None
    )
    return one, negates, (*(base for _, base in bases_of(word)), *opposites_of(one))
