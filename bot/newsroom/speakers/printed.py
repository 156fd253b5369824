"""The names and roles that articles print for speakers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot import store
from bot.config import KnownName
from bot.model import Claim, Hit
from bot.newsroom.providers import OpenIndex
from bot.speakers.rulings import combine_rulings
from bot.speakers.slips import NearSpeaker, near_speakers
from bot.speakers.spelling import candidate_blocks, fold_name

MAX_ALIASES = 200
"""The most aliases in a query: "by:li" may match hundreds of people."""
MAX_TYPED_LENGTH = 200
"""The most characters of a typed name that are used."""


@dataclass(eq=False, repr=False, kw_only=True)
class PrintedNames:
    """Finds the other names that articles print for a speaker."""

    names: store.SpeakerNames
    name_rulings: store.NameRulings
    known_names: Sequence[KnownName]

    def aliases_for(self, typed: Sequence[str]) -> tuple[str, ...]:
        """Return the other printed names of the speakers who have one of the `typed` names.

        A name in outlets.yml refers only to the speaker listed with it.
        """
        runs = {fold_name(name) for name in typed} - {()}
        canonical = {self.pinned_names[run] for run in runs if run in self.pinned_names}
        unpinned = runs - self.pinned_names.keys()
        similar = self._similar_aliases(unpinned)
        matching = {
            speaker for name, speaker in similar.items() if contains_any_run(name, unpinned)
        }
        matching |= {speaker for speaker in similar.values() if contains_any_run(speaker, unpinned)}
        names = {*matching, *(name for name, speaker in similar.items() if speaker in matching)}
        # outlets.yml and people's rulings may join names of any spelling, so the other names of
        # these speakers need not be similar to what was typed.
        merged = self._merged_speakers(runs)
        names |= merged
        canonical |= merged | (matching & set(self.pinned_names.values()))
        names |= self.names.aliases_of(sorted(canonical)).keys() if canonical else set()
        return tuple(
            sorted(name for name in names if not contains_any_run(name, unpinned))[:MAX_ALIASES]
        )

    def near(self, typed: str) -> list[NearSpeaker]:
        """Return whom a mistyped name may mean, nearest first."""
        return near_speakers(typed[:MAX_TYPED_LENGTH], self.names.all())

    def _merged_speakers(self, runs: Iterable[tuple[str, ...]]) -> set[str]:
        """Return the canonical names of the speakers that people have merged and who have one of
        these names."""
        merged = combine_rulings(self.name_rulings.in_force()).merged
        matching = [name for names in merged for name in names if contains_any_run(name, runs)]
        return set(self.names.canonical_names(matching).values()) if matching else set()

    def _similar_aliases(self, runs: Iterable[tuple[str, ...]]) -> dict[str, str]:
        """Return aliases that may contain one of these runs, with their canonical names."""
        blocks = {block for run in runs for block in candidate_blocks(run)}
        return self.names.aliases_in(sorted(blocks)) if blocks else {}

    @cached_property
    def pinned_names(self) -> dict[tuple[str, ...], str]:
        """The names in outlets.yml, as folded words, with their canonical names."""
        return {
            fold_name(name): known_name.name
            for known_name in self.known_names
            for name in (*known_name.aliases, known_name.name)
        }


@dataclass(eq=False, repr=False, kw_only=True)
class PrintedRoles:
    """Finds the roles that articles print for the speakers of claims."""

    archive: store.Archive
    index: OpenIndex

    def find(self, claims: Iterable[Claim], typed: Sequence[str]) -> dict[str, str]:
        """Return the printed role of each claim's speaker, by claim id, if it is one of those typed
        after `by:`."""
        # Most people type a name, which is no role of those who have it.
        runs = [fold_name(one) for one in typed]
        claims = [
            claim
            for claim in claims
            if typed and claim.speaker and not contains_any_run(claim.speaker, runs)
        ]
        roles = self.archive.roles([claim.article_id for claim in claims]) if claims else {}
        is_same_role = self.index().is_same_role
        return {
            claim.id: role
            for claim in claims
            for role in reversed(roles.get((claim.article_id, claim.speaker or ""), ()))
            if any(is_same_role(role, one) for one in typed)
        }

    def add(self, hits: Iterable[Hit], typed: Sequence[str]) -> tuple[Hit, ...]:
        """Add these roles to hits."""
        hits = tuple(hits)
        if not (roles := self.find((hit.claim for hit in hits), typed)):
            return hits
        return tuple(replace(hit, role=roles.get(hit.claim.id, hit.role)) for hit in hits)


def contains_any_run(name: str, runs: Iterable[tuple[str, ...]]) -> bool:
    """Whether a name contains one of these runs of consecutive words."""
    words = fold_name(name)
    return any(
        words[start : start + len(run)] == run
        for run in runs
        for start in range(len(words) - len(run) + 1)
    )
