"""Find the turns of transcripts, which start with their speaker: "FALK: It leaks."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft
from bot.languages.table import function_words
from bot.languages.wordlist import is_word
from bot.text.time_codes import is_timed

_ROLE = r"(?: ?[(\[][^)\]\n]{1,60}[)\]])?"
# In a quoted transcript each line starts with a mark, which is not part of the name.
TURN = re.compile(
    rf"[“\"]?(?P<who>[A-Z][A-Z.’'-]+(?: (?:[A-Z][A-Z.’'-]*|\d{{1,2}})){{0,3}}){_ROLE}"
    r"(?P<cue>:)\s+(?P<content>\w.*)",
    re.DOTALL,
)
_NAMED_TURN = re.compile(
    r"(?P<who>[^\W\d_a-z][\w.’'-]*(?: (?:[^\W\d_a-z][\w.’'-]*|\d{1,2}|d[aei]|v[ao]n|der?|al|bin))"
    rf"{{0,4}}){_ROLE}(?P<cue>:)\s+(?P<content>\S.*)",
    re.DOTALL,
)
"""The same with a name that is not in capitals, which many words before a colon look like."""
MIN_NAMED_TURNS = 4
CONFIDENCE = 0.95


def find_turns(text: str, paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Find the turns of a transcript, each a paragraph that starts with its speaker's name.

    A paragraph with a time before the name is a turn. Without a time, it must be next to another
    speaker's, and one of the two must speak again, so "UPDATE: …" alone is not a turn, nor are
    "LONDON: …" and "PARIS: …", or "WHAT: …" and "WHEN: …". Names need not be in capitals if the
    whole text is a transcript.
    """
    matches = [
        _match(_NAMED_TURN if is_timed(text, one.start) else TURN, text, one) for one in paragraphs
    ]
    counts = Counter(match["who"] for match in matches if match)
    neighbours = zip([None, *matches], matches, [*matches[1:], None], paragraphs, strict=False)
    turns = [
        _draft(match, paragraph)
        for before, match, after, paragraph in neighbours
        if match
        and (
            (is_timed(text, paragraph.start) and _is_like_name(match))
            or any(
                other
                and other["who"] != match["who"]
                and counts[other["who"]] + counts[match["who"]] > 2
                for other in (before, after)
            )
        )
    ]
    return turns or _find_named_turns(text, paragraphs)


def _is_like_name(turn: re.Match[str]) -> bool:
    """Whether words before a colon may be a name: "Look", "Pros" and "Best Price" are none.

    In capitals they may be, unless all is in capitals, and with a number: "Speaker 2".
    """
    words = turn["who"].lower().split()
    stands_out = turn["who"].isupper() and not turn["content"].isupper()
    return stands_out or words[-1].isdecimal() or not all(map(is_word, words))


def _match(pattern: re.Pattern[str], text: str, paragraph: Paragraph) -> re.Match[str] | None:
    match = (
        pattern.match(text, paragraph.start, paragraph.end) if paragraph.kind == "text" else None
    )
    return match if match and match["who"].lower() not in function_words.NON_NAME_WORDS else None


def _find_named_turns(text: str, paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Find the turns of a text that is a transcript: most paragraphs are turns of few speakers."""
    pairs = [(_match(_NAMED_TURN, text, one), one) for one in paragraphs if one.kind == "text"]
    turns = [(match, one) for match, one in pairs if match and _is_like_name(match)]
    counts = Counter(match["who"] for match, _ in turns)
    is_transcript = (
        len(turns) >= MIN_NAMED_TURNS
        and 2 * len(turns) >= len(pairs)
        and 2 <= len(counts) <= len(turns) / 2
    )
    return [_draft(match, paragraph) for match, paragraph in turns] if is_transcript else []


def _draft(turn: re.Match[str], paragraph: Paragraph) -> Draft:
    return Draft(
        source=(turn.span("who"),),
        cue=(turn.span("cue"),),
        content=(turn.span("content"),),
        confidence=CONFIDENCE,
        is_guessed=False,
        paragraph=Paragraph(turn.start("who"), paragraph.end, "text"),
    )
