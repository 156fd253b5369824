"""Claims and articles that can be corrected, and the corrections made to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import store
from bot.corrections.claims import merge_changes
from bot.errors import NotFoundError
from bot.model import (
    ANYONE,
    ArticleCard,
    Claim,
    Correction,
    CurrentClaim,
    EditableClaim,
    Hit,
    Spans,
)
from bot.newsroom.articles.claim_spans import enclosing_paragraphs, passage_in, source_and_cue
from bot.newsroom.articles.shown_claims import ShownClaims
from bot.newsroom.corrections.examples import Example, make_example
from bot.newsroom.speakers.printed import contains_any_run
from bot.speakers import spelling
from bot.store.articles.shown import ClaimInText
from bot.words import say

MAX_SPEAKERS = 20
TERMINAL_TEAM = ""
"""The team of corrections made at a terminal, which apply to every workspace."""

WORD = re.compile(r"[“”„«»\"‘’'`]{0,4}\w(?:\S*\w)?(?:[.,;:!?…]*[“”»\"’']+)?")
"""A word with its quotation marks, where content can start or end. A full stop or comma is
part of it only inside the quotation marks."""


@dataclass(eq=False, repr=False, kw_only=True)
class CorrectionLookup:
    """Loads claims and articles for correction, and their corrections."""

    archive: store.Archive
    corrections: store.Corrections
    posted_messages: store.PostedMessages
    claims: ShownClaims

    def article_card(self, article_id: str) -> ArticleCard:
        """Return an article in its current form. Raises NotFoundError if it is not shown."""
        try:
            return self.archive.card(article_id)
        except NotFoundError as error:
            raise _article_gone_error() from error

    def correction(self, correction_id: str) -> Correction:
        """Return a correction by its id. Raises NotFoundError."""
        correction = self.corrections.by_id(correction_id)
        if correction is None:
            raise NotFoundError(say("corrections.unknown"), subject=correction_id)
        return correction

    def current_claims(self, corrections: Sequence[Correction]) -> list[CurrentClaim]:
        """Return the current form of each claim or article that a correction is about."""
        claim_ids = [
            correction.claim_id for correction in corrections if not correction.is_of_article
        ]
        hits, gone = (
            self.claims.load_hits(claim_ids),
            self.posted_messages.gone_claims_by_id(claim_ids),
        )
        return [
            CurrentClaim(card=self._card_or_none(correction.article_id))
            if correction.is_of_article
            else CurrentClaim(hit=hits.get(correction.claim_id), gone=gone.get(correction.claim_id))
            for correction in corrections
        ]

    def _card_or_none(self, article_id: str) -> ArticleCard | None:
        try:
            return self.archive.card(article_id)
        except NotFoundError:
            return None

    def corrections_in_force(
        self, team: str, claim_id: str, viewer: str = ANYONE
    ) -> list[Correction]:
        """Return a workspace's accepted corrections that affect a claim.

        The claim's own come first, latest first. Then come those of other claims in the article
        that it names, nearby or as a relaying source, and last those of the article. Raises
        NotFoundError if the claim is gone, or the viewer may not see it.
        """
        stored = self.claim_in_text(claim_id, viewer)
        claim, ids = stored.claim, list[str]()
        if claim.corrected:
            ids.append(claim.id)
            ids += [
                other.id
                for other in self.archive.claims_in(claim.article_id)
                if _depends_on(claim, other)
            ]
        if stored.card.corrected:
            ids.append(stored.card.id)
        return [
            correction
            for id_ in ids
            for correction in self.corrections.find(state="accepted", claim_id=id_)
            if correction.team in (team, TERMINAL_TEAM)
        ]

    def editable_claim(self, claim_id: str) -> EditableClaim:
        """Return a claim with what the correction form shows. Raises NotFoundError."""
        stored = self.claim_in_text(claim_id)
        claim, (source, cue) = self.shown_claim(stored), self.source_and_cue(stored)
        start, end = enclosing_paragraphs(claim.spans, stored.paragraphs) if claim.spans else (0, 0)
        words = tuple(match.span() for match in WORD.finditer(stored.text, start, end))
        return EditableClaim(
            hit=Hit(
                claim=claim,
                article=stored.card,
                score=0.0,
                passage=passage_in(stored.text, stored.paragraphs, claim),
            ),
            paragraph=stored.text[start:end] if claim.spans else claim.text,
            start=start,
            words=words,
            source=_word_ranges(source, words),
            cue=_word_ranges(cue, words),
            content=_word_ranges(claim.spans, words),
            speakers=self._speakers_in(stored.card.id),
        )

    def is_printed(self, claim_id: str, name: str) -> bool:
        """Whether a claim's article prints a name. Raises NotFoundError."""
        return _contains_name(self.claim_in_text(claim_id).text, name)

    def corrected_fields(self, claim_id: str) -> frozenset[str]:
        """Return the fields of a claim whose values are those of a correction in force."""
        accepted = self.corrections.find(state="accepted", claim_id=claim_id)
        return frozenset(name for one in accepted if not one.is_pending for name in one.changes)

    def unprinted_name(self, claim_id: str) -> str | None:
        """Return the first name in a corrected claim that its article does not print.

        The speaker, the relaying sources and the nearby speaker are checked. Raises NotFoundError.
        """
        stored = self.claim_in_text(claim_id)
        claim = stored.claim
        if not claim.corrected:
            return None
        names = (claim.speaker, *claim.via, claim.near.speaker if claim.near else None)
        return next(
            (name for name in names if name and not _contains_name(stored.text, name)), None
        )

    def training_examples(self, *, as_found: bool = False) -> Iterator[Example]:
        """Yield the corrected articles as examples for training and scoring taggers.

        They have the attributions after correction or, with `as_found`, those of the extractor.
        """
        for article_id, extracted, corrections in self.corrections.corrected_articles():
            yield make_example(article_id, extracted, () if as_found else corrections)

    def claim_in_text(self, claim_id: str, viewer: str = ANYONE) -> ClaimInText:
        """Return a claim with its article's text. Raises NotFoundError."""
        stored = self.archive.claim_in_text(claim_id, viewer)
        if stored is None:
            raise self.claims.gone_error(claim_id)
        return stored

    def shown_claim(self, stored: ClaimInText) -> Claim:
        """Return a stored claim as people see it."""
        (claim,) = self.claims.as_shown([stored.claim])
        return claim

    def source_and_cue(self, stored: ClaimInText) -> tuple[Spans, Spans]:
        """Return the spans of a claim's source and cue: corrected, stored, or found in the text."""
        claim = stored.claim
        source, cue = source_and_cue(stored.text, stored.paragraphs, claim)
        if claim.corrected:
            accepted = self.corrections.find(state="accepted", claim_id=claim.id)
            fields = merge_changes(stored.text, claim, accepted)
            source = fields["source"].spans if fields.get("source") else source
            cue = fields["cue"].spans if fields.get("cue") else cue
        return source, cue

    def _speakers_in(self, article_id: str) -> tuple[str, ...]:
        claims = self.claims.as_shown(self.archive.claims_in(article_id))
        counts = Counter(claim.speaker for claim in claims if claim.speaker)
        return tuple(speaker for speaker, _ in counts.most_common(MAX_SPEAKERS))

    def gone_error(self, correction: Correction) -> NotFoundError:
        """Return the error for a correction whose claim or article is no longer shown."""
        if correction.is_of_article:
            return _article_gone_error()
        return self.claims.gone_error(correction.claim_id)


def _contains_name(text: str, name: str) -> bool:
    words = spelling.fold_name(name)
    return bool(words) and contains_any_run(text, [words])


def _depends_on(claim: Claim, other: Claim) -> bool:
    """Whether a claim contains names or words of another claim that has been corrected."""
    if not other.corrected or other.id == claim.id:
        return False
    nearby, speaker = claim.near, other.speaker or other.source
    is_nearby = nearby is not None and (nearby.speaker, nearby.text) == (speaker, other.text)
    return is_nearby or bool(claim.inside and other.speaker in claim.via)


def _word_ranges(spans: Spans, words: Spans) -> Spans:
    """Return for each span the range of indices of the words that it touches."""
    ranges: list[tuple[int, int]] = []
    for start, end in spans:
        indices = [
            index for index, (first, last) in enumerate(words) if first < end and start < last
        ]
        if indices:
            ranges.append((indices[0], indices[-1] + 1))
    return tuple(ranges)


def _article_gone_error() -> NotFoundError:
    return NotFoundError(
        say("gone.article"),
        cause=say("gone.article_why"),
        remedy=say("refusals.nothing_changed"),
    )
