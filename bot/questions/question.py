"""A question's readings, and the archive lookups needed to read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from bot.search.language.query import Query


class Archive(Protocol):
    """Lookups in the archive for words of a question."""

    def speaker(self, name: str, *, forgiving: bool = False) -> str | None:
        """The value of by: for a speaker named in a question, or None; `forgiving` allows slips."""

    def named(self, by: str) -> Sequence[str]:
        """The printed names of the people and bodies that a name or role refers to."""

    def is_held(self, word: str) -> bool:
        """Whether any claim has a word."""


class Question(NamedTuple):
    """The queries that a question may mean, likeliest first. If it is not `is_clear`, plain words
    may have been meant."""

    readings: tuple[Query, ...]
    is_clear: bool
    tokens: tuple[str, ...] = ()
    """The words of the question, which also help to rank its answers."""


class ParsedQuestion(NamedTuple):
    """A question split into words, with what is needed to read it."""

    tokens: tuple[str, ...]
    known: Archive
    has_question_mark: bool
    """Whether it ends with a question mark."""
