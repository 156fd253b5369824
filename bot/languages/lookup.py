"""Read the words of a text that are looked up in word lists."""

from __future__ import annotations

import re

from bot.languages.en.lexicon.lists import LISTS as LISTS

_WORD = re.compile(r"\w+")
_MAX_WORD = 40


def words_in(text: str) -> list[str]:
    """List the words of a text in lower case; "isn't" is two words, as are those with a hyphen."""
    return _WORD.findall(text.lower())


def first_word(text: str) -> str:
    """Return the word with which a text starts, in lower case; "" if it starts otherwise."""
    match = _WORD.match(text)
    return match[0].lower() if match else ""


def last_word(text: str) -> str:
    """Return the word with which a text ends, in lower case; "" if it ends otherwise."""
    found = words_in(text[-_MAX_WORD:])
    return found[-1] if found and text[-1].isalnum() else ""
