"""Turn the extraction of an article into claims with stable ids. Pure."""

from __future__ import annotations

import bisect
import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.languages.table import claim_words
from bot.model import (
    FOREIGN_PARAGRAPH,
    UNATTRIBUTED,
    Article,
    Attribution,
    Claim,
    ClaimKind,
    Extraction,
    NearbyAttribution,
    Spans,
    pieces,
)
from bot.text.languages import count_letters
from bot.text.negation import extend_to_negation

MAX_RECIPIENT_WORDS = 6
"""The longest recipient, with place or time: "told shipping companies in private"."""

ENDORSING_STANCES = ("said", "claimed", "confirmed", "warned")
"""Stances of an outer source that reports the inner statement as really made."""

MIN_PARAGRAPH_LETTERS = 40
"""Shorter lines are headings and bylines."""


def make_claims(article: Article, extraction: Extraction, outlets: Iterable[str]) -> list[Claim]:
    """Return the claims of an article in reading order.

    Events are among them, for those that were claims before: see `without_events`.

    `outlets` are the names of known outlets. If one of them reports something, the attributions
    that follow may belong to its report.
    """
    text = article.text
    paragraphs = _Paragraphs(extraction.paragraphs)
    ids = _ClaimIds(article.id)
    by_id = {attribution.id: attribution for attribution in extraction.attributions}
    attributions = [each for each in extraction.attributions if not _repeats_outer(each, by_id)]
    spans = {each.id: _without_that(text, each.content) for each in attributions}
    claim_ids = {id_: ids.make("attribution", content) for id_, content in spans.items()}
    reports = _Reports(text, extraction.attributions, paragraphs, outlets)
    claims = []
    for attribution in attributions:
        attribution = _without_distant_source(attribution, paragraphs)
        cue = _with_recipient(text, attribution)
        content = spans[attribution.id]
        claims.append(
            Claim(
                id=claim_ids[attribution.id],
                article_id=article.id,
                kind="attribution",
                text=pieces(text, content),
                spans=content,
                paragraph=paragraphs.number(attribution.content[0][0]),
                type=attribution.type,
                speaker=attribution.speaker,
                guess=attribution.guess,
                source=pieces(text, attribution.source) or None,
                cue=pieces(text, cue) or None,
                source_kind=attribution.source_kind,
                act=attribution.act,
                stance=attribution.stance,
                negative=attribution.negative,
                via=attribution.via,
                inside=claim_ids.get(attribution.inside or ""),
                said_on=attribution.said_on,
                said_on_inferred=attribution.said_on_inferred,
                **_confidences(attribution),
                source_spans=attribution.source,
                cue_spans=cue,
                outer_cue=_outer_cue(text, attribution, by_id),
            )
        )
    claims += _unattributed_claims(article, extraction, ids, paragraphs, reports)
    return sorted(claims, key=lambda claim: claim.spans)


def _without_distant_source(attribution: Attribution, paragraphs: _Paragraphs) -> Attribution:
    """Leave out a source in another paragraph, unless it surely is this quotation's."""
    own = paragraphs.number(attribution.content[0][0])
    if attribution.speaker or any(paragraphs.number(at) == own for at, _ in attribution.source):
        return attribution
    return replace(attribution, source=(), cue=(), source_kind="none")


def _unattributed_claims(
    article: Article,
    extraction: Extraction,
    ids: _ClaimIds,
    paragraphs: _Paragraphs,
    reports: _Reports,
) -> Iterator[Claim]:
    by_id = {attribution.id: attribution for attribution in extraction.attributions}
    for sentence in extraction.unattributed:
        yield Claim(
            id=ids.make(UNATTRIBUTED, sentence.content),
            article_id=article.id,
            kind=UNATTRIBUTED,
            text=pieces(article.text, sentence.content),
            spans=sentence.content,
            paragraph=paragraphs.number(sentence.content[0][0]),
            near=_nearby_attribution(article.text, by_id.get(sentence.near or ""), reports),
            checkable=sentence.checkable,
        )


def _confidences(attribution: Attribution) -> dict[str, Any]:
    return {
        "confidence": attribution.confidence,
        "speaker_confidence": attribution.speaker_confidence,
    }


def make_paragraph_claims(article: Article, paragraphs: Spans) -> list[Claim]:
    """Return the paragraphs of an article as claims, without headings and other short lines."""
    ids = _ClaimIds(article.id)
    return [
        Claim(
            id=ids.make(FOREIGN_PARAGRAPH, (span,)),
            article_id=article.id,
            kind=FOREIGN_PARAGRAPH,
            text=article.text[slice(*span)],
            spans=(span,),
            paragraph=number,
        )
        for number, span in enumerate(paragraphs, start=1)
        if count_letters(article.text[slice(*span)]) >= MIN_PARAGRAPH_LETTERS
    ]


def without_events(claims: Sequence[Claim], kept_ids: Collection[str] = ()) -> list[Claim]:
    """Leave out the events, except those to keep; what was inside one is inside what it was in."""
    outer_ids = {claim.id: claim.inside for claim in claims if claim.act == "event"}
    return [
        replace(claim, inside=_first_claim(claim.inside, outer_ids), outer_cue=None)
        if claim.inside in outer_ids
        else claim
        for claim in claims
        if claim.act != "event" or claim.id in kept_ids
    ]


def _first_claim(claim_id: str | None, outer_ids: Mapping[str, str | None]) -> str | None:
    """Return the innermost enclosing claim that is no event."""
    while claim_id is not None and claim_id in outer_ids:
        claim_id = outer_ids[claim_id]
    return claim_id


def copy_claims(claims: Sequence[Claim], article_id: str) -> list[Claim]:
    """Copy the claims of an article to another with the same text.

    The ids are those that `make_claims` and `make_paragraph_claims` would give.
    """
    ids = _ClaimIds(article_id)
    new_ids = {claim.id: ids.make(claim.kind, claim.spans) for claim in claims}
    return [
        replace(
            claim,
            id=new_ids[claim.id],
            article_id=article_id,
            inside=new_ids.get(claim.inside or ""),
        )
        for claim in claims
    ]


def _without_that(text: str, content: Spans) -> Spans:
    """Remove a leading "that" from content, so that it can be read by itself.

    A "whether" stays: without it a question would read like a statement.
    """
    (start, end), *others = content
    leading_that = claim_words.THAT_CONJUNCTION.match(text, start, end)
    return ((leading_that.end() if leading_that else start, end), *others)


def _repeats_outer(attribution: Attribution, by_id: Mapping[str, Attribution]) -> bool:
    """Whether a speaker quotes themselves ("I think …"). The outer claim is enough."""
    outer = by_id.get(attribution.inside or "")
    return outer is not None and outer.speaker == attribution.speaker


def _with_recipient(text: str, attribution: Attribution) -> Spans:
    """Extend a cue by the recipient that follows it ("told Putin").

    The recipient ends before the content, the source or the next punctuation mark, and must be
    short.
    """
    cue = attribution.cue
    if not cue or not claim_words.ADDRESSING_CUE.search(text, *cue[-1]):
        return cue
    start, end = cue[-1]
    next_starts = [
        span_start
        for span_start, _ in (*attribution.content, *attribution.source)
        if span_start >= end
    ]
    recipient = claim_words.ADDRESSEE.match(text, end, min(next_starts, default=len(text)))
    # A full stop after "Mr" does not end the recipient: the name follows.
    if (
        not recipient
        or len(recipient[0].split()) > MAX_RECIPIENT_WORDS
        or claim_words.ABBREVIATION.match(text, *_last_word(recipient))
    ):
        return cue
    return (*cue[:-1], (start, recipient.end()))


def _outer_cue(text: str, attribution: Attribution, by_id: Mapping[str, Attribution]) -> str | None:
    """Return the cue of the enclosing attribution, unless it endorses the inner statement."""
    outer = by_id.get(attribution.inside or "")
    if outer is None or (outer.stance in ENDORSING_STANCES and not outer.negative):
        return None
    cue = extend_to_negation(text, outer.cue, outer.source, 0) if outer.negative else outer.cue
    return " ".join(text[start:end] for start, end in cue) or None


def _last_word(phrase: re.Match[str]) -> tuple[int, int]:
    """Return the span of the last word of a phrase and the character after it."""
    return phrase.end() - len(phrase[0].split()[-1]), phrase.end() + 1


def _nearby_attribution(
    text: str, attribution: Attribution | None, reports: _Reports
) -> NearbyAttribution | None:
    if not attribution:
        return None
    source = attribution.speaker or pieces(text, attribution.source)
    if not source:
        return None
    return NearbyAttribution(
        speaker=source,
        text=pieces(text, _without_that(text, attribution.content)),
        report=reports.outlet_of(attribution),
    )


class _ClaimIds:
    """Makes ids from article, kind and content spans; a counter tells equal claims apart."""

    def __init__(self, article_id: str) -> None:
        self._article_id = article_id
        self._counts: Counter[tuple[str, Spans]] = Counter()

    def make(self, kind: ClaimKind, spans: Spans) -> str:
        number = self._counts[kind, spans]
        self._counts[kind, spans] += 1
        key = f"{self._article_id} {kind} {spans} {number}"
        return hashlib.sha256(key.encode()).hexdigest()[:16]


class _Paragraphs:
    """Numbers an article's paragraphs from 1."""

    def __init__(self, paragraphs: Spans) -> None:
        self._starts = [start for start, _ in paragraphs]

    def number(self, position: int) -> int:
        return bisect.bisect_right(self._starts, position)


class _Reports:
    """Finds the outlet to whose report an attribution seems to belong.

    An outlet must have reported something in the same or the previous paragraph, nobody else may
    have spoken in between, and the speaker must not be named ("the advisers said").
    """

    def __init__(
        self,
        text: str,
        attributions: tuple[Attribution, ...],
        paragraphs: _Paragraphs,
        outlets: Iterable[str],
    ) -> None:
        self._text, self._paragraphs = text, paragraphs
        self._outlets = {name.casefold() for name in outlets}
        self._outlet_by_id: dict[str, str | None] = {}
        previous: Attribution | None = None
        for attribution in attributions:
            self._outlet_by_id[attribution.id] = self._find_outlet(previous, attribution)
            previous = attribution

    def outlet_of(self, attribution: Attribution) -> str | None:
        return self._outlet_by_id[attribution.id]

    def _find_outlet(self, previous: Attribution | None, attribution: Attribution) -> str | None:
        if previous is None or attribution.source_kind not in ("described", "unnamed"):
            return None
        paragraph = self._paragraphs.number(attribution.content[0][0])
        previous_paragraph = self._paragraphs.number(previous.content[0][0])
        if paragraph - previous_paragraph > 1:
            return None
        if self._is_report(previous):
            return previous.speaker
        is_same_speaker = previous.speaker == attribution.speaker
        return self._outlet_by_id[previous.id] if is_same_speaker else None

    def _is_report(self, attribution: Attribution) -> bool:
        cue = pieces(self._text, attribution.cue).casefold()
        is_outlet = (attribution.speaker or "").casefold() in self._outlets
        return (
            is_outlet and not attribution.negative and bool(claim_words.REPORTING_CUE.search(cue))
        )
