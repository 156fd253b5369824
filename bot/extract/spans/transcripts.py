"""Transcripts: lines that begin with who speaks, in capitals: "FALK: It leaks."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft
from bot.languages.table import function_words

# A transcript that is quoted opens each line with a mark, which is no part of the name.
TURN = re.compile(
    r"[“\"]?(?P<who>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,3})(?P<cue>:)\s+(?P<content>\w.*)",
    re.DOTALL,
)
SURE = 0.95


def turns(text: str, paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Find the turns of a transcript, each a paragraph that begins with its speaker's name.

    Somebody else's turn stands before or after each, and one of the two speaks again: "UPDATE: …"
    alone is none, nor are "LONDON: …" and "PARIS: …", or "WHAT: …" and "WHEN: …".
    """
    found = [_turn(text, paragraph) for paragraph in paragraphs]
    times = Counter(turn["who"] for turn in found if turn)
    around = zip([None, *found], found, [*found[1:], None], paragraphs, strict=False)
    return [
        _draft(turn, paragraph)
        for before, turn, after, paragraph in around
        if turn
        and any(
            other and other["who"] != turn["who"] and times[other["who"]] + times[turn["who"]] > 2
            for other in (before, after)
        )
    ]


def _turn(text: str, paragraph: Paragraph) -> re.Match[str] | None:
    found = TURN.match(text, paragraph.start, paragraph.end) if paragraph.kind == "text" else None
    return found if found and found["who"].lower() not in function_words.NON_NAME_WORDS else None


def _draft(turn: re.Match[str], paragraph: Paragraph) -> Draft:
    return Draft(
        source=(turn.span("who"),),
        cue=(turn.span("cue"),),
        content=(turn.span("content"),),
        confidence=SURE,
        guessed=False,
        paragraph=Paragraph(turn.start("who"), paragraph.end, "text"),
    )
