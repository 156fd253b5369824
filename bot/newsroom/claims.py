"""Turn what the extractor found in an article into claims, filed under ids that last. Pure."""

from __future__ import annotations

import bisect
import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from bot.model import Article, Attribution, Claim, ClaimKind, Extraction, Near, Spans, pieces

REPORTING = re.compile(r"\b(?:report|wrote|writes|according)")
"""Cues by which an outlet passes on what others say, rather than speak for itself."""


def claims_of(article: Article, extraction: Extraction, outlets: Iterable[str]) -> list[Claim]:
    """The claims of one article in reading order.

    `outlets` are names of outlets: where one of them reports something, what follows may be shown
    as standing near its report.
    """
    paragraphs = _Paragraphs(extraction.paragraphs)
    ids = _Ids(article.id)
    by_id = {a.id: a for a in extraction.attributions}
    claim_ids = {a.id: ids.take("attribution", a.content) for a in extraction.attributions}
    claims = [
        Claim(
            id=claim_ids[a.id],
            article_id=article.id,
            kind="attribution",
            text=pieces(article.text, a.content),
            spans=a.content,
            paragraph=paragraphs.number(a.content[0][0]),
            type=a.type,
            speaker=a.speaker,
            source=pieces(article.text, a.source) or None,
            cue=pieces(article.text, a.cue) or None,
            source_kind=a.source_kind,
            stance=a.stance,
            negative=a.negative,
            via=a.via,
            inside=claim_ids.get(a.inside) if a.inside else None,
            said_on=a.said_on,
            said_on_inferred=a.said_on_inferred,
            unsure=a.unsure,
            confidence=a.confidence,
        )
        for a in extraction.attributions
    ]
    reports = _Reports(article.text, extraction.attributions, paragraphs, outlets)
    for statement in extraction.statements:
        near = by_id.get(statement.near) if statement.near else None
        claims.append(
            Claim(
                id=ids.take("statement", statement.content),
                article_id=article.id,
                kind="statement",
                text=pieces(article.text, statement.content),
                spans=statement.content,
                paragraph=paragraphs.number(statement.content[0][0]),
                near=_near(article, near, reports) if near else None,
            )
        )
    return sorted(claims, key=lambda claim: claim.spans)


def _near(article: Article, attribution: Attribution, reports: _Reports) -> Near | None:
    source = attribution.speaker or pieces(article.text, attribution.source)
    if not source:
        return None
    return Near(
        speaker=source,
        text=pieces(article.text, attribution.content),
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
        self._order = {a.id: n for n, a in enumerate(attributions)}
        self._attributions = attributions
        self._outlets = {name.casefold() for name in outlets}

    def around(self, attribution: Attribution) -> str | None:
        place = self._paragraphs.number(attribution.content[0][0])
        position = self._order[attribution.id]
        while position and attribution.source_kind in ("described", "unnamed"):
            position -= 1
            earlier = self._attributions[position]
            if place - self._paragraphs.number(earlier.content[0][0]) > 1:
                return None
            if self._reports(earlier):
                return earlier.speaker
            if earlier.speaker != attribution.speaker:
                return None
            place = self._paragraphs.number(earlier.content[0][0])
        return None

    def _reports(self, attribution: Attribution) -> bool:
        cue = pieces(self._text, attribution.cue).casefold()
        is_outlet = (attribution.speaker or "").casefold() in self._outlets
        return is_outlet and not attribution.negative and bool(REPORTING.search(cue))
