"""How claims leave the store for people: doubts shown as doubts, names with what they stand for."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot import store
from bot.config import KnownName
from bot.errors import NotFoundError
from bot.model import ArticleCard, Claim, Context, Gone, Hit, Row, Spans
from bot.newsroom.articles.claim_spans import passage_in
from bot.speakers.rulings import rules_from
from bot.speakers.spelling import candidate_blocks, folded
from bot.statements.back_references import refers_back
from bot.statements.rows import group_into_rows
from bot.words import say
from bot.words.dates import short_date

MOST_ALIASES = 200
"""Of the names in one query; "by:li" may mean hundreds of people."""


@dataclass(eq=False, repr=False, kw_only=True)
class ShownClaims:
    """Claims as people see them: in answers and digests, with their passages, and one by its id."""

    archive: store.Archive
    names: store.SpeakerNames
    posted: store.PostedMessages
    unsure_below: float

    def by_id(self, claim_ids: Sequence[str]) -> dict[str, tuple[Claim, ArticleCard]]:
        """Claims by id with their articles' cards, as people are to see them; ids that are gone
        are left out."""
        found = self.archive.claims_by_id(claim_ids) if claim_ids else {}
        return {
            claim_id: (_shown(claim, stands, self.unsure_below), card)
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
        stands = self.names.speakers(list(named)) if named else {}
        return [
            _shown(claim, stands.get(claim.speaker or ""), self.unsure_below) for claim in claims
        ]

    def with_passages(self, hits: Iterable[Hit]) -> list[Hit]:
        """Hits with the printed sentences in which their claims stand.

        It takes an article's text, so it is done to those alone that are shown.
        """
        hits = list(hits)
        texts = self.archive.texts({hit.claim.article_id for hit in hits if hit.claim.spans})
        return [
            replace(hit, passage=passage_in(*texts[hit.claim.article_id], hit.claim))
            if hit.claim.article_id in texts
            else hit
            for hit in hits
        ]

    def group_rows(self, hits: Sequence[Hit]) -> tuple[Row, ...]:
        """The rows of some hits: those that report one statement together, with their disputes."""
        pointing = [hit.claim for hit in hits if refers_back(hit.claim)]
        # Of denials that do not say what they deny, the sentence before is needed.
        texts = self.archive.texts({claim.article_id for claim in pointing if claim.spans})
        around = {
            claim.id: passage.spans
            for claim in pointing
            if claim.article_id in texts
            and (passage := passage_in(*texts[claim.article_id], replace(claim, unsure=True)))
        }
        return group_into_rows(hits, around)

    def make_hits(
        self, ranked: Sequence[tuple[str, float]], *, by_meaning: bool = False
    ) -> tuple[Hit, ...]:
        """Claims that were found, with their scores, as hits; ids that are gone are left out."""
        rows = self.by_id([claim_id for claim_id, _ in ranked])
        return tuple(
            Hit(
                claim=rows[claim_id][0],
                article=rows[claim_id][1],
                score=score,
                by_meaning=by_meaning,
            )
            for claim_id, score in ranked
            if claim_id in rows  # the index may be a moment behind a removal
        )

    def load_hit(self, claim_id: str) -> Hit:
        """One claim by its id. Raises NotFoundError."""
        rows = self.by_id([claim_id])
        if claim_id not in rows:
            raise self.gone_error(claim_id)
        claim, card = rows[claim_id]
        (hit,) = self.with_passages([Hit(claim=claim, article=card, score=0.0)])
        return hit

    def gone_error(self, claim_id: str) -> NotFoundError:
        """The error that says why a claim can't be shown any more."""
        return NotFoundError(
            say("gone.claim"),
            cause=_why_gone(self.posted.gone([claim_id]).get(claim_id)),
            remedy=say("gone.search_again"),
        )

    def context(self, claim_id: str) -> Context:
        """The paragraph that a claim stands in, and its neighbours. Raises NotFoundError.

        Of a claim that runs over several paragraphs these are all one; an imported claim, whose
        article is not here, is its own paragraph.
        """
        found = self.archive.claim_in_text(claim_id)
        if found is None:
            raise self.gone_error(claim_id)
        ((claim, card),) = self.shown([(found.claim, found.card)])
        spans, text, lines = claim.spans, found.text, found.paragraphs
        passage = passage_in(text, lines, claim)
        hit = Hit(claim=claim, article=card, score=0.0, passage=passage)
        if not spans:
            return Context(hit=hit, paragraph=claim.text, marked=((0, len(claim.text)),))
        starts = [start for start, _ in lines]
        first = bisect.bisect_right(starts, spans[0][0]) - 1
        last = bisect.bisect_right(starts, spans[-1][1] - 1) - 1
        start, end = lines[first][0], lines[last][1]
        marked: Spans = tuple((s - start, e - start) for s, e in spans)
        return Context(
            hit=hit,
            paragraph=text[start:end],
            marked=marked,
            before=text[slice(*lines[first - 1])] if first else None,
            after=text[slice(*lines[last + 1])] if last + 1 < len(lines) else None,
        )


@dataclass(eq=False, repr=False, kw_only=True)
class PrintedNames:
    """The names by which articles also call a speaker."""

    names: store.SpeakerNames
    name_rulings: store.NameRulings
    known: Sequence[KnownName]

    def aliases_for(self, asked: Sequence[str]) -> tuple[str, ...]:
        """The names, to the character, by which articles also call speakers that are called by one
        of these; of a name that the newsroom pins, only those of the one who is meant."""
        runs = {folded(name) for name in asked} - {()}
        pins = {self.pinned[run] for run in runs if run in self.pinned}
        free = runs - self.pinned.keys()
        near = self._near(free)
        called = {speaker for name, speaker in near.items() if contains_any_run(name, free)}
        called |= {speaker for speaker in near.values() if contains_any_run(speaker, free)}
        meant = {*called, *(name for name, speaker in near.items() if speaker in called)}
        # A pin may join names of any spelling: those of one are not all near one another. So may
        # people, and the name that stands for these may be far from all that was typed.
        pins |= called & set(self.pinned.values())
        if one := self._ruled_one(runs):
            meant |= one
            pins |= one
        meant |= self.names.aliases_of(sorted(pins)).keys() if pins else set()
        return tuple(
            sorted(name for name in meant if not contains_any_run(name, free))[:MOST_ALIASES]
        )

    def _ruled_one(self, runs: Iterable[tuple[str, ...]]) -> set[str]:
        """The names that stand for speakers who are called by one of these, and of whom people
        have ruled that several names are theirs."""
        joined = rules_from(self.name_rulings.in_force()).merged
        called = [one for names in joined for one in names if contains_any_run(one, runs)]
        return set(self.names.speakers(called).values()) if called else set()

    def _near(self, runs: Iterable[tuple[str, ...]]) -> dict[str, str]:
        """The names for which others stand, among those that may hold one of these runs."""
        blocks = {block for run in runs for block in candidate_blocks(run)}
        return self.names.aliases_in(sorted(blocks)) if blocks else {}

    @cached_property
    def pinned(self) -> dict[tuple[str, ...], str]:
        """What outlets.yml calls speakers and outlets, in folded words, each with the name that it
        shows them by."""
        return {folded(name): one.name for one in self.known for name in (*one.aliases, one.name)}


def _why_gone(gone: Gone | None) -> str:
    if gone is None:
        return say("gone.why_unknown")
    by = gone.outlet or say("gone.publisher")
    return say(f"gone.why_{gone.reason}", by=by, on=short_date(gone.on))


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


def contains_any_run(name: str, runs: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of these runs of words stands in a name, one word after the other."""
    words = folded(name)
    return any(
        words[at : at + len(run)] == run for run in runs for at in range(len(words) - len(run) + 1)
    )
