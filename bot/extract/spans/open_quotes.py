"""Join quotations that continue over several paragraphs.

Only the last of these paragraphs has a closing mark, or each one has. A paragraph of quotations may
also follow one that only reports what somebody said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from bot.extract.paragraphs import MAX_HEADING_WORDS, Paragraph, paragraph_index
from bot.extract.spans.drafts import Draft, content_type, is_quotation_only, sentence_at
from bot.model import Span, Spans
from bot.text.quotes import quotations
from bot.text.spans import overlap, shifted, trimmed

MAX_PIECES = 30  # of one content; if there are more, a closing mark is probably missing
GUESS_CONFIDENCE = 0.6  # of a speaker who is only the nearest
CLOSING = re.compile("(?:[”“»\"]|'')$")


def join_quotations(
    text: str,
    paragraphs: Sequence[Paragraph],
    drafts: Iterable[Draft],
    reports_speech: Callable[[Draft], bool],
) -> list[Draft]:
    """Join a quotation that its paragraph leaves open with its continuation in the next one.

    The first paragraph's speaker also speaks in the next, unless somebody else does. If only the
    next has a speaker, a closing mark may be missing, so the speaker of the first is unsure. A
    paragraph of quotations belongs to the last person quoted in the paragraph before; if nobody
    is quoted there, to whoever speaks or acts in its last sentence. `reports_speech` tells whether
    that sentence's cue is one of saying.
    """
    index = _DraftIndex(paragraphs, drafts)
    pairs = list(_open_quotations(text, paragraphs))
    for quotation, continuation in pairs:
        numbers = index.find_overlapping(quotation)
        if numbers and not index.find_overlapping(continuation):
            index.extend(numbers[-1], [continuation])
    for quotation, continuation in reversed(pairs):
        numbers = index.find_overlapping(continuation)
        if numbers and not index.find_overlapping(quotation):
            index.add(replace(index.drafts[numbers[0]], content=(quotation,), is_unsure=True))

    def is_quoted(number: int) -> bool:
        return content_type(text, paragraphs, index.drafts[number].content) != "indirect"

    for lone in _lone_quotations(text, paragraphs):
        if not any(index.find_overlapping(span) for span in lone.quotations):
            _attribute(text, index, lone, is_quoted, reports_speech)
    return index.drafts


def _attribute(
    text: str,
    index: _DraftIndex,
    lone: _LoneQuotations,
    is_quoted: Callable[[int], bool],
    reports_speech: Callable[[Draft], bool],
) -> None:
    """Give a paragraph of quotations its speaker."""
    numbers = index.find_in_paragraph(lone.number_before)
    if lone.is_heading:
        return
    if any(map(is_quoted, numbers)):
        last = max(numbers, key=lambda number: index.drafts[number].content[-1])
        index.add(replace(index.drafts[last], content=lone.quotations))
    elif numbers or len(text[lone.before.start : lone.before.end].split()) > MAX_HEADING_WORDS:
        index.add(_guess(text, index, numbers, lone, reports_speech))


def _guess(
    text: str,
    index: _DraftIndex,
    numbers: Sequence[int],
    lone: _LoneQuotations,
    reports_speech: Callable[[Draft], bool],
) -> Draft:
    """Attribute quotations to whoever spoke or acted last in the paragraph before.

    If nobody did in its last sentence, the speaker is unsure; if nobody did at all, unknown.
    """
    before = lone.before
    last = index.find_outermost(numbers, sentence_at(text, before, before.end))
    nearest = (
        last if last is not None else index.find_outermost(numbers, (before.start, before.end))
    )
    start = lone.quotations[0][0]
    mark = ((start, start + 1),)
    if nearest is None:
        paragraph = Paragraph(start, lone.quotations[-1][1], "text")
        return Draft((), mark, lone.quotations, GUESS_CONFIDENCE, False, paragraph)
    draft = index.drafts[nearest]
    if last is not None and reports_speech(draft):
        return replace(draft, content=lone.quotations)
    return replace(
        draft,
        cue=mark,
        content=lone.quotations,
        confidence=min(draft.confidence, GUESS_CONFIDENCE),
        is_unsure=draft.is_unsure or last is None,
    )


class _LoneQuotations(NamedTuple):
    """The quotations of a paragraph without other words, and the paragraph before."""

    number_before: int
    before: Paragraph
    quotations: Spans
    is_heading: bool


class _DraftIndex:
    """Finds drafts by the paragraphs that their content is in."""

    def __init__(self, paragraphs: Sequence[Paragraph], drafts: Iterable[Draft]) -> None:
        self.drafts: list[Draft] = []
        self._paragraphs = paragraphs
        self._by_paragraph: defaultdict[int, list[int]] = defaultdict(list)
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> None:
        """Add a draft, in the paragraph of its first content."""
        self._by_paragraph[self._paragraph_of(draft.content[0])].append(len(self.drafts))
        self.drafts.append(draft)

    def extend(self, number: int, spans: Sequence[Span]) -> None:
        """Add spans of one paragraph to the content of a draft, unless it has too many pieces."""
        draft = self.drafts[number]
        if len(draft.content) < MAX_PIECES:
            self.drafts[number] = replace(draft, content=(*draft.content, *spans))
            self._by_paragraph[self._paragraph_of(spans[0])].append(number)

    def find_in_paragraph(self, paragraph_number: int) -> list[int]:
        """List the numbers of the drafts with content in a paragraph."""
        return self._by_paragraph.get(paragraph_number, [])

    def find_outermost(self, numbers: Iterable[int], sentence: Span) -> int | None:
        """Return the number of the draft with a printed source that starts first in a sentence.

        "The council issued a statement, with members saying …" is the council's statement.
        """
        drafts = ((number, self.drafts[number]) for number in numbers)
        inside = [
            (draft.start, number)
            for number, draft in drafts
            if draft.source and not draft.is_topic and sentence[0] <= draft.start
        ]
        return min(inside)[1] if inside else None

    def find_overlapping(self, span: Span) -> list[int]:
        """List the numbers of the drafts whose content overlaps a span."""
        candidates = self.find_in_paragraph(self._paragraph_of(span))
        return [number for number in candidates if overlap(self.drafts[number].content, (span,))]

    def _paragraph_of(self, span: Span) -> int:
        return paragraph_index(self._paragraphs, span[0])


def _open_quotations(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Span, Span]]:
    """Find each quotation left open by its paragraph, with its continuation in the next one."""
    for before, after in pairwise(paragraphs):
        quotation = _unclosed_quotation(text, before)
        first_quotation = quotations(text[after.start : after.end])[:1]
        if (
            quotation
            and before.kind == after.kind == "text"
            and first_quotation
            and first_quotation[0][0] == 0
        ):
            yield quotation, trimmed(text, after.start, after.start + first_quotation[0][1])


def _lone_quotations(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[_LoneQuotations]:
    """Find paragraphs of quotations only."""
    for number, (before, after) in enumerate(pairwise(paragraphs)):
        if after.kind == "furniture":
            continue
        if is_quotation_only(text, after.start, after.end):
            spans = shifted(quotations(text[after.start : after.end]), after.start)
            is_heading = {before.kind, after.kind} != {"text"}
            yield _LoneQuotations(number, before, spans, is_heading)


def _unclosed_quotation(text: str, paragraph: Paragraph) -> Span | None:
    """Find the quotation that continues after its paragraph."""
    printed = text[paragraph.start : paragraph.end]
    spans = quotations(printed)
    if not spans or spans[-1][1] < len(printed) or CLOSING.search(printed[spans[-1][0] + 1 :]):
        return None
    return paragraph.start + spans[-1][0], paragraph.end
