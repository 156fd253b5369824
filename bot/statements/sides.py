"""The sides of a dispute: claims with their clauses and speakers. No I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.languages.table import denials, negation
from bot.model import Claim, Hit
from bot.search.engine.words import stem, words
from bot.statements.back_references import refers_back
from bot.statements.clauses import Clause, synonym_stem
from bot.statements.polarity import split_clauses


@dataclass(frozen=True)
class Side:
    """A claim as a side of a dispute; `common_stems` are stems that too many claims contain to be
    significant."""

    hit: Hit
    common_stems: frozenset[str] = frozenset()

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
        if refers_back(claim):
            return ()
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
            and (verdict := negation.TRAILING_FALSEHOOD.search(claim.text))
        ):
            return split_clauses(claim.text[: verdict.start()], is_denied=True)
        return split_clauses(claim.text, is_denied=is_denied)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The content stems of all its clauses."""
        return frozenset[str]().union(*(clause.stems for clause in self.clauses))

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of the names in its content, and of its speaker."""
        printed = frozenset[str]().union(*(clause.names for clause in self.clauses))
        return frozenset(map(stem, printed)) | self.speaker_stems

    @cached_property
    def speaker_stems(self) -> frozenset[str]:
        """The stems of the words for its speaker."""
        claim = self.claim
        printed = (claim.known_as, claim.speaker, claim.source)
        return _speaker_stems(printed, is_named=claim.source_kind == "named")

    @cached_property
    def story_stems(self) -> frozenset[str]:
        """The stems that identify its story: names, and the words of the headline."""
        return self.names | _content_stems(self.headline)


@lru_cache(maxsize=10_000)
def _speaker_stems(printed: tuple[str | None, ...], *, is_named: bool) -> frozenset[str]:
    names = [denials.APPOSITION_START.split(name)[0] for name in printed if name]
    if not is_named:
        names = [denials.PREPOSITION.split(name)[0] for name in names]
    return frozenset(map(stem, words(" ".join(names)))) - denials.NAME_FUNCTION_WORDS


@lru_cache(maxsize=10_000)
def _content_stems(text: str) -> frozenset[str]:
    return frozenset(filter(None, map(synonym_stem, words(text))))


def is_opposed(a: Clause, b: Clause) -> bool:
    """Whether one clause asserts what the other negates."""
    if a.polarity is None or b.polarity is None:
        return False
    has_opposite = len(find_opposite_pairs(a, b)) % 2 == 1
    return (a.polarity != b.polarity) != has_opposite


def find_opposite_pairs(a: Clause, b: Clause) -> frozenset[tuple[str, str]]:
    """Return pairs of opposite stems, one from each clause: "unsafe" and "safe"."""
    if not (a.has_opposite or b.has_opposite):
        return frozenset()
    return frozenset([*_pairs_in_order(a, b), *((y, x) for x, y in _pairs_in_order(b, a))])


def _pairs_in_order(a: Clause, b: Clause) -> Iterator[tuple[str, str]]:
    opposites = (
        (negative, opposite)
        for negative, opposite in a.opposites
        if negative in a.predicates and opposite in b.predicates
    )
    for negative, opposite in (*a.negative_pairs, *opposites):
        if opposite in b.stems and negative not in b.stems and opposite not in a.stems:
            yield negative, opposite
