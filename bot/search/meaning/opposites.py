"""Negation and antonyms: detect claims that say the opposite of what was asked for.

Only words decide: negations ("not paid") and antonyms ("unpaid", "shut"). Vectors cannot, since
opposite claims have similar vectors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from bot.languages.table import negation
from bot.languages.wordlist import is_listed, negated_base, opposite_pairs
from bot.search.engine.words import stem
from bot.search.tokenized import content_stem, negates, tokenize

_WORDS_BEFORE, _WORDS_AFTER = 6, 2
"""How many words before or after a word a negation may be to apply to it."""
_FAILURE_STEMS = frozenset(map(content_stem, ("fail", "lack", "unable")))
_STOP_WORDS_WITH_ANTONYMS = frozenset(("up", "out", "possible"))


@lru_cache(maxsize=10_000)
def is_negative_word(word: str) -> bool:
    """Whether a word is a negation or has a negating prefix: not, unpaid."""
    is_negative = negates(word) or content_stem(word) in _negative_stems()
    return is_negative or negated_base(word) is not None


def negated_forms(word: str) -> Iterator[str]:
    """Yield a word with a negating prefix or suffix added or removed; not all results are words."""
    for prefix in negation.NEGATIVE_PREFIXES:
        yield f"{prefix}{word}"
        if word.startswith(prefix):
            yield word.removeprefix(prefix)
    yield f"{stem(word)}{negation.NEGATIVE_SUFFIX}"
    if word.endswith(negation.NEGATIVE_SUFFIX):
        yield word.removesuffix(negation.NEGATIVE_SUFFIX)


def can_be_contradicted(query_text: str) -> bool:
    """Whether a claim could contradict a query's words: one of them negates or has an antonym."""
    return any(_negates(part) or has_antonym(part) for part in _parts(query_text))


def contradicts(query_text: str, claim_text: str, *, is_denied: bool = False) -> bool:
    """Whether a claim's text says, or may say, the opposite of a query's words.

    A negated query is also contradicted by a claim without any negation. `is_denied` tells
    whether the speaker denied the text; readers see the denial in any case.
    """
    query_parts, claim_parts = _parts(query_text), _parts(claim_text)
    negations = [
        part
        for part in query_parts
        if part in negation.NEGATION_WORDS or _stem(part) in _FAILURE_STEMS
    ]
    # "Failed to pay" negates "pay", but a final "failed" negates nothing; it may have an antonym.
    is_negated = bool(negations) and (
        query_parts[-1] not in negations or negations[0] in negation.NEGATION_WORDS
    )
    if is_denied and not is_negated:
        return False
    stems = [
        _stem(part)
        for part in query_parts
        if _stem(part) and not (is_negated and part in negations)
    ]
    stems_with_antonyms = [word_stem for word_stem in stems if word_stem in opposite_stems()]
    compared_stems = stems_with_antonyms or (stems if is_negated else [])
    agreements = [
        list(_agreements(word_stem, claim_parts, is_asserted=is_negated == is_denied))
        for word_stem in compared_stems
    ]
    if any(agreements):
        return any(occurrences and not any(occurrences) for occurrences in agreements)
    is_negative = is_negated or not _negative_stems().isdisjoint(stems_with_antonyms)
    return is_negative and not is_denied and not any(map(_is_negative, claim_parts))


def has_antonym(word: str) -> bool:
    """Whether a word has an antonym."""
    return _stem(word) in opposite_stems()


def _parts(text: str) -> list[str]:
    """The words of a text; a word with a negating prefix becomes two: "not affordable"."""
    parts: list[str] = []
    for part in tokenize(text).parts:
        base = negated_base(part)
        parts += ["not", base] if base else [part]
    return parts


def _agreements(word_stem: str, parts: Sequence[str], *, is_asserted: bool) -> Iterator[bool]:
    """For each occurrence of a stem or its opposite in a claim, whether it agrees with the query.

    If the query asserts the stem, the stem agrees unless negated, and its opposite if negated.
    """
    antonyms = _opposites_of([word_stem])
    # The opposites of an opposite have a similar meaning: dangerous, unsafe.
    synonyms = {word_stem, *_opposites_of(antonyms)} - antonyms
    for index, part_stem in enumerate(map(_stem, parts)):
        if part_stem in synonyms or part_stem in antonyms:
            words_before = parts[max(0, index - _WORDS_BEFORE) : index]
            words_after = parts[index + 1 :][:_WORDS_AFTER]
            is_negated = any(map(_negates, (*words_before, *words_after)))
            yield (is_negated != (part_stem in synonyms)) == is_asserted


def _opposites_of(stems: Iterable[str]) -> frozenset[str]:
    return frozenset(other for word_stem in stems for other in opposite_stems().get(word_stem, ()))


def _stem(part: str) -> str:
    return content_stem(part) or (part if part in _STOP_WORDS_WITH_ANTONYMS else "")


def _negates(part: str) -> bool:
    return part in negation.NEGATION_WORDS or content_stem(part) in _FAILURE_STEMS


def _is_negative(part: str) -> bool:
    has_negative_suffix = part.endswith(negation.NEGATIVE_SUFFIX) and is_listed(
        part.removesuffix(negation.NEGATIVE_SUFFIX)
    )
    return _negates(part) or has_negative_suffix or content_stem(part) in _negative_stems()


@cache
def opposite_stems() -> dict[str, frozenset[str]]:
    """The stems of each stem's opposites."""
    stems: dict[str, set[str]] = {}
    for pair in opposite_pairs():
        first, second = map(_stem, pair)
        if first and second and first != second:
            stems.setdefault(first, set()).add(second)
            stems.setdefault(second, set()).add(first)
    return {word_stem: frozenset(others) for word_stem, others in stems.items()}


@cache
def _negative_stems() -> frozenset[str]:
    return frozenset(
        content_stem(word)
        for word, base in opposite_pairs()
        if any(word == f"{prefix}{base}" for prefix in negation.NEGATIVE_PREFIXES)
    )
