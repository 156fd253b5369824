"""Apply corrections to claims whenever these are written, so that reads need no extra work.

`claims` holds what may be shown, as corrected; `originals` holds those as they were found that
read otherwise or are none. What was found is the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.articles.steps import FiledArticle
from bot.corrections import articles as article_corrections
from bot.corrections.claims import CorrectedClaims, ExtractedClaims, apply_corrections, from_json
from bot.model import Claim, Correction, Ruling
from bot.store.articles.rows import claim_from_row
from bot.store.articles.version_rows import claims_from_json, claims_to_json
from bot.store.schema import claims, corrections, gone_claims, originals, rulings

PLAIN_COLUMNS = (
    *("id", "team", "press", "claim_id", "article_id", "reason", "person", "person_name"),
    *("suggested_at", "state", "number", "made_with"),
)
"""The columns of a correction that are as they are in the model."""

BATCH = 500


def correct_filed_claims(
    connection: sa.Connection, filed: Sequence[FiledArticle]
) -> dict[str, CorrectedClaims]:
    """Lay the corrections that stand over the claims of articles that are being filed, and keep
    the originals of those; by article, those left out of which nothing is corrected."""
    ids = [one.article.id for one in filed]
    standing = accepted_corrections(connection, ids)
    laid = {
        one.article.id: apply_corrections(
            ExtractedClaims(one.article.text, one.paragraphs, list(enumerate(one.claims))),
            standing[one.article.id],
        )
        for one in filed
        if one.article.id in standing
    }
    save_originals(connection, ids, laid, standing)
    return laid


def apply_article_corrections(connection: sa.Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Lay the corrections that stand of articles over the rows that are being written of them; each
    row keeps what was found."""
    standing = accepted_corrections(connection, [row["id"] for row in rows])
    for row in rows:
        reads = article_corrections.corrected_metadata(standing.get(row["id"], ()))
        if reads:
            found = {name: row[name] for name in reads}
            row |= {**reads, "as_found": article_corrections.as_json(found)}


def save_originals(
    connection: sa.Connection,
    article_ids: Sequence[str],
    laid: Mapping[str, CorrectedClaims],
    standing: Mapping[str, Sequence[Correction]],
) -> None:
    """Keep the originals of the claims of articles, and no others; but one with a correction that
    is not there now may come back."""
    rows = [
        {
            "claim_id": c.id,
            "article_id": c.article_id,
            "position": at,
            "claim": claims_to_json([c])[0],
        }
        for one in laid.values()
        for at, c in one.originals
    ]
    present = {row["claim_id"] for row in rows}
    present |= {claim.id for one in laid.values() for _, claim in one.claims}
    may_come_back = {one.claim_id for said in standing.values() for one in said} - present
    kept = _originals(connection, article_ids)
    gone = [row.claim_id for row in kept if row.claim_id not in may_come_back]
    for start in range(0, len(gone), BATCH):
        some = originals.c.claim_id.in_(gone[start : start + BATCH])
        connection.execute(sa.delete(originals).where(some))
    if rows:
        connection.execute(sa.insert(originals), rows)


def accepted_corrections(
    connection: sa.Connection, article_ids: Sequence[str]
) -> dict[str, list[Correction]]:
    """The corrections that stand of articles' claims, by article, in the order of acceptance."""
    rows: list[sa.Row[Any]] = []
    for start in range(0, len(article_ids), BATCH):
        mine = corrections.c.article_id.in_(article_ids[start : start + BATCH])
        query = sa.select(corrections).where(mine, corrections.c.state == "accepted")
        rows += connection.execute(query.order_by(corrections.c.number)).all()
    out: defaultdict[str, list[Correction]] = defaultdict(list)
    for one in corrections_from_rows(connection, rows):
        out[one.article_id].append(one)
    return dict(out)


def corrections_from_rows(
    connection: sa.Connection, rows: Sequence[sa.Row[Any]]
) -> list[Correction]:
    """The corrections of rows, with what people have decided about them."""
    if not rows:
        return []
    ruled: defaultdict[str, list[Ruling]] = defaultdict(list)
    ids = [row.id for row in rows]
    for start in range(0, len(ids), BATCH):
        mine = rulings.c.correction_id.in_(ids[start : start + BATCH])
        query = sa.select(rulings).where(mine).order_by(rulings.c.number)
        for row in connection.execute(query):
            ruled[row.correction_id].append(
                Ruling(
                    ruling=row.ruling,
                    person=row.person,
                    person_name=row.person_name,
                    at=row.ruled_at,
                    reason=row.reason,
                )
            )
    others = _others(connection, ids)
    return [
        Correction(
            **{name: getattr(row, name) for name in PLAIN_COLUMNS},
            changes=from_json(row.changes),
            before=from_json(row.before),
            rulings=tuple(ruled[row.id]),
            others=tuple(others[row.id]),
        )
        for row in rows
    ]


def _others(connection: sa.Connection, ids: Sequence[str]) -> defaultdict[str, list[str]]:
    """The claims that corrections apply to as well, by the correction they are decided with."""
    others: defaultdict[str, list[str]] = defaultdict(list)
    for start in range(0, len(ids), BATCH):
        mine = corrections.c.made_with.in_(ids[start : start + BATCH])
        query = sa.select(corrections.c.made_with, corrections.c.claim_id).where(mine)
        for row in connection.execute(query.order_by(corrections.c.claim_id)):
            others[row.made_with].append(row.claim_id)
    return others


def extracted_claims(connection: sa.Connection, article_id: str) -> list[tuple[int, Claim]]:
    """The claims of an article as they were found, those too that are none, in reading order."""
    mine = sa.select(claims).where(claims.c.article_id == article_id)
    rows = connection.execute(mine.order_by(claims.c.position)).all()
    kept = _originals(connection, [article_id])
    if not kept:
        return [(row.position, claim_from_row(row)) for row in rows]
    none = rejected_ids(connection, [article_id])
    found = {row.claim_id: (row.position, _original(row)) for row in kept}
    here = [found.get(row.id) or (row.position, claim_from_row(row)) for row in rows]
    here += [one for id_, one in found.items() if id_ in none]
    return sorted(here, key=lambda one: one[0])


def without_corrections(
    connection: sa.Connection, article_id: str, shown: Sequence[Claim]
) -> list[Claim]:
    """Claims that an article has or had, without corrections."""
    found = {claim.id: claim for claim in original_claims(connection, article_id)}
    return [found.get(claim.id, claim) for claim in shown]


def original_claims(connection: sa.Connection, article_id: str) -> list[Claim]:
    """Those of an article's claims as found that read otherwise, or read otherwise when they were
    there."""
    return [_original(row) for row in _originals(connection, [article_id])]


def rejected_ids(connection: sa.Connection, article_ids: Sequence[str]) -> set[str]:
    """The ids of what was found in articles and is no claim, as people say."""
    ids: set[str] = set()
    for start in range(0, len(article_ids), BATCH):
        mine = gone_claims.c.article_id.in_(article_ids[start : start + BATCH])
        query = sa.select(gone_claims.c.claim_id).where(mine, gone_claims.c.reason == "corrected")
        ids |= set(connection.scalars(query))
    return ids


def _originals(connection: sa.Connection, article_ids: Sequence[str]) -> list[sa.Row[Any]]:
    rows: list[sa.Row[Any]] = []
    for start in range(0, len(article_ids), BATCH):
        mine = originals.c.article_id.in_(article_ids[start : start + BATCH])
        rows += connection.execute(sa.select(originals).where(mine)).all()
    return rows


def _original(row: sa.Row[Any]) -> Claim:
    return claims_from_json([row.claim], row.article_id)[0]
