"""What people asked in Slack, by workspace."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa

from bot.errors import NotFoundError
from bot.store.database import Database
from bot.store.schema import answers
from bot.words import say

ANSWER = sa.insert(answers)


class Conversations:
    """Remembers queries, so that old buttons still work."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def remember(self, team: str, person: str, query: str, asked_at: datetime) -> str:
        """Keep a person's query and return the id by which their buttons call it."""
        answer_id = secrets.token_hex(8)
        with self._db.write(light=True) as connection:
            row = {"team": team, "id": answer_id, "person": person, "query": query}
            connection.execute(ANSWER, row | {"asked_at": asked_at})
        return answer_id

    def recall(self, team: str, person: str, answer_id: str) -> str:
        """The query that this person asked. Raises NotFoundError, also for somebody else's."""
        with self._db.read() as connection:
            query: str | None = connection.scalar(
                sa.select(answers.c.query).where(
                    answers.c.team == team, answers.c.id == answer_id, answers.c.person == person
                )
            )
        if query is None:
            raise NotFoundError(say("gone.answer"), remedy=say("gone.ask_again"))
        return query
