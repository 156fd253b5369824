"""Undo what keyboards and Slack do to a typed query.

- Slack escapes &, < and >, and writes <#C…|name>, <@U…|name>, <!subteam^S…|@name>,
  <https://…|label> and <mailto:…|…>: each is replaced by its visible text. A mention without a name
  is ignored, since no article could have it.
- Full-width signs and letters become plain ones, and a minus sign becomes a hyphen.
- In a text of several lines, a hyphen at the start of a line marks a list item, which becomes a
  paragraph of its own.
- :emoji: are ignored, as are Unicode emoji, which have no letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.errors import QueryError
from bot.words import say

_MAX_PASSES = 8
"""Maximum depth of nested markup; real text has two levels, such as an escaped link in a pasted
message."""

_PLAIN_CHARACTERS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN_CHARACTERS |= dict.fromkeys((0x2212, 0xFE63), "-")
_MARKUP = re.compile(
    # An escape pasted into Slack is escaped twice.
    r"&(?:amp;)*(?P<escape>lt|gt|amp);"
    r"|<(?:[@#][A-Z]|!subteam\^S)[A-Z0-9]{5,20}(?:\|(?P<name>[^<>|]*))?>"
    r"|<(?:mailto:|tel:|(?=https?:))(?P<address>[^<>|\s]+)(?:\|(?P<label>[^<>|]*))?>"
    r"|(?<![\w:]):[a-z0-9_+'-]{1,60}:(?![\w:])"
)
_LIST_ITEM = re.compile(r"^([^\S\n]*)-(?![-\d])", re.MULTILINE)
_ESCAPED_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&"}


class CleanedText(NamedTuple):
    """A cleaned text; `positions` maps each of its positions, including the end, to the typed
    text."""

    text: str
    positions: Sequence[int]


def clean_typed_text(typed: str) -> CleanedText:
    """Clean a typed text.

    Raises QueryError, with its position, if markup is nested too deeply.
    """
    text = typed.translate(_PLAIN_CHARACTERS)
    if "\n" in text.strip():
        text = _LIST_ITEM.sub(r"\1\n", text)
    cleaned = CleanedText(text, range(len(typed) + 1))
    # Removing one escape may reveal another.
    for _ in range(_MAX_PASSES):
        if not _MARKUP.search(cleaned.text):
            return cleaned
        cleaned = _remove_markup(cleaned)
    if match := _MARKUP.search(cleaned.text):
        raise QueryError(
            say("queries.many_marks"),
            position=cleaned.positions[match.start()],
            remedy=say("queries.no_marks"),
        )
    return cleaned


def _remove_markup(cleaned: CleanedText) -> CleanedText:
    text, positions = cleaned
    out, end = "", 0
    out_positions: list[int] = []
    for match in _MARKUP.finditer(text):
        visible = _visible_text(match)
        out += text[end : match.start()] + visible
        out_positions += positions[end : match.start()]
        out_positions += [positions[match.start()]] * len(visible)
        end = match.end()
    return CleanedText(out + text[end:], [*out_positions, *positions[end:]])


def _visible_text(match: re.Match[str]) -> str:
    if escape := match["escape"]:
        return _ESCAPED_CHARACTERS[escape]
    return match["name"] or match["label"] or match["address"] or ""
