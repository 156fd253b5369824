"""Forget what is older than the settings say, once a day, and people on somebody's order."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import store
from bot.config import RetentionSettings
from bot.newsroom.providers import Clock
from bot.newsroom.search.index_updates import IndexUpdates

INTERVAL = timedelta(days=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False, kw_only=True)
class Retention:
    """Deletes old queries and messages, and what is stored about a person."""

    settings: RetentionSettings
    retention: store.Retention
    personal_data: store.PersonalData
    updates: IndexUpdates
    jobs: store.Jobs
    now: Clock

    def ensure_job(self) -> None:
        """Make sure that the job that deletes what is too old is due within a day."""
        self.jobs.add("forget", "daily", due_at=self.now() + INTERVAL)

    def handle_forget_job(self, _job: store.Job) -> datetime:
        """Delete what is too old; returns when to do so again. Idempotent."""
        now = self.now()
        before = now - timedelta(days=self.settings.queries_days)
        queries = self.retention.delete_queries(before)
        failed_jobs = self.retention.delete_failed_jobs(before)
        self.retention.delete_idle(before)
        messages = self.retention.delete_messages(now - timedelta(days=self.settings.messages_days))
        if queries or messages or failed_jobs:
            log.info(
                "forgot %d old queries, %d old messages and %d jobs that had failed",
                *(queries, messages, failed_jobs),
            )
        return now + INTERVAL

    def count_rows_about(self, person: str) -> dict[str, int]:
        """Count the rows that name a person, by table; tables without any are left out."""
        return self.personal_data.count(person)

    def forget(self, person: str, *, ordered_by: str) -> None:
        """Erase a person from the store and the index; `finish_forgetting` goes on if this is
        interrupted."""
        self.personal_data.forget(person, ordered_by=ordered_by, now=self.now())
        self._rebuild_index()

    def finish_forgetting(self, person: str) -> None:
        """Erase what may be left in the files of a person who was forgotten. Idempotent."""
        if self.personal_data.was_forgotten(person):
            self.personal_data.compact()
            self._rebuild_index()

    def _rebuild_index(self) -> None:
        # The index knows who brought an article, and what is deleted from it stays in its files.
        self.updates.reindex()
