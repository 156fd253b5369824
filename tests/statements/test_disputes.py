from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.model import ArticleCard, Claim, Dispute, Hit
from bot.statements.back_references import refers_back
from bot.statements.disputes import find_dispute
from bot.statements.sides import Side
from tests.statements.filed import disputes_of

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


def sides_of(pair: list[list[Any]]) -> list[Hit]:
    return [hit(f"c{place}", *side, day=4 + place) for place, side in enumerate(pair)]


def judged(pair: list[list[Any]]) -> list[Dispute]:
    one, other = map(Side, sides_of(pair))
    return [*filter(None, (find_dispute(one, other), find_dispute(other, one)))]


def test_filing_finds_nearly_all_denials() -> None:
    pairs = [pair[:2] for pair in PAIRS["disputed"] + PAIRS["halves"]]
    assert sum(any(disputes_of(sides_of(pair))) for pair in pairs) >= 0.96 * len(pairs)


@pytest.mark.parametrize("pair", PAIRS["disputed"], ids=str)
def test_a_claim_and_its_denial_know_each_other(pair: list[Any]) -> None:
    first, second = judged(pair)
    assert (first.is_same_matter, second.is_same_matter) == (False, False)
    assert (first.denied_part, second.denied_part) == (None, None)


@pytest.mark.parametrize("pair", PAIRS["undisputed"] + PAIRS["unsure"], ids=str)
def test_what_is_not_surely_denied_is_not_disputed(pair: list[Any]) -> None:
    assert all(dispute.is_same_matter for dispute in judged(pair))


def test_what_is_nearly_a_denial_is_on_the_same_matter() -> None:
    assert sum(bool(judged(pair)) for pair in PAIRS["unsure"]) >= 0.6 * len(PAIRS["unsure"])


@pytest.mark.parametrize("pair", PAIRS["halves"], ids=str)
def test_the_denied_clause_is_returned(pair: list[Any]) -> None:
    *sides, half = pair
    assert [dispute.denied_part for dispute in judged(sides)] == [half, half]


def test_a_denial_tells_which_side_is_the_later_one() -> None:
    text = "Lund had ordered the closure of the quay"
    claim = hit("claim", "Mara", text, day=3)
    others = [
        hit("later", "the ministry", text, {"stance": "denied"}, day=4),
        hit("negated", "Ida Marsh", "Lund has not ordered the closure of the quay", day=3),
        hit("earlier", "Jon Falk", text, {"stance": "denied"}, day=2),
    ]
    found, *back = disputes_of([claim, *others])
    assert {(one.hit.claim.id, one.is_denial, one.order) for one in found} == {
        ("later", True, "later"),
        ("negated", True, "unknown"),
        ("earlier", True, "earlier"),
    }
    assert [[(one.hit.claim.id, one.order) for one in one_way] for one_way in back] == [
        [("claim", "earlier")],
        [("claim", "unknown")],
        [("claim", "later")],
    ]


SIDES = st.sampled_from([side for pairs in PAIRS.values() for pair in pairs for side in pair[:2]])


@given(SIDES)
def test_a_claim_does_not_dispute_itself(side: Any) -> None:
    again = hit("again", *side)
    again = replace(again, claim=replace(again.claim, speaker="Somebody Else"))
    assert disputes_of([hit("one", *side), again]) == [[], []]


@pytest.mark.parametrize(
    ("text", "known", "is_pointing"),
    [
        ("it", {"stance": "denied"}, True),
        ("the allegation", {"stance": "denied"}, True),
        ("all of the claims", {"stance": "denied"}, True),
        ("there was no truth in that", {}, True),
        ("that was untrue", {}, True),
        ("it a lie", {"cue": "called"}, True),
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
    text = "The quay is shut, said Ida Marsh. Marr said the wall leaks. Falk denied it."
    printed = {"Ida Marsh": "The quay is shut", "Marr": "the wall leaks", "Falk": "it."}
    hits = []
    for speaker, content in printed.items():
        start = text.index(content)
        known = {"spans": ((start, start + len(content)),)}
        known["stance"] = "denied" if speaker == "Falk" else "said"
        one = hit(speaker, speaker, content.strip("."), known)
        hits.append(replace(one, claim=replace(one.claim, article_id="article")))
    found = disputes_of(hits, text)
    assert [[one.hit.claim.id for one in row] for row in found] == [[], ["Falk"], ["Marr"]]
    elsewhere = [replace(hits[2], claim=replace(hits[2].claim, article_id="another"))]
    assert disputes_of([*hits[:2], *elsewhere], text) == [[], [], []]
