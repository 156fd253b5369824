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

from bot.extract.paragraphs import Paragraph, paragraph_index
from bot.extract.spans.drafts import Draft, content_type, sentence_at
from bot.extract.spans.signed_quotations import is_quotation_only
from bot.model import Span, Spans
from bot.text.quotes import quotations
from bot.text.spans import overlap, shifted, trimmed

MAX_PIECES = 30  # of one content; if there are more, a closing mark is probably missing
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
    is quoted there, to the person whose speech its last sentence reports, as `reports_speech`
    decides.
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
    for number_before, spans in _quotation_paragraphs(text, paragraphs):
        numbers = index.find_in_paragraph(number_before)
        if not numbers or any(index.find_overlapping(span) for span in spans):
            continue
        is_quoted = any(
            content_type(text, paragraphs, index.drafts[number].content) != "indirect"
            for number in numbers
        )
        if is_quoted:
            last_number = max(numbers, key=lambda number: index.drafts[number].content[-1])
            index.extend(last_number, spans)
        else:
            last_sentence = sentence_at(text, before := paragraphs[number_before], before.end)
            outermost = index.find_outermost(numbers, last_sentence)
            if outermost is not None and reports_speech(index.drafts[outermost]):
                index.add(replace(index.drafts[outermost], content=spans))
    return index.drafts


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


def _quotation_paragraphs(
    text: str, paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[int, Spans]]:
    """Find paragraphs of quotations only, each with the index of the paragraph before."""
    for number, (before, after) in enumerate(pairwise(paragraphs)):
        if before.kind == after.kind == "text" and is_quotation_only(text, after.start, after.end):
            yield number, shifted(quotations(text[after.start : after.end]), after.start)


def _unclosed_quotation(text: str, paragraph: Paragraph) -> Span | None:
    """Find the quotation that continues after its paragraph."""
    printed = text[paragraph.start : paragraph.end]
    spans = quotations(printed)
    if not spans or spans[-1][1] < len(printed) or CLOSING.search(printed[spans[-1][0] + 1 :]):
        return None
    return paragraph.start + spans[-1][0], paragraph.end
