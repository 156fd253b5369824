"""Choose which of a day's statements a digest shows, and in which section. Pure.

Each statement has points for what an editor looks for, and a section (statements.py); speakers,
sections, stories and outlets then take turns (turns.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.digest.statements import DayFacts, Statement, statements
from bot.digest.turns import ordered
from bot.model import Claim, Digest, DigestKind, DigestRow, DigestSection, Hit, Passage, Row

SECTIONS: tuple[DigestKind, ...] = (
    *("most_reported", "disputed", "topic", "new_voices", "numbers", "unnamed"),
    *("more", "changes"),
)
"""In the order in which they are shown."""

MAX_WHOLE_PASSAGE = 350
"""Characters; longer passages may be shortened when shown."""

ReadPassages = Callable[[Sequence[Hit]], Sequence[Hit]]
"""Selects the claims that are news, and adds their passages."""


def plan(
    rows: Iterable[Row], *, frame: Digest, limit: int, known: DayFacts, read: ReadPassages = list
) -> Digest:
    """Fill `frame`, a digest without sections, with `limit` of a day's statements.

    A row has the claims that report one statement; a claim is in one row only. Claims that deny it
    are shown with it and nowhere else, and so are claims in the same sentence. The order of `rows`
    does not matter.
    """
    rows = list(rows)
    best = ordered(statements(rows, known), limit)
    changes = sorted(known.changes, key=lambda row: row.claim_id)[: max(1, limit // 5)]
    shown = _with_same_sentence(_choose(best, limit - len(changes), read), best)
    return replace(
        frame,
        sections=tuple(_sections(shown, changes, known.topics)),
        claims=len(rows),
        articles=len({hit.article.id for row in rows for hit in row.hits}),
        omitted_count=len(rows) - sum(one.row.statements for one in shown),
    )


def plan_rest(
    rows: Sequence[Row], *, frame: Digest, limit: int, known: DayFacts, shown: Collection[str]
) -> Digest:
    """The statements that a digest of `limit` rows left out, given the ids of the claims it has
    `shown`: in the same sections and order."""
    best = ordered(statements(rows, known), limit)
    left = [
        one for one in best if one.row.claim_id not in shown and not _reports_any(one.row, shown)
    ]
    return replace(frame, sections=tuple(_sections(left, (), known.topics)))


def _reports_any(row: DigestRow, shown: Collection[str]) -> bool:
    return any(hit.claim.id in shown for hit in row.others)


def _choose(best: Sequence[Statement], number: int, read: ReadPassages) -> list[Statement]:
    """Choose `number` of the best that are news and not in a sentence already shown."""
    chosen: list[Statement] = []
    at = 0
    while len(chosen) < number and at < len(best):
        some = best[at : at + max(number, at)]
        at += len(some)
        reports = [hit for one in some for hit in _candidates(one)]
        printed = {hit.claim.id: hit for hit in read(reports)}
        for one in some:
            hit = next(filter(None, (printed.get(hit.claim.id) for hit in _candidates(one))), None)
            if hit and len(chosen) < number and not any(_is_within_passage(one, c) for c in chosen):
                others = tuple(
                    other for other in _candidates(one) if other.claim.id != hit.claim.id
                )
                stands = replace(one.row.current, hit=hit)
                row = replace(one.row, claim_id=hit.claim.id, current=stands, others=others)
                chosen.append(replace(one, first=hit, row=row))
    return chosen


def _candidates(one: Statement) -> tuple[Hit, ...]:
    """The claims of which the first that is news is shown, the first report leading."""
    return (one.first, *one.row.others)


def _with_same_sentence(chosen: Sequence[Statement], best: Sequence[Statement]) -> list[Statement]:
    """The chosen statements, each with the others in its sentence."""
    leading = {hit.claim.id for one in chosen for hit in _candidates(one)}
    rows = {one.row.claim_id: one.row for one in chosen}
    in_article: dict[str, list[Statement]] = {}
    for one in chosen:
        in_article.setdefault(one.first.article.id, []).append(one)
    for one in best:
        there = in_article.get(one.first.article.id, ())
        if one.row.claim_id in leading or not there:
            continue
        if by := next((other for other in there if _is_within_passage(one, other)), None):
            row = rows[by.row.claim_id]
            same = (*row.same_sentence, one.first)
            rows[by.row.claim_id] = replace(row, same_sentence=same)
    return [replace(one, row=rows[one.row.claim_id]) for one in chosen]


def _is_within_passage(one: Statement, other: Statement) -> bool:
    """Whether a statement is part of another's passage and needs no row of its own; disputed
    statements, and those of several outlets, always get one."""
    passage = other.first.passage
    if passage is None or one.first.article.id != other.first.article.id:
        return False
    if one.row.disputes or one.row.others:
        return False
    inner, outer = one.first.claim, other.first.claim
    if _who(inner) != _who(outer) and outer.id != inner.inside and inner.id != outer.inside:
        return False  # another speaker's words get a row of their own
    is_whole = (
        len(passage.text) <= MAX_WHOLE_PASSAGE or one.first.claim.inside == other.row.claim_id
    )
    return is_whole and _holds(passage, one.first.claim)


def _who(claim: Claim) -> str | None:
    return claim.known_as or claim.speaker or claim.source


def _holds(passage: Passage, claim: Claim) -> bool:
    return bool(claim.spans) and all(
        any(start <= s and e <= end for start, end in passage.spans) for s, e in claim.spans
    )


def _sections(
    shown: Sequence[Statement], changes: Sequence[DigestRow], topics: Iterable[str]
) -> Iterator[DigestSection]:
    for kind in SECTIONS:
        for topic in topics if kind == "topic" else (None,):
            rows = [one.row for one in shown if (one.kind, one.topic) == (kind, topic)]
            rows += changes if kind == "changes" else ()
            if rows:
                yield DigestSection(kind=kind, topic=topic, rows=tuple(rows))
