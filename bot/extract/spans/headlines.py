"""Find who says what in a headline, which has rules of its own: no past tense, no articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft
from bot.extract.words import words
from bot.languages.table import cue_verbs, headline_forms
from bot.model import Span

SAID_LAST = re.compile(r"(?P<content>[^“”\n]{15,}),\s(?P<who>[^\s,:;][^,:;]{1,40})\s(?P<cue>\w+)")
CONFIDENCE = 0.85


def find_headline_speakers(text: str, paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Find who says a headline: "Man stole same canoe three times, deputies say"."""
    return [
        Draft(
            source=(match.span("who"),),
            cue=(match.span("cue"),),
            content=(match.span("content"),),
            confidence=CONFIDENCE,
            is_guessed=False,
            paragraph=Paragraph(paragraph.start, paragraph.end, "text"),
        )
        for paragraph, match in _said_last(text, paragraphs[:1])
    ]


def _said_last(
    text: str, paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[Paragraph, re.Match[str]]]:
    for paragraph in paragraphs:
        match = SAID_LAST.fullmatch(text, paragraph.start, paragraph.end)
        if match and match["cue"] in cue_verbs.SPEECH_VERBS | headline_forms.FINDING:
            yield paragraph, match


def may_report(text: str, headline: Paragraph) -> bool:
    """Tell whether a headline may report speech: with a verb of speech, or a colon."""
    span = text[headline.start : headline.end]
    return ":" in span or not cue_verbs.PRESENT_SPEECH_VERBS.isdisjoint(words(span))


def reported_in_headline(text: str, drafts: Iterable[Draft]) -> list[Draft]:
    """Keep the speech that was tagged in a headline, each up to the next semicolon.

    Headlines report in the present: in "Town told to leave" and "Man accused of theft" nobody is
    named who told or accused.
    """
    return [
        replace(draft, content=tuple(_first_headline(text, span) for span in draft.content))
        for draft in drafts
        if draft.source
        and (
            not (cue := draft.cue_words(text)) or not cue_verbs.PRESENT_SPEECH_VERBS.isdisjoint(cue)
        )
    ]


def _first_headline(text: str, span: Span) -> Span:
    """End a span at a semicolon, after which a headline tells something else."""
    start, end = span
    semicolon = text.find(";", start, end)
    return (start, semicolon) if semicolon > start else span
