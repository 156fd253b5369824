"""Addresses that people ask for: each is read as a job, in turn with those of other people.

The process that was asked does the job itself, since it has the answer then. If it stops before, a
worker does it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from bot.delivery.queue import JobQueue
from bot.errors import StoppingError
from bot.model import ANYONE, viewer_key
from bot.newsroom.articles.article_intake import IngestResult
from bot.newsroom.articles.links import Links
from bot.newsroom.providers import Clock
from bot.store import Job

ARTICLE_JOB = "article"
"""The kind of the jobs that read the article at an address."""

PROCESS_ASKED_FIRST = timedelta(minutes=1)
"""How long a request is left to the process that was asked."""


@dataclass(eq=False, repr=False, kw_only=True)
class LinkRequests:
    """Reads the addresses that people ask for."""

    links: Links
    queue: JobQueue
    now: Clock

    def add(
        self, url: str, *, team: str, person: str, needs_review: bool, anyway: bool = False
    ) -> str:
        """Record that somebody asks for an address; returns the key of the job.

        If the article `needs_review`, only they see it until somebody accepts it. With `anyway`, a
        page that does not look like an article is read too.
        """
        source = f"person/{team}/{person}"
        asked = f"anyway {url}" if anyway else url
        key = f"{source}/{hashlib.sha256(asked.encode()).hexdigest()[:32]}"
        due_at = self.now() + PROCESS_ASKED_FIRST
        brought_by = viewer_key(team, person) if needs_review else ANYONE
        payload = {"url": url, "brought_by": brought_by, "anyway": anyway}
        self.queue.jobs.add(ARTICLE_JOB, key, payload, due_at=due_at, source=source)
        return key

    def take(self, key: str) -> Job | None:
        """Take a request, or return None while another one of this person is being read."""
        return self.queue.take_awaited(ARTICLE_JOB, key)

    def is_open(self, key: str) -> bool:
        """Whether a request still waits or is being read."""
        return self.queue.jobs.is_open(ARTICLE_JOB, key)

    def read(self, job: Job) -> IngestResult:
        """Read a request for the person who awaits it. If the process stops, a worker reads it."""
        try:
            result = self._ingest(job)
        except StoppingError:
            self.queue.release(job)
            raise
        except BaseException:
            self.queue.complete(job, None)  # the person is told, and may ask again
            raise
        self.queue.complete(job, None)
        return result

    def handle_article_job(self, job: Job) -> None:
        """Read a request that the process which was asked has left.

        Raises IngestError if there is nothing to read.
        """
        result = self._ingest(job)
        if not result.outcomes:
            raise result.errors[0]

    def _ingest(self, job: Job) -> IngestResult:
        payload = job.payload
        return self.links.ingest(
            payload["url"], brought_by=payload["brought_by"], anyway=payload.get("anyway", False)
        )
