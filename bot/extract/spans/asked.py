"""Find what speakers were asked: "Asked whether the lock leaks, Falk said …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft, quotations_between
from bot.languages.table import quoting
from bot.text.spans import overlap

CONFIDENCE = 0.85


def find_asked(
    text: str, paragraphs: Sequence[Paragraph], found: Sequence[Draft]
) -> Iterator[Draft]:
    """Find the questions before answers, which nobody is named to have asked.

    Those that are in `found` already are left out.
    """
    cues = sorted(span for draft in found for span in draft.cue)
    for paragraph in paragraphs:
        if paragraph.kind != "text":
            continue
        for match in quoting.ASKED.finditer(text, paragraph.start, paragraph.end):
            cue = (match.span("cue"),)
            is_quoted = quotations_between(text, paragraph, *cue[0])
            if is_quoted or overlap(cue, cues):
                continue
            yield Draft((), cue, (match.span("content"),), CONFIDENCE, False, paragraph)
