"""Transcripts: lines that begin with who speaks, in capitals: "FALK: It leaks."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.extract.drafts import Draft
from bot.extract.passages import Passage

# A transcript that is quoted opens each line with a mark, which is no part of the name.
TURN = re.compile(
    r"[“\"]?(?P<who>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,3})(?P<cue>:)\s+(?P<content>\w.*)",
    re.DOTALL,
)
SURE = 0.95


def turns(text: str, passages: Sequence[Passage]) -> list[Draft]:
    """Find the turns of a transcript, each a paragraph that begins with its speaker's name.

    Somebody else's turn stands before or behind each: "UPDATE: …" alone is none.
    """
    found = [
        TURN.match(text, passage.start, passage.end) if passage.kind == "text" else None
        for passage in passages
    ]
    around = zip([None, *found], found, [*found[1:], None], passages, strict=False)
    return [
        _draft(turn, passage)
        for before, turn, behind, passage in around
        if turn and any(other and other["who"] != turn["who"] for other in (before, behind))
    ]


def _draft(turn: re.Match[str], passage: Passage) -> Draft:
    return Draft(
        source=(turn.span("who"),),
        cue=(turn.span("cue"),),
        content=(turn.span("content"),),
        confidence=SURE,
        guessed=False,
        passage=Passage(turn.start("who"), passage.end, "text"),
    )
