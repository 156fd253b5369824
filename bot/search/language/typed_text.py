"""Clean a typed query: undo what keyboards and Slack make of it.

- Slack escapes &, < and >, and writes <#C…|name>, <@U…|name>, <!subteam^S…|@name>,
  <https://…|label> and <mailto:…|…>: their visible text is read. A mention without a name is
  ignored, since no article could have it.
- Full-width signs and letters become plain ones, a minus sign a hyphen.
- In a text of several lines, a hyphen that begins a line marks a list item, a paragraph of its own.
- :emoji: are ignored, as Unicode emoji are, which have no letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.errors import QueryError
from bot.words import say

_MAX_PASSES = 8
"""Levels of nested markup; real text has two, such as an escaped link in a pasted message."""

_PLAIN = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN |= dict.fromkeys((0x2212, 0xFE63), "-")
_MARKUP = re.compile(
    # An escape pasted into Slack is escaped twice.
    r"&(?:amp;)*(?P<escape>lt|gt|amp);"
    r"|<(?:[@#][A-Z]|!subteam\^S)[A-Z0-9]{5,20}(?:\|(?P<name>[^<>|]*))?>"
    r"|<(?:mailto:|tel:|(?=https?:))(?P<address>[^<>|\s]+)(?:\|(?P<label>[^<>|]*))?>"
    r"|(?<![\w:]):[a-z0-9_+'-]{1,60}:(?![\w:])"
)
_ITEM = re.compile(r"^([^\S\n]*)-(?![-\d])", re.MULTILINE)
_UNESCAPED = {"lt": "<", "gt": ">", "amp": "&"}


class CleanedText(NamedTuple):
    """A cleaned text; `places` maps each of its positions, the end included, to the typed text."""

    text: str
    places: Sequence[int]


def clean_typed_text(typed: str) -> CleanedText:
    """Clean what was typed.

    Raises QueryError, with its position, if markup is nested too deeply.
    """
    plain = typed.translate(_PLAIN)
    if "\n" in plain.strip():
        plain = _ITEM.sub(r"\1\n", plain)
    meant = CleanedText(plain, range(len(typed) + 1))
    # Removing one escape may reveal another.
    for _ in range(_MAX_PASSES):
        if not _MARKUP.search(meant.text):
            return meant
        meant = _once(meant)
    if found := _MARKUP.search(meant.text):
        raise QueryError(
            say("queries.many_marks"),
            position=meant.places[found.start()],
            remedy=say("queries.no_marks"),
        )
    return meant


def _once(meant: CleanedText) -> CleanedText:
    text, places, at = [], [], 0
    for found in _MARKUP.finditer(meant.text):
        start, end = found.span()
        shown = _shown(found)
        text += [meant.text[at:start], shown]
        places += [*meant.places[at:start], *[meant.places[start]] * len(shown)]
        at = end
    return CleanedText("".join([*text, meant.text[at:]]), [*places, *meant.places[at:]])


def _shown(found: re.Match[str]) -> str:
    if escaped := found["escape"]:
        return _UNESCAPED[escaped]
    return found["name"] or found["label"] or found["address"] or ""
