"""Remove what nobody sees from a text, so that it reads to a program as it does to people.

An invisible character in a first name hides that name from the rules that find speakers, and the
words become those of another person with the same surname. So does an accent that is a character
of its own.
"""

from __future__ import annotations

import re
import unicodedata

# Unicode's Default_Ignorable_Code_Point, except joiners between letters that they shape, as in
# Persian and Hindi.
INVISIBLE = re.compile(
    "(?!(?<=[\u0590-\u1aff])[\u200c\u200d][\u0590-\u1aff])"
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_INVISIBLE_IN_TEXT = re.compile(
    rf"(?!(?<=[\u203c-\u3299\U0001f000-\U0001faff\ufe0f])[\u200d\ufe0f]){INVISIBLE.pattern}"
)
"""Emoji are made of several characters, and some of these are invisible."""


def remove_invisible(text: str) -> str:
    """Return a text in Unicode's form NFC, without characters that nobody sees."""
    return unicodedata.normalize("NFC", _INVISIBLE_IN_TEXT.sub("", text))
