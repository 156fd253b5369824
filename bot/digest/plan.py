"""Choose the statements that a digest shows, and their sections. No I/O.

Each statement has points for what an editor looks for, and a section (statements.py); speakers,
sections, stories and outlets then take turns (turns.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.digest.statements import DayFacts, Statement, score_statements
from bot.digest.turns import sort_statements
from bot.model import Digest, DigestKind, DigestRow, DigestSection, Hit, Row

SECTIONS: tuple[DigestKind, ...] = (
    *("most_reported", "disputed", "topic", "new_voices", "numbers", "unnamed"),
    *("more", "changes"),
)
"""The sections, in the order in which they are shown."""

MAX_WHOLE_PASSAGE = 350
"""Characters; longer passages may be shortened when shown."""

ReadPassages = Callable[[Sequence[Hit]], Sequence[Hit]]
"""Returns those claims that are news, with their passages."""


def plan(
    rows: Iterable[Row],
    *,
    frame: Digest,
    limit: int,
    facts: DayFacts,
    read_passages: ReadPassages = list,
) -> Digest:
    """Fill `frame`, a digest without sections, with up to `limit` of a day's statements.

    A row contains the claims that report one statement, and each claim is in one row only. Claims
    that deny it are shown with it and nowhere else, and so are claims in the same sentence. The
    order of `rows` does not matter.
    """
    rows = list(rows)
    ranked = sort_statements(score_statements(rows, facts), limit)
    changes = sorted(facts.changes, key=lambda row: row.claim_id)[: max(1, limit // 5)]
    chosen = _with_same_sentence(_choose(ranked, limit - len(changes), read_passages), ranked)
    return replace(
        frame,
        sections=tuple(_sections(chosen, changes, facts.topics)),
        claims=len(rows),
        articles=len({hit.article.id for row in rows for hit in row.hits}),
        omitted_count=len(rows) - sum(statement.row.statements for statement in chosen),
    )


def plan_rest(
    rows: Sequence[Row], *, frame: Digest, limit: int, facts: DayFacts, shown: Collection[str]
) -> Digest:
    """Return the statements that a digest of `limit` rows left out, in the same sections and
    order. `shown` are the ids of the claims that it shows."""
    ranked = sort_statements(score_statements(rows, facts), limit)
    remaining = [
        statement
        for statement in ranked
        if not any(hit.claim.id in shown for hit in _reports(statement))
    ]
    return replace(frame, sections=tuple(_sections(remaining, (), facts.topics)))


def _choose(
    ranked: Sequence[Statement], number: int, read_passages: ReadPassages
) -> list[Statement]:
    """Choose the best `number` statements that are news and not in a passage already chosen."""
    chosen: list[Statement] = []
    start = 0
    while len(chosen) < number and start < len(ranked):
        batch = ranked[start : start + max(number, start)]
        start += len(batch)
        reports = [hit for statement in batch for hit in _reports(statement)]
        news_by_id = {hit.claim.id: hit for hit in read_passages(reports)}
        for statement in batch:
            ids = [hit.claim.id for hit in _reports(statement)]
            first = next((news_by_id[id_] for id_ in ids if id_ in news_by_id), None)
            if len(chosen) == number or first is None:
                continue
            if not any(_is_within_passage(statement, other) for other in chosen):
                chosen.append(_with_first(statement, first))
    return chosen


def _with_first(statement: Statement, first: Hit) -> Statement:
    """Make another report of a statement the one that is shown."""
    row = replace(
        statement.row,
        claim_id=first.claim.id,
        current=replace(statement.row.current, hit=first),
        others=tuple(hit for hit in _reports(statement) if hit.claim.id != first.claim.id),
    )
    return replace(statement, first=first, row=row)


def _reports(statement: Statement) -> tuple[Hit, ...]:
    """The claims that report a statement, first report first."""
    return (statement.first, *statement.row.others)


def _with_same_sentence(
    chosen: Sequence[Statement], ranked: Sequence[Statement]
) -> list[Statement]:
    """Add to each chosen statement the others in its sentence."""
    chosen_ids = {hit.claim.id for statement in chosen for hit in _reports(statement)}
    rows = {statement.row.claim_id: statement.row for statement in chosen}
    by_article: dict[str, list[Statement]] = {}
    for statement in chosen:
        by_article.setdefault(statement.first.article.id, []).append(statement)
    for statement in ranked:
        if statement.row.claim_id in chosen_ids:
            continue
        for outer in by_article.get(statement.first.article.id, ()):
            if _is_within_passage(statement, outer):
                row = rows[outer.row.claim_id]
                same_sentence = (*row.same_sentence, statement.first)
                rows[outer.row.claim_id] = replace(row, same_sentence=same_sentence)
                break
    return [replace(statement, row=rows[statement.row.claim_id]) for statement in chosen]


def _is_within_passage(statement: Statement, other: Statement) -> bool:
    """Whether a statement is part of another's passage and needs no row of its own. Disputed
    statements, and those of several outlets, always get one."""
    passage = other.first.passage
    if passage is None or statement.first.article.id != other.first.article.id:
        return False
    if statement.row.disputes or statement.row.others:
        return False
    inner, outer = statement.first.claim, other.first.claim
    if (
        inner.speaker_name != outer.speaker_name
        and outer.id != inner.inside
        and inner.id != outer.inside
    ):
        # Another speaker's words get a row of their own.
        return False
    is_whole = (
        len(passage.text) <= MAX_WHOLE_PASSAGE or statement.first.claim.inside == other.row.claim_id
    )
    return is_whole and passage.contains(statement.first.claim)


def _sections(
    statements: Sequence[Statement], changes: Sequence[DigestRow], topics: Iterable[str]
) -> Iterator[DigestSection]:
    for kind in SECTIONS:
        for topic in topics if kind == "topic" else (None,):
            rows = [
                statement.row
                for statement in statements
                if (statement.kind, statement.topic) == (kind, topic)
            ]
            rows += changes if kind == "changes" else ()
            if rows:
                yield DigestSection(kind=kind, topic=topic, rows=tuple(rows))
