"""What one transaction writes: articles shown, kept from being shown, taken out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.articles.authority import speaks_for
from bot.articles.identity import file_keys
from bot.articles.known_article import RELEASED_BY_HAND, Arrival, VersionState
from bot.articles.sites import Sites
from bot.articles.steps import RELEASE, FiledArticle, HistoryUpdate
from bot.corrections.claims import CorrectedClaims
from bot.model import Document, GoneReason
from bot.store.articles import copies
from bot.store.articles.applied_corrections import apply_article_corrections, correct_filed_claims
from bot.store.articles.gone_records import delete_gone_records, record_gone, record_rejected
from bot.store.articles.rows import (
    CARD_FIELDS,
    article_as_found,
    article_row,
    claim_from_row,
    claim_row,
)
from bot.store.articles.version_rows import claims_to_json, document_to_json
from bot.store.database import Database, batches
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.posted import PostedMessages
from bot.store.schema import (
    articles,
    claims,
    gone_claims,
    identities,
    originals,
    removals,
    store_state,
    versions,
)
from bot.store.speakers.roles import RoleReader, write_roles


def reserve_change_numbers(connection: sa.Connection, count: int) -> int:
    """Take the next `count` numbers of the change count and return the first; until the
    transaction ends every other writer waits here."""
    taken = sa.update(store_state).values(seq=store_state.c.seq + count)
    last: int = connection.execute(taken.returning(store_state.c.seq)).scalar_one()
    return last - count + 1


class ArticleWriter:
    """Writes of one transaction, which has taken its numbers of the change count."""

    def __init__(
        self,
        database: Database,
        connection: sa.Connection,
        *,
        posted: PostedMessages,
        roles: RoleReader,
        now: datetime,
    ) -> None:
        self._db, self._connection, self._posted, self._now = database, connection, posted, now
        self._roles = roles

    # -- what is shown

    def show(self, filed: Sequence[FiledArticle], seq: int, arrival: Arrival) -> None:
        """Put articles in the place of what is shown of them, from change number `seq` on."""
        ids = [one.article.id for one in filed]
        arrivals = self._arrivals(ids)
        before = self._claim_ids([one.article.id for one in filed if one.is_known])
        shown_otherwise: set[str] = set()
        for one in filed:
            if one.is_known and self._remove_shown(one):
                shown_otherwise.add(one.article.id)
            if one.reinstates:
                self._unbar(one)
        self._end_withholding(ids, "earlier")
        arrived = arrival, self._now
        rows = [
            article_row(
                one.article,
                number,
                *arrivals.get(one.article.id, arrived),
                one.paragraphs,
                one.extractor,
            )
            for number, one in enumerate(filed, start=seq)
        ]
        apply_article_corrections(self._connection, rows)
        self._insert(articles, rows)
        laid = self._write_claims(filed)
        for one in filed:
            self._add_keys(one.article.id, one.keys)
        copies.record_copies(self._connection, [one.article for one in filed])
        self._note_gone(before, filed, laid)
        self._schedule_updates(
            [claim for claim, article in before.items() if article in shown_otherwise]
        )

    def replace_claims(self, filed: Sequence[FiledArticle]) -> None:
        """Put the claims that were found in articles now in the place of those found before."""
        ids = [one.article.id for one in filed]
        before = self._claim_ids(ids)
        for some in batches(ids):
            self._connection.execute(sa.delete(claims).where(claims.c.article_id.in_(some)))
        self._note_gone(before, filed, self._write_claims(filed))

    def _write_claims(self, filed: Sequence[FiledArticle]) -> dict[str, CorrectedClaims]:
        """Write the claims of articles with people's corrections laid over them, and what the
        articles say that the speakers are; returns what became of the claims of articles that have
        any corrections."""
        laid = correct_filed_claims(self._connection, filed)
        placed = {one.article.id: [*enumerate(one.claims)] for one in filed}
        placed |= {article_id: [*one.claims] for article_id, one in laid.items()}
        self._insert(claims, [claim_row(one, at) for read in placed.values() for at, one in read])
        texts = {one.article.id: one.article.text for one in filed}
        reads = ((id_, texts[id_], [one for _, one in read]) for id_, read in placed.items())
        write_roles(self._connection, self._roles, reads)
        return laid

    def release(self, one: FiledArticle) -> bool:
        """Take a version out of the history that is to be shown now, or note that a person has
        released it; False if it does not wait there any more."""
        waiting = (
            versions.c.article_id == one.article.id,
            versions.c.number == one.released,
            versions.c.state == "withheld",
        )
        change: sa.Delete | sa.Update = sa.delete(versions).where(*waiting)
        if one.released != one.article.version:
            noted = {"state": "earlier", "release_at": None, "reason": RELEASED_BY_HAND}
            change = sa.update(versions).where(*waiting).values(**noted)
        return bool(self._connection.execute(change).rowcount)

    def _remove_shown(self, one: FiledArticle) -> bool:
        """Take out what is shown of an article; another version of it is kept. Returns whether
        people see another title, outlet, date or the like of it than before."""
        row = self._shown(one.article.id)
        if row.version != one.article.version:
            self._keep_shown(row, "earlier", None)
        self._connection.execute(sa.delete(articles).where(articles.c.id == row.id))
        found = article_as_found(row)
        return any(getattr(found, name) != getattr(one.article, name) for name in CARD_FIELDS)

    def _unbar(self, one: FiledArticle) -> None:
        """Let an article, and its text wherever it comes from, come in by itself again."""
        text_sha = one.article.text_sha
        mine = (versions.c.article_id == one.article.id) | (versions.c.text_sha == text_sha)
        withdrawn = sa.update(versions).where(mine, versions.c.state == "withdrawn")
        self._connection.execute(withdrawn.values(state="earlier"))
        barred = sa.update(removals).where(removals.c.text_sha == text_sha)
        self._connection.execute(barred.values(barred=False))

    def _note_gone(
        self,
        before: Mapping[str, str],
        filed: Sequence[FiledArticle],
        laid: Mapping[str, CorrectedClaims],
    ) -> None:
        """Note which claims their articles' present versions don't have, and forget the notes on
        those that they have again; have the messages mended that show them."""
        there = {claim.id for one in filed for claim in one.claims}
        there -= {claim_id for one in laid.values() for claim_id in one.rejected}
        gone = {claim_id: before[claim_id] for claim_id in before.keys() - there}
        self._note(gone, "changed")
        noted: set[str] = set()
        for some in batches([one.article.id for one in filed]):
            mine = gone_claims.c.article_id.in_(some)
            rows = self._connection.execute(sa.select(gone_claims).where(mine))
            noted |= {r.claim_id for r in rows if r.reason != "changed" or r.claim_id in there}
            others = sa.update(gone_claims).where(mine, gone_claims.c.reason != "changed")
            self._connection.execute(others.values(reason="changed", gone_at=self._now))
        delete_gone_records(self._connection, sorted(noted & there))
        for mended in laid.values():
            record_rejected(self._db, self._connection, mended)
            noted |= {claim.id for _, claim in mended.originals}
        self._schedule_updates(
            {claim_id for one in filed for claim_id in one.changed} | gone.keys() | noted
        )

    # -- what is not

    def add_hidden(
        self, one: HistoryUpdate, seq: int, arrival: Arrival, jobs: Jobs, sites: Sites
    ) -> None:
        """Keep a document that is not to be shown, as change number `seq`."""
        if one.demoted_to:
            why: GoneReason = "withdrawn" if one.demoted_to == "withdrawn" else "withheld"
            # An embargo is a reason of the version that it is on, not of those before.
            reason = one.reason if one.demoted_to == "withdrawn" else None
            self._end_withholding([one.article_id], one.demoted_to, reason)
            for article_id, number in self._articles_to_remove(one, seq, sites):
                self._take_down(article_id, number, one.demoted_to, reason, why=why)
        if one.document:
            self._add_version(one, one.document, arrival)
        if one.release_at:
            key = one.article_id
            jobs.add(RELEASE, key, due_at=one.release_at, connection=self._connection)
        self._add_keys(one.article_id, one.keys)

    def _articles_to_remove(
        self, one: HistoryUpdate, seq: int, sites: Sites
    ) -> list[tuple[str, int]]:
        """The article, and those with the same text from the same outlet where it is withdrawn:
        posted under another address as well, it is withdrawn there too."""
        ways = [(one.article_id, seq)]
        row = self._shown(one.article_id) if one.demoted_to == "withdrawn" else None
        # Whose it is, a person's correction of the outlet does not change.
        here = article_as_found(row) if row is not None else None
        if here is not None and here.outlet is not None:
            same = articles.c.text_sha == here.text_sha
            others = sa.select(articles).where(same, articles.c.id != here.id)
            for twin in map(article_as_found, self._connection.execute(others).all()):
                # Anybody may call themselves by its name.
                if twin.outlet == here.outlet and speaks_for(one.document or here, twin, sites):
                    ways.append((twin.id, reserve_change_numbers(self._connection, 1)))
        return ways

    def _add_version(self, one: HistoryUpdate, document: Document, arrival: Arrival) -> None:
        place = versions.c.article_id == one.article_id, versions.c.number == one.number
        moved = sa.delete(versions).where(*place, versions.c.state == "withheld")
        self._connection.execute(moved)
        row = {"article_id": one.article_id, "number": one.number, "state": one.state}
        row |= {"received_at": self._now, "release_at": one.release_at, "reason": one.reason}
        row |= {"arrival": arrival, "text_sha": document.text_sha, "text": document.text}
        self._insert(versions, [row | {"document": document_to_json(document)}])

    def remove(self, article_id: str, seq: int, reason: str, *, barred: bool) -> None:
        """Take an article out by hand, as change number `seq`."""
        state: VersionState | None = "withdrawn" if barred else None
        self._take_down(article_id, seq, state, reason, why="removed", barred=barred)
        if barred:
            self._end_withholding([article_id], "withdrawn", reason)
        else:
            for table in (versions, identities, originals):
                mine = sa.delete(table).where(table.c.article_id == article_id)
                self._connection.execute(mine)

    def _take_down(
        self,
        article_id: str,
        seq: int,
        state: VersionState | None,
        reason: str | None,
        *,
        why: GoneReason,
        barred: bool = False,
    ) -> None:
        """Take out what is shown of an article, if anything is; it is kept in a state, if in any.
        Of its claims, and of those that went before, it is noted why they are gone."""
        there = self._claim_ids([article_id])
        if row := self._shown(article_id):
            if state:
                self._keep_shown(row, state, reason)
            self._connection.execute(sa.delete(articles).where(articles.c.id == article_id))
            copies.recheck_copies(self._connection, [article_id])
            note = {"reason": reason or why, "barred": barred, "removed_at": self._now}
            note |= {"seq": seq, "article_id": article_id, "text_sha": row.text_sha}
            self._insert(removals, [note])
        self._note(there, why)
        mine = gone_claims.c.article_id == article_id
        noted = set(self._connection.scalars(sa.select(gone_claims.c.claim_id).where(mine)))
        others = sa.update(gone_claims).where(mine, gone_claims.c.reason != why)
        self._connection.execute(others.values(reason=why, gone_at=self._now))
        # What is shown of the first may name this article as one that prints it, too.
        first = self._claim_ids([row.copy_of]) if row and row.copy_of else {}
        # Under the article's own id messages show what people say of it.
        self._schedule_updates({*noted, *first, article_id})

    # -- the parts

    def _shown(self, article_id: str) -> Any:
        return self._connection.execute(
            sa.select(articles).where(articles.c.id == article_id)
        ).one_or_none()

    def _keep_shown(self, row: sa.Row[Any], state: VersionState, reason: str | None) -> None:
        """Keep what is shown of an article, with its claims, as a version of its history."""
        query = sa.select(claims).where(claims.c.article_id == row.id).order_by(claims.c.position)
        found = [claim_from_row(one) for one in self._connection.execute(query)]
        version = {"article_id": row.id, "number": row.version, "state": state, "reason": reason}
        version |= {"received_at": row.arrived_at, "left_at": self._now, "arrival": row.arrival}
        version |= {"text_sha": row.text_sha, "text": row.text, "claims": claims_to_json(found)}
        self._insert(versions, [version | {"document": document_to_json(article_as_found(row))}])

    def _end_withholding(
        self, article_ids: Sequence[str], state: VersionState, reason: str | None = None
    ) -> None:
        """What was withheld of articles is so no more: it goes into another state."""
        for some in batches(article_ids):
            mine = versions.c.article_id.in_(some), versions.c.state == "withheld"
            values = {"state": state, "release_at": None, "reason": reason}
            self._connection.execute(sa.update(versions).where(*mine).values(**values))

    def _arrivals(self, ids: Sequence[str]) -> dict[str, tuple[str, datetime]]:
        """How and when articles arrived that are shown, or were before they were withheld."""
        out: dict[str, tuple[str, datetime]] = {}
        was_shown = versions.c.state == "earlier", versions.c.left_at.is_not(None)
        earlier = sa.select(versions.c.article_id, versions.c.arrival, versions.c.received_at)
        shown = sa.select(articles.c.id, articles.c.arrival, articles.c.arrived_at)
        for some in batches(ids):
            for query in (
                earlier.where(*was_shown, versions.c.article_id.in_(some)),
                shown.where(articles.c.id.in_(some)),
            ):
                out |= {row[0]: (row[1], row[2]) for row in self._connection.execute(query)}
        return out

    def _claim_ids(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The claims that articles have now, each with its article."""
        out: dict[str, str] = {}
        query = sa.select(claims.c.id, claims.c.article_id)
        for some in batches(article_ids):
            chosen = query.where(claims.c.article_id.in_(some))
            out |= {row.id: row.article_id for row in self._connection.execute(chosen)}
        return out

    def _note(self, gone: dict[str, str], reason: GoneReason) -> None:
        record_gone(self._db, self._connection, gone, reason, self._now)

    def _add_keys(self, article_id: str, keys: Collection[str]) -> None:
        """Let an article be known by keys from now on; a file is that of no other then."""
        if files := file_keys(keys):
            others = sa.delete(identities).where(identities.c.key.in_(files))
            self._connection.execute(others)
        if keys:
            rows = [{"key": key, "article_id": article_id} for key in sorted(keys)]
            once = self._db.insert(identities).on_conflict_do_nothing()
            self._connection.execute(once, rows)

    def _schedule_updates(self, claim_ids: Collection[str]) -> None:
        """Have the public messages mended that show these claims."""
        if claim_ids:
            self._posted.schedule_updates(self._connection, sorted(claim_ids), self._now)

    def _insert(self, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(sa.insert(table), rows)
