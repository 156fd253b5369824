from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import ArticleCard, Claim, Hit, Row
from bot.statements.back_references import find_referent, refers_back
from bot.statements.rows import group_into_rows

PAIRS: dict[str, list[Any]] = yaml.safe_load(
    Path(__file__).with_name("dispute_pairs.yml").read_text(encoding="utf-8")
)


def hit(id: str, speaker: str, text: str, known: dict[str, Any] | None = None, day: int = 4) -> Hit:
    card = ArticleCard(
        id=f"article of {id}",
        title="Fenwick inquiry opens",
        outlet=None,
        published=None,
        published_on=date(2026, 11, day),
        url=None,
        sample=False,
        opening="",
    )
    fields: dict[str, Any] = {"kind": "attribution", "source_kind": "named", "stance": "said"}
    fields |= {"speaker": speaker, "source": speaker} | (known or {})
    return Hit(claim=Claim(id=id, article_id=card.id, text=text, **fields), article=card, score=1.0)


def rows_of(pair: list[list[Any]]) -> tuple[Row, ...]:
    return group_into_rows(
        [hit(f"c{place}", *side, day=4 + place) for place, side in enumerate(pair)]
    )


@pytest.mark.parametrize("pair", PAIRS["disputed"], ids=str)
def test_an_assertion_and_its_negation_are_disputed(pair: list[Any]) -> None:
    one, other = rows_of(pair)
    assert one.disputes
    assert [dispute.denied_part for dispute in (*one.disputes, *other.disputes)] == [None, None]


@pytest.mark.parametrize("pair", PAIRS["undisputed"], ids=str)
def test_agreement_other_subjects_and_open_questions_are_not_disputed(pair: list[Any]) -> None:
    assert not any(row.disputes for row in rows_of(pair))


@pytest.mark.parametrize("pair", PAIRS["halves"], ids=str)
def test_the_denied_clause_is_returned(pair: list[Any]) -> None:
    *sides, half = pair
    one, other = rows_of(sides)
    assert [dispute.denied_part for dispute in (*one.disputes, *other.disputes)] == [half, half]


OPPOSITE = {"earlier": "later", "later": "earlier", "unknown": "unknown"}
SIDES = st.sampled_from([side for pairs in PAIRS.values() for pair in pairs for side in pair[:2]])
DAYS = st.integers(1, 9)


@settings(deadline=None)
@given(st.lists(st.tuples(SIDES, DAYS), min_size=2, max_size=8))
def test_both_rows_of_a_dispute_know_it_in_any_order(sides: list[tuple[Any, int]]) -> None:
    hits = [hit(f"c{n}", *side, day=day) for n, (side, day) in enumerate(sides)]
    rows = group_into_rows(hits)
    found = {(row.hits[0].claim.id, one.hit.claim.id): one for row in rows for one in row.disputes}
    for (own, other), one in found.items():
        back = found[other, own]
        assert own != other
        assert (back.is_denial, back.denied_part) == (not one.is_denial, one.denied_part)
        assert back.order == OPPOSITE[one.order]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_texts_dispute_the_same_in_either_order(one: str, other: str) -> None:
    hits = [hit("one", "Ida Marsh", one), hit("other", "Jon Lund", other)]
    there, back = group_into_rows(hits), group_into_rows(hits[::-1])
    assert {len(row.disputes) for row in there} == {len(row.disputes) for row in back}


@given(SIDES)
def test_a_claim_does_not_dispute_itself(side: Any) -> None:
    again = hit("again", *side)
    again = replace(again, claim=replace(again.claim, speaker="Somebody Else"))
    assert not any(row.disputes for row in group_into_rows([hit("one", *side), again]))


@pytest.mark.parametrize(
    ("text", "known", "is_pointing"),
    [
        ("it", {"stance": "denied"}, True),
        ("the allegation", {"stance": "denied"}, True),
        ("all of the claims", {"stance": "denied"}, True),
        ("there was no truth in that", {}, True),
        ("that was untrue", {}, True),
        ("it a lie", {"cue": "called"}, True),
        ("Okoro's account", {"stance": "denied"}, True),
        ("the claims made by the auditor", {"stance": "denied"}, True),
        ("Okoro's account of the fire at the mill", {"stance": "denied"}, False),
        ("it", {}, False),
        ("that it had been warned", {"stance": "denied"}, False),
        ("it", {"stance": "denied", "negative": True}, False),
    ],
)
def test_a_denial_without_what_it_denies_points_back(
    text: str, known: dict[str, Any], is_pointing: bool
) -> None:
    assert refers_back(hit("c", "Falk", text, known).claim) == is_pointing


def test_a_denial_that_points_back_denies_the_claim_before_it() -> None:
    # "Marr said the wall leaks. Falk denied it." after a claim of another sentence.
    article = {"article_id": "article"}
    hits = [
        hit("earlier", "Ida Marsh", "the quay is shut", {"spans": ((0, 16),)}),
        hit("claim", "Marr", "the wall leaks", {"spans": ((50, 64),)}),
        hit("denial", "Falk", "it", {"spans": ((79, 81),), "stance": "denied"}),
    ]
    hits = [replace(one, claim=replace(one.claim, **article)) for one in hits]
    rows = group_into_rows(hits, {"denial": ((40, 82),)})
    assert [[one.hit.claim.id for one in row.disputes] for row in rows] == [
        [],
        ["denial"],
        ["claim"],
    ]
    assert not any(row.disputes for row in group_into_rows(hits))


def referred_to(speaker: dict[str, Any], pointer: str, known: dict[str, Any] | None = None) -> Any:
    """The claims that a denial in the next sentence is said to deny."""
    claim = hit("claim", "", "the wall leaks", {"spans": ((10, 24),), **speaker}).claim
    fields = {"spans": ((40, 60),), "stance": "denied", **(known or {})}
    denial = replace(hit("denial", "Falk", pointer, fields).claim, article_id=claim.article_id)
    return find_referent(denial, ((0, 70),), [claim])


AUDITOR = {"speaker": "Samuel Okoro", "source": "Auditor Samuel Okoro"}
MINISTRY = {"speaker": "the transport ministry", "source_kind": "described", "source": None}
DOCKERS = {"speaker": "two dockers", "source_kind": "described", "source": None}


@pytest.mark.parametrize(
    ("speaker", "pointer"),
    [
        (AUDITOR, "Okoro's account"),
        (AUDITOR, "Samuel Okoro’s version of events"),
        (AUDITOR, "the auditor's claims"),
        (AUDITOR, "the allegations made by Okoro"),
        (MINISTRY, "the ministry's account"),
        (DOCKERS, "the dockers' story"),
        (DOCKERS, "their account"),
    ],
)
def test_a_named_account_is_that_speakers_claim(speaker: dict[str, Any], pointer: str) -> None:
    assert referred_to(speaker, pointer)


@pytest.mark.parametrize(
    ("speaker", "pointer", "known"),
    [
        (DOCKERS, "the ministry's account", {}),
        (AUDITOR, "the ministry's version of events", {}),
        (AUDITOR, "Park's claims", {}),
        (AUDITOR, "the allegations made by Rourke", {}),
        (MINISTRY, "the health ministry's account", {}),
        ({**AUDITOR, "source": "the ministry's auditor"}, "the ministry's account", {}),
        (DOCKERS, "the ministry's account a lie", {"stance": "said", "cue": "called"}),
    ],
)
def test_a_named_account_is_nobody_elses_claim(
    speaker: dict[str, Any], pointer: str, known: dict[str, Any]
) -> None:
    assert refers_back(hit("denial", "Falk", pointer, {"stance": "denied", **known}).claim)
    assert referred_to(speaker, pointer, known) is None
