"""How claims leave the store for people: doubts shown as doubts, names with what they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from bot.model import ArticleCard, Claim, Hit, Row
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.rooms import Rooms
from bot.speakers.rulings import ruled
from bot.speakers.spelling import blocks_asked, folded
from bot.statements.grouping import grouped
from bot.statements.pointing import points_back

MOST_ALIASES = 200
"""Of the names in one query; "by:li" may mean hundreds of people."""


class Showing(Rooms):
    """Claims for answers and digests, and the names by which speakers are also printed."""

    def claims_shown(self, claim_ids: Sequence[str]) -> dict[str, tuple[Claim, ArticleCard]]:
        """Claims by id with their articles' cards, as people are to see them; ids that are gone
        are left out."""
        found = self.store.archive.found(claim_ids) if claim_ids else {}
        below = self.settings.extract.unsure_below
        return {
            claim_id: (_shown(claim, stands, below), card)
            for claim_id, (claim, card, stands) in found.items()
        }

    def shown(self, filed: list[tuple[Claim, ArticleCard]]) -> list[tuple[Claim, ArticleCard]]:
        """Claims with their articles' cards, as people are to see them."""
        claims = self.as_shown([claim for claim, _ in filed])
        return [(claim, card) for claim, (_, card) in zip(claims, filed, strict=True)]

    def as_shown(self, claims: Sequence[Claim]) -> list[Claim]:
        """Claims with nobody named where the extractor was too unsure, and with the name that
        stands for their speaker where an article prints less of it."""
        named = {c.speaker for c in claims if c.speaker and c.source_kind == "named"}
        stands = self.store.names.speakers(list(named)) if named else {}
        below = self.settings.extract.unsure_below
        return [_shown(claim, stands.get(claim.speaker or ""), below) for claim in claims]

    def with_passages(self, hits: Iterable[Hit]) -> list[Hit]:
        """Hits with the printed sentences in which their claims stand.

        It takes an article's text, so it is done to those alone that are shown.
        """
        hits = list(hits)
        texts = self.store.archive.texts({hit.claim.article_id for hit in hits if hit.claim.spans})
        return [
            replace(hit, passage=passage_in(*texts[hit.claim.article_id], hit.claim))
            if hit.claim.article_id in texts
            else hit
            for hit in hits
        ]

    def rows_of(self, hits: Sequence[Hit]) -> tuple[Row, ...]:
        """The rows of some hits: those that report one statement together, with their disputes."""
        pointing = [hit.claim for hit in hits if points_back(hit.claim)]
        # Of denials that do not say what they deny, the sentence before is needed.
        texts = self.store.archive.texts({claim.article_id for claim in pointing if claim.spans})
        around = {
            claim.id: passage.spans
            for claim in pointing
            if claim.article_id in texts
            and (passage := passage_in(*texts[claim.article_id], replace(claim, unsure=True)))
        }
        return grouped(hits, around)

    def also_printed(self, asked: Sequence[str]) -> tuple[str, ...]:
        """The names, to the character, by which articles also call speakers that are called by one
        of these; of a name that the newsroom pins, only those of the one who is meant."""
        runs = {folded(name) for name in asked} - {()}
        pins = {self.pinned[run] for run in runs if run in self.pinned}
        free = runs - self.pinned.keys()
        near = self._near(free)
        called = {speaker for name, speaker in near.items() if holds_any(name, free)}
        called |= {speaker for speaker in near.values() if holds_any(speaker, free)}
        meant = {*called, *(name for name, speaker in near.items() if speaker in called)}
        # A pin may join names of any spelling: those of one are not all near one another. So may
        # people, and the name that stands for these may be far from all that was typed.
        pins |= called & set(self.pinned.values())
        if one := self._ruled_one(runs):
            meant |= one
            pins |= one
        meant |= self.store.names.aliases_of(sorted(pins)).keys() if pins else set()
        return tuple(sorted(name for name in meant if not holds_any(name, free))[:MOST_ALIASES])

    def _ruled_one(self, runs: Iterable[tuple[str, ...]]) -> set[str]:
        """The names that stand for speakers who are called by one of these, and of whom people
        have ruled that several names are theirs."""
        joined = ruled(self.store.name_rulings.standing()).joined
        called = [one for names in joined for one in names if holds_any(one, runs)]
        return set(self.store.names.speakers(called).values()) if called else set()

    def _near(self, runs: Iterable[tuple[str, ...]]) -> dict[str, str]:
        """The names for which others stand, among those that may hold one of these runs."""
        blocks = {block for run in runs for block in blocks_asked(run)}
        return self.store.names.aliases_in(sorted(blocks)) if blocks else {}

    @cached_property
    def pinned(self) -> dict[tuple[str, ...], str]:
        """What outlets.yml calls speakers and outlets, in folded words, each with the name that it
        shows them by."""
        known = self.settings.outlets + self.settings.speakers
        return {folded(name): one.name for one in known for name in (*one.aliases, one.name)}


# Who is called so, only other sentences say.
NOBODY_BY_NAME = frozenset(("he", "she", "it", "they", "we", "i", "who", "one", "which"))


def _shown(claim: Claim, stands: str | None, below: float) -> Claim:
    called = (claim.speaker or claim.source or "").casefold()
    is_pronoun = called in NOBODY_BY_NAME and not claim.corrected
    if is_pronoun or (claim.speaker and claim.confidence < below):
        return replace(claim, unsure=True)
    sure = claim.speaker and claim.source_kind == "named" and not claim.unsure
    if stands and sure and _tells_more(stands, claim.speaker or ""):
        return replace(claim, known_as=stands)
    return claim


def _tells_more(stands: str, printed: str) -> bool:
    return not set(folded(stands)) <= set(folded(printed))


def holds_any(name: str, runs: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of these runs of words stands in a name, one word after the other."""
    words = folded(name)
    return any(
        words[at : at + len(run)] == run for run in runs for at in range(len(words) - len(run) + 1)
    )
