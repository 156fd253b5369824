"""The sides of a dispute: claims with their clauses and speakers. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.languages.lookup import words_in
from bot.languages.table import LISTS, clause_words, negation
from bot.model import Claim, Hit
from bot.search.engine.words import normalise, stem, words
from bot.statements.back_references import refers_back
from bot.statements.clauses import (
    IGNORED_STEMS,
    NAME,
    OPPOSITE_SIDES,
    Clause,
    split_clauses,
    synonym_stem,
)


@dataclass(frozen=True)
class Side:
    """A claim as a side of a dispute."""

    hit: Hit

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
            and clause_words.REJECTION_VERB.search(claim.cue)
            and clause_words.DENIABLE_STATEMENTS.isdisjoint(words_in(claim.text))
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
    def speaker_stems(self) -> frozenset[str]:
        """The stems of the words for its speaker."""
        return frozenset(map(stem, words(" ".join(self._printed)))) - LISTS["name_function_words"]

    @cached_property
    def speaker_heads(self) -> frozenset[str]:
        """The stems of the words that may stand alone for a person: "leader" and "Bell" of
        "council leader Ann Bell"."""
        heads: set[str] = set()
        for printed in self._printed:
            for part in clause_words.APPOSITION_START.split(printed):
                part_words = words(clause_words.PREPOSITION.split(part)[0])
                heads.update(part_words[-1:])
                name = words(self.claim.speaker or "")
                if name and part_words[-len(name) :] == name:
                    heads.update(part_words[: -len(name)][-1:])
        return frozenset(map(stem, heads))

    @property
    def _printed(self) -> list[str]:
        claim = self.claim
        return [name for name in (claim.known_as, claim.speaker, claim.source) if name]

    @cached_property
    def story_stems(self) -> frozenset[str]:
        """The stems that identify its story: names, and the words of the headline."""
        names = map(stem, map(normalise, NAME.findall(self.claim.text)))
        return self.speaker_stems.union(names, _content_stems(self.headline))

    @cached_property
    def text_stems(self) -> frozenset[str]:
        """The stems of its content, opposites as one, found without parsing its clauses."""
        return frozenset(filter(None, map(_opposites_as_one, words(self.claim.text))))

    @cached_property
    def all_stems(self) -> frozenset[str]:
        """The content stems of its content, found without parsing its clauses."""
        return _content_stems(self.claim.text)


@lru_cache(maxsize=100_000)
def _opposites_as_one(word: str) -> str:
    stem = synonym_stem(word)
    return "" if stem in IGNORED_STEMS else OPPOSITE_SIDES.get(stem, (stem,))[0]


@lru_cache(maxsize=10_000)
def _content_stems(text: str) -> frozenset[str]:
    return frozenset(filter(None, map(synonym_stem, words(text))))
