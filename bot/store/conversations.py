"""What people asked and shared in Slack, by workspace."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from bot.errors import NotFoundError
from bot.model import Claim, Share
from bot.store.database import Database
from bot.store.posted import MessageKey, Posted, wording_of
from bot.store.schema import answers, shares


class Conversations:
    """Remembers queries, so that old buttons still work, and which claim was shared where."""

    def __init__(self, database: Database, posted: Posted) -> None:
        self._db, self._posted = database, posted

    def remember(self, *, team: str, person: str, query: str, asked_at: datetime) -> str:
        """Keep a person's query and return the id by which their buttons call it."""
        answer_id = secrets.token_hex(8)
        with self._db.write() as connection:
            connection.execute(
                sa.insert(answers).values(
                    team=team, id=answer_id, person=person, query=query, asked_at=asked_at
                )
            )
        return answer_id

    def recall(self, *, team: str, person: str, answer_id: str) -> str:
        """The query that this person asked. Raises NotFoundError, also for somebody else's."""
        with self._db.read() as connection:
            query: str | None = connection.scalar(
                sa.select(answers.c.query).where(
                    answers.c.team == team, answers.c.id == answer_id, answers.c.person == person
                )
            )
        if query is None:
            raise NotFoundError(
                "this answer is not known any more", remedy="Ask again with /claim."
            )
        return query

    def begin_share(self, share: Share, *, pressed_at: datetime) -> bool:
        """Note that a claim is about to be posted; False if this press is noted already."""
        insert = self._db.insert(shares).values(**asdict(share), pressed_at=pressed_at)
        with self._db.write() as connection:
            once = insert.on_conflict_do_nothing().returning(shares.c.press)
            return connection.execute(once).first() is not None

    def record_share(self, share: Share, *, ts: str, shown: Claim, now: datetime) -> None:
        """Note as which message a claim stands in its channel, as it is `shown` there, and have it
        mended if it has changed meanwhile."""
        values = {"ts": ts, "wording": wording_of(shown)}
        with self._db.write() as connection:
            connection.execute(sa.update(shares).where(*_share(share)).values(**values))
            self._posted.check(connection, MessageKey(share.team, share.channel, ts), now)

    def drop_share(self, share: Share) -> None:
        """Forget a share that Slack did not post: it may be pressed again."""
        with self._db.write() as connection:
            connection.execute(sa.delete(shares).where(*_share(share)))


def _share(share: Share) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        shares.c.team == share.team,
        shares.c.channel == share.channel,
        shares.c.press == share.press,
        shares.c.claim_id == share.claim_id,
    )
