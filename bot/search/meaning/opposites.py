"""Opposites: words that turn what is asked for round, and claims that say the opposite of it.

Whether a claim says the opposite is told by words alone: by those that negate ("not paid"), and by
those that are each other's opposites ("unpaid", "shut"). The vectors of such claims are near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from bot.languages.table import negation
from bot.languages.wordlist import is_listed, negated, opposites
from bot.search.engine.words import stem
from bot.search.tokenized import content_stem, negates, tokenize

_BEFORE, _BEHIND = 6, 2
"""So many words before and behind a word, one that negates is taken to negate it."""
_FAILING = frozenset(map(content_stem, ("fail", "lack", "unable")))
_LITTLE = frozenset(("up", "out", "possible"))
"""Words that say little, but are the opposite of what says much."""


def is_negative_word(word: str) -> bool:
    """Whether a word negates what stands beside it, or what is in itself: not, unpaid."""
    return negates(word) or content_stem(word) in _negative() or negated(word) is not None


def negated_forms(word: str) -> Iterator[str]:
    """What a word becomes with a prefix or an ending that turns it round, or without; not all of
    these are words."""
    yield from (f"{prefix}{word}" for prefix in negation.NEGATIVE_PREFIXES)
    yield from (
        word.removeprefix(one) for one in negation.NEGATIVE_PREFIXES if word.startswith(one)
    )
    yield f"{stem(word)}{negation.WITHOUT}"
    if word.endswith(negation.WITHOUT):
        yield word.removesuffix(negation.WITHOUT)


def can_be_contradicted(asked: str) -> bool:
    """Whether there are words by which a claim may say the opposite of what was asked for."""
    return any(_is_negating(one) or has_antonym(one) for one in _parts(asked))


def contradicts(asked: str, text: str, *, denied: bool = False) -> bool:
    """Whether a claim's text says the opposite of what was asked for, or leaves open that it does:
    who asks for what is not so gets no claim in which nothing is negated. `denied` says that
    whoever is quoted has denied it; that is shown of a claim where it stands.
    """
    wanted, printed = _parts(asked), _parts(text)
    # Who "failed to pay" has not paid; who just failed did what may have an opposite.
    negating = [one for one in wanted if one in negation.NEGATIONS or _stem(one) in _FAILING]
    is_negated = bool(negating) and (
        wanted[-1] not in negating or negating[0] in negation.NEGATIONS
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
    """Whether another word says the opposite of this one."""
    return _stem(word) in _opposites()


def _parts(text: str) -> list[str]:
    """The words of a text; those that negate by their form alone are two: not affordable."""
    parts: list[str] = []
    for part in tokenize(text).parts:
        base = negated(part)
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
    return part in negation.NEGATIONS or content_stem(part) in _FAILING


def _is_negative(part: str) -> bool:
    without = part.endswith(negation.WITHOUT) and is_listed(part.removesuffix(negation.WITHOUT))
    return _is_negating(part) or without or content_stem(part) in _negative()


@cache
def _opposites() -> dict[str, frozenset[str]]:
    """What each stem's opposites are."""
    found: dict[str, set[str]] = {}
    for pair in opposites():
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
        for one, other in opposites()
        if any(one == f"{prefix}{other}" for prefix in negation.NEGATIVE_PREFIXES)
    )
