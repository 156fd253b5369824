"""Join quotations that continue over several paragraphs.

Only the last of these paragraphs has a closing mark, or each one has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.extract.paragraphs import Paragraph, paragraph_index
from bot.extract.spans.drafts import Draft, content_type
from bot.model import Span
from bot.text.quotes import quotations
from bot.text.spans import overlap, trimmed

MAX_PIECES = 30  # of one content; if there are more, a closing mark is probably missing
CLOSING = re.compile("(?:[”“»\"]|'')$")


def join_quotations(
    text: str, paragraphs: Sequence[Paragraph], drafts: Iterable[Draft]
) -> list[Draft]:
    """Join a quotation that its paragraph leaves open with its continuation in the next one.

    The first paragraph's speaker also speaks in the next, unless somebody else does. If only the
    next has a speaker, a closing mark may be missing, so the speaker of the first is unsure. A
    paragraph that is one quotation belongs to the last person quoted in the paragraph before.
    """
    index = _DraftIndex(paragraphs, drafts)
    pairs = list(_open_quotations(text, paragraphs))
    for quotation, continuation in pairs:
        numbers = index.find_overlapping(quotation)
        if numbers and not index.find_overlapping(continuation):
            index.extend(numbers[-1], continuation)
    for quotation, continuation in reversed(pairs):
        numbers = index.find_overlapping(continuation)
        if numbers and not index.find_overlapping(quotation):
            index.add(replace(index.drafts[numbers[0]], content=(quotation,), is_unsure=True))
    for paragraph_before, quotation in _quotation_paragraphs(text, paragraphs):
        numbers = index.find_in_paragraph(paragraph_before)
        has_quotation = any(
            content_type(text, paragraphs, index.drafts[number].content) != "indirect"
            for number in numbers
        )
        if has_quotation and not index.find_overlapping(quotation):
            last_number = max(numbers, key=lambda number: index.drafts[number].content[-1])
            index.extend(last_number, quotation)
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

    def extend(self, number: int, span: Span) -> None:
        """Add a span to the content of a draft, unless it has too many pieces."""
        draft = self.drafts[number]
        if len(draft.content) < MAX_PIECES:
            self.drafts[number] = replace(draft, content=(*draft.content, span))
            self._by_paragraph[self._paragraph_of(span)].append(number)

    def find_in_paragraph(self, paragraph_number: int) -> list[int]:
        """List the numbers of the drafts with content in a paragraph."""
        return self._by_paragraph.get(paragraph_number, [])

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


def _quotation_paragraphs(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, Span]]:
    """Find paragraphs that are one quotation, each with the index of the paragraph before."""
    for number, (before, after) in enumerate(pairwise(paragraphs)):
        printed = text[after.start : after.end]
        is_quotation = quotations(printed) == ((0, len(printed)),)
        if is_quotation and before.kind == after.kind == "text":
            yield number, (after.start, after.end)


def _unclosed_quotation(text: str, paragraph: Paragraph) -> Span | None:
    """Find the quotation that continues after its paragraph."""
    printed = text[paragraph.start : paragraph.end]
    spans = quotations(printed)
    if not spans or spans[-1][1] < len(printed) or CLOSING.search(printed[spans[-1][0] + 1 :]):
        return None
    return paragraph.start + spans[-1][0], paragraph.end
