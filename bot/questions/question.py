"""What a question is read as, and what has to be known to read it."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from bot.search.language.query import Query


class Known(Protocol):
    """What the archive knows of the words of a question."""

    def speaker(self, name: str, *, forgiving: bool = False) -> str | None:
        """The name by which claims are by whom a question names so, or nothing; a `forgiving` one
        takes a slip for the name that was meant."""

    def is_held(self, word: str) -> bool:
        """Whether any claim holds a word."""


class Question(NamedTuple):
    """A question: the queries that it may mean, the likeliest first. One that is not `clear` may
    have been meant as plain words."""

    readings: tuple[Query, ...]
    is_clear: bool
