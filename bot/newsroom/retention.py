"""Forget what is older than the settings say, once a day."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import store
from bot.config import RetentionSettings
from bot.newsroom.providers import Clock

INTERVAL = timedelta(days=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False, kw_only=True)
class Retention:
    """Deletes old queries and messages."""

    settings: RetentionSettings
    retention: store.Retention
    jobs: store.Jobs
    now: Clock

    def ensure_job(self) -> None:
        """Make sure that the job that deletes what is too old is due within a day."""
        self.jobs.add("forget", "daily", due_at=self.now() + INTERVAL)

    def handle_forget_job(self, _job: store.Job) -> datetime:
        """Delete what is too old; returns when to do so again. Idempotent."""
        now = self.now()
        queries = self.retention.delete_queries(now - timedelta(days=self.settings.queries_days))
        messages = self.retention.delete_messages(now - timedelta(days=self.settings.messages_days))
        if queries or messages:
            log.info("forgot %d old queries and %d old messages", queries, messages)
        return now + INTERVAL
