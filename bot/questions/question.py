"""What a question is read as, and what has to be known to read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from bot.search.language.query import Query


class Archive(Protocol):
    """What the archive knows of the words of a question."""

    def speaker(self, name: str, *, forgiving: bool = False) -> str | None:
        """The name by which claims are by whom a question names so, or nothing; a `forgiving` one
        takes a slip for the name that was meant."""

    def named(self, by: str) -> Sequence[str]:
        """The names of the people and bodies whose claims are by whom a name or role means."""

    def is_held(self, word: str) -> bool:
        """Whether any claim holds a word."""


class Question(NamedTuple):
    """A question: the queries that it may mean, the likeliest first. One that is not `clear` may
    have been meant as plain words."""

    readings: tuple[Query, ...]
    is_clear: bool
    tokens: tuple[str, ...] = ()
    """The words of the question, by which its answers are ordered, too."""


class ParsedQuestion(NamedTuple):
    """A question being read."""

    tokens: tuple[str, ...]
    known: Archive
    has_question_mark: bool
    """Whether a question mark ends it."""
