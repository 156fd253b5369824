"""The request or job that a task works on, with the reference in the log and in refusals."""

from __future__ import annotations

import asyncio
import secrets
import time
from contextvars import ContextVar
from dataclasses import dataclass, field


def new_reference() -> str:
    """Return a reference that a person can read out: together with the time, it is unique."""
    return secrets.token_hex(2)


@dataclass(eq=False)
class Request:
    """A delivery from Slack that is being handled, or an attempt at a job; tasks and threads that
    work on it share it.

    `is_settled` is set once its person has heard something, or no task works on it any more.
    """

    reference: str = field(default_factory=new_reference)
    started_at: float = field(default_factory=time.monotonic)
    has_failed: bool = False
    tasks: int = 0
    """How many tasks work on a delivery after its acknowledgement."""
    is_settled: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def seconds(self) -> float:
        """Return how long ago it arrived."""
        return time.monotonic() - self.started_at


_current: ContextVar[Request | None] = ContextVar("request", default=None)


def begin_request() -> Request:
    """Begin a request; what this task starts from now on works on it."""
    request = Request()
    _current.set(request)
    return request


def current_request() -> Request | None:
    """Return the request or job that this task or thread works on, if any."""
    return _current.get()
