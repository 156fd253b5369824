"""What people need to correct a claim or an article, and what has been corrected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import store
from bot.corrections.claims import merged_changes
from bot.errors import NotFoundError
from bot.model import (
    ArticleCard,
    Claim,
    Correction,
    CurrentClaim,
    EditableClaim,
    Hit,
    Spans,
)
from bot.newsroom.articles.claim_spans import enclosing_paragraphs, passage_in, source_and_cue
from bot.newsroom.corrections.examples import Example, make_example
from bot.newsroom.search.shown import ShownClaims, contains_any_run
from bot.speakers import spelling
from bot.store.articles.shown import ClaimInText
from bot.words import say

MOST_SPEAKERS = 20
TERMINAL_TEAM = ""
"""The team of corrections that were made at a terminal, for every workspace."""

WORD = re.compile(r"[“”„«»\"‘’'`]{0,4}\w(?:\S*\w)?(?:[.,;:!?…]*[“”»\"’']+)?")
"""A word with the quotation marks around it, and with a full stop or comma only inside these: where
contents begin and end."""


@dataclass(eq=False, repr=False, kw_only=True)
class Correctables:
    """Claims and articles that can be corrected, and their corrections."""

    archive: store.Archive
    corrections: store.Corrections
    posted: store.PostedMessages
    claims: ShownClaims

    def article_card(self, article_id: str) -> ArticleCard:
        """An article as it reads. Raises NotFoundError where it is not shown."""
        try:
            return self.archive.card(article_id)
        except NotFoundError as error:
            raise _article_is_gone() from error

    def correction(self, correction_id: str) -> Correction:
        """One correction by its id. Raises NotFoundError."""
        correction = self.corrections.by_id(correction_id)
        if correction is None:
            raise NotFoundError(say("corrections.unknown"), subject=correction_id)
        return correction

    def current_claims(self, corrections: Sequence[Correction]) -> list[CurrentClaim]:
        """The claims and articles that corrections are of, as they stand by now."""
        ids = [one.claim_id for one in corrections if not one.is_of_article]
        present, gone = self.claims.by_id(ids), self.posted.gone(ids)
        found = (Hit(claim=claim, article=card, score=0.0) for claim, card in present.values())
        hits = {hit.claim.id: hit for hit in self.claims.with_passages(found)}
        return [
            CurrentClaim(card=self._card_if_there(one.article_id))
            if one.is_of_article
            else CurrentClaim(hit=hits.get(one.claim_id), gone=gone.get(one.claim_id))
            for one in corrections
        ]

    def _card_if_there(self, article_id: str) -> ArticleCard | None:
        try:
            return self.archive.card(article_id)
        except NotFoundError:
            return None

    def corrections_in_force(self, team: str, claim_id: str) -> list[Correction]:
        """The corrections that stand and by which a claim and its article read as they do, of a
        workspace: its own, the latest first, then those of others in its article whose names it has
        too (nearby, through whom), then the article's. Raises NotFoundError where the claim is
        gone."""
        within = self.claim_in_text(claim_id)
        claim, ids = within.claim, list[str]()
        if claim.corrected:
            beside = self.archive.claims_in(claim.article_id)
            ids += [claim.id, *(one.id for one in beside if _reads_of(claim, one))]
        if within.card.corrected:
            ids.append(within.card.id)
        listed = (self.corrections.find(state="accepted", claim_id=id_) for id_ in ids)
        return [one for several in listed for one in several if one.team in (team, TERMINAL_TEAM)]

    def editable_claim(self, claim_id: str) -> EditableClaim:
        """A claim with what a person needs to mend it. Raises NotFoundError where it is gone."""
        within = self.claim_in_text(claim_id)
        claim, (source, cue) = self.shown_claim(within), self.source_and_cue(within)
        start, end = enclosing_paragraphs(claim.spans, within.paragraphs) if claim.spans else (0, 0)
        words = tuple(found.span() for found in WORD.finditer(within.text, start, end))
        return EditableClaim(
            hit=Hit(
                claim=claim,
                article=within.card,
                score=0.0,
                passage=passage_in(within.text, within.paragraphs, claim),
            ),
            paragraph=within.text[start:end] if claim.spans else claim.text,
            start=start,
            words=words,
            source=_ranges(source, words),
            cue=_ranges(cue, words),
            content=_ranges(claim.spans, words),
            speakers=self._speakers_of(within.card.id),
        )

    def is_printed(self, claim_id: str, name: str) -> bool:
        """Whether a claim's article prints a name. Raises NotFoundError."""
        return _prints(self.claim_in_text(claim_id).text, name)

    def unprinted_name(self, claim_id: str) -> str | None:
        """The first of a corrected claim's names (who said it, through whom, nearby) that its
        article does not print. Raises NotFoundError."""
        within = self.claim_in_text(claim_id)
        claim = within.claim
        if not claim.corrected:
            return None
        near = claim.near.speaker if claim.near else None
        names = (claim.speaker, *claim.via, near)
        return next((name for name in names if name and not _prints(within.text, name)), None)

    def training_examples(self, *, as_found: bool = False) -> Iterator[Example]:
        """The articles that people have corrected, whole, as examples to train and score taggers
        with: their attributions as they read now or, `as_found`, as the extractor found them."""
        for article_id, found, said in self.corrections.corrected_articles():
            yield make_example(article_id, found, () if as_found else said)

    # -- the parts

    def claim_in_text(self, claim_id: str) -> ClaimInText:
        """A claim in its article's text. Raises NotFoundError."""
        within = self.archive.claim_in_text(claim_id)
        if within is None:
            raise self.claims.gone_error(claim_id)
        return within

    def shown_claim(self, within: ClaimInText) -> Claim:
        """A claim as people see it."""
        (claim,) = self.claims.as_shown([within.claim])
        return claim

    def source_and_cue(self, within: ClaimInText) -> tuple[Spans, Spans]:
        """Where a claim's source and cue stand: where people have said, or else nearby."""
        claim = within.claim
        source, cue = source_and_cue(within.text, within.paragraphs, claim)
        if claim.corrected:
            said = self.corrections.find(state="accepted", claim_id=claim.id)
            fields = merged_changes(within.text, claim, said)
            source = fields["source"].spans if fields.get("source") else source
            cue = fields["cue"].spans if fields.get("cue") else cue
        return source, cue

    def _speakers_of(self, article_id: str) -> tuple[str, ...]:
        claims = self.claims.as_shown(self.archive.claims_in(article_id))
        counted = Counter(one.speaker for one in claims if one.speaker and not one.unsure)
        return tuple(speaker for speaker, _ in counted.most_common(MOST_SPEAKERS))

    def gone_error(self, correction: Correction) -> NotFoundError:
        """The error that says that what a correction is of can't be shown any more."""
        if correction.is_of_article:
            return _article_is_gone()
        return self.claims.gone_error(correction.claim_id)


def _prints(text: str, name: str) -> bool:
    words = spelling.folded(name)
    return bool(words) and contains_any_run(text, [words])


def _reads_of(claim: Claim, other: Claim) -> bool:
    """Whether a claim has names or words from another one, which people have corrected."""
    if not other.corrected or other.id == claim.id:
        return False
    near, who = claim.near, other.speaker or other.source
    is_near = near is not None and (near.speaker, near.text) == (who, other.text)
    return is_near or bool(claim.inside and other.speaker in claim.via)


def _ranges(spans: Spans, words: Spans) -> Spans:
    """Which of some words spans touch, as ranges."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        touched = [n for n, (first, last) in enumerate(words) if first < end and start < last]
        if touched:
            out.append((touched[0], touched[-1] + 1))
    return tuple(out)


def _article_is_gone() -> NotFoundError:
    return NotFoundError(
        say("gone.article"),
        cause=say("gone.article_why"),
        remedy=say("refusals.nothing_changed"),
    )
