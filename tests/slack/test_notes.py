from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.model import ArticleCard, Claim, Hit, Row
from bot.slack.notes import notes


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
UNNAMED = hit("Weekly", source_kind="unnamed", speaker="a source")


@pytest.mark.parametrize(
    ("hits", "said"),
    [
        ([POST], []),
        ([POST, COURIER], ["also in Courier"]),
        ([POST, COURIER, NEWS, COURIER], ["also in 2 outlets"]),
        ([POST, hit("Post", article="another")], ["also in 1 article"]),
        ([POST, hit(None), hit(None, article="third")], ["also in 2 articles"]),
        ([POST, POST], ["said more than once"]),
        ([POST, UNNAMED], ["also in Weekly", "named by Post; unnamed in Weekly"]),
        (
            [UNNAMED, POST, COURIER, NEWS],
            ["also in 3 outlets", "named by Post, Courier and 1 more; unnamed in Weekly"],
        ),
    ],
)
def test_where_else_it_is_reported_and_who_names_whom(hits: list[Hit], said: list[str]) -> None:
    assert notes(hits[0], Row(hits=tuple(hits))) == said


def test_a_denial_says_who_where_and_when() -> None:
    denial = hit("Courier", speaker="the ministry", stance="denied")
    bare = replace(
        hit(None, speaker=None, source=None, source_kind="none", stance="denied"),
        article=replace(POST.article, outlet=None, published_on=None),
    )
    assert notes(POST, Row(hits=(POST,), denials=(denial, bare, denial))) == [
        "denied by the ministry · Courier · 5 Nov 2026",
        "denied by a source that is not named",
    ]


def test_a_hit_by_meaning_says_so_first() -> None:
    found = replace(POST, by_meaning=True)
    meant = "found by its meaning, not by your words"
    assert notes(found, None) == [meant]
    row = Row(hits=(found, COURIER))
    assert notes(found, row) == [meant, "also in Courier"]
