"""The menus in which the first and the last word of a claim are chosen. Pure."""

from __future__ import annotations

from bot.model import EditableClaim
from bot.slack import parts
from bot.slack.parts import Block
from bot.words import say

MOST_OPTIONS = 100
BESIDE = 3
"""Words that are shown beside the one to choose, by which it is known."""


def select(name: str, options: list[Block]) -> Block:
    """A menu of one of the modal's choices."""
    return parts.menu(say(f"correcting.{name}_choose"), name, options)


def ends(found: EditableClaim) -> tuple[int, int]:
    """The first and the last word of the content."""
    content = found.content or ((0, 1),)
    return content[0][0], content[-1][1] - 1


def words_menu(found: EditableClaim, name: str, at: int) -> Block:
    """A menu of the words around one, each with those beside it: a menu has room for a hundred."""
    start = max(0, min(at - MOST_OPTIONS // 2, len(found.words) - MOST_OPTIONS))
    options = {
        number: parts.option(_beside(found, name, number), str(number))
        for number in range(start, min(start + MOST_OPTIONS, len(found.words)))
    }
    return {**select(name, list(options.values())), "initial_option": options[at]}


def _beside(found: EditableClaim, name: str, number: int) -> str:
    if name == "first":
        words = found.words[number : number + BESIDE + 1]
        more = " …" if number + BESIDE + 1 < len(found.words) else ""
        return f"{printed(found, (words[0][0], words[-1][1]))}{more}"
    words = found.words[max(0, number - BESIDE) : number + 1]
    return f"{'… ' if number > BESIDE else ''}{printed(found, (words[0][0], words[-1][1]))}"


def printed(found: EditableClaim, span: tuple[int, int]) -> str:
    """The words of a stretch of the article, as its paragraph prints them."""
    text = found.paragraph[span[0] - found.start : span[1] - found.start]
    return " ".join(text.split())
