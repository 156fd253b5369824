"""The words of a text, and the noun that a source is named by."""

from __future__ import annotations

import re

from bot.languages.table import function_words, pronouns

WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\w.,]*")


def head_phrase(source: str) -> str:
    """Take what follows its noun off a source: "the mayor of Norton" is "the mayor"."""
    return function_words.POSTMODIFIER.split(f"{source} ", maxsplit=1)[0].strip(" ,")


def words(text: str) -> list[str]:
    """List the words and numbers of a text, in lower case but for "US", with curly apostrophes."""
    found = WORD.findall(text)
    return [word if word in pronouns.ACRONYMS else word.lower().replace("'", "’") for word in found]
