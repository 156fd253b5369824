"""A question's readings, and the archive lookups needed to parse it."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from bot.search.language.query import Query


class ArchiveLookup(Protocol):
    """Looks up words of a question in the archive."""

    def find_speaker(self, name: str, *, allow_typos: bool = False) -> str | None:
        """The value with which `by:` finds a speaker's claims, corrected if typos are allowed."""

    def has_word(self, word: str) -> bool:
        """Whether any claim contains this word."""


class Question(NamedTuple):
    """The queries that a question may mean, likeliest first.

    If `is_clear` is False, the text may also be an ordinary keyword search. Its words, `tokens`,
    help to rank answers, which must have what it `asks` for: "figure", "date", "place" or "who".
    """

    readings: tuple[Query, ...]
    is_clear: bool
    tokens: tuple[str, ...] = ()
    asks: str = ""
