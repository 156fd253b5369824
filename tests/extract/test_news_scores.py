"""The scorer of the news that the rules were not written for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model import Article, Attribution, Extraction
from tests.extract.news_scores import Expected, news, news_scores


def perfect(expected: list[Expected]) -> tuple[Attribution, ...]:
    """Return the attributions that agree with an annotation."""
    return tuple(
        Attribution(
            id=f"a{n}",
            source=(),
            cue=(),
            content=one.content,
            type="indirect",
            speaker=one.speaker,
            source_kind="named" if one.speaker else "none",
            act=one.act,
        )
        for n, one in enumerate(expected)
    )


def shares(articles: list[tuple[Article, list[Expected], Extraction]]) -> dict[str, float]:
    return {name: rate.share for name, rate in news_scores(articles).items()}


def test_both_halves_hold_what_they_measure():
    for part in ("open", "frozen"):
        articles = news(part)
        scores = news_scores(
            (*one, Extraction(attributions=(), unattributed=())) for one in articles
        )
        assert len(articles) >= 30
        assert scores["speech R"].asked >= 300
        assert scores["paragraph after reported speech"].asked >= 10


def test_a_perfect_extraction_is_right_everywhere():
    articles = [
        (article, expected, Extraction(attributions=perfect(expected), unattributed=()))
        for article, expected in news("open")
    ]
    found = shares(articles)
    assert found.pop("somebody else") == 0
    assert set(found.values()) == {1.0}


@pytest.mark.parametrize(
    ("measure", "change"),
    [
        ("speech P", {"act": "speech"}),
        ("speech R", {"content": ((0, 1),)}),
        ("speech R", {"act": "event"}),
        ("thought R", {"act": "speech"}),
        ("event R", {"act": "thought"}),
        ("full name, name", {"speaker": "Nobody Atall"}),
        ("full name, pronoun", {"speaker": None}),
    ],
)
def test_a_wrong_answer_lowers_its_share(measure, change):
    articles = [
        (
            article,
            expected,
            Extraction(
                attributions=tuple(replace(one, **change) for one in perfect(expected)),
                unattributed=(),
            ),
        )
        for article, expected in news("open")
    ]
    assert shares(articles)[measure] < 1


def test_a_sure_name_of_somebody_else_counts():
    (article, expected), *_ = news("open")
    wrong = tuple(
        replace(one, speaker="Nobody Atall", source_kind="named") for one in perfect(expected)
    )
    sure = [(article, expected, Extraction(attributions=wrong, unattributed=()))]
    assert shares(sure)["somebody else"] == 1
    unsure = tuple(replace(one, speaker_confidence=0.5) for one in wrong)
    guessed = [(article, expected, Extraction(attributions=unsure, unattributed=()))]
    assert "somebody else" not in shares(guessed)
