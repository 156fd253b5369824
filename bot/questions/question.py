"""A question's readings, and the archive lookups needed to parse it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from bot.search.language.query import Query


class ArchiveLookup(Protocol):
    """Looks up words of a question in the archive."""

    def find_speaker(self, name: str, *, allow_typos: bool = False) -> str | None:
        """The value for the `by:` operator that finds a speaker's claims; None if unknown.

        With `allow_typos`, a misspelt name is corrected.
        """

    def speaker_names(self, speaker: str) -> Sequence[str]:
        """The printed names of the people and organisations that a value for `by:` refers to."""

    def has_word(self, word: str) -> bool:
        """Whether any claim contains this word."""


class Question(NamedTuple):
    """The queries that a question may mean, likeliest first.

    If `is_clear` is False, the text may also be an ordinary keyword search.
    """

    readings: tuple[Query, ...]
    is_clear: bool
    tokens: tuple[str, ...] = ()
    """The words of the question, which also help to rank its answers."""
    asks: str = ""
    """What an answer must have: "figure", "duration", "date" or "place"; "who" for a person."""


class TokenizedQuestion(NamedTuple):
    """A question split into words, and the archive to look them up in."""

    tokens: tuple[str, ...]
    archive: ArchiveLookup
    has_question_mark: bool
