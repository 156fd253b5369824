"""The kinds of jobs and how each is run; higher layers register the handlers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MAX_ATTEMPTS = 10
"""The most attempts at a job; with the delays of bot.delivery.backoff, they take about five
hours."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """How jobs of a kind are run, up to `max_concurrent` at once.

    Jobs that need Slack run in the event loop, all others in threads. If `max_attempts` is None,
    failed jobs are retried for ever.
    """

    needs_slack: bool = False
    max_concurrent: int = 1
    max_attempts: int | None = MAX_ATTEMPTS


KINDS: Mapping[str, JobKind] = {
    # Without this job, a channel would never get a digest again.
    "digest": JobKind(needs_slack=True, max_concurrent=4, max_attempts=None),
    # Updates posted messages: a withdrawn claim must not stay because Slack was down overnight.
    "mend": JobKind(needs_slack=True, max_concurrent=4, max_attempts=None),
    # Deletes what was withdrawn, however long Slack is down.
    "withdraw": JobKind(needs_slack=True, max_concurrent=4, max_attempts=None),
    # Queued messages must be delivered however long Slack is down.
    "send": JobKind(needs_slack=True, max_concurrent=4, max_attempts=None),
    # Without this job, a feed would never be polled again.
    "poll": JobKind(max_concurrent=4, max_attempts=None),
    # Without this job, an article would stay hidden after its embargo ends.
    "release": JobKind(max_attempts=None),
    # Without this job, nothing would ever be forgotten.
    "forget": JobKind(max_attempts=None),
    # Fetches the page of an excerpt.
    "page": JobKind(max_concurrent=2),
    # Reads the article at an address that somebody gave, if the process that they asked stopped.
    "article": JobKind(max_concurrent=4, max_attempts=3),
    # The thread and the chart of a posted digest.
    "detail": JobKind(),
    "chart": JobKind(needs_slack=True),
    # Without these jobs, watches would stop sending alerts.
    "watch": JobKind(max_attempts=None),
    "alert": JobKind(max_attempts=None),
}

SLACK_KINDS = frozenset(name for name, kind in KINDS.items() if kind.needs_slack)
NON_SLACK_KINDS = frozenset(KINDS) - SLACK_KINDS
