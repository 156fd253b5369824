"""Find what speakers were asked: "Asked whether the lock leaks, Falk said …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft, quotations_between
from bot.languages.table import quoting

CONFIDENCE = 0.85


def find_asked(
    text: str, paragraphs: Sequence[Paragraph], found: Sequence[Draft]
) -> Iterator[Draft]:
    """Find the questions before answers, which nobody is named to have asked.

    Those that are in `found` already are left out.
    """
    is_cue = {offset for draft in found for span in draft.cue for offset in range(*span)}
    for paragraph in paragraphs:
        if paragraph.kind != "text":
            continue
        for match in quoting.ASKED.finditer(text, paragraph.start, paragraph.end):
            cue = match.span("cue")
            if cue[0] not in is_cue and not quotations_between(text, paragraph, *cue):
                yield Draft((), (cue,), (match.span("content"),), CONFIDENCE, False, paragraph)
