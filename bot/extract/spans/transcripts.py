"""Find the turns of transcripts, which start with a speaker in capitals: "FALK: It leaks."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft
from bot.languages.table import function_words

# In a quoted transcript each line starts with a mark, which is not part of the name.
TURN = re.compile(
    r"[“\"]?(?P<who>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,3})(?P<cue>:)\s+(?P<content>\w.*)",
    re.DOTALL,
)
CONFIDENCE = 0.95


def find_turns(text: str, paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Find the turns of a transcript, each a paragraph that starts with its speaker's name.

    A turn must be next to another speaker's, and one of the two must speak again. So "UPDATE: …"
    alone is not a turn, nor are "LONDON: …" and "PARIS: …", or "WHAT: …" and "WHEN: …".
    """
    matches = [_match_turn(text, paragraph) for paragraph in paragraphs]
    counts = Counter(match["who"] for match in matches if match)
    neighbours = zip([None, *matches], matches, [*matches[1:], None], paragraphs, strict=False)
    return [
        _draft(match, paragraph)
        for before, match, after, paragraph in neighbours
        if match
        and any(
            other
            and other["who"] != match["who"]
            and counts[other["who"]] + counts[match["who"]] > 2
            for other in (before, after)
        )
    ]


def _match_turn(text: str, paragraph: Paragraph) -> re.Match[str] | None:
    match = TURN.match(text, paragraph.start, paragraph.end) if paragraph.kind == "text" else None
    return match if match and match["who"].lower() not in function_words.NON_NAME_WORDS else None


def _draft(turn: re.Match[str], paragraph: Paragraph) -> Draft:
    return Draft(
        source=(turn.span("who"),),
        cue=(turn.span("cue"),),
        content=(turn.span("content"),),
        confidence=CONFIDENCE,
        is_guessed=False,
        paragraph=Paragraph(turn.start("who"), paragraph.end, "text"),
    )
