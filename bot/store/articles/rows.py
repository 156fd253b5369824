"""Convert the values of bot/model to and from rows of the schema."""

from __future__ import annotations

import json
import operator
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.articles.metadata import METADATA, all_metadata
from bot.corrections import articles as article_corrections
from bot.model import Article, ArticleCard, Claim, Hit, NearbyAttribution, Spans
from bot.store.schema import claims

OPENING_CHARACTERS = 60
"""The most characters in the opening of a text, which is cut at a word."""

CARD_FIELDS = (
    *("title", "outlet", "published", "published_on", "url", "sample"),
    *("language", "copy_of", "version", "modified_at", "excerpt"),
    *("claimed_outlet", "claimed_url"),
)
CARD_COLUMNS = (*CARD_FIELDS, "origin", "as_found", "read_to", "review", "brought_by", "doubt")

CLAIM_COLUMNS = tuple(
    column.name for column in claims.columns if column.name not in ("roles", "statement")
)
CLAIM_FIELDS = tuple(
    name for name in CLAIM_COLUMNS if name != "position" and not name.startswith("near_")
)
# An import writes hundreds of thousands of claims: one call in C per claim instead of twenty.
claim_values = operator.attrgetter(*CLAIM_FIELDS)
# The fields that an imported claim can have, and those that may not be NULL.
IMPORTED_FIELDS = (
    *("id", "article_id", "kind", "text", "ref", "type", "speaker", "source", "cue"),
    *("source_kind", "negative", "said_on_inferred", "confidence"),
)
imported_values = operator.attrgetter(*IMPORTED_FIELDS)


def article_row(
    article: Article,
    seq: int,
    arrival: str,
    arrived_at: datetime,
    paragraphs: Spans = (),
    extractor: str | None = None,
    read_to: int | None = None,
) -> dict[str, Any]:
    """The row of an article, as extracted."""
    return {
        "id": article.id,
        "seq": seq,
        "arrival": arrival,
        "arrived_at": arrived_at,
        "origin": article.origin,
        "text_sha": article.text_sha,
        "text": article.text,
        "paragraphs": paragraphs or None,
        "extractor": extractor,
        "read_to": read_to,
        "version": article.version,
        "copy_of": article.copy_of,
        "as_found": None,
        "review": list(article.review) or None,
        "brought_by": list(article.brought_by) or None,
        "doubt": article.doubt,
        **all_metadata(article),
    }


def claim_row(claim: Claim, position: int) -> dict[str, Any]:
    """The row of the claim at a position in its article."""
    row = dict(zip(CLAIM_FIELDS, claim_values(claim), strict=True))
    near = claim.near
    return row | {
        "position": position,
        "spans": claim.spans or None,
        "via": claim.via or None,
        "source_spans": claim.source_spans or None,
        "cue_spans": claim.cue_spans or None,
        "corrected": claim.corrected or None,
        "near_speaker": near.speaker if near else None,
        "near_text": near.text if near else None,
        "near_report": near.report if near else None,
    }


def imported_row(claim: Claim, position: int) -> dict[str, Any]:
    """The row of an imported claim, for `Database.bulk_insert`."""
    row = dict(zip(IMPORTED_FIELDS, imported_values(claim), strict=True))
    row["position"] = position
    row["ref"] = None if claim.ref is None else json.dumps(claim.ref)
    return row


def claim_from_row(row: sa.Row[Any]) -> Claim:
    """The claim of a row that starts with the columns of `claims`, in order."""
    # An answer reads sixty claims. Access by column name would take more than twice as long.
    # fmt: off
    (
        id_, article_id, _position, kind, text, spans, paragraph, ref, type_, speaker, source, cue,
        source_kind, stance, negative, via, inside, near_speaker, near_text, near_report,
        said_on, said_on_inferred, confidence, checkable, corrected,
        source_spans, cue_spans, outer_cue, printed, act, speaker_confidence, guess,
    ) = row[: len(CLAIM_COLUMNS)]
    # fmt: on
    near = (
        NearbyAttribution(speaker=near_speaker, text=near_text, report=near_report)
        if near_speaker
        else None
    )
    return Claim(
        id=id_,
        article_id=article_id,
        kind=kind,
        text=text,
        spans=spans_from_json(spans),
        paragraph=paragraph,
        ref=ref,
        type=type_,
        speaker=speaker,
        guess=guess,
        source=source,
        cue=cue,
        source_kind=source_kind,
        act=act,
        stance=stance,
        negative=negative,
        via=tuple(via or ()),
        inside=inside,
        near=near,
        said_on=said_on,
        said_on_inferred=said_on_inferred,
        confidence=confidence,
        checkable=checkable,
        corrected=bool(corrected),
        source_spans=spans_from_json(source_spans),
        cue_spans=spans_from_json(cue_spans),
        outer_cue=outer_cue,
        printed=printed,
        speaker_confidence=speaker_confidence,
    )


def spans_from_json(stored: list[list[int]] | None) -> Spans:
    """Spans from their JSON column."""
    return tuple((start, end) for start, end in stored or ())


def hit_from_row(row: sa.Row[Any]) -> Hit:
    """The claim and the card of a row of CLAIMS_WITH_CARD (shown.py)."""
    return Hit(
        claim=claim_from_row(row), article=card_from_row(row), score=0.0, statement=row.statement
    )


def card_from_row(row: sa.Row[Any]) -> ArticleCard:
    """The card of a row with the columns of CARD (shown.py) and `article_id`."""
    return ArticleCard(
        id=row.article_id,
        title=row.title,
        outlet=row.outlet,
        published=row.published,
        published_on=row.published_on,
        url=row.url,
        sample=row.sample,
        opening=_opening(row.opening),
        language=row.language,
        copy_of=row.copy_of,
        version=row.version,
        modified_at=row.modified_at,
        excerpt=row.excerpt,
        corrected=row.as_found is not None,
        read_to=row.read_to,
        characters=row.characters,
        claimed_outlet=row.claimed_outlet,
        claimed_url=row.claimed_url,
        origin=row.origin,
        review=tuple(row.review or ()),
        brought_by=tuple(row.brought_by or ()),
        doubt=row.doubt,
    )


def _opening(start: str) -> str:
    words = " ".join(start.split())
    if len(start) <= OPENING_CHARACTERS:
        return words
    return words.rsplit(" ", 1)[0].rstrip(",;:") + "…" if " " in words else words + "…"


def article_as_found(row: sa.Row[Any]) -> Article:
    """The article of a row as extracted, before people corrected it."""
    return replace(article_from_row(row), **article_corrections.from_json(row.as_found or {}))


def article_from_row(row: sa.Row[Any]) -> Article:
    """The article of a row, as corrected."""
    return Article(
        id=row.id,
        origin=row.origin,
        text=row.text,
        version=row.version,
        copy_of=row.copy_of,
        review=tuple(row.review or ()),
        brought_by=tuple(row.brought_by or ()),
        doubt=row.doubt,
        **{name: getattr(row, name) for name in METADATA},
    )
