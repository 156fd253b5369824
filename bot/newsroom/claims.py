"""Turn what the extractor found in an article into claims, filed under ids that last. Pure."""

from __future__ import annotations

import bisect
import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from bot.model import Article, Attribution, Claim, ClaimKind, Extraction, Near, Spans, pieces

NOT_BLANK = re.compile(r"^[^\n]*\S", re.MULTILINE)

REPORT_REACH = 3
"""How many attributions back an outlet's report may have begun for a statement to be near it."""


def claims_of(article: Article, extraction: Extraction, outlets: Iterable[str]) -> list[Claim]:
    """The claims of one article in reading order.

    `outlets` are names of outlets: where one of them is the speaker shortly before, what follows
    is shown as standing near its report.
    """
    paragraphs = _Paragraphs(article.text)
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
            confidence=a.confidence,
        )
        for a in extraction.attributions
    ]
    reports = _Reports(extraction.attributions, outlets)
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
    """Numbers a text's paragraphs, which are its lines that are not blank, from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [line.start() for line in NOT_BLANK.finditer(text)]

    def number(self, position: int) -> int:
        return bisect.bisect_right(self._starts, position)


class _Reports:
    """Finds the outlet in whose report an attribution seems to stand."""

    def __init__(self, attributions: tuple[Attribution, ...], outlets: Iterable[str]) -> None:
        self._order = {a.id: n for n, a in enumerate(attributions)}
        self._attributions = attributions
        self._outlets = {name.casefold() for name in outlets}

    def around(self, attribution: Attribution) -> str | None:
        last = self._order[attribution.id]
        for earlier in reversed(self._attributions[max(0, last - REPORT_REACH) : last]):
            if earlier.speaker and earlier.speaker.casefold() in self._outlets:
                return earlier.speaker
        return None
