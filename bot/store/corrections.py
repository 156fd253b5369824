"""Corrections that people suggest for claims and articles, and the rulings on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from bot.corrections.articles import CORRECTED_COLUMNS, corrected_metadata
from bot.corrections.articles import as_json as metadata_to_json
from bot.corrections.claims import CorrectedClaims, ExtractedClaims, apply_corrections, as_json
from bot.model import Correction, CorrectionState, Ruling, RulingKind, is_forgotten
from bot.store.articles.applied_corrections import (
    PLAIN_COLUMNS,
    accepted_corrections,
    corrections_from_rows,
    extracted_claims,
    save_originals,
)
from bot.store.articles.article_writer import reserve_change_numbers
from bot.store.articles.gone_records import record_rejected
from bot.store.articles.rows import article_as_found, claim_from_row, claim_row, spans_from_json
from bot.store.articles.statements import Statements
from bot.store.database import Database, delete_in_batches, insert_rows
from bot.store.delivery.outbox import Outbox
from bot.store.delivery.payloads import CorrectionDecidedPayload
from bot.store.delivery.posted import PostedMessages
from bot.store.schema import articles, claims, corrections, gone_claims, rulings
from bot.store.speakers.roles import RoleReader, rewrite_roles

TRANSITIONS: dict[tuple[CorrectionState, RulingKind], CorrectionState] = {
    ("suggested", "accepted"): "accepted",
    ("suggested", "declined"): "declined",
    ("accepted", "undone"): "undone",
}
"""The state of a correction after a ruling, by its state before. All other rulings are invalid."""

LATEST_FIRST = corrections.c.suggested_at.desc(), corrections.c.id


class Corrections:
    """Stores corrections and applies the accepted ones."""

    def __init__(
        self,
        database: Database,
        posted: PostedMessages,
        outbox: Outbox,
        roles: RoleReader,
        statements: Statements,
    ) -> None:
        self._statements = statements
        self._db, self._posted, self._outbox, self._roles = database, posted, outbox, roles

    def suggest(
        self,
        correction: Correction,
        ruling: Ruling | None = None,
        *,
        others: Sequence[tuple[str, str]] = (),
    ) -> Correction | None:
        """Store a correction under a new id, and apply a `ruling` on it at once, if given.

        The correction also applies to `others`, pairs of claim id and article id. It is idempotent
        by `press`: if that is known, the stored correction is returned. Returns None if the
        corrected claim or article is gone.
        """
        with self._db.write() as connection:
            row = _new_row(correction)
            insert = self._db.insert(corrections).values(row).on_conflict_do_nothing()
            has_press = (
                corrections.c.team == correction.team,
                corrections.c.press == correction.press,
            )
            if connection.execute(insert.returning(corrections.c.id)).first():
                if not _exists(connection, correction.claim_id):
                    connection.execute(sa.delete(corrections).where(*has_press))
                    return None
                existing = [pair for pair in others if _exists(connection, pair[0])]
                for number, (claim_id, article_id) in enumerate(existing, start=1):
                    copy = replace(correction, claim_id=claim_id, article_id=article_id)
                    copy = replace(copy, press=f"{copy.press}/{number}", made_with=row["id"])
                    connection.execute(sa.insert(corrections).values(_new_row(copy)))
                if ruling and (stored := _read_one(connection, *has_press)):
                    self._apply_to_press(connection, stored, ruling)
            return _read_one(connection, *has_press)

    def decide(self, correction_id: str, ruling: Ruling) -> Correction | None:
        """Apply a ruling to a correction and those of the same press, in one transaction.

        This changes their claims, schedules updates of the messages that show them, and queues a
        notice to the person who suggested them.

        Returns the correction, or None if it is missing, the ruling does not fit its state, or the
        corrected claim or article is gone.
        """
        with self._db.write() as connection:
            main_id = sa.select(corrections.c.made_with).where(corrections.c.id == correction_id)
            is_main = corrections.c.id == (connection.scalar(main_id) or correction_id)
            # If two people decide at once, the second one waits here.
            connection.execute(sa.select(corrections.c.id).where(is_main).with_for_update())
            correction = _read_one(connection, is_main)
            if correction is None or (correction.state, ruling.ruling) not in TRANSITIONS:
                return None
            if ruling.ruling == "accepted" and not _exists(connection, correction.claim_id):
                return None
            self._apply_to_press(connection, correction, ruling)
            return _read_one(connection, is_main)

    def _apply_to_press(
        self, connection: sa.Connection, correction: Correction, ruling: Ruling
    ) -> None:
        """Apply a ruling to a correction and those made with it, and notify the suggester."""
        query = sa.select(corrections).where(corrections.c.made_with == correction.id)
        rows = connection.execute(query.order_by(corrections.c.id)).all()
        for affected in [correction, *corrections_from_rows(connection, rows)]:
            self._apply_ruling(connection, affected, ruling)
        is_told = ruling.person != correction.person and not is_forgotten(correction.person)
        if correction.team and is_told:
            state = TRANSITIONS[correction.state, ruling.ruling]
            self._outbox.add(
                connection,
                team=correction.team,
                channel=correction.person,
                key=f"{CorrectionDecidedPayload.kind}/{correction.id}/{state}",
                payload=CorrectionDecidedPayload(correction.id, len(correction.rulings) + 1),
                now=ruling.at,
                person=correction.person,
                claims=[correction.claim_id],
            )

    def _apply_ruling(
        self, connection: sa.Connection, correction: Correction, ruling: Ruling
    ) -> None:
        state = TRANSITIONS[correction.state, ruling.ruling]
        seq = None if state == "declined" else reserve_change_numbers(connection, 1)
        connection.execute(
            sa.insert(rulings).values(
                correction_id=correction.id,
                number=len(correction.rulings) + 1,
                ruling=ruling.ruling,
                person=ruling.person,
                person_name=ruling.person_name,
                ruled_at=ruling.at,
                reason=ruling.reason,
            )
        )
        change_number = seq if state == "accepted" else None
        update = sa.update(corrections).where(corrections.c.id == correction.id)
        connection.execute(update.values(state=state, number=change_number))
        if seq is not None:
            self._reapply(connection, correction.article_id, seq, ruling)

    def _reapply(
        self, connection: sa.Connection, article_id: str, seq: int, ruling: Ruling
    ) -> None:
        """Apply the accepted corrections of an article again, as change number `seq`.

        If the article is not shown, they are applied when it is.
        """
        extracted = _read_extracted(connection, article_id)
        if extracted is None:
            return
        left = self._statements.leave(connection, [article_id])
        accepted = accepted_corrections(connection, [article_id])
        corrected = apply_corrections(extracted, accepted.get(article_id, ()))
        save_originals(connection, [article_id], {article_id: corrected}, accepted)
        changed = _write_claims(connection, article_id, corrected)
        shown = [claim for _, claim in corrected.claims]
        rewrite_roles(connection, article_id, self._roles(extracted.text, shown))
        delete_in_batches(connection, gone_claims.c.claim_id, [claim.id for claim in shown])
        record_rejected(self._db, connection, corrected)
        changed |= _reapply_to_article(connection, article_id, accepted.get(article_id, ()))
        update = sa.update(articles).where(articles.c.id == article_id)
        connection.execute(update.values(seq=seq))
        self._statements.join(connection, [article_id], left)
        self._posted.schedule_updates(connection, changed, ruling.at)

    def by_id(self, correction_id: str) -> Correction | None:
        """Read a correction by its id."""
        with self._db.read() as connection:
            return _read_one(connection, corrections.c.id == correction_id)

    def by_press(self, team: str, press: str) -> Correction | None:
        """Read the correction of a press: the modal in which it was suggested."""
        with self._db.read() as connection:
            return _read_one(connection, corrections.c.team == team, corrections.c.press == press)

    def find(
        self,
        *,
        state: CorrectionState | None = None,
        claim_id: str | None = None,
        article_id: str | None = None,
        limit: int | None = None,
    ) -> list[Correction]:
        """Read corrections by state, and by claim or by article (with its claims), latest first.

        The corrections of one press count as one, unless a claim or an article is given.
        `is_pending` is set on accepted corrections whose words are not in the article now.
        """
        query = sa.select(corrections).order_by(*LATEST_FIRST).limit(limit)
        if state:
            query = query.where(corrections.c.state == state)
        if claim_id:
            query = query.where(corrections.c.claim_id == claim_id)
        elif article_id:
            query = query.where(corrections.c.article_id == article_id)
        else:
            query = query.where(corrections.c.made_with.is_(None))
        with self._db.read() as connection:
            results = corrections_from_rows(connection, connection.execute(query).all())
            accepted = [correction for correction in results if correction.state == "accepted"]
            pending_ids = _pending_ids(connection, accepted)
        return [
            replace(correction, is_pending=correction.id in pending_ids) for correction in results
        ]

    def corrected_articles(self) -> Iterator[tuple[str, ExtractedClaims, Sequence[Correction]]]:
        """Yield the shown articles that have claims with accepted corrections: the id, the
        extracted claims, and all accepted corrections of each."""
        has_correction = sa.select(corrections.c.article_id).where(
            corrections.c.state == "accepted",
            corrections.c.claim_id != corrections.c.article_id,
        )
        query = sa.select(articles.c.id).where(articles.c.id.in_(has_correction))
        for article_id in self._db.fetch_values(query.order_by(articles.c.id)):
            with self._db.read() as connection:
                if extracted := _read_extracted(connection, article_id):
                    accepted = accepted_corrections(connection, [article_id])
                    yield article_id, extracted, accepted[article_id]


def _read_one(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> Correction | None:
    rows = connection.execute(sa.select(corrections).where(*conditions)).all()
    return next(iter(corrections_from_rows(connection, rows)), None)


def _new_row(correction: Correction) -> dict[str, Any]:
    row = {name: getattr(correction, name) for name in PLAIN_COLUMNS}
    row |= {"id": uuid4().hex[:16], "state": "suggested", "number": None}
    return row | {"changes": as_json(correction.changes), "before": as_json(correction.before)}


def _exists(connection: sa.Connection, corrected_id: str) -> bool:
    """Tell whether a claim or an article with this id is shown."""
    ids = sa.union_all(
        *(sa.select(table.c.id).where(table.c.id == corrected_id) for table in (claims, articles))
    )
    return connection.execute(ids).first() is not None


def _reapply_to_article(
    connection: sa.Connection, article_id: str, accepted: Sequence[Correction]
) -> set[str]:
    """Apply accepted corrections to an article's metadata.

    If it changes, returns the ids that messages may show: the article's, and those of the claims
    of the article, its original and the other copies.
    """
    row = connection.execute(sa.select(articles).where(articles.c.id == article_id)).one()
    extracted = article_as_found(row)
    corrected = corrected_metadata(accepted)
    values = {name: getattr(extracted, name) for name in CORRECTED_COLUMNS} | corrected
    original_values = metadata_to_json({name: getattr(extracted, name) for name in corrected})
    values["as_found"] = original_values or None
    if all(getattr(row, name) == value for name, value in values.items()):
        return set()
    connection.execute(sa.update(articles).where(articles.c.id == article_id).values(values))
    original_id = row.copy_of or article_id
    is_in_family = (articles.c.id == original_id) | (articles.c.copy_of == original_id)
    claim_ids = sa.select(claims.c.id).join(articles, articles.c.id == claims.c.article_id)
    return {article_id, *connection.scalars(claim_ids.where(is_in_family))}


def _read_extracted(connection: sa.Connection, article_id: str) -> ExtractedClaims | None:
    """Read the claims of a shown article as extracted, or None."""
    query = sa.select(articles.c.text, articles.c.paragraphs).where(articles.c.id == article_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    placed = extracted_claims(connection, article_id)
    return ExtractedClaims(row.text, spans_from_json(row.paragraphs), placed)


def _write_claims(
    connection: sa.Connection, article_id: str, corrected: CorrectedClaims
) -> set[str]:
    """Write the claims of an article that differ from the stored ones; returns the ids of the
    claims that were changed, added or removed."""
    query = sa.select(claims).where(claims.c.article_id == article_id)
    before = {row.id: (row.position, claim_from_row(row)) for row in connection.execute(query)}
    after = {claim.id: (position, claim) for position, claim in corrected.claims}
    changed = {id_ for id_ in before.keys() | after.keys() if before.get(id_) != after.get(id_)}
    delete_in_batches(connection, claims.c.id, changed)
    rows = [claim_row(claim, n) for id_, (n, claim) in after.items() if id_ in changed]
    insert_rows(connection, claims, rows)
    return changed


def _pending_ids(connection: sa.Connection, accepted: Sequence[Correction]) -> set[str]:
    """The ids of the accepted corrections that do not apply, since their words are missing."""
    by_article: defaultdict[str, list[Correction]] = defaultdict(list)
    for correction in accepted:
        by_article[correction.article_id].append(correction)
    pending_ids: set[str] = set()
    for article_id, group in by_article.items():
        extracted = _read_extracted(connection, article_id)
        if extracted is None:
            pending_ids |= {correction.id for correction in group}
            continue
        ids = {article_id, *(claim.id for _, claim in extracted.claims)}
        pending_ids |= {correction.id for correction in group if correction.claim_id not in ids}
        pending_ids |= apply_corrections(extracted, group).pending_ids
    return pending_ids
