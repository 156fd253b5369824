"""Quotations over several paragraphs: each opens one, and only the last, or each, closes it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.extract.paragraphs import Paragraph, trimmed
from bot.extract.spans.drafts import Draft, content_type, overlap
from bot.model import Span
from bot.text.quotes import quotations

MAX_PIECES = 30  # of one content; in a longer quotation a closing mark is missing
CLOSING = re.compile("(?:[”“»\"]|'')$")


def join_quotations(
    text: str, paragraphs: Sequence[Paragraph], drafts: Iterable[Draft]
) -> list[Draft]:
    """Join a quotation that its paragraph leaves open with the next one, which opens it again.

    The first paragraph's speaker also speaks in the next, unless somebody else does. If only the
    next has a speaker, a closing mark may be missing, so the speaker of the first is unsure. A
    paragraph that is one quotation belongs to whoever the paragraph before quotes last.
    """
    result = list(drafts)
    holders = _drafts_by_paragraph(paragraphs, result)
    pairs = list(_open_quotations(text, paragraphs))
    for opened, reopened in pairs:
        before, after = (
            _drafts_quoting(result, holders, paragraphs, span) for span in (opened, reopened)
        )
        if before and not after and len(result[before[-1]].content) < MAX_PIECES:
            at = before[-1]
            result[at] = replace(result[at], content=(*result[at].content, reopened))
            holders[_paragraph_index(paragraphs, reopened)].append(at)
    for opened, reopened in reversed(pairs):
        before, after = (
            _drafts_quoting(result, holders, paragraphs, span) for span in (opened, reopened)
        )
        if after and not before:
            first = result[after[0]]
            holders[_paragraph_index(paragraphs, opened)].append(len(result))
            result.append(replace(first, content=(opened,), unsure=True))
    for at, alone in _quotation_paragraphs(text, paragraphs):
        spoken = holders.get(at, [])
        quoting = any(
            content_type(text, paragraphs, result[each].content) != "indirect" for each in spoken
        )
        if quoting and not _drafts_quoting(result, holders, paragraphs, alone):
            last = max(spoken, key=lambda each: result[each].content[-1])
            if len(result[last].content) < MAX_PIECES:
                result[last] = replace(result[last], content=(*result[last].content, alone))
                holders[at + 1].append(last)
    return result


def _drafts_by_paragraph(
    paragraphs: Sequence[Paragraph], drafts: Sequence[Draft]
) -> dict[int, list[int]]:
    """Map the index of each paragraph to the indexes of the drafts with content in it."""
    holders: dict[int, list[int]] = defaultdict(list)
    for at, draft in enumerate(drafts):
        holders[_paragraph_index(paragraphs, draft.content[0])].append(at)
    return holders


def _paragraph_index(paragraphs: Sequence[Paragraph], span: Span) -> int:
    return bisect_right(paragraphs, span[0], key=lambda paragraph: paragraph.start) - 1


def _drafts_quoting(
    drafts: Sequence[Draft],
    holders: Mapping[int, list[int]],
    paragraphs: Sequence[Paragraph],
    held: Span,
) -> list[int]:
    """List the drafts that have a part of a quotation as content."""
    near = holders.get(_paragraph_index(paragraphs, held), [])
    return [at for at in near if overlap(drafts[at].content, (held,))]


def _open_quotations(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Span, Span]]:
    for before, after in pairwise(paragraphs):
        opened = _unclosed_quotation(text, before)
        first = quotations(text[after.start : after.end])[:1]
        if opened and before.kind == after.kind == "text" and first and first[0][0] == 0:
            yield opened, trimmed(text, after.start, after.start + first[0][1])


def _quotation_paragraphs(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, Span]]:
    """Find paragraphs that are one quotation, each with the index of the paragraph before."""
    for at, (before, after) in enumerate(pairwise(paragraphs)):
        printed = text[after.start : after.end]
        whole = quotations(printed) == ((0, len(printed)),)
        if whole and before.kind == after.kind == "text":
            yield at, (after.start, after.end)


def _unclosed_quotation(text: str, paragraph: Paragraph) -> Span | None:
    """Find the quotation that runs beyond its paragraph."""
    printed = text[paragraph.start : paragraph.end]
    found = quotations(printed)
    if not found or found[-1][1] < len(printed) or CLOSING.search(printed[found[-1][0] + 1 :]):
        return None
    return paragraph.start + found[-1][0], paragraph.end
