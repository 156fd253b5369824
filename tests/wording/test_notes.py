from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.model import ArticleCard, Claim, Dispute, Hit, Row
from bot.wording.notes import notes
from tests.samples import denied_by


def hit(outlet: str | None, *, article: str = "", **known: Any) -> Hit:
    card = ArticleCard(
        id=article or f"in {outlet}",
        title=None,
        outlet=outlet,
        published=None,
        published_on=date(2026, 11, 5),
        url=None,
        sample=False,
        opening="",
    )
    fields: dict[str, Any] = {"kind": "attribution", "source_kind": "named", "speaker": "Mara"}
    claim = Claim(id=f"c {outlet}", article_id=card.id, text="It is shut", **(fields | known))
    return Hit(claim=claim, article=card, score=1.0)


POST, COURIER, NEWS, WEEKLY = map(hit, ("Post", "Courier", "News", "Weekly"))
PAPERS = [
    replace(one, article=replace(one.article, claimed_outlet=name, origin="https://a.example/"))
    for name in ("Paper 1", "Paper 2", "Paper 3")
    for one in [hit(name)]
]
UNNAMED = hit("Weekly", source_kind="unnamed", speaker="a source")


@pytest.mark.parametrize(
    ("hits", "said"),
    [
        ([POST], []),
        ([POST, COURIER], ["also in Courier"]),
        ([POST, COURIER, NEWS, COURIER], ["also in 2 outlets"]),
        ([POST, hit("Post", article="another")], ["also in 1 article"]),
        ([POST, hit(None), hit(None, article="third")], ["also in 2 articles"]),
        (PAPERS, ["also in 2 articles"]),
        ([POST, *PAPERS], ["also in Paper 1"]),
        ([POST, POST], ["more than once in this article"]),
        ([POST, UNNAMED], ["also in Weekly", "source named in Post, not in Weekly"]),
        (
            [UNNAMED, POST, COURIER, NEWS],
            ["also in 3 outlets", "source named in Post, Courier and 1 more, not in Weekly"],
        ),
    ],
)
def test_where_else_it_is_reported_and_who_names_whom(hits: list[Hit], said: list[str]) -> None:
    assert notes(hits[0], Row(hits=tuple(hits))) == said


@pytest.mark.parametrize(
    ("own", "other", "is_denial", "half", "said"),
    [
        ("said", "denied", True, None, "Disputed: Falk denied this"),
        ("said", "denied", True, "it is shut", "Disputed in part (“it is shut”): Falk denied it"),
        ("said", "said", True, None, "Disputed: Falk said otherwise"),
        ("denied", "said", False, None, "Denies what Falk said"),
        ("denied", "said", False, "it", "Denies part of what Falk said (“it”)"),
        ("said", "said", False, None, "Disputes what Falk said"),
    ],
)
def test_both_sides_of_a_dispute_name_the_other(
    own: str, other: str, is_denial: bool, half: str | None, said: str
) -> None:
    here, there = hit("Post", stance=own), hit("News", speaker="Falk", stance=other)
    dispute = Dispute(hit=there, is_denial=is_denial, denied_part=half, order="later")
    assert notes(replace(here, disputes=(dispute,)), None) == [f"{said} · News · 5 Nov 2026"]


def test_a_dispute_within_one_article_is_marked() -> None:
    there = hit("Post", speaker="Falk", stance="denied")
    there = replace(there, article=POST.article)
    said = notes(replace(POST, disputes=denied_by(there)), None)
    assert said == ["Disputed: Falk denied this · in the same article"]


@pytest.mark.parametrize("stance", ["denied", "said"])
def test_what_is_on_the_same_matter_denies_nothing(stance: str) -> None:
    there = hit("News", speaker="Falk", stance=stance)
    dispute = Dispute(hit=there, is_denial=True, is_same_matter=True, order="later")
    [said] = notes(replace(POST, disputes=(dispute,)), None)
    assert said == (f"On the same matter, Falk {stance} “It is shut” · News · 5 Nov 2026")
