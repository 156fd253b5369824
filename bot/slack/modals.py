"""Build modals and their inputs as Block Kit. No I/O."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.errors import NotFoundError
from bot.slack.parts import Block, notice, plain_text
from bot.words import say

MAX_TITLE_LENGTH = 24
"""Characters in the title and the buttons of a modal."""
MAX_INPUT_LENGTH = 3_000
"""The most characters that Slack accepts in an input."""
MAX_REASON_LENGTH = 300
"""Characters of the reason that people give for a change."""


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

    Slack sends `metadata` back when a button in the modal is pressed or the modal is submitted.
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


def parse_metadata(view: Mapping[str, Any], types: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata of a modal, an object with a value of the given type for each name.

    Raises NotFoundError if it is anything else: the modal is of another version, or forged.
    """
    try:
        metadata = json.loads(view.get("private_metadata") or "")
    except (ValueError, RecursionError):
        metadata = None
    if (
        isinstance(metadata, dict)
        and metadata.keys() == types.keys()
        and all(isinstance(metadata[name], type_) for name, type_ in types.items())
    ):
        return metadata
    raise NotFoundError(say("gone.form"), remedy=say("gone.open_again"))


def text_input(key: str, max_length: int, value: str = "", **options: Any) -> Block:
    """A text input of at most `max_length` characters, filled in with `value`.

    Its placeholder is the text of `key`_example.
    """
    return {
        "type": "plain_text_input",
        "max_length": max_length,
        "placeholder": plain_text(say(f"{key}_example"), 150),
        **options,
        **({"initial_value": value[:max_length]} if value else {}),
    }


def field(
    name: str, key: str, element: Block, *, hint: str = "", optional: bool = False, **options: Any
) -> Block:
    """An input block of a modal; `name` is the id of the block and of its element.

    Its label is the text of `key`. Its hint is `hint` or the text of `key`_hint.
    """
    return {
        "type": "input",
        "block_id": name,
        "optional": optional,
        "label": plain_text(say(key), 75),
        "hint": plain_text(hint or say(f"{key}_hint"), 150),
        "element": {"action_id": name, **element},
        **options,
    }


def notice_view(text: str) -> Block:
    """A modal that shows one notice."""
    blocks = notice(text).blocks
    return modal("told", blocks, title="access.title", close="buttons.close")


def notice_home(text: str) -> Block:
    """A Home tab that shows one notice."""
    return {"type": "home", "blocks": notice(text).blocks}


def notice_response(text: str) -> Block:
    """The response to a submitted modal that shows a notice instead of it."""
    return {"response_action": "update", "view": notice_view(text)}


def error_response(view: Mapping[str, Any], text: str) -> Block:
    """The response to a submitted modal that keeps it open, with what was typed, and says why.

    A modal without inputs is replaced by the text.
    """
    for block in view.get("blocks") or ():
        if block.get("type") == "input":
            return {"response_action": "errors", "errors": {block["block_id"]: text}}
    return notice_response(text)
