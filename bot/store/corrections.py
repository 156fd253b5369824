"""What people say of claims and articles, and what others decide about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from bot.corrections.articles import CORRECTED_COLUMNS, corrected_metadata
from bot.corrections.articles import as_json as kept_as_found
from bot.corrections.claims import CorrectedClaims, ExtractedClaims, apply_corrections, as_json
from bot.model import Correction, CorrectionState, Ruling, RulingKind
from bot.store.articles.applied_corrections import (
    PLAIN_COLUMNS,
    accepted_corrections,
    corrections_from_rows,
    extracted_claims,
    save_originals,
)
from bot.store.articles.article_writer import reserve_change_numbers
from bot.store.articles.gone_records import delete_gone_records, record_rejected
from bot.store.articles.rows import article_as_found, claim_from_row, claim_row, spans_from_json
from bot.store.database import Database
from bot.store.delivery.outbox import Outbox
from bot.store.delivery.payloads import CorrectionDecidedPayload
from bot.store.delivery.posted import PostedMessages
from bot.store.schema import articles, claims, corrections, rulings
from bot.store.speakers.roles import RoleReader, write_roles

TRANSITIONS: dict[tuple[CorrectionState, RulingKind], CorrectionState] = {
    ("suggested", "accepted"): "accepted",
    ("suggested", "declined"): "declined",
    ("accepted", "undone"): "undone",
}
"""What a ruling makes of a correction, by its state; there is no other."""

LATEST = corrections.c.suggested_at.desc(), corrections.c.id
BATCH = 500


class Corrections:
    """Keeps corrections, and has claims read by those that stand."""

    def __init__(
        self, database: Database, posted: PostedMessages, outbox: Outbox, roles: RoleReader
    ) -> None:
        self._db, self._posted, self._outbox, self._roles = database, posted, outbox, roles

    def suggest(
        self,
        correction: Correction,
        ruling: Ruling | None = None,
        *,
        others: Sequence[tuple[str, str]] = (),
    ) -> Correction | None:
        """Keep a correction under an id of its own, decided about at once where a `ruling` comes
        with it; it applies to the `others` as well, claims that are there, each with its article.
        Of a press that is known, what became of it is given back and nothing kept; None where what
        it corrects has gone meanwhile."""
        with self._db.write() as connection:
            row = _new_row(correction)
            once = self._db.insert(corrections).values(row).on_conflict_do_nothing()
            press = corrections.c.team == correction.team, corrections.c.press == correction.press
            if connection.execute(once.returning(corrections.c.id)).first():
                if not _is_there(connection, correction.claim_id):
                    connection.execute(sa.delete(corrections).where(*press))
                    return None
                there = [one for one in others if _is_there(connection, one[0])]
                for number, (claim_id, article_id) in enumerate(there, start=1):
                    one = replace(correction, claim_id=claim_id, article_id=article_id)
                    one = replace(one, press=f"{one.press}/{number}", made_with=row["id"])
                    connection.execute(sa.insert(corrections).values(_new_row(one)))
                if ruling and (kept := _one(connection, *press)):
                    self._rule(connection, kept, ruling)
            return _one(connection, *press)

    def decide(self, correction_id: str, ruling: Ruling) -> Correction | None:
        """Decide about a correction: what it becomes, its claim and the messages that show this
        become in one transaction, which also has its person told. Those of one press are decided
        together, whichever is named. None where there is none that can be decided about so (any
        more), or what it corrects is gone."""
        with self._db.write() as connection:
            first = sa.select(corrections.c.made_with).where(corrections.c.id == correction_id)
            mine = corrections.c.id == (connection.scalar(first) or correction_id)
            # Of two who decide at once, one comes too late.
            connection.execute(sa.select(corrections.c.id).where(mine).with_for_update())
            correction = _one(connection, mine)
            if correction is None or (correction.state, ruling.ruling) not in TRANSITIONS:
                return None
            if ruling.ruling == "accepted" and not _is_there(connection, correction.claim_id):
                return None
            self._rule(connection, correction, ruling)
            return _one(connection, mine)

    def _rule(self, connection: sa.Connection, correction: Correction, ruling: Ruling) -> None:
        """Decide about a correction and those made with it, and have its person told."""
        with_it = corrections.c.made_with == correction.id
        rows = connection.execute(sa.select(corrections).where(with_it).order_by(corrections.c.id))
        for one in [correction, *corrections_from_rows(connection, rows.all())]:
            self._decide(connection, one, ruling)
        if correction.team and ruling.person != correction.person:
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

    def _decide(self, connection: sa.Connection, correction: Correction, ruling: Ruling) -> None:
        state = TRANSITIONS[correction.state, ruling.ruling]
        number = None if state == "declined" else reserve_change_numbers(connection, 1)
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
        mine = sa.update(corrections).where(corrections.c.id == correction.id)
        stands = number if state == "accepted" else None
        connection.execute(mine.values(state=state, number=stands))
        if number is not None:
            self._reapply(connection, correction.article_id, number, ruling)

    def _reapply(
        self, connection: sa.Connection, article_id: str, number: int, ruling: Ruling
    ) -> None:
        """Have an article and its claims read by the corrections that stand now, as a change of the
        article. One that is not shown has them laid over when it is."""
        found = _found(connection, article_id)
        if found is None:
            return
        standing = accepted_corrections(connection, [article_id])
        claims_laid = apply_corrections(found, standing.get(article_id, ()))
        save_originals(connection, [article_id], {article_id: claims_laid}, standing)
        changed = _write(connection, article_id, claims_laid)
        now = [claim for _, claim in claims_laid.claims]
        write_roles(connection, self._roles, [(article_id, found.text, now)])
        delete_gone_records(connection, [claim.id for _, claim in claims_laid.claims])
        record_rejected(self._db, connection, claims_laid)
        changed |= _reapply_to_article(connection, article_id, standing.get(article_id, ()))
        article = sa.update(articles).where(articles.c.id == article_id)
        connection.execute(article.values(seq=number))
        self._posted.schedule_updates(connection, changed, ruling.at)

    def by_id(self, correction_id: str) -> Correction | None:
        """A correction by its id."""
        with self._db.read() as connection:
            return _one(connection, corrections.c.id == correction_id)

    def by_press(self, team: str, press: str) -> Correction | None:
        """The correction that a press has made."""
        with self._db.read() as connection:
            mine = corrections.c.team == team, corrections.c.press == press
            return _one(connection, *mine)

    def find(
        self,
        *,
        state: CorrectionState | None = None,
        claim_id: str | None = None,
        article_id: str | None = None,
        limit: int | None = None,
    ) -> list[Correction]:
        """Corrections in a state, of a claim or an article, of an article and its claims, or all,
        the latest first; those that stand and whose words are not there say that they wait. Those
        of one press are one, unless a claim or an article is named."""
        query = sa.select(corrections).order_by(*LATEST).limit(limit)
        if state:
            query = query.where(corrections.c.state == state)
        if claim_id:
            query = query.where(corrections.c.claim_id == claim_id)
        elif article_id:
            query = query.where(corrections.c.article_id == article_id)
        else:
            query = query.where(corrections.c.made_with.is_(None))
        with self._db.read() as connection:
            chosen = corrections_from_rows(connection, connection.execute(query).all())
            waiting = _waiting(connection, [one for one in chosen if one.state == "accepted"])
        return [replace(one, waits=one.id in waiting) for one in chosen]

    def corrected_articles(self) -> Iterator[tuple[str, ExtractedClaims, Sequence[Correction]]]:
        """The articles that are shown and have claims with corrections that stand, by id, each as
        it was found and with these."""
        standing = sa.select(corrections.c.article_id).where(
            corrections.c.state == "accepted",
            corrections.c.claim_id != corrections.c.article_id,
        )
        query = sa.select(articles.c.id).where(articles.c.id.in_(standing)).order_by(articles.c.id)
        with self._db.read() as connection:
            ids = list(connection.scalars(query))
        for article_id in ids:
            with self._db.read() as connection:
                if found := _found(connection, article_id):
                    yield (
                        article_id,
                        found,
                        accepted_corrections(connection, [article_id])[article_id],
                    )


def _one(connection: sa.Connection, *chosen: sa.ColumnElement[bool]) -> Correction | None:
    rows = connection.execute(sa.select(corrections).where(*chosen)).all()
    return next(iter(corrections_from_rows(connection, rows)), None)


def _new_row(correction: Correction) -> dict[str, Any]:
    row = {name: getattr(correction, name) for name in PLAIN_COLUMNS}
    row |= {"id": uuid4().hex[:16], "state": "suggested", "number": None}
    return row | {"changes": as_json(correction.changes), "before": as_json(correction.before)}


def _is_there(connection: sa.Connection, corrected: str) -> bool:
    """Whether what is to be corrected is shown: a claim, or an article."""
    for table in (claims, articles):
        query = sa.select(sa.literal(1)).select_from(table).where(table.c.id == corrected)
        if connection.execute(query).first() is not None:
            return True
    return False


def _reapply_to_article(
    connection: sa.Connection, article_id: str, standing: Sequence[Correction]
) -> set[str]:
    """Have an article read as the corrections that stand say; returns what shows it, where it now
    reads otherwise: its claims, those that a copy of it prints or that it copies, and itself."""
    row = connection.execute(sa.select(articles).where(articles.c.id == article_id)).one()
    found = article_as_found(row)
    reads = corrected_metadata(standing)
    kept = kept_as_found({name: getattr(found, name) for name in reads}) or None
    values = {name: getattr(found, name) for name in CORRECTED_COLUMNS} | reads | {"as_found": kept}
    if all(getattr(row, name) == value for name, value in values.items()):
        return set()
    connection.execute(sa.update(articles).where(articles.c.id == article_id).values(values))
    family = row.copy_of or article_id
    near = (articles.c.id == family) | (articles.c.copy_of == family)
    shown = sa.select(claims.c.id).join(articles, articles.c.id == claims.c.article_id)
    return {article_id, *connection.scalars(shown.where(near))}


def _found(connection: sa.Connection, article_id: str) -> ExtractedClaims | None:
    query = sa.select(articles.c.text, articles.c.paragraphs).where(articles.c.id == article_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return ExtractedClaims(
        row.text, spans_from_json(row.paragraphs), extracted_claims(connection, article_id)
    )


def _write(connection: sa.Connection, article_id: str, laid: CorrectedClaims) -> set[str]:
    """Write those claims of an article that read otherwise than they did; returns their ids, and
    those of claims that are gone."""
    query = sa.select(claims).where(claims.c.article_id == article_id)
    before = {row.id: (row.position, claim_from_row(row)) for row in connection.execute(query)}
    now = {claim.id: (at, claim) for at, claim in laid.claims}
    changed = {one for one in before.keys() | now.keys() if before.get(one) != now.get(one)}
    ids = sorted(changed)
    for start in range(0, len(ids), BATCH):
        some = claims.c.id.in_(ids[start : start + BATCH])
        connection.execute(sa.delete(claims).where(some))
    if rows := [claim_row(claim, at) for id_, (at, claim) in now.items() if id_ in changed]:
        connection.execute(sa.insert(claims), rows)
    return changed


def _waiting(connection: sa.Connection, standing: Sequence[Correction]) -> set[str]:
    """Which of some corrections that stand do not show, as their words are not there now."""
    by_article: defaultdict[str, list[Correction]] = defaultdict(list)
    for one in standing:
        by_article[one.article_id].append(one)
    waiting: set[str] = set()
    for article_id, said in by_article.items():
        found = _found(connection, article_id)
        there = {claim.id for _, claim in found.claims} if found else set[str]()
        there |= {article_id} if found else set()
        waiting |= {one.id for one in said if one.claim_id not in there}
        if found:
            waiting |= apply_corrections(found, said).waiting
    return waiting
