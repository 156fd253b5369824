"""Lines of runs, which a terminal and Slack format in their own way. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.words import pieces

# Bidirectional control characters are dropped, because a name with them could reverse the line
# around it. Right-to-left scripts do not need them.
BIDI_CONTROLS: dict[int, str] = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "")
WEB_ADDRESS = re.compile(r"https?://[^\s<>|\"\x00-\x1f\x7f-\x9f]{1,300}", re.IGNORECASE)


class Run(NamedTuple):
    """A piece of a line: `strong` if emphasised, `link` if it is a link."""

    text: str
    strong: bool = False
    link: str | None = None


Runs = tuple[Run, ...]


def plain_text(runs: Iterable[Run]) -> str:
    """Return the text of runs, without emphasis and links."""
    return "".join(run.text for run in runs)


def say_runs(key: str, /, **values: Runs | str) -> Runs:
    """Fill a text of the catalogue with runs; the literal text between them becomes one run.

    Raises KeyError, like say.
    """
    runs: list[Run] = []
    text = ""
    for literal, name in pieces(key):
        text += literal
        value = values[name] if name else ""
        if isinstance(value, str):
            text += value
            continue
        runs += [Run(text), *value] if text else value
        text = ""
    return (*runs, Run(text)) if text else tuple(runs)


def capitalise(runs: Runs) -> Runs:
    """Capitalise the first letter of runs."""
    if not runs or not runs[0].text:
        return runs
    first, *rest = runs
    return (first._replace(text=f"{first.text[0].upper()}{first.text[1:]}"), *rest)


def shorten(text: str, length: int) -> str:
    """Cut a text at a word to at most `length` characters, ending in … if something is left out."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    without_partial_word = cut[: cut.rfind(" ")] if " " in cut[length // 2 :] else cut
    return without_partial_word.rstrip() + "…"
