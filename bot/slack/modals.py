"""Modals and their inputs, as Block Kit. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.slack.parts import Block, plain_text
from bot.words import say

MAX_TITLE_LENGTH = 24
"""Characters of a modal's title and buttons."""


def modal(
    callback_id: str,
    blocks: Sequence[Block],
    *,
    title: str,
    submit: str | None = None,
    close: str = "buttons.cancel",
    metadata: str | None = None,
) -> Block:
    """Return a modal; `title`, `submit` and `close` are the keys of their texts.

    Slack sends `metadata` back with each press and with the modal.
    """
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain_text(say(title), MAX_TITLE_LENGTH),
        "close": plain_text(say(close), MAX_TITLE_LENGTH),
        "blocks": list(blocks),
    }
    if metadata is not None:
        view["private_metadata"] = metadata
    if submit:
        view["submit"] = plain_text(say(submit), MAX_TITLE_LENGTH)
    return view


def text_input(key: str, max_length: int, value: str = "", **more: Any) -> Block:
    """A text input of at most `longest` characters, with `value` in it; the text of `key`_example
    is its placeholder."""
    example = plain_text(say(f"{key}_example"), 150)
    element = {"type": "plain_text_input", "max_length": max_length, "placeholder": example, **more}
    return element | ({"initial_value": value[:max_length]} if value else {})


def field(
    name: str, key: str, element: Block, *, hint: str = "", optional: bool = False, **more: Any
) -> Block:
    """An input block of a modal; its block and element are both called `name`.

    The text of `key` is its label, that of `key`_hint or another `hint` explains it.
    """
    return {
        "type": "input",
        "block_id": name,
        "optional": optional,
        "label": plain_text(say(key), 75),
        "hint": plain_text(hint or say(f"{key}_hint"), 150),
        "element": {"action_id": name, **element},
        **more,
    }
