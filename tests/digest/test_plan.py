from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest import DayFacts, plan, plan_rest
from bot.digest.plan import SECTIONS, ReadPassages
from bot.model import CurrentClaim, Digest, DigestRow, Gone, Hit, Passage, Row
from tests.digest.days import (
    FRAME,
    alone,
    chances,
    day_of,
    hit,
    named,
    planned,
    shown,
    statement_of,
)
from tests.samples import denied_by
from tests.soak import examples

LIMITS = st.sampled_from([5, 10, 20])


def test_a_quiet_day_has_no_sections() -> None:
    made = planned([])
    assert (made.sections, made.claims, made.articles, made.omitted_count) == ((), 0, 0, 0)


def test_each_statement_is_in_its_most_telling_section() -> None:
    reported = Row(
        hits=(hit("r1", article="x", outlet="Post"), hit("r2", article="y", outlet="Wire"))
    )
    denial = named("no", "Jon Lund", article="z", stance="denied")
    denied = Row(
        hits=(replace(named("yes", "Ida Marsh", article="w"), disputes=denied_by(denial)),)
    )
    others = alone(
        denial,
        named("topical", "Mara Quill", article="b"),
        named("new", "Nora Day", article="c"),
        hit("secret", article="d", source_kind="unnamed", speaker="a source"),
        hit("sum", article="e", text="it costs 12 million dollars to mend"),
        hit("rest", article="f"),
    )
    made = planned(
        [reported, denied, *others], topics={"quay": {"topical"}}, new_voices={"new", "topical"}
    )
    assert shown(made) == {
        "most_reported": ["r1"],
        "disputed": ["yes"],
        "quay": ["topical"],
        "new_voices": ["new"],
        "numbers": ["sum"],
        "unnamed": ["secret"],
        "more": ["rest"],
    }
    assert [row.claim_id for row in made.rows if row.disputes] == ["yes"]
    assert (made.claims, made.omitted_count) == (8, 0)


def test_disputes_are_always_in_their_section() -> None:
    denial = named("no", "Jon Lund", article="z", stance="denied")
    first = replace(hit("r1", article="x", outlet="Post"), disputes=denied_by(denial))
    row = Row(hits=(first, hit("r2", article="y", outlet="Wire")))
    made = planned([row, *alone(denial)], topics={"quay": {"r1"}})
    assert shown(made) == {"disputed": ["r1"]}
    assert {"outlets", "topic", "denied"} <= {reason.kind for reason in made.rows[0].reasons}


def test_headline_and_lead_come_before_colour() -> None:
    card = replace(hit("x").article, title="Quay wall will be mended before winter")
    news = replace(named("news", "Ida Marsh"), article=card)
    top = named("top", "Jon Lund", article="b", paragraph=2)
    colour = named("colour", "Mara Quill", article="c", type="direct", paragraph=9)
    old = named("old", "Noor Day", article="d", said_on=date(2026, 10, 30))
    made = planned(alone(old, colour, top, news))
    assert [row.claim_id for row in made.rows] == ["news", "top", "colour", "old"]


def in_sentence(name: str, start: int, end: int, **more: Any) -> Hit:
    speaker = more.pop("speaker", name.title())
    return named(name, speaker, spans=((start, end),), **more)


def reading(*unread: str) -> ReadPassages:
    """Gives each claim the first sixty characters of its article as its passage."""

    def read(hits: Sequence[Hit]) -> list[Hit]:
        passage = Passage(spans=((0, 60),), text="x" * 60)
        return [replace(one, passage=passage) for one in hits if one.claim.id not in unread]

    return read


def planned_with(rows: Sequence[Row], read: ReadPassages, limit: int = 10) -> Digest:
    return plan(rows, frame=FRAME, limit=limit, facts=DayFacts(), read_passages=read)


def test_a_sentence_is_shown_once_with_all_its_claims() -> None:
    best = in_sentence("best", 0, 20, type="mixed")
    same = in_sentence("same", 30, 50, speaker="Best")
    behind, others = in_sentence("behind", 70, 90), in_sentence("others", 30, 50)
    elsewhere = in_sentence("elsewhere", 30, 50, article="b")
    made = planned_with(alone(same, behind, others, elsewhere, best), reading())
    assert sorted(row.claim_id for row in made.rows) == ["behind", "best", "elsewhere", "others"]
    [row] = [row for row in made.rows if row.claim_id == "best"]
    assert [hit.claim.id for hit in row.same_sentence] == ["same"]
    assert (made.claims, made.omitted_count) == (5, 0)


def test_the_next_report_replaces_one_that_is_not_news() -> None:
    first, second = in_sentence("first", 0, 20), in_sentence("second", 0, 20, article="b")
    (row,) = planned_with([Row(hits=(first, second))], reading("first")).rows
    assert (row.claim_id, [hit.claim.id for hit in row.others]) == ("second", ["first"])


def test_a_dispute_in_a_shown_sentence_has_both_sides() -> None:
    denial = named("no", "Jon Lund", article="z", stance="denied")
    others = [hit(f"r{n}", article=f"r{n}", outlet=f"o{n}") for n in range(4)]
    best = Row(hits=(in_sentence("best", 0, 20, outlet="Post"), *others))
    disputed = Row(hits=(replace(in_sentence("disputed", 30, 50), disputes=denied_by(denial)),))
    made = planned_with([disputed, best, *alone(denial)], reading())
    assert {row.claim_id for row in made.rows} == {"best", "disputed"}


def test_what_is_no_news_is_no_row_and_counted() -> None:
    rows = alone(*(named(f"c{n}", f"S{n}", article=f"a{n}") for n in range(30)))
    unread = [f"c{n}" for n in range(25)]
    made = planned_with(rows, reading(*unread))
    assert sorted(row.claim_id for row in made.rows) == ["c25", "c26", "c27", "c28", "c29"]
    assert (made.claims, made.omitted_count) == (30, 25)


def test_an_article_and_its_copies_are_one_report() -> None:
    hits = hit("one", article="x", outlet="Post"), hit("two", article="y", outlet="Wire", of="x")
    made = planned([Row(hits=hits)])
    assert shown(made) == {"more": ["one"]}
    assert [other.claim.id for other in made.rows[0].others] == ["two"]


def test_a_denial_that_several_statements_meet_is_shown_once() -> None:
    denial = named("no", "Jon Lund", stance="denied")
    rows = [
        Row(hits=(replace(hit(name, article=name), disputes=denied_by(denial)),))
        for name in ("one", "two")
    ]
    made = planned([*rows, *alone(denial)])
    assert [len(row.disputes) for row in made.rows] == [1, 0]
    assert (made.claims, made.omitted_count) == (3, 0)


def test_no_speaker_dominates() -> None:
    loud = [named(f"l{n}", "Ida Marsh", article=f"x{n}", type="direct") for n in range(20)]
    others = [hit(f"o{n}", article=f"y{n}") for n in range(20)]
    counts = Counter(name[0] for name in shown(planned(alone(*loud, *others)))["more"])
    assert counts == {"l": 1, "o": 9}
    assert len(planned(alone(*loud)).rows) == 10


def test_one_person_by_several_names_does_not_dominate_either() -> None:
    printed = ["Ida Marsh", "Ms. Marsh", "Marsh"]
    loud = [named(f"l{n}", printed[n % 3], article=f"x{n}", type="direct") for n in range(20)]
    others = [hit(f"o{n}", article=f"y{n}") for n in range(20)]
    made = planned(alone(*loud, *others), speaker_keys=dict.fromkeys(printed, "ida marsh"))
    assert Counter(name[0] for name in shown(made)["more"]) == {"l": 1, "o": 9}


@pytest.mark.parametrize("shared", ["article", "outlet"])
def test_no_article_and_no_outlet_dominates_either(shared: str) -> None:
    many = [
        named(f"m{n}", f"Ida Marsh {n}", **({"article": f"x{n}"} | {shared: "one"}))
        for n in range(20)
    ]
    others = [hit(f"o{n}", article=f"y{n}", outlet=f"z{n}") for n in range(20)]
    counts = Counter(name[0] for name in shown(planned(alone(*many, *others)))["more"])
    assert counts["m"] == {"article": 2, "outlet": 3}[shared]


def test_the_best_of_each_section_is_always_included() -> None:
    better = [named(f"b{n}", f"S{n}", article=f"x{n}", type="direct") for n in range(300)]
    unnamed = [hit(f"u{n}", article=f"y{n}", source_kind="unnamed") for n in range(30)]
    found = shown(planned(alone(*better, *unnamed)))
    assert len(found["unnamed"]) == 1
    assert len(found["more"]) == 9


@pytest.mark.parametrize("weakness", [{"negative": True}, {"guess": "Jon Lund"}, {"inside": "c"}])
def test_weak_statements_come_last(weakness: dict) -> None:
    weak = [named(f"w{n}", f"S{n}", article=f"x{n}", **weakness) for n in range(9)]
    sure = [hit(f"s{n}", article="y", text="No") for n in range(5)]
    assert set(shown(planned(alone(*weak, *sure), limit=5))["more"]) == {
        one.claim.id for one in sure
    }
    assert len(planned(alone(*weak), limit=5).rows) == 5


@pytest.mark.parametrize("cue", ["would have described", "are sick of"])
def test_impersonal_cues_have_no_unnamed_source(cue: str) -> None:
    fields = {"source_kind": "unnamed", "speaker": "few people"}
    assert shown(planned(alone(hit("one", cue=cue, **fields)))) == {"more": ["one"]}
    assert shown(planned(alone(hit("one", cue="said", **fields)))) == {"unnamed": ["one"]}


@pytest.mark.parametrize(
    "text",
    [
        "“They took it away and gave it to the harbour master",
        "''His word was worth nothing to any of us here",
        '"She’s also the one who will mend the quay wall',
    ],
)
def test_cut_off_quotations_are_fragments(text: str) -> None:
    why = [reason.kind for reason in planned(alone(hit("one", text=text))).rows[0].reasons]
    assert "fragment" in why


@pytest.mark.parametrize("text", ["she will mend the quay wall", "“History will say who broke it"])
def test_outside_quotation_marks_she_is_the_speaker(text: str) -> None:
    made = planned(alone(hit("one", text=f"{text} before the winter of that year")))
    assert "fragment" not in [reason.kind for reason in made.rows[0].reasons]


def test_checkable_statements_come_first() -> None:
    stated = [
        hit(f"c{n}", kind="statement", type=None, checkable=score, text=f"the wall number {n}")
        for n, score in enumerate((0.3, 0.8, 0.5))
    ]
    assert [row.claim_id for row in planned(alone(*stated)).rows] == ["c1", "c2", "c0"]


def test_every_row_says_why_it_is_there() -> None:
    hits = [
        named("one", "Ida Marsh", article="x", outlet="Post", type="direct", text="12 died at sea"),
        hit("two", article="y", outlet="Wire", source_kind="unnamed"),
    ]
    (row,) = planned([Row(hits=tuple(hits))], topics={"sea": {"two"}}).rows
    why = {reason.kind: reason.value for reason in row.reasons}
    assert why == {"outlets": 2, "topic": "sea"} | dict.fromkeys(
        ("figures", "named", "quoted", "fragment")
    )


def test_changes_take_a_fifth_of_the_rows() -> None:
    gone = CurrentClaim(gone=Gone(reason="withdrawn", on=planned([]).day))
    changes = [DigestRow(claim_id=f"g{n}", current=gone) for n in range(9)]
    others = alone(*(hit(f"o{n}", article=f"x{n}") for n in range(20)))
    found = shown(planned(others, changes=changes))
    assert found["changes"] == ["g0", "g1"]
    assert len(found["more"]) == 8
    assert planned(others, changes=changes).omitted_count == 12


# -- for any day


@settings(max_examples=examples(60))
@given(chances, LIMITS)
def test_the_same_statements_in_any_order_give_the_same_digest(
    chance: random.Random, limit: int
) -> None:
    rows = day_of(chance)
    known = {"new_voices": {"c1.0", "c3.0"}, "topics": {"a": {"c2.0"}, "b": {"c2.0", "c4.0"}}}
    made = planned(rows, limit, **known)
    assert planned(chance.sample(rows, len(rows)), limit, **known) == made


@settings(max_examples=examples(60))
@given(chances, LIMITS)
def test_a_digest_is_full_without_repetition(chance: random.Random, limit: int) -> None:
    made = planned(day_of(chance), limit)
    ids = [one.claim.id for row in made.rows for one in (row.current.hit, *row.related) if one]
    assert len(set(ids)) == len(ids)
    assert len(made.rows) <= limit
    assert made.omitted_count == made.claims - sum(row.statements for row in made.rows)
    assert len(made.rows) == limit or made.omitted_count == 0


def test_one_more_statement_hardly_moves_others() -> None:
    """Of three hundred days none loses more than three rows to it, and few more than one; of the
    others none changes."""
    left = Counter()
    for seed in range(300):
        chance = random.Random(seed)
        rows, new = day_of(chance, most=60), statement_of(chance, "new")
        before, after = (
            {row.claim_id: row for row in planned(of).rows} for of in (rows, [*rows, new])
        )
        left[len(before.keys() - after.keys())] += 1
        assert len(after.keys() - before.keys()) <= 1 + len(before.keys() - after.keys())
        assert all(before[name] == after[name] for name in before.keys() & after.keys())
    assert set(left) <= {0, 1, 2, 3}
    assert left[0] + left[1] > 280


@settings(max_examples=examples(60))
@given(chances, LIMITS)
def test_a_further_report_of_a_statement_changes_no_other_row(
    chance: random.Random, limit: int
) -> None:
    first, *rest = [*day_of(chance), statement_of(chance, "one")]
    further = replace(first, hits=(*first.hits, *statement_of(chance, "new").hits))
    before, after = (
        {row.claim_id: row for row in planned([one, *rest], limit).rows} for one in (first, further)
    )
    own = first.hits[0].claim.id
    assert all(before[name] == after[name] for name in before.keys() & after.keys() - {own})


@settings(max_examples=examples(60))
@given(chances, LIMITS)
def test_the_rest_has_everything_not_shown(chance: random.Random, limit: int) -> None:
    rows = day_of(chance)
    known = DayFacts(topics={"a": {"c2.0"}})
    made = plan(rows, frame=FRAME, limit=limit, facts=known)
    seen = {one.claim.id for row in made.rows for one in (row.current.hit, *row.related) if one}
    left = plan_rest(rows, frame=FRAME, limit=limit, facts=known, shown=seen)
    assert sum(row.statements for row in left.rows) == made.omitted_count
    assert seen.isdisjoint(row.claim_id for row in left.rows)
    kinds = [SECTIONS.index(part.kind) for part in left.sections]
    assert kinds == sorted(kinds)


def test_outlets_that_only_one_feed_names_do_not_count() -> None:
    papers = [
        replace(one, article=replace(one.article, claimed_outlet=name, origin="https://a.example/"))
        for name in ("Paper 1", "Paper 2", "Paper 3")
        for one in [named(name, "Mara", article=name, outlet=name)]
    ]
    made = planned([Row(hits=tuple(papers))])
    kinds = {reason.kind for part in made.sections for row in part.rows for reason in row.reasons}
    assert kinds
    assert "outlets" not in kinds
