"""The queries that people asked in Slack, by workspace."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.errors import NotFoundError, StoreBusyError
from bot.model import viewer_key
from bot.store.database import Database
from bot.store.schema import answers
from bot.words import say

INSERT_ANSWER = sa.insert(answers)
SAVE_SECONDS = 20.0
"""How long a save waits for other writers of the store."""
ATTEMPT_SECONDS = 1.0
"""How long each attempt waits, so that a store that is being closed need not wait longer."""
MAX_UNSAVED = 5_000
"""The most queries to keep in memory that are not stored."""
RECALL_DELAY = 0.5
"""Seconds until an unknown id is looked up again: another process may be about to store it."""


class Conversation:
    """The queries that the buttons of one answer refer to.

    They get their ids at once, without the database, so that an answer never waits for it. `save`
    stores them together.
    """

    def __init__(
        self, conversations: Conversations, team: str, person: str, asked_at: datetime
    ) -> None:
        self._conversations = conversations
        self._team, self._person, self._asked_at = team, person, asked_at
        self._rows: list[dict[str, Any]] = []

    @property
    def viewer(self) -> str:
        """The person, as a viewer of articles that are not reviewed."""
        return viewer_key(self._team, self._person)

    def remember(self, query: str) -> str:
        """Return the id by which the person's buttons refer to a query."""
        row = {
            "team": self._team,
            "id": secrets.token_hex(8),
            "person": self._person,
            "query": query,
            "asked_at": self._asked_at,
        }
        self._rows.append(row)
        self._conversations.keep_unsaved(row)
        return str(row["id"])

    def recall(self, answer_id: str) -> str:
        """Return a query that the person asked before; see `Conversations.recall`."""
        return self._conversations.recall(self._team, self._person, answer_id)

    def save(self) -> Future[None]:
        """Store the queries in another thread. The result is StoreError if that fails."""
        return self._conversations.save(self._rows)


class Conversations:
    """Stores queries, so that the buttons of old answers still work.

    A query that is not stored yet is kept in memory, where only this process finds it.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        self._unsaved: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._lock = threading.Lock()
        # A thread of its own: waiting for a locked store must not hold up searches.
        self._writer = ThreadPoolExecutor(1, "conversations")
        self._is_closing = False

    def begin(self, team: str, person: str, asked_at: datetime) -> Conversation:
        """Begin the queries of one answer to a person."""
        return Conversation(self, team, person, asked_at)

    def recall(self, team: str, person: str, answer_id: str) -> str:
        """Return a person's query. Raises NotFoundError, including for somebody else's query."""
        query = self._find(team, person, answer_id)
        if query is None:
            time.sleep(RECALL_DELAY)
            query = self._find(team, person, answer_id)
        if query is None:
            raise NotFoundError(say("gone.answer"), remedy=say("gone.ask_again"))
        return query

    def keep_unsaved(self, row: dict[str, Any]) -> None:
        """Keep a query in memory until it is stored."""
        with self._lock:
            self._unsaved[row["id"]] = row
            if len(self._unsaved) > MAX_UNSAVED:
                self._unsaved.popitem(last=False)

    def save(self, rows: Sequence[dict[str, Any]]) -> Future[None]:
        """Store queries in one transaction, in another thread."""
        if not rows:
            done: Future[None] = Future()
            done.set_result(None)
            return done
        return self._writer.submit(self._write, rows, time.monotonic() + SAVE_SECONDS)

    def close(self) -> None:
        """Store what is waiting, without waiting for a locked store."""
        self._is_closing = True
        self._writer.shutdown()

    def _find(self, team: str, person: str, answer_id: str) -> str | None:
        with self._lock:
            row = self._unsaved.get(answer_id)
        if row and (row["team"], row["person"]) == (team, person):
            return str(row["query"])
        return self._db.fetch_value(
            sa.select(answers.c.query).where(
                answers.c.team == team, answers.c.id == answer_id, answers.c.person == person
            )
        )

    def _write(self, rows: Sequence[dict[str, Any]], give_up_at: float) -> None:
        while True:
            seconds_left = max(0.0, give_up_at - time.monotonic())
            try:
                self._insert(rows, max_wait=min(seconds_left, ATTEMPT_SECONDS))
                break
            except StoreBusyError:
                if self._is_closing or not seconds_left:
                    raise
        with self._lock:
            for row in rows:
                self._unsaved.pop(row["id"], None)

    def _insert(self, rows: Sequence[dict[str, Any]], *, max_wait: float) -> None:
        with self._db.write(light=True, max_wait=0.0 if self._is_closing else max_wait) as writing:
            writing.execute(INSERT_ANSWER, list(rows))
