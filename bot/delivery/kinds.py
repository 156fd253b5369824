"""The kinds of jobs, and how each is done. What does them is registered from above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MAX_ATTEMPTS = 10
"""With the waits of bot.delivery.backoff, about five hours."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """How jobs of a kind are done: so many at once, in the event loop where they need Slack, else
    each in a thread. Where `max_attempts` is None they are never given up."""

    needs_slack: bool = False
    max_concurrent: int = 1
    max_attempts: int | None = MAX_ATTEMPTS


KINDS: Mapping[str, JobKind] = {
    # A channel without this job would get no digest ever again.
    "digest": JobKind(needs_slack=True, max_concurrent=4, max_attempts=None),
    # What is killed must not stand there because Slack was out for a night.
    "mend": JobKind(needs_slack=True, max_concurrent=4, max_attempts=None),
    # What waits in a channel must come, however long Slack is away.
    "send": JobKind(needs_slack=True, max_concurrent=4, max_attempts=None),
    # A feed without this job would never be read again.
    "poll": JobKind(max_concurrent=4, max_attempts=None),
    # Nor would an article be shown whose embargo has ended.
    "release": JobKind(max_attempts=None),
    "page": JobKind(max_concurrent=2),
    # What belongs to a digest that stands in its channel.
    "detail": JobKind(),
    "chart": JobKind(needs_slack=True),
    "mail": JobKind(),
    # Without one of these nobody would be told any more of what they watch for.
    "watch": JobKind(max_attempts=None),
    "alert": JobKind(max_attempts=None),
}

SLACK_KINDS = frozenset(name for name, kind in KINDS.items() if kind.needs_slack)
NON_SLACK_KINDS = frozenset(KINDS) - SLACK_KINDS
