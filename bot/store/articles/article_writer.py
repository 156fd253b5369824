"""Write the articles of one transaction: show, withhold and remove them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.articles.archive_updates import RELEASE, FiledArticle, HistoryUpdate
from bot.articles.authority import speaks_for
from bot.articles.identity import file_keys
from bot.articles.known_article import RELEASED_BY_HAND, Arrival, VersionState
from bot.articles.sites import Sites
from bot.corrections.claims import CorrectedClaims
from bot.model import Document, GoneReason
from bot.store.articles import copies
from bot.store.articles.applied_corrections import (
    apply_article_corrections,
    correct_filed_claims,
)
from bot.store.articles.gone_records import record_gone, record_rejected
from bot.store.articles.rows import (
    CARD_FIELDS,
    article_as_found,
    article_row,
    claim_from_row,
    claim_row,
)
from bot.store.articles.statements import Statements
from bot.store.articles.version_rows import claims_to_json, document_to_json
from bot.store.articles.visibility import IDS_IN_REVIEW
from bot.store.database import (
    Database,
    batches,
    delete_in_batches,
    insert_rows,
    select_in_batches,
)
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.posted import PostedMessages
from bot.store.notices import notice_of
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
from bot.store.speakers.roles import RoleReader


def reserve_change_numbers(connection: sa.Connection, count: int) -> int:
    """Reserve the next `count` change numbers and return the first.

    This locks out other writers until the transaction ends, which tells other processes.
    """
    update = sa.update(store_state).values(seq=store_state.c.seq + count)
    update_and_tell = update.returning(store_state.c.seq, *notice_of(connection, "changes"))
    last_number: int = connection.execute(update_and_tell).scalar_one()
    return last_number - count + 1


class ArticleWriter:
    """Writes articles in one transaction; the caller has reserved the change numbers."""

    def __init__(
        self,
        database: Database,
        connection: sa.Connection,
        *,
        posted: PostedMessages,
        roles: RoleReader,
        statements: Statements,
        now: datetime,
    ) -> None:
        self._db, self._connection, self._posted, self._now = database, connection, posted, now
        self._roles, self._statements = roles, statements

    # -- shown articles

    def show(self, filed: Sequence[FiledArticle], seq: int, arrival: Arrival) -> None:
        """Show articles in place of their current versions; their change numbers start at `seq`."""
        ids = [step.article.id for step in filed]
        arrivals = self._arrivals(ids)
        before = self._articles_by_claim([step.article.id for step in filed if step.is_known])
        left = self._statements.leave(self._connection, ids)
        changed_cards: set[str] = set()
        for step in filed:
            if step.is_known and self._remove_shown(step):
                changed_cards.add(step.article.id)
            if step.reinstates:
                self._reinstate(step)
        self._end_withholding(ids, "earlier")
        rows = [
            article_row(
                step.article,
                number,
                *arrivals.get(step.article.id, (arrival, self._now)),
                step.paragraphs,
                step.extractor,
                step.read_to,
            )
            for number, step in enumerate(filed, start=seq)
        ]
        apply_article_corrections(self._connection, rows)
        insert_rows(self._connection, articles, rows)
        corrected = self._write_claims(filed)
        for step in filed:
            self._add_keys(step.article.id, step.keys)
        copies.record_copies(self._connection, [step.article for step in filed])
        self._statements.join(self._connection, ids, left)
        self._update_gone(before, filed, corrected)
        self._schedule_updates(
            [claim_id for claim_id, article_id in before.items() if article_id in changed_cards]
        )

    def replace_claims(self, filed: Sequence[FiledArticle]) -> None:
        """Replace the claims of articles that are shown."""
        ids = [step.article.id for step in filed]
        before = self._articles_by_claim(ids)
        left = self._statements.leave(self._connection, ids)
        delete_in_batches(self._connection, claims.c.article_id, ids)
        self._update_gone(before, filed, self._write_claims(filed))
        self._statements.join(self._connection, ids, left)

    def _write_claims(self, filed: Sequence[FiledArticle]) -> dict[str, CorrectedClaims]:
        """Write the claims of articles, as corrected, and the roles of their speakers.

        Returns the corrected claims of the articles that have corrections, by article.
        """
        corrected = correct_filed_claims(self._connection, filed)
        by_article = {step.article.id: [*enumerate(step.claims)] for step in filed}
        by_article |= {article_id: [*result.claims] for article_id, result in corrected.items()}
        rows: list[dict[str, Any]] = []
        for step in filed:
            placed = by_article[step.article.id]
            roles = self._roles(step.article.text, [claim for _, claim in placed])
            rows += [
                claim_row(claim, number) | {"roles": roles.get(claim.speaker or "")}
                for number, claim in placed
            ]
        insert_rows(self._connection, claims, rows)
        return corrected

    def release(self, step: FiledArticle) -> bool:
        """Release a withheld version; False if it is no longer withheld.

        It leaves the history if it is shown under its own number. Otherwise a person has released
        it, and it stays with that reason.
        """
        is_withheld = (
            versions.c.article_id == step.article.id,
            versions.c.number == step.released_number,
            versions.c.state == "withheld",
        )
        change: sa.Delete | sa.Update = sa.delete(versions).where(*is_withheld)
        if step.released_number != step.article.version:
            values = {"state": "earlier", "release_at": None, "reason": RELEASED_BY_HAND}
            change = sa.update(versions).where(*is_withheld).values(**values)
        return bool(self._connection.execute(change).rowcount)

    def _remove_shown(self, step: FiledArticle) -> bool:
        """Delete the shown version of an article; it stays in the history if its number differs.

        Returns whether the article's card will read differently: its title, outlet, date etc.
        """
        row = self._shown_row(step.article.id)
        if row.version != step.article.version:
            self._store_shown(row, "earlier", None)
        self._connection.execute(sa.delete(articles).where(articles.c.id == row.id))
        before = article_as_found(row)
        return any(getattr(before, name) != getattr(step.article, name) for name in CARD_FIELDS)

    def _reinstate(self, step: FiledArticle) -> None:
        """Lift the withdrawal of an article, and that of its text in all other articles.

        A version that is shown again under its own number leaves the history.
        """
        text_sha = step.article.text_sha
        is_shown_again = (
            versions.c.article_id == step.article.id,
            versions.c.number == step.article.version,
        )
        self._connection.execute(sa.delete(versions).where(*is_shown_again))
        is_same = (versions.c.article_id == step.article.id) | (versions.c.text_sha == text_sha)
        lift = sa.update(versions).where(is_same, versions.c.state == "withdrawn")
        self._connection.execute(lift.values(state="earlier"))
        unblock = sa.update(removals).where(removals.c.text_sha == text_sha)
        self._connection.execute(unblock.values(barred=False))

    def _update_gone(
        self,
        before: Mapping[str, str],
        filed: Sequence[FiledArticle],
        corrected: Mapping[str, CorrectedClaims],
    ) -> None:
        """Record which claims the articles no longer have, delete the records of claims that are
        back, and schedule updates of the messages that show any of them."""
        current = {claim.id for step in filed for claim in step.claims}
        current -= {claim_id for result in corrected.values() for claim_id in result.rejected}
        gone = {claim_id: before[claim_id] for claim_id in before.keys() - current}
        self._record_gone(gone, "changed")
        affected: set[str] = set()
        for batch in batches(step.article.id for step in filed):
            is_in_batch = gone_claims.c.article_id.in_(batch)
            rows = self._connection.execute(sa.select(gone_claims).where(is_in_batch))
            affected |= {
                row.claim_id for row in rows if row.reason != "changed" or row.claim_id in current
            }
            update_others = sa.update(gone_claims).where(
                is_in_batch, gone_claims.c.reason != "changed"
            )
            self._connection.execute(update_others.values(reason="changed", gone_at=self._now))
        delete_in_batches(self._connection, gone_claims.c.claim_id, affected & current)
        for result in corrected.values():
            record_rejected(self._db, self._connection, result)
            affected |= {claim.id for _, claim in result.originals}
        changed = {claim_id for step in filed for claim_id in step.changed_claim_ids}
        self._schedule_updates(changed | gone.keys() | affected)

    # -- hidden articles

    def add_hidden(
        self, step: HistoryUpdate, seq: int, arrival: Arrival, jobs: Jobs, sites: Sites
    ) -> None:
        """Store a document that is not shown, as change number `seq`."""
        if step.demoted_to:
            gone_reason: GoneReason = "withdrawn" if step.demoted_to == "withdrawn" else "withheld"
            # An embargo is the reason of its own version only, not of earlier ones.
            reason = step.reason if step.demoted_to == "withdrawn" else None
            self._end_withholding([step.article_id], step.demoted_to, reason)
            for article_id, number in self._articles_to_hide(step, seq, sites):
                self._hide(article_id, number, step.demoted_to, reason, gone_reason=gone_reason)
        if step.document:
            self._add_version(step, step.document, arrival)
        if step.release_at:
            due_at = step.release_at
            jobs.add(RELEASE, step.article_id, due_at=due_at, connection=self._connection)
        self._add_keys(step.article_id, step.keys)

    def _articles_to_hide(
        self, step: HistoryUpdate, seq: int, sites: Sites
    ) -> list[tuple[str, int]]:
        """The ids of the articles to hide, with their change numbers.

        If the article is withdrawn, its outlet's other articles with the same text are included:
        they are the same story posted at another URL.
        """
        numbered = [(step.article_id, seq)]
        row = self._shown_row(step.article_id) if step.demoted_to == "withdrawn" else None
        # The outlet as found: a person's correction of it gives no authority.
        article = article_as_found(row) if row is not None else None
        if article is not None and article.outlet is not None:
            has_same_text = articles.c.text_sha == article.text_sha
            twins = sa.select(articles).where(has_same_text, articles.c.id != article.id)
            for twin in map(article_as_found, self._connection.execute(twins).all()):
                # Any site can claim to be this outlet, so check its authority too.
                document = step.document or article
                if twin.outlet == article.outlet and speaks_for(document, twin, sites):
                    numbered.append((twin.id, reserve_change_numbers(self._connection, 1)))
        return numbered

    def _add_version(self, step: HistoryUpdate, document: Document, arrival: Arrival) -> None:
        is_same = versions.c.article_id == step.article_id, versions.c.number == step.number
        delete = sa.delete(versions).where(*is_same, versions.c.state == "withheld")
        self._connection.execute(delete)
        row = {"article_id": step.article_id, "number": step.number, "state": step.state}
        row |= {"received_at": self._now, "release_at": step.release_at, "reason": step.reason}
        row |= {"arrival": arrival, "text_sha": document.text_sha, "text": document.text}
        row["document"] = document_to_json(document)
        insert_rows(self._connection, versions, [row])

    def remove(self, article_id: str, seq: int, reason: str, *, block_reimport: bool) -> None:
        """Remove an article by hand, as change number `seq`."""
        state: VersionState | None = "withdrawn" if block_reimport else None
        self._hide(
            article_id,
            seq,
            state,
            reason,
            gone_reason="removed",
            block_reimport=block_reimport,
        )
        if block_reimport:
            self._end_withholding([article_id], "withdrawn", reason)
        else:
            for table in (versions, identities, originals):
                self._connection.execute(sa.delete(table).where(table.c.article_id == article_id))

    def _hide(
        self,
        article_id: str,
        seq: int,
        state: VersionState | None,
        reason: str | None,
        *,
        gone_reason: GoneReason,
        block_reimport: bool = False,
    ) -> None:
        """Stop showing an article, if it is shown, and keep it in the history in `state`, if given.

        All its claims, including earlier ones, are recorded as gone for `gone_reason`.
        """
        shown_claims = self._articles_by_claim([article_id])
        if row := self._shown_row(article_id):
            if state:
                self._store_shown(row, state, reason)
            self._statements.leave(self._connection, [article_id])
            self._connection.execute(sa.delete(articles).where(articles.c.id == article_id))
            copies.recheck_copies(self._connection, [article_id])
            removal = {"seq": seq, "article_id": article_id, "text_sha": row.text_sha}
            # Removing what a person brought must not bar the same text from its publisher.
            is_barred = block_reimport and "unreviewed" not in (row.review or ())
            removal |= {"reason": reason or gone_reason, "barred": is_barred}
            insert_rows(self._connection, removals, [removal | {"removed_at": self._now}])
        self._record_gone(shown_claims, gone_reason)
        is_of_article = gone_claims.c.article_id == article_id
        query = sa.select(gone_claims.c.claim_id).where(is_of_article)
        gone_ids = set(self._connection.scalars(query))
        has_other_reason = gone_claims.c.reason != gone_reason
        update_others = sa.update(gone_claims).where(is_of_article, has_other_reason)
        self._connection.execute(update_others.values(reason=gone_reason, gone_at=self._now))
        # Messages that show the original may list this article as a copy.
        original_claims = self._articles_by_claim([row.copy_of]) if row and row.copy_of else {}
        # Messages record corrections of the article itself under the article's id.
        self._schedule_updates({*gone_ids, *original_claims, article_id})

    # -- helpers

    def _shown_row(self, article_id: str) -> Any:
        return self._connection.execute(
            sa.select(articles).where(articles.c.id == article_id)
        ).one_or_none()

    def _store_shown(self, row: sa.Row[Any], state: VersionState, reason: str | None) -> None:
        """Store the shown version of an article, with its claims, in the history."""
        query = sa.select(claims).where(claims.c.article_id == row.id).order_by(claims.c.position)
        shown = [claim_from_row(claim) for claim in self._connection.execute(query)]
        version = {"article_id": row.id, "number": row.version, "state": state, "reason": reason}
        version |= {"received_at": row.arrived_at, "left_at": self._now, "arrival": row.arrival}
        version |= {"text_sha": row.text_sha, "text": row.text, "claims": claims_to_json(shown)}
        version["document"] = document_to_json(article_as_found(row))
        insert_rows(self._connection, versions, [version])

    def _end_withholding(
        self, article_ids: Sequence[str], state: VersionState, reason: str | None = None
    ) -> None:
        """Put the withheld versions of articles into another state."""
        for batch in batches(article_ids):
            is_withheld = versions.c.article_id.in_(batch), versions.c.state == "withheld"
            values = {"state": state, "release_at": None, "reason": reason}
            self._connection.execute(sa.update(versions).where(*is_withheld).values(**values))

    def _arrivals(self, ids: Sequence[str]) -> dict[str, tuple[str, datetime]]:
        """How and when articles arrived that are shown, or were shown before they were withheld.

        One that somebody had to review arrives when nobody has to: a digest must not miss it.
        """
        in_review = sa.select(articles.c.id).where(
            articles.c.id.in_(ids), articles.c.id.in_(IDS_IN_REVIEW)
        )
        ids = [*set(ids).difference(self._connection.scalars(in_review))]
        was_shown = versions.c.state == "earlier", versions.c.left_at.is_not(None)
        earlier = sa.select(versions.c.article_id, versions.c.arrival, versions.c.received_at)
        shown = sa.select(articles.c.id, articles.c.arrival, articles.c.arrived_at)
        # Shown articles come last, so that they take precedence.
        rows = [
            *select_in_batches(
                self._connection, earlier.where(*was_shown), versions.c.article_id, ids
            ),
            *select_in_batches(self._connection, shown, articles.c.id, ids),
        ]
        return {row[0]: (row[1], row[2]) for row in rows}

    def _articles_by_claim(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Map the ids of the articles' current claims to the ids of the articles."""
        query = sa.select(claims.c.id, claims.c.article_id)
        rows = select_in_batches(self._connection, query, claims.c.article_id, article_ids)
        return {row.id: row.article_id for row in rows}

    def _record_gone(self, article_ids: Mapping[str, str], reason: GoneReason) -> None:
        record_gone(self._db, self._connection, article_ids, reason, self._now)

    def _add_keys(self, article_id: str, keys: Collection[str]) -> None:
        """Store keys of an article; no other article keeps the key of the same file."""
        if files := file_keys(keys):
            self._connection.execute(sa.delete(identities).where(identities.c.key.in_(files)))
        if keys:
            rows = [{"key": key, "article_id": article_id} for key in sorted(keys)]
            insert_new = self._db.insert(identities).on_conflict_do_nothing()
            self._connection.execute(insert_new, rows)

    def _schedule_updates(self, claim_ids: Collection[str]) -> None:
        """Schedule updates of the messages that show these claims."""
        if claim_ids:
            self._posted.schedule_updates(self._connection, sorted(claim_ids), self._now)
