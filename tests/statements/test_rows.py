from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.model import ArticleCard, Claim, Hit
from tests.statements.filed import rows_of

QUOTE = "The bridge will not open before the spring"


def hit(
    id: str,
    text: str = QUOTE,
    *,
    on: date | None = None,
    at: str | None = None,
    outlet: str = "Post",
    **known: Any,
) -> Hit:
    fields: dict[str, Any] = {"kind": "attribution", "source_kind": "named", "speaker": "Mara"}
    card = ArticleCard(
        id=f"article of {id}",
        title="Fenwick inquiry opens",
        outlet=outlet,
        published=at,
        published_on=on,
        url=None,
        sample=False,
        opening="",
    )
    claim = Claim(id=id, article_id=card.id, text=text, **(fields | known))
    return Hit(claim=claim, article=card, score=1.0)


def ids(rows: Any) -> list[list[str]]:
    return [[hit.claim.id for hit in row.hits] for row in rows]


def test_one_statement_is_one_row_the_first_report_first() -> None:
    hits = [
        hit("late", on=date(2026, 11, 5)),
        hit("other", "Grain prices rose 3.1 percent on Tuesday"),
        hit("undated"),
        hit("first", on=date(2026, 11, 3)),
    ]
    rows = rows_of(hits)
    assert ids(rows) == [["first", "late", "undated"], ["other"]]


def test_a_thought_is_no_report_of_what_was_said() -> None:
    hits = [hit("said"), hit("thought", act="thought"), hit("too", act="thought")]
    assert ids(rows_of(hits)) == [["said"], ["thought", "too"]]


def test_times_come_before_dates_of_the_same_day() -> None:
    day = date(2026, 11, 3)
    hits = [
        hit("day", on=day, at="2026-11-03"),
        hit("no zone", on=day, at="2026-11-03T01:00:00"),
        hit("evening", on=day, at="2026-11-03T19:00:00+00:00"),
        hit("afternoon", on=day, at="2026-11-03T19:30:00+02:00"),
        hit("before", on=date(2026, 11, 2), at="2026-11-02"),
    ]
    (row,) = ids(rows_of(hits))
    assert row == ["before", "afternoon", "evening", "day", "no zone"]


def test_every_claim_of_a_row_matches_all_others() -> None:
    part = hit("part", "not open before the spring")
    longer = hit("longer", f"{QUOTE}, and the tunnel will stay closed all year")
    another = hit("another", "The harbour bridge, by the way, will not open before the spring")
    rows = rows_of([longer, another, part])
    assert ids(rows) == [["longer"], ["another", "part"]]
    assert ids(rows_of([part, longer, another])) == [["another", "part"], ["longer"]]


def test_no_hits_make_no_rows() -> None:
    assert rows_of([]) == ()


def copied(one: Hit, of: str | None) -> Hit:
    return replace(one, article=replace(one.article, copy_of=of))


def test_a_claim_repeated_in_a_copy_is_one_row() -> None:
    first, alone = hit("first", speaker="Mara Quill"), hit("alone", speaker="Jon Lund")
    assert ids(rows_of([first, alone])) == [["first"], ["alone"]]
    copy = copied(alone, first.article.id)
    assert ids(rows_of([copy, first])) == [["first", "alone"]]
    denied = replace(copy, claim=replace(copy.claim, negative=True))
    assert ids(rows_of([first, denied])) == [["first"], ["alone"]]


def test_an_article_precedes_its_copy_of_the_same_day() -> None:
    first, copy = hit("first", on=date(2026, 11, 3)), hit("copy", on=date(2026, 11, 3))
    copy = copied(copy, first.article.id)
    assert ids(rows_of([copy, first])) == [["first", "copy"]]


def test_what_an_article_says_twice_is_no_copy_of_itself() -> None:
    one, again = hit("one", "No"), hit("again", "No")
    again = replace(again, article=one.article)
    assert ids(rows_of([one, again])) == ids(rows_of([hit("one", "No"), hit("again", "No")]))
