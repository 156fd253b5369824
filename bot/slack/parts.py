"""Build the parts of messages and modals as Block Kit. No I/O.

Limits are Slack's (docs.slack.dev/reference/block-kit/blocks): 3000 characters a section, 75 a
button, 100 options a menu.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from bot.model import Spans
from bot.slack.mrkdwn import bold_words, escape, escape_to_fit, has_markup, quotation
from bot.wording.runs import BIDI_CONTROLS, shorten
from bot.words import say

Block = dict[str, Any]

MAX_OPTION_LENGTH = 75
"""Characters in the text or the value of a menu's option."""
MAX_SECTION_LENGTH = 3_000
MAX_NOTE_LENGTH, MAX_ESCAPED_NOTE_LENGTH = 400, 800
"""Characters of a note, without and with escapes."""


class Message(NamedTuple):
    """A message; notifications and screen readers use `text` in place of `blocks`."""

    text: str
    blocks: list[Block]


def mrkdwn(text: str) -> Block:
    """A text with markup; "verbatim" stops Slack from making links of addresses and names."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: str, **options: Any) -> Block:
    """A section of text with markup."""
    return {"type": "section", "text": mrkdwn(text), **options}


def context(text: str) -> Block:
    """One or more lines in small print."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def escape_note(text: str, max_escaped: int = MAX_ESCAPED_NOTE_LENGTH) -> str:
    """The text of a note: a remark, escaped and cut to fit."""
    return escape_to_fit(text, max_length=MAX_NOTE_LENGTH, max_escaped=max_escaped)


def link_channel(channel: str, escaped: str) -> str:
    """Turn the mention of a channel in an escaped text back into a link."""
    mention = f"<#{channel}>"
    return escaped.replace(escape(mention), mention)


def plain_text(text: str, max_length: int) -> Block:
    """A text without markup, cut to `max_length` characters."""
    return {
        "type": "plain_text",
        "text": shorten(text.translate(BIDI_CONTROLS), max_length),
        "emoji": False,
    }


def button(label: str, action_id: str, value: str) -> Block:
    """A button; Slack sends its `value` when it is pressed."""
    return {"type": "button", "text": plain_text(label, 75), "action_id": action_id, "value": value}


def actions(*elements: Block) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)}


def paging_buttons(
    prefix: str,
    value: Callable[[int], str],
    offset: int,
    page_size: int,
    length: int,
    *,
    end: int | None = None,
) -> Iterator[Block]:
    """Yield the buttons to the previous and the next page of a list, if there are such pages.

    This page shows the items from `offset` to `end` (by default a whole page) out of `length`.
    `prefix` begins the action ids; `value` makes a button's value from the offset of its page.
    """
    if offset:
        start = max(0, offset - page_size)
        yield button(say("buttons.previous"), f"{prefix}previous", value(start))
    if (offset + page_size if end is None else end) < length:
        yield button(say("buttons.next"), f"{prefix}next", value(offset + page_size))


def option(text: str, value: str) -> Block:
    """An option of a menu."""
    return {"text": plain_text(text, MAX_OPTION_LENGTH), "value": value}


def menu(label: str, action_id: str, options: list[Block]) -> Block:
    """A menu from which one option is chosen."""
    # No option_groups: the local Slack (bot/slack/local.py) does not show the options in them.
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain_text(label, 150),
        "options": options,
    }


def notice(text: str) -> Message:
    """A message with a plain text, which is escaped here."""
    escaped = escape_to_fit(text, max_length=1500, max_escaped=2900)
    return Message(escaped, [section(escaped)])


def markup_message(text: str) -> Message:
    """A message with a text of the bot's own, which may contain `code` and *bold* headings."""
    return Message(re.sub("[`*]", "", text), [section(text)])


def channel_notice(channel: str, text: str) -> Message:
    """A notice in which the mention of a channel becomes a link."""
    linked = link_channel(channel, notice(text).text)
    return Message(linked, [section(linked)])


def quotation_blocks(
    first_line: str, text: str, spans: Spans = (), *, last_line: str = "", **options: Any
) -> list[Block]:
    """A text printed in an article as a quotation, with a line above and perhaps a line below.

    `spans` are in bold. A text in which Slack would read markup is shown as plain text instead.
    `options` are those of the first section.
    """
    if not has_markup(text):
        lines = (first_line, quotation(text, spans), last_line)
        return [section("\n".join(filter(None, lines)), **options)]
    last_blocks = [context(last_line)] if last_line else []
    return [section(first_line, **options), article_text_section(text), *last_blocks]


def quotation_block(text: str, spans: Spans = ()) -> Block:
    """A text printed in an article as a quotation with `spans` in bold.

    If it has markup, it is shown as plain text instead.
    """
    return article_text_section(text) if has_markup(text) else section(quotation(text, spans))


def length_of_words(text: str, max_length: int) -> int:
    """Return the length of the whole words at the beginning of a text that fit."""
    if len(text) <= max_length:
        return len(text)
    return text.rfind(" ", max_length // 2, max_length) + 1 or max_length


def article_text_section(text: str, spans: Spans = ()) -> Block:
    """A text printed in an article, with `spans` in bold.

    If it has markup or is too long, it is shown as plain text instead.
    """
    if not has_markup(text) and len(rendered := bold_words(text, spans)) <= MAX_SECTION_LENGTH:
        return section(rendered)
    return {"type": "section", "text": plain_text(text, MAX_SECTION_LENGTH)}
