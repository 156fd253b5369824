"""Sides of a dispute: claims with their clauses and speakers. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.languages.table import denials, negation
from bot.model import Claim, Hit
from bot.search.engine.words import stem, words
from bot.statements.clauses import Clause, synonym_stem
from bot.statements.polarity import split_clauses


@dataclass(frozen=True)
class Side:
    """A claim as a side of a dispute."""

    hit: Hit
    common: frozenset[str] = frozenset()
    """Stems in so many of the claims that sharing them means nothing."""

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        return self.hit.claim

    @property
    def headline(self) -> str:
        """The title and first words of its article."""
        return f"{self.hit.article.title or ''} {self.hit.article.opening}".strip()

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of its content."""
        claim = self.claim
        is_denied = claim.stance == "denied"
        if (
            is_denied
            and claim.cue
            and denials.REJECTION_VERB.search(claim.cue)
            and not denials.DENIABLE_STATEMENT.search(claim.text)
        ):
            return ()
        if (
            claim.cue
            and negation.LABELLING_VERB.search(claim.cue)
            and (end := negation.TRAILING_FALSEHOOD.search(claim.text))
        ):
            return split_clauses(claim.text[: end.start()], is_denied=True)
        return split_clauses(claim.text, is_denied=is_denied)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The content stems of all its clauses."""
        return frozenset[str]().union(*(clause.stems for clause in self.clauses))

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of the names in its content, and of who says it."""
        printed = frozenset[str]().union(*(clause.names for clause in self.clauses))
        return frozenset(map(stem, printed)) | self.who

    @cached_property
    def who(self) -> frozenset[str]:
        """The stems of the words for who says it."""
        claim = self.claim
        printed = (claim.known_as, claim.speaker, claim.source)
        return _who(printed, is_named=claim.source_kind == "named")

    @cached_property
    def story_stems(self) -> frozenset[str]:
        """The stems that identify its story: names, and the headline."""
        return self.names | _content_stems(self.headline)


@lru_cache(maxsize=10_000)
def _who(printed: tuple[str | None, ...], *, is_named: bool) -> frozenset[str]:
    named = [denials.APPOSITION_START.split(name)[0] for name in printed if name]
    if not is_named:
        named = [denials.PREPOSITION.split(name)[0] for name in named]
    return frozenset(map(stem, words(" ".join(named)))) - denials.NAME_FUNCTION_WORDS


@lru_cache(maxsize=10_000)
def _content_stems(text: str) -> frozenset[str]:
    return frozenset(filter(None, map(synonym_stem, words(text))))


def is_opposed(a: Clause, b: Clause) -> bool:
    """Whether one clause asserts what the other negates."""
    if a.is_so is None or b.is_so is None:
        return False
    is_turned = len(opposite_pairs(a, b)) % 2 == 1
    return (a.is_so != b.is_so) != is_turned


def opposite_pairs(a: Clause, b: Clause) -> frozenset[tuple[str, str]]:
    """Pairs of opposite stems, one from each clause: "unsafe" and "safe"."""
    if not (a.opposed or b.opposed):
        return frozenset()
    return frozenset([*_opposites_in(a, b), *((two, one) for one, two in _opposites_in(b, a))])


def _opposites_in(a: Clause, b: Clause) -> Iterator[tuple[str, str]]:
    opposites = (
        (one, other) for one, other in a.opposites if one in a.predicates and other in b.predicates
    )
    for one, other in (*a.bases, *opposites):
        if other in b.stems and one not in b.stems and other not in a.stems:
            yield one, other
