"""Quotations over several paragraphs: each opens one, only the last closes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.extract.passages import Passage, trimmed
from bot.extract.quotes import quotations
from bot.extract.repair import Draft, overlap
from bot.model import Span

CLOSING = re.compile("(?:[”“»\"]|'')$")


def continued(text: str, passages: Sequence[Passage], drafts: Iterable[Draft]) -> list[Draft]:
    """Join a quotation that its paragraph leaves open with the next one, which opens it again.

    Whoever speaks in one of the two speaks in the other, unless both have a speaker.
    """
    result = list(drafts)
    pairs = list(_open_quotations(text, passages))
    for opened, reopened in pairs:
        _share(result, opened, reopened)
    for opened, reopened in reversed(pairs):
        _share(result, reopened, opened)
    return result


def _open_quotations(text: str, passages: Sequence[Passage]) -> Iterator[tuple[Span, Span]]:
    for before, after in pairwise(passages):
        opened = _left_open(text, before)
        first = quotations(text[after.start : after.end])[:1]
        if opened and before.kind == after.kind == "text" and first and first[0][0] == 0:
            yield opened, trimmed(text, after.start, after.start + first[0][1])


def _share(drafts: list[Draft], held: Span, free: Span) -> None:
    """Give a quotation that nobody speaks to who speaks the one that it belongs to."""
    speaking = [at for at, draft in enumerate(drafts) if overlap(draft.content, (held,))]
    if speaking and not any(overlap(draft.content, (free,)) for draft in drafts):
        draft = drafts[speaking[0 if held > free else -1]]
        content = tuple(sorted((*draft.content, free)))
        drafts[drafts.index(draft)] = replace(draft, content=content)


def _left_open(text: str, passage: Passage) -> Span | None:
    """Find the quotation that runs beyond its paragraph."""
    paragraph = text[passage.start : passage.end]
    found = quotations(paragraph)
    if not found or found[-1][1] < len(paragraph) or CLOSING.search(paragraph[found[-1][0] + 1 :]):
        return None
    return passage.start + found[-1][0], passage.end
