"""How long an answer to a person has waited for an index on other machines.

Such an index limits what all calls of one answer wait for it together, so that a person is told
in time that it does not answer. Time that passes otherwise, such as for fetching a page, doesn't
count.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from contextvars import ContextVar
from threading import Lock


class Patience:
    """The seconds that one answer, or another piece of work, has waited; thread-safe.

    If it `is_patient`, whoever asked would rather wait than have a query answered as typed, because
    the words by which it is corrected are not there yet, or not answered.
    """

    def __init__(self, *, is_patient: bool = False) -> None:
        self.seconds = 0.0
        self.is_patient = is_patient
        self._lock = Lock()

    @contextlib.contextmanager
    def measure(self) -> Iterator[None]:
        """Count the time in here."""
        started_at = time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                self.seconds += time.monotonic() - started_at


_current: ContextVar[Patience | None] = ContextVar("patience", default=None)


def begin_answer() -> None:
    """Begin an answer: what this task, and what it starts, waits from now on counts together."""
    _current.set(Patience())


@contextlib.contextmanager
def within_answer(*, is_patient: bool = False) -> Iterator[None]:
    """Count what is waited in here as an answer of its own, unless it is part of one already."""
    if _current.get():
        yield
        return
    token = _current.set(Patience(is_patient=is_patient))
    try:
        yield
    finally:
        _current.reset(token)


def current_patience() -> Patience | None:
    """Return how long the answer that this task works on has waited; None if it is no answer."""
    return _current.get()
