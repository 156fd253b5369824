"""Merge rows of an answer whose claims are in one sentence, and highlight the query's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.model import Answer, Hit, Row
from bot.wording.same_sentence import group_by_sentence, with_one_passage

AddPassages = Callable[[Iterable[Hit]], list[Hit]]
"""Add to each hit the printed sentences that contain its claim; reads the articles' texts."""


def merge_by_sentence(rows: Sequence[Row], add_passages: AddPassages) -> tuple[Row, ...]:
    """Merge rows whose first claims are in one sentence, at the position of the best of them."""
    hits = [row.hits[0] for row in rows]
    paragraph_counts = Counter(map(_paragraph, hits))
    # Only claims of one paragraph can share a sentence, so only their passages are needed.
    indices = [index for index, hit in enumerate(hits) if paragraph_counts[_paragraph(hit)] > 1]
    with_passages = add_passages(hits[index] for index in indices)
    for index, hit in zip(indices, with_passages, strict=True):
        hits[index] = hit
    return tuple(
        replace(rows[first], same_sentence=tuple(rows[index] for index in others))
        for first, *others in group_by_sentence(hits)
    )


def highlight_answer(
    answer: Answer, highlight: Callable[[Hit], Hit], complete: AddPassages
) -> Answer:
    """Highlight the query's words in the hits and rows of an answer.

    Only hits that are shown are completed, with their passages and disputes: that takes as long as
    the search.
    """
    merged = (hit for row in answer.rows if row.same_sentence for hit in row.shown_hits)
    by_id = {hit.claim.id: hit for hit in complete((*answer.hits, *merged))}
    for row in answer.rows:
        if row.same_sentence:
            same_sentence = with_one_passage([by_id[hit.claim.id] for hit in row.shown_hits])
            by_id |= {hit.claim.id: hit for hit in same_sentence}
    highlighted = {claim_id: highlight(hit) for claim_id, hit in by_id.items()}

    def highlight_row(row: Row) -> Row:
        return Row(
            hits=tuple(highlighted.get(hit.claim.id) or highlight(hit) for hit in row.hits),
            same_sentence=tuple(map(highlight_row, row.same_sentence)),
        )

    return replace(
        answer,
        hits=tuple(highlighted[hit.claim.id] for hit in answer.hits),
        rows=tuple(map(highlight_row, answer.rows)),
    )


def _paragraph(hit: Hit) -> tuple[str, int | None]:
    return hit.claim.article_id, hit.claim.paragraph
