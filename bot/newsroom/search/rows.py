"""The rows of an answer: those that stand in one sentence together, and what is highlight_answer in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.model import Answer, Hit, Row
from bot.wording.same_sentence import group_by_sentence, with_one_passage

WithPassages = Callable[[Iterable[Hit]], list[Hit]]
"""Gives hits the printed sentences in which they stand: an article's text is read for it."""


def merge_by_sentence(rows: Sequence[Row], with_passages: WithPassages) -> tuple[Row, ...]:
    """Rows, those whose first claims stand in one sentence as one, where the best of them stood."""
    first = [row.hits[0] for row in rows]
    in_paragraph = Counter(map(_paragraph, first))
    # Only these may stand in one sentence; of the others no text is read.
    near = [at for at, hit in enumerate(first) if in_paragraph[_paragraph(hit)] > 1]
    printed = dict(zip(near, with_passages(first[at] for at in near), strict=True))
    groups = group_by_sentence([printed.get(at, hit) for at, hit in enumerate(first)])
    return tuple(
        replace(rows[at], beside=tuple(rows[other] for other in others)) for at, *others in groups
    )


def highlight_answer(
    answer: Answer, mark: Callable[[Hit], Hit], with_passages: WithPassages
) -> Answer:
    """An answer with what was asked for highlight_answer in its hits. It takes as long as to find them, so
    passages are found for those alone that are shown."""
    beside = (hit for row in answer.rows if row.beside for hit in row.shown)
    printed = {hit.claim.id: hit for hit in with_passages((*answer.hits, *beside))}
    for row in answer.rows:
        if row.beside:
            same = with_one_passage([printed[hit.claim.id] for hit in row.shown])
            printed |= {hit.claim.id: hit for hit in same}
    shown = {claim_id: mark(hit) for claim_id, hit in printed.items()}

    def marked_row(row: Row) -> Row:
        return Row(
            hits=tuple(shown.get(hit.claim.id) or mark(hit) for hit in row.hits),
            disputes=tuple(replace(one, hit=mark(one.hit)) for one in row.disputes),
            beside=tuple(map(marked_row, row.beside)),
        )

    hits = tuple(shown[hit.claim.id] for hit in answer.hits)
    return replace(answer, hits=hits, rows=tuple(map(marked_row, answer.rows)))


def _paragraph(hit: Hit) -> tuple[str, int | None]:
    return hit.claim.article_id, hit.claim.paragraph
