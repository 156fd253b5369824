"""The queries that people asked in Slack, by workspace."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa

from bot.errors import NotFoundError
from bot.store.database import Database
from bot.store.schema import answers
from bot.words import say

INSERT_ANSWER = sa.insert(answers)


class Conversations:
    """Stores queries, so that the buttons of old answers still work."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def remember(self, team: str, person: str, query: str, asked_at: datetime) -> str:
        """Store a person's query; returns the id by which their buttons refer to it."""
        answer_id = secrets.token_hex(8)
        with self._db.write(light=True) as connection:
            row = {"team": team, "id": answer_id, "person": person, "query": query}
            connection.execute(INSERT_ANSWER, row | {"asked_at": asked_at})
        return answer_id

    def recall(self, team: str, person: str, answer_id: str) -> str:
        """Return a person's query. Raises NotFoundError, including for somebody else's query."""
        query = self._db.fetch_value(
            sa.select(answers.c.query).where(
                answers.c.team == team, answers.c.id == answer_id, answers.c.person == person
            )
        )
        if query is None:
            raise NotFoundError(say("gone.answer"), remedy=say("gone.ask_again"))
        return str(query)
