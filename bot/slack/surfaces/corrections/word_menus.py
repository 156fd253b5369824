"""The menus for choosing the first and the last word of a claim. No I/O."""

from __future__ import annotations

from bot.model import EditableClaim, Span
from bot.slack import parts
from bot.slack.parts import Block
from bot.words import say

MAX_OPTIONS = 100
"""The number of options that Slack accepts in a menu."""
NEIGHBOURS = 3
"""The number of neighbouring words shown with each option."""


def select_menu(name: str, options: list[Block]) -> Block:
    """Return a menu, with the placeholder for the input `name`."""
    return parts.menu(say(f"correcting.{name}_choose"), name, options)


def first_and_last_word(editable: EditableClaim) -> tuple[int, int]:
    """Return the indices of the first and the last word of the content."""
    content = editable.content or ((0, 1),)
    return content[0][0], content[-1][1] - 1


def word_menu(editable: EditableClaim, name: str, selected: int) -> Block:
    """Return a menu of up to MAX_OPTIONS words around the selected one.

    `name` is "first" or "last". Each word is shown with the words after it in the menu of the first
    word, and with the words before it in the menu of the last.
    """
    count = len(editable.words)
    start = max(0, min(selected - MAX_OPTIONS // 2, count - MAX_OPTIONS))
    options = {
        index: parts.option(_word_with_neighbours(editable, name, index), str(index))
        for index in range(start, min(start + MAX_OPTIONS, count))
    }
    menu = select_menu(name, list(options.values()))
    return {**menu, "initial_option": options[selected]}


def _word_with_neighbours(editable: EditableClaim, name: str, index: int) -> str:
    words = editable.words
    if name == "first":
        end = index + NEIGHBOURS + 1
        text = text_at(editable, (words[index][0], words[:end][-1][1]))
        return f"{text} …" if end < len(words) else text
    start = max(0, index - NEIGHBOURS)
    text = text_at(editable, (words[start][0], words[index][1]))
    return f"… {text}" if start else text


def text_at(editable: EditableClaim, span: Span) -> str:
    """Return the article's text at a span in the claim's paragraph, with whitespace collapsed."""
    start, end = span
    text = editable.paragraph[start - editable.start : end - editable.start]
    return " ".join(text.split())
