"""The words that a speaker uses more often than others."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from bot.model import Count
from bot.speakers.themes import find_themes

MINE = [f"The harbour wall leaks on berth {n} today" for n in ("one", "two", "three", "four")]


def held(counts: Mapping[str, int]) -> object:
    return lambda word: counts.get(word, 0)


def test_words_that_others_use_as_often_are_not_themes() -> None:
    counts = {"harbour": 5, "wall": 900, "leaks": 4, "berth": 800, "today": 990}
    found = find_themes(MINE, held(counts), 1000)
    assert set(found) == {Count("harbour", 4), Count("leaks", 4)}


def test_themes_are_ranked_and_word_forms_merged() -> None:
    texts = ["Leaks again", "leaking walls", "Leaks", "the wall", "Walls leak"]
    found = find_themes(texts, held({"Leaks": 4, "leaking": 4, "wall": 300, "walls": 300}), 5000)
    assert [one.claims for one in found] == [4, 3]
    assert found[0].value == "Leaks"


def test_names_and_common_words_are_not_themes() -> None:
    assert find_themes(
        ["They said that Falk was there"] * 5, held({}), 100, excluded=["Ida Falk"]
    ) == (find_themes(["said"] * 5, held({}), 100))


def test_function_words_and_numbers_are_not_themes() -> None:
    said = ["until the wall, while four after"] * 4
    assert find_themes(said, held({}), 1000) == (Count("wall", 4),)


def test_words_in_few_claims_are_not_themes() -> None:
    assert find_themes(["harbour", "harbour", "", "", "wall"], held({}), 1000) == ()


@given(st.lists(st.text(max_size=30), max_size=12), st.integers(0, 50))
def test_themes_are_few_words_from_the_texts(texts: list[str], everywhere: int) -> None:
    found = find_themes(texts, lambda _: everywhere, 100, limit=3)
    assert len(found) <= 3
    for one in found:
        assert sum(one.value in text for text in texts) >= 1
        assert 3 <= one.claims <= len(texts)
