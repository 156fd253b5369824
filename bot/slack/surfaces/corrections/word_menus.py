"""The menus in which the first and the last word of a claim are chosen. Pure."""

from __future__ import annotations

from bot.model import EditableClaim
from bot.slack import parts
from bot.slack.parts import Block
from bot.words import say

MOST_OPTIONS = 100
NEIGHBOURS = 3
"""Neighbouring words shown with each option."""


def select(name: str, options: list[Block]) -> Block:
    """Return a menu of the modal."""
    return parts.menu(say(f"correcting.{name}_choose"), name, options)


def content_ends(found: EditableClaim) -> tuple[int, int]:
    """Return the numbers of the first and the last word of the content."""
    content = found.content or ((0, 1),)
    return content[0][0], content[-1][1] - 1


def words_menu(found: EditableClaim, name: str, at: int) -> Block:
    """Return a menu of up to a hundred words around one, each with its neighbours."""
    start = max(0, min(at - MOST_OPTIONS // 2, len(found.words) - MOST_OPTIONS))
    options = {
        number: parts.option(_with_neighbours(found, name, number), str(number))
        for number in range(start, min(start + MOST_OPTIONS, len(found.words)))
    }
    return {**select(name, list(options.values())), "initial_option": options[at]}


def _with_neighbours(found: EditableClaim, name: str, number: int) -> str:
    if name == "first":
        words = found.words[number : number + NEIGHBOURS + 1]
        more = " …" if number + NEIGHBOURS + 1 < len(found.words) else ""
        return f"{words_printed(found, (words[0][0], words[-1][1]))}{more}"
    words = found.words[max(0, number - NEIGHBOURS) : number + 1]
    return (
        f"{'… ' if number > NEIGHBOURS else ''}{words_printed(found, (words[0][0], words[-1][1]))}"
    )


def words_printed(found: EditableClaim, span: tuple[int, int]) -> str:
    """Return the words of a span of the article as printed."""
    text = found.paragraph[span[0] - found.start : span[1] - found.start]
    return " ".join(text.split())
