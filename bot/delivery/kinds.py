"""The kinds of jobs, and how each is done. What does them is registered from above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MAX_ATTEMPTS = 10
"""With the waits of bot.delivery.backoff, about five hours."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """How jobs of a kind are done: so many at once, in the event loop where they need Slack, else
    each in a thread. Where `most_attempts` is None they are never given up."""

    needs_slack: bool = False
    at_once: int = 1
    most_attempts: int | None = MAX_ATTEMPTS


KINDS: Mapping[str, JobKind] = {
    # A channel without this job would get no digest ever again.
    "digest": JobKind(needs_slack=True, at_once=4, most_attempts=None),
    # What is killed must not stand there because Slack was out for a night.
    "mend": JobKind(needs_slack=True, at_once=4, most_attempts=None),
    # What waits in a channel must come, however long Slack is away.
    "send": JobKind(needs_slack=True, at_once=4, most_attempts=None),
    # A feed without this job would never be read again.
    "poll": JobKind(at_once=4, most_attempts=None),
    # Nor would an article be shown whose embargo has ended.
    "release": JobKind(most_attempts=None),
    "page": JobKind(at_once=2),
    # What belongs to a digest that stands in its channel.
    "detail": JobKind(),
    "chart": JobKind(needs_slack=True),
    "mail": JobKind(),
    # Without one of these nobody would be told any more of what they watch for.
    "watch": JobKind(most_attempts=None),
    "alert": JobKind(most_attempts=None),
}

IN_SLACK = frozenset(name for name, kind in KINDS.items() if kind.needs_slack)
WITHOUT_SLACK = frozenset(KINDS) - IN_SLACK
