"""Prepare stored claims for people: canonical names are added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot import store
from bot.errors import NotFoundError
from bot.model import ANYONE, ArticleCard, Claim, Context, Gone, Hit
from bot.newsroom.articles.claim_spans import enclosing_paragraphs, passage_in
from bot.speakers.rulings import combine_rulings
from bot.speakers.spelling import fold_name
from bot.statements.rows import sort_reports
from bot.words import say
from bot.words.dates import short_date


@dataclass(eq=False, repr=False, kw_only=True)
class ShownClaims:
    """Loads claims in the form in which people see them."""

    archive: store.Archive
    names: store.SpeakerNames
    name_rulings: store.NameRulings
    posted_messages: store.PostedMessages

    def by_id(self, claim_ids: Sequence[str], viewer: str = ANYONE) -> dict[str, Hit]:
        """Return claims with their articles, by id, as people see them. Missing ids are left
        out, and so are claims that the viewer may not see."""
        return self._hits(self.archive.claims_by_id(claim_ids, viewer) if claim_ids else {})

    def reports(self, claim_ids: Sequence[str], viewer: str = ANYONE) -> dict[str, Hit]:
        """Return claims, like `by_id`, with all others that report the same statements."""
        return self._hits(self.archive.reports(claim_ids, viewer) if claim_ids else {})

    def _hits(self, found: Mapping[str, store.FoundClaim]) -> dict[str, Hit]:
        return {
            claim_id: Hit(
                claim=self._as_shown(claim, canonical_name),
                article=article,
                score=0.0,
                statement=statement,
                may_be_disputed=is_related,
            )
            for claim_id, (claim, article, canonical_name, statement, is_related) in found.items()
        }

    def pairs_as_shown(
        self, stored: Sequence[tuple[Claim, ArticleCard]]
    ) -> list[tuple[Claim, ArticleCard]]:
        """Return stored claims with their articles as people see them."""
        claims = self.as_shown([claim for claim, _ in stored])
        return [(claim, article) for claim, (_, article) in zip(claims, stored, strict=True)]

    def as_shown(self, claims: Sequence[Claim]) -> list[Claim]:
        """Return stored claims as people see them.

        A speaker's canonical name is added if it holds the printed one and more, if that is an
        acronym, or if people have ruled so: what only looks alike may be somebody else.
        """
        speakers = {
            claim.speaker for claim in claims if claim.speaker and claim.source_kind == "named"
        }
        canonical = self.names.canonical_names(list(speakers)) if speakers else {}
        return [self._as_shown(claim, canonical.get(claim.speaker or "")) for claim in claims]

    def _as_shown(self, claim: Claim, canonical: str | None) -> Claim:
        printed = claim.speaker
        if not (canonical and printed and claim.source_kind == "named") or printed == canonical:
            return claim
        words, known = set(fold_name(printed)), set(fold_name(canonical))
        if known <= words or not (
            words < known or printed.isupper() or self._are_merged(printed, canonical)
        ):
            return claim
        return replace(claim, known_as=canonical)

    def _are_merged(self, *names: str) -> bool:
        merged = combine_rulings(self.name_rulings.in_force()).merged
        return any({*names} <= {*group} for group in merged)

    def with_passages(self, hits: Iterable[Hit]) -> list[Hit]:
        """Add to each hit the printed sentences that contain its claim.

        This reads the articles' texts, so only do it for hits that will be shown.
        """
        hits = list(hits)
        article_ids = {hit.claim.article_id for hit in hits if hit.claim.spans}
        if not article_ids:
            return hits
        texts, claims = self.archive.texts(article_ids), defaultdict[str, list[Claim]](list)
        for claim in self.archive.claims_in(*article_ids):
            claims[claim.article_id].append(claim)
        return [
            replace(hit, passage=passage_in(*texts[id_], hit.claim, claims[id_]))
            if (id_ := hit.claim.article_id) in texts
            else hit
            for hit in hits
        ]

    def make_hits(
        self,
        ranked: Sequence[tuple[str, float]],
        *,
        by_meaning: bool = False,
        viewer: str = ANYONE,
    ) -> tuple[Hit, ...]:
        """Return claims, given by id and score, as hits. Missing ids are left out."""
        hits = self.by_id([claim_id for claim_id, _ in ranked], viewer)
        return tuple(
            replace(hits[claim_id], score=score, by_meaning=by_meaning)
            for claim_id, score in ranked
            if claim_id in hits  # the index may lag behind a removal
        )

    def load_hits(self, claim_ids: Sequence[str], viewer: str = ANYONE) -> dict[str, Hit]:
        """Return claims with their passages, by id. Missing ids are left out."""
        hits = self.with_passages(self.by_id(claim_ids, viewer).values())
        return {hit.claim.id: hit for hit in hits}

    def load_hit(self, claim_id: str, viewer: str = ANYONE) -> Hit:
        """Return a claim with its passage. Raises NotFoundError."""
        if hit := self.load_hits([claim_id], viewer).get(claim_id):
            return hit
        raise self.gone_error(claim_id)

    def load_public_hit(self, claim_id: str, viewer: str) -> Hit:
        """Return a claim that is to be shown to others, with its passage.

        Raises NotFoundError, also if only the viewer may see it.
        """
        hit = self.load_hit(claim_id, viewer)
        if hit.article.is_unreviewed:
            raise NotFoundError(
                say("review.not_for_others"),
                cause=say("review.not_for_others_why"),
                remedy=say("refusals.nothing_posted"),
            )
        return hit

    def find_reports(self, claim_id: str) -> list[Hit]:
        """Return a claim followed by those that report the same statement, first report first.

        Raises NotFoundError.
        """
        hit = self.load_hit(claim_id)
        reports = self.reports([claim_id])
        reports.pop(claim_id, None)
        return [hit, *self.with_passages(sort_reports(reports.values()))]

    def gone_error(self, claim_id: str) -> NotFoundError:
        """Return the error that says why a claim is no longer shown."""
        return NotFoundError(
            say("gone.claim"),
            cause=_gone_reason(self.posted_messages.gone_claims_by_id([claim_id]).get(claim_id)),
            remedy=say("gone.search_again"),
        )

    def context(self, claim_id: str, viewer: str = ANYONE) -> Context:
        """Return a claim with its paragraph and the paragraphs around it.

        If a claim extends over several paragraphs, these count as one. An imported claim, whose
        article is not stored, is its own paragraph. Raises NotFoundError.
        """
        stored = self.archive.claim_in_text(claim_id, viewer)
        if stored is None:
            raise self.gone_error(claim_id)
        ((claim, article),) = self.pairs_as_shown([(stored.claim, stored.card)])
        text, paragraphs = stored.text, stored.paragraphs
        passage = passage_in(text, paragraphs, claim)
        hit = Hit(
            claim=claim, article=article, score=0.0, passage=passage, statement=stored.statement
        )
        if not claim.spans:
            return Context(hit=hit, paragraph=claim.text, claim_spans=((0, len(claim.text)),))
        start, end = enclosing_paragraphs(claim.spans, paragraphs)
        spans_before = [span for span in paragraphs if span[1] <= start]
        spans_after = [span for span in paragraphs if span[0] >= end]
        return Context(
            hit=hit,
            paragraph=text[start:end],
            claim_spans=tuple((first - start, last - start) for first, last in claim.spans),
            before=text[slice(*spans_before[-1])] if spans_before else None,
            after=text[slice(*spans_after[0])] if spans_after else None,
        )


def unscored_hits(claims: Iterable[tuple[Claim, ArticleCard]]) -> list[Hit]:
    """Return claims with their articles as hits with score 0."""
    return [Hit(claim=claim, article=article, score=0.0) for claim, article in claims]


def _gone_reason(gone: Gone | None) -> str:
    if gone is None:
        return say("gone.why_unknown")
    publisher = gone.outlet or say("gone.publisher")
    return say(f"gone.why_{gone.reason}", by=publisher, on=short_date(gone.on))
