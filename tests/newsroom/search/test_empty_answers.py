from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.config import Settings
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.store.articles.archive import FiledArticle
from bot.wording.answers import nothing_found

CLAIMS = [
    # article, outlet, language, day, speaker, text
    ("a1", "The Lorn Courier", "en", 3, "Oda Brenner", "The bridge will open in 2031"),
    ("a2", "Harbour Post", "en", 9, "Milo Tarrant", "The bridge has cost 48 million crowns"),
    ("a3", "Harbour Post", "en", 9, "Milo Tarrant", "The port minister resigned on Monday"),
]


@pytest.fixture
def newsroom(search_settings: Settings) -> Iterator[Newsroom]:
    with Newsroom(search_settings) as opened:
        opened.store.database.migrate()
        for row in CLAIMS:
            file(opened, *row)
        opened.open()
        yield opened


def file(
    newsroom: Newsroom, name: str, outlet: str, language: str, day: int, speaker: str, text: str
) -> None:
    on = date(2026, 11, day)
    article = Article(
        id=name, origin="here", text=text, published_on=on, outlet=outlet, language=language
    )
    claim = Claim(
        id=f"{name}-c",
        article_id=name,
        kind="attribution",
        text=text,
        speaker=speaker,
        source=speaker,
        source_kind="named",
    )
    filed = [FiledArticle(article=article, claims=[claim])]
    newsroom.store.archive.apply_steps(filed, arrival="single", now=newsroom.now)


@pytest.mark.parametrize(
    ("query", "why", "offered"),
    [
        (
            "bridge after:2026-11-20",
            "2 claims without after:2026-11-20.",
            "bridge",
        ),
        (
            "minister by:brenner",
            "1 claim without by:brenner.",
            "minister",
        ),
        (
            "in:corier",
            "No outlet called “corier” is in the archive.",
            'in:"The Lorn Courier"',
        ),
        (
            "cost in:hrbour",
            "No outlet called “hrbour” is in the archive.",
            'cost in:"Harbour Post"',
        ),
        ("by:xylo", "Nobody called “xylo” is quoted in the archive.", "after:2026-11-09 sort:new"),
        ("via:brenner", "No claim in the archive came via “brenner”.", "after:2026-11-09 sort:new"),
        ("lang:de bridge", "No article is in German.", "bridge"),
        ("photosynthesis", "", "after:2026-11-09 sort:new"),
    ],
)
def test_empty_answer_explains_and_suggests(
    newsroom: Newsroom, query: str, why: str, offered: str
) -> None:
    answer = newsroom.search.find_rows(query, limit=3)
    assert answer.total == 0
    assert why in nothing_found(answer)
    assert any(one.startswith(offered) for one in answer.suggestions), answer.suggestions
    for one in answer.suggestions:
        assert newsroom.search.find_rows(one, limit=1).total, one


def test_a_question_answered_only_by_denials_offers_them(newsroom: Newsroom) -> None:
    article = Article(id="a5", origin="here", text="No", outlet="Harbour Post", language="en")
    denial = Claim(
        id="a5-c",
        article_id="a5",
        kind="attribution",
        text="Nobody from my office wrote that letter",
        speaker="Oda Brenner",
        source="Oda Brenner",
        source_kind="named",
        stance="denied",
    )
    filed = [FiledArticle(article=article, claims=[denial])]
    newsroom.store.archive.apply_steps(filed, arrival="single", now=newsroom.now)
    newsroom.updates.catch_up_if_free()
    answer = newsroom.search.find_rows("who wrote the letter", limit=3)
    assert answer.total == 0
    assert "Without the condition (denials left out): 1 claim." in nothing_found(answer)
    assert "~wrote letter has:speaker" in answer.suggestions


def test_most_filters_left_out_are_two(newsroom: Newsroom) -> None:
    answer = newsroom.search.find_rows(
        "bridge by:tarrant in:courier after:2026-11-20 type:direct", limit=3
    )
    shown = replace(answer, filter_counts=(("by:a", 1), ("in:b", 2)))
    assert len(answer.filter_counts) <= 2
    assert "1 claim without by:a. 2 claims without in:b." in nothing_found(shown)
