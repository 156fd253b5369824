"""The words of a text, and the noun phrase at the head of a source."""

from __future__ import annotations

import re

from bot.languages.table import function_words, pronouns

WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\w.,]*")


def head_phrase(source: str) -> str:
    """Strip a source of what follows its noun: "the mayor of Norton" becomes "the mayor"."""
    return function_words.POSTMODIFIER.split(f"{source} ", maxsplit=1)[0].strip(" ,")


def words(text: str) -> list[str]:
    """List words and numbers in lower case (except "US"), with curly apostrophes."""
    found = WORD.findall(text)
    return [
        word if word in pronouns.PRONOUN_ACRONYMS else word.lower().replace("'", "’")
        for word in found
    ]
