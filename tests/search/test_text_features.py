from __future__ import annotations

import pytest

from bot.search.text_features import has_date, has_figure, has_place


@pytest.mark.parametrize(
    "text", ["38 ships", "twelve ships", "half of them", "one in five", "a dozen eggs", "3.5%"]
)
def test_a_number_is_a_figure(text: str) -> None:
    assert has_figure(text)


@pytest.mark.parametrize("text", ["no one came", "the one thing that counts", "tenants", "often"])
def test_other_words_are_not_figures(text: str) -> None:
    assert not has_figure(text)


@pytest.mark.parametrize(
    "text",
    ["on Friday", "by 14 March", "in May", "at 9.40", "within two weeks", "at ten", "next summer"],
)
def test_a_day_or_a_time_is_a_date(text: str) -> None:
    assert has_date(text)


@pytest.mark.parametrize("text", ["it may rain", "the march of the dockers'", "a dated wall"])
def test_other_words_are_not_dates(text: str) -> None:
    assert has_date(text) is (text.startswith("the march"))


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("the barge sank near Quenby", True),
        ("it was found in the weir", True),
        ("it was found in November", False),
        ("it was lost", False),
    ],
)
def test_a_place_follows_a_preposition(text: str, *, is_told: bool) -> None:
    assert has_place(text) == is_told
