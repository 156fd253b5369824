"""Turn what the extractor found in an article into claims, filed under ids that last. Pure."""

from __future__ import annotations

import bisect
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

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
from bot.text.negation import with_negation

MAX_RECIPIENT_WORDS = 6
"""Words of whom they told, and where or when: "told shipping companies in private"."""


ENDORSING = ("said", "claimed", "confirmed", "warned")
"""Stances of whoever passes on what another said, as having been said."""

MIN_LETTERS = 40
"""Of a paragraph; shorter lines are headings and bylines."""


def make_claims(article: Article, extraction: Extraction, outlets: Iterable[str]) -> list[Claim]:
    """The claims of one article in reading order.

    `outlets` are names of outlets: where one of them reports something, what follows may be shown
    as standing near its report.
    """
    paragraphs = _Paragraphs(extraction.paragraphs)
    ids = _Ids(article.id)
    by_id = {a.id: a for a in extraction.attributions}
    filed = [a for a in extraction.attributions if not _repeats_outer(a, by_id)]
    spans = {a.id: _without_that(article.text, a.content) for a in filed}
    claim_ids = {a.id: ids.take("attribution", spans[a.id]) for a in filed}
    reports = _Reports(article.text, extraction.attributions, paragraphs, outlets)
    answered = {
        a.id: _answered(article.text, n, filed, by_id, paragraphs) for n, a in enumerate(filed)
    }
    claims = [
        Claim(
            id=claim_ids[a.id],
            article_id=article.id,
            kind="attribution",
            text=pieces(article.text, spans[a.id]),
            spans=spans[a.id],
            paragraph=paragraphs.number(a.content[0][0]),
            type=a.type,
            speaker=a.speaker,
            source=pieces(article.text, a.source) or None,
            cue=pieces(article.text, _with_told(article.text, a)) or None,
            source_kind=a.source_kind,
            stance=a.stance,
            negative=a.negative,
            via=a.via,
            inside=claim_ids.get(a.inside) if a.inside else None,
            near=_near(article, near, reports) if (near := answered[a.id]) else None,
            said_on=a.said_on,
            said_on_inferred=a.said_on_inferred,
            unsure=a.unsure,
            confidence=a.confidence,
            source_spans=a.source,
            cue_spans=_with_told(article.text, a),
            outer_cue=_outer_cue(article.text, a, by_id),
        )
        for a in filed
    ]
    for sentence in extraction.unattributed:
        near = by_id.get(sentence.near) if sentence.near else None
        claims.append(
            Claim(
                id=ids.take(UNATTRIBUTED, sentence.content),
                article_id=article.id,
                kind=UNATTRIBUTED,
                text=pieces(article.text, sentence.content),
                spans=sentence.content,
                paragraph=paragraphs.number(sentence.content[0][0]),
                near=_near(article, near, reports) if near else None,
                checkable=sentence.checkable,
            )
        )
    return sorted(claims, key=lambda claim: claim.spans)


def make_paragraph_claims(article: Article, paragraphs: Spans) -> list[Claim]:
    """The paragraphs of an article as claims to search in; lines of few letters are left out."""
    ids = _Ids(article.id)
    return [
        Claim(
            id=ids.take(FOREIGN_PARAGRAPH, (span,)),
            article_id=article.id,
            kind=FOREIGN_PARAGRAPH,
            text=article.text[slice(*span)],
            spans=(span,),
            paragraph=number,
        )
        for number, span in enumerate(paragraphs, start=1)
        if count_letters(article.text[slice(*span)]) >= MIN_LETTERS
    ]


def copy_claims(claims: Sequence[Claim], article_id: str) -> list[Claim]:
    """The claims of one article as those of another with the same text, under ids of its own: the
    ids that `make_claims` and `make_paragraph_claims` would give."""
    ids = _Ids(article_id)
    own = {claim.id: ids.take(claim.kind, claim.spans) for claim in claims}
    return [
        replace(
            claim,
            id=own[claim.id],
            article_id=article_id,
            inside=own.get(claim.inside or ""),
        )
        for claim in claims
    ]


def _without_that(text: str, content: Spans) -> Spans:
    """Begin a content behind its "that", so that it reads by itself; other words stay.

    A "whether" stays too: without it, what was asked would read as if it had been said.
    """
    (start, end), *others = content
    that = claim_words.THAT.match(text, start, end)
    return ((that.end() if that else start, end), *others)


def _repeats_outer(attribution: Attribution, by_id: Mapping[str, Attribution]) -> bool:
    """Tell that somebody speaks inside their own words ("I think …"): that claim is filed."""
    outer = by_id.get(attribution.inside) if attribution.inside else None
    return outer is not None and outer.speaker == attribution.speaker


def _with_told(text: str, attribution: Attribution) -> Spans:
    """Complete a cue that says that somebody was told by whom ("told Putin"), where few words
    behind it do, up to the content, the source or the next punctuation mark."""
    cue = attribution.cue
    if not cue or not claim_words.TELLING.search(text, *cue[-1]):
        return cue
    start, end = cue[-1]
    behind = [s for s, _ in (*attribution.content, *attribution.source) if s >= end]
    told = claim_words.TOLD.match(text, end, min(behind, default=len(text)))
    # A dot behind "Mr" ends nothing: the name is still to come.
    if (
        not told
        or len(told[0].split()) > MAX_RECIPIENT_WORDS
        or claim_words.ABBREVIATION.match(text, *_last(told))
    ):
        return cue
    return (*cue[:-1], (start, told.end()))


def _outer_cue(text: str, attribution: Attribution, by_id: Mapping[str, Attribution]) -> str | None:
    """The cue of the attribution that another stands inside, where it does not vouch for it."""
    outer = by_id.get(attribution.inside) if attribution.inside else None
    if outer is None or (outer.stance in ENDORSING and not outer.negative):
        return None
    cue = with_negation(text, outer.cue, outer.source, 0) if outer.negative else outer.cue
    return " ".join(text[start:end] for start, end in cue) or None


def _last(words: re.Match[str]) -> tuple[int, int]:
    """Where the last word starts, and where the character behind it ends."""
    return words.end() - len(words[0].split()[-1]), words.end() + 1


def _answered(
    text: str,
    place: int,
    filed: Sequence[Attribution],
    by_id: Mapping[str, Attribution],
    paragraphs: _Paragraphs,
) -> Attribution | None:
    """Find what a content that only points back ("this") may mean: what another said just before,
    in the same or the last paragraph, but not the words that it stands inside.

    Of words inside another's, the article has but the other's word: it is they who said it.
    """
    attribution = filed[place]
    if not claim_words.THIN.fullmatch(pieces(text, attribution.content)):
        return None
    here = paragraphs.number(attribution.content[0][0])
    around = {one.id for one in _outwards(attribution, by_id)}
    for at in range(place - 1, -1, -1):
        if here - paragraphs.number(filed[at].content[0][0]) > 1:
            return None
        *_, earlier = (None, *(one for one in _outwards(filed[at], by_id) if one.id not in around))
        if earlier and earlier.speaker != attribution.speaker:
            return None if earlier.negative else earlier
    return None


def _outwards(attribution: Attribution, by_id: Mapping[str, Attribution]) -> Iterator[Attribution]:
    """An attribution, and those that it stands inside, the innermost first."""
    one: Attribution | None = attribution
    while one:
        yield one
        one = by_id.get(one.inside) if one.inside else None


def _near(
    article: Article, attribution: Attribution, reports: _Reports
) -> NearbyAttribution | None:
    source = attribution.speaker or pieces(article.text, attribution.source)
    if not source:
        return None
    return NearbyAttribution(
        speaker=source,
        text=pieces(article.text, _without_that(article.text, attribution.content)),
        report=reports.around(attribution),
    )


class _Ids:
    """Ids that follow from article, kind and content spans, and tell equal ones apart in order."""

    def __init__(self, article_id: str) -> None:
        self._article_id = article_id
        self._seen: Counter[tuple[str, Spans]] = Counter()

    def take(self, kind: ClaimKind, spans: Spans) -> str:
        number = self._seen[kind, spans]
        self._seen[kind, spans] += 1
        key = f"{self._article_id} {kind} {spans} {number}"
        return hashlib.sha256(key.encode()).hexdigest()[:16]


class _Paragraphs:
    """Numbers an article's paragraphs from 1."""

    def __init__(self, paragraphs: Spans) -> None:
        self._starts = [start for start, _ in paragraphs]

    def number(self, position: int) -> int:
        return bisect.bisect_right(self._starts, position)


class _Reports:
    """Finds the outlet in whose report an attribution seems to stand.

    That is so where an outlet reported something in the same or the paragraph before, nobody spoke
    in between, and whoever speaks now is not introduced by name ("the advisers said").
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
        self._around: dict[str, str | None] = {}
        earlier: Attribution | None = None
        for attribution in attributions:
            self._around[attribution.id] = self._behind(earlier, attribution)
            earlier = attribution

    def around(self, attribution: Attribution) -> str | None:
        return self._around[attribution.id]

    def _behind(self, earlier: Attribution | None, attribution: Attribution) -> str | None:
        """Find it from the attribution before, whose own is known."""
        if earlier is None or attribution.source_kind not in ("described", "unnamed"):
            return None
        here, there = (self._paragraphs.number(a.content[0][0]) for a in (attribution, earlier))
        if here - there > 1:
            return None
        if self._reports(earlier):
            return earlier.speaker
        return self._around[earlier.id] if earlier.speaker == attribution.speaker else None

    def _reports(self, attribution: Attribution) -> bool:
        cue = pieces(self._text, attribution.cue).casefold()
        is_outlet = (attribution.speaker or "").casefold() in self._outlets
        return is_outlet and not attribution.negative and bool(claim_words.REPORTING.search(cue))
