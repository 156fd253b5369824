"""Apply people's corrections whenever claims are written, so that reading needs no extra work.

`claims` holds what may be shown, as corrected. `originals` holds the extracted claims that
corrections change or reject. The two together are what was extracted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.articles.archive_updates import FiledArticle
from bot.corrections import articles as article_corrections
from bot.corrections.claims import (
    CorrectedClaims,
    ExtractedClaims,
    apply_corrections,
    from_json,
)
from bot.model import Claim, Correction, Ruling
from bot.store.articles.rows import claim_from_row
from bot.store.articles.version_rows import claims_from_json, claims_to_json
from bot.store.database import delete_in_batches, insert_rows, select_in_batches
from bot.store.schema import claims, corrections, gone_claims, originals, rulings

PLAIN_COLUMNS = (
    *("id", "team", "press", "claim_id", "article_id", "reason", "person", "person_name"),
    *("suggested_at", "state", "number", "made_with"),
)
"""The columns of a correction that have the same value in the model."""


def correct_filed_claims(
    connection: sa.Connection, filed: Sequence[FiledArticle]
) -> dict[str, CorrectedClaims]:
    """Apply accepted corrections to the claims of articles, and save the originals.

    Returns the result by article, without the articles that have no corrections.
    """
    ids = [step.article.id for step in filed]
    accepted = accepted_corrections(connection, ids)
    corrected = {
        step.article.id: apply_corrections(
            ExtractedClaims(step.article.text, step.paragraphs, list(enumerate(step.claims))),
            accepted[step.article.id],
        )
        for step in filed
        if step.article.id in accepted
    }
    save_originals(connection, ids, corrected, accepted)
    return corrected


def apply_article_corrections(connection: sa.Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Apply accepted corrections to rows of `articles`; `as_found` gets the original values."""
    accepted = accepted_corrections(connection, [row["id"] for row in rows])
    for row in rows:
        values = article_corrections.corrected_metadata(accepted.get(row["id"], ()))
        if values:
            as_found = article_corrections.as_json({name: row[name] for name in values})
            row |= {**values, "as_found": as_found}


def save_originals(
    connection: sa.Connection,
    article_ids: Sequence[str],
    corrected: Mapping[str, CorrectedClaims],
    accepted: Mapping[str, Sequence[Correction]],
) -> None:
    """Replace the stored originals of articles.

    If the text no longer has a corrected claim, its original is kept: the claim may come back.
    """
    rows = [
        {
            "claim_id": claim.id,
            "article_id": claim.article_id,
            "position": position,
            "claim": claims_to_json([claim])[0],
        }
        for result in corrected.values()
        for position, claim in result.originals
    ]
    current = {row["claim_id"] for row in rows}
    current |= {claim.id for result in corrected.values() for _, claim in result.claims}
    may_return = {
        correction.claim_id for group in accepted.values() for correction in group
    } - current
    stored = _original_rows(connection, article_ids)
    outdated = [row.claim_id for row in stored if row.claim_id not in may_return]
    delete_in_batches(connection, originals.c.claim_id, outdated)
    insert_rows(connection, originals, rows)


def accepted_corrections(
    connection: sa.Connection, article_ids: Sequence[str]
) -> dict[str, list[Correction]]:
    """The accepted corrections of articles and their claims, by article, in order of acceptance."""
    query = sa.select(corrections).where(corrections.c.state == "accepted")
    query = query.order_by(corrections.c.number)
    rows = [*select_in_batches(connection, query, corrections.c.article_id, article_ids)]
    by_article: defaultdict[str, list[Correction]] = defaultdict(list)
    for correction in corrections_from_rows(connection, rows):
        by_article[correction.article_id].append(correction)
    return dict(by_article)


def corrections_from_rows(
    connection: sa.Connection, rows: Sequence[sa.Row[Any]]
) -> list[Correction]:
    """The corrections of rows, with their rulings."""
    if not rows:
        return []
    ids = [row.id for row in rows]
    rulings_by_correction: defaultdict[str, list[Ruling]] = defaultdict(list)
    query = sa.select(rulings).order_by(rulings.c.number)
    for row in select_in_batches(connection, query, rulings.c.correction_id, ids):
        rulings_by_correction[row.correction_id].append(
            Ruling(
                ruling=row.ruling,
                person=row.person,
                person_name=row.person_name,
                at=row.ruled_at,
                reason=row.reason,
            )
        )
    others = _other_claim_ids(connection, ids)
    return [
        Correction(
            **{name: getattr(row, name) for name in PLAIN_COLUMNS},
            changes=from_json(row.changes),
            before=from_json(row.before),
            rulings=tuple(rulings_by_correction[row.id]),
            others=tuple(others[row.id]),
        )
        for row in rows
    ]


def _other_claim_ids(
    connection: sa.Connection, correction_ids: Sequence[str]
) -> defaultdict[str, list[str]]:
    """The further claims that corrections apply to, by the id of the main correction."""
    query = sa.select(corrections.c.made_with, corrections.c.claim_id)
    query = query.order_by(corrections.c.claim_id)
    others: defaultdict[str, list[str]] = defaultdict(list)
    for row in select_in_batches(connection, query, corrections.c.made_with, correction_ids):
        others[row.made_with].append(row.claim_id)
    return others


def extracted_claims(connection: sa.Connection, article_id: str) -> list[tuple[int, Claim]]:
    """The claims of an article as extracted, including rejected ones, in reading order."""
    query = sa.select(claims).where(claims.c.article_id == article_id)
    rows = connection.execute(query.order_by(claims.c.position)).all()
    stored = _original_rows(connection, [article_id])
    if not stored:
        return [(row.position, claim_from_row(row)) for row in rows]
    rejected = rejected_ids(connection, [article_id])
    by_id = {row.claim_id: (row.position, _original_from_row(row)) for row in stored}
    placed = [by_id.get(row.id) or (row.position, claim_from_row(row)) for row in rows]
    placed += [original for id_, original in by_id.items() if id_ in rejected]
    return sorted(placed, key=lambda pair: pair[0])


def without_corrections(
    connection: sa.Connection, article_id: str, shown: Sequence[Claim]
) -> list[Claim]:
    """Undo the corrections of claims that an article has or had."""
    by_id = {claim.id: claim for claim in original_claims(connection, article_id)}
    return [by_id.get(claim.id, claim) for claim in shown]


def original_claims(connection: sa.Connection, article_id: str) -> list[Claim]:
    """The stored originals of an article's claims."""
    return [_original_from_row(row) for row in _original_rows(connection, [article_id])]


def rejected_ids(connection: sa.Connection, article_ids: Sequence[str]) -> set[str]:
    """The ids of extracted claims that people have rejected."""
    query = sa.select(gone_claims.c.claim_id).where(gone_claims.c.reason == "corrected")
    rows = select_in_batches(connection, query, gone_claims.c.article_id, article_ids)
    return {row.claim_id for row in rows}


def _original_rows(connection: sa.Connection, article_ids: Sequence[str]) -> list[sa.Row[Any]]:
    query = sa.select(originals)
    return [*select_in_batches(connection, query, originals.c.article_id, article_ids)]


def _original_from_row(row: sa.Row[Any]) -> Claim:
    return claims_from_json([row.claim], row.article_id)[0]
