"""Split a text into words, and find the noun that heads a source."""

from __future__ import annotations

import re

from bot.languages.table import LISTS, pronouns
from bot.model import Spans

WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\w.,]*")


def head_phrase(source: str) -> str:
    """Strip the words after a source's noun: "the mayor of Norton" becomes "the mayor"."""
    parts = source.split(" ")
    ends = (at for at, word in enumerate(parts) if at and word in LISTS["postmodifiers"])
    return " ".join(parts[: next(ends, None)]).strip(" ,")


def head_noun(source: str) -> str:
    """Return the last word of a source's head phrase in lower case, or ""."""
    return (words(head_phrase(source)) or [""])[-1]


def words(text: str) -> list[str]:
    """List words and numbers in lower case (except "US"), with curly apostrophes."""
    return [
        word if word in pronouns.PRONOUN_ACRONYMS else word.lower().replace("'", "’")
        for word in WORD.findall(text)
    ]


def total_length(spans: Spans) -> int:
    """Count the characters of spans."""
    return sum([end - start for start, end in spans])


def joined_text(text: str, spans: Spans) -> str:
    """Return the text of spans, joined by spaces."""
    return " ".join([text[start:end] for start, end in spans])
