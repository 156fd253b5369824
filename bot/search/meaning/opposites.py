"""Negation and antonyms: detect claims that say the opposite of what was asked for.

Only words decide: negations ("not paid") and antonyms ("unpaid", "shut"). Vectors cannot, since
those of opposite claims are near each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from bot.languages.table import negation
from bot.languages.wordlist import is_listed, negated_base, opposite_pairs
from bot.search.engine.words import stem
from bot.search.tokenized import content_stem, negates, tokenize

_BEFORE, _BEHIND = 6, 2
"""A negation applies to a word up to so many words after it, or before it."""
_FAILING = frozenset(map(content_stem, ("fail", "lack", "unable")))
_LITTLE = frozenset(("up", "out", "possible"))
"""Stop words that have antonyms."""


def is_negative_word(word: str) -> bool:
    """Whether a word is a negation or is itself negated: not, unpaid."""
    return negates(word) or content_stem(word) in _negative() or negated_base(word) is not None


def negated_forms(word: str) -> Iterator[str]:
    """A word with a negating prefix or suffix added or removed; not all results are words."""
    yield from (f"{prefix}{word}" for prefix in negation.NEGATIVE_PREFIXES)
    yield from (
        word.removeprefix(one) for one in negation.NEGATIVE_PREFIXES if word.startswith(one)
    )
    yield f"{stem(word)}{negation.NEGATIVE_SUFFIX}"
    if word.endswith(negation.NEGATIVE_SUFFIX):
        yield word.removesuffix(negation.NEGATIVE_SUFFIX)


def can_be_contradicted(asked: str) -> bool:
    """Whether a claim could contradict the words asked for: one has an antonym or negates."""
    return any(_is_negating(one) or has_antonym(one) for one in _parts(asked))


def contradicts(asked: str, text: str, *, denied: bool = False) -> bool:
    """Whether a claim's text says the opposite of what was asked for, or may do so: a negated query
    is also contradicted by a claim that negates nothing. `denied` says that the speaker denied the
    text, which readers are shown anyway.
    """
    wanted, printed = _parts(asked), _parts(text)
    # Who "failed to pay" has not paid; who just failed did what may have an opposite.
    negating = [one for one in wanted if one in negation.NEGATION_WORDS or _stem(one) in _FAILING]
    is_negated = bool(negating) and (
        wanted[-1] not in negating or negating[0] in negation.NEGATION_WORDS
    )
    if denied and not is_negated:
        return False
    stems = [_stem(one) for one in wanted if _stem(one) and not (is_negated and one in negating)]
    turned = [one for one in stems if one in _opposites()]
    sought = turned or (stems if is_negated else [])
    votes = [list(_votes(one, printed, asserted=is_negated == denied)) for one in sought]
    if any(votes):
        return any(ones and not any(ones) for ones in votes)
    is_negative = is_negated or not _negative().isdisjoint(turned)
    return is_negative and not denied and not any(map(_is_negative, printed))


def has_antonym(word: str) -> bool:
    """Whether a word has an antonym."""
    return _stem(word) in _opposites()


def _parts(text: str) -> list[str]:
    """The words of a text; those that negate by their form alone are two: not affordable."""
    parts: list[str] = []
    for part in tokenize(text).parts:
        base = negated_base(part)
        parts += ["not", base] if base else [part]
    return parts


def _votes(sought: str, parts: Sequence[str], *, asserted: bool) -> Iterator[bool]:
    """Of each place that says what is sought, or its opposite, whether it agrees: where what is
    asked for is `asserted`, a word that stands there unnegated does."""
    against = _opposites_of([sought])
    # What is opposed to the same says much the same: dangerous, unsafe.
    alike = {sought, *_opposites_of(against)} - against
    for place, one in enumerate(map(_stem, parts)):
        if one in alike or one in against:
            around = (*parts[max(0, place - _BEFORE) : place], *parts[place + 1 :][:_BEHIND])
            is_negated = any(map(_is_negating, around))
            yield (is_negated != (one in alike)) == asserted


def _opposites_of(stems: Iterable[str]) -> frozenset[str]:
    return frozenset(other for one in stems for other in _opposites().get(one, ()))


def _stem(part: str) -> str:
    return content_stem(part) or (part if part in _LITTLE else "")


def _is_negating(part: str) -> bool:
    return part in negation.NEGATION_WORDS or content_stem(part) in _FAILING


def _is_negative(part: str) -> bool:
    without = part.endswith(negation.NEGATIVE_SUFFIX) and is_listed(
        part.removesuffix(negation.NEGATIVE_SUFFIX)
    )
    return _is_negating(part) or without or content_stem(part) in _negative()


@cache
def _opposites() -> dict[str, frozenset[str]]:
    """What each stem's opposites are."""
    found: dict[str, set[str]] = {}
    for pair in opposite_pairs():
        one, other = map(_stem, pair)
        if one and other and one != other:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {one: frozenset(others) for one, others in found.items()}


@cache
def _negative() -> frozenset[str]:
    """The stems of words with a prefix that negates the rest."""
    return frozenset(
        content_stem(one)
        for one, other in opposite_pairs()
        if any(one == f"{prefix}{other}" for prefix in negation.NEGATIVE_PREFIXES)
    )
