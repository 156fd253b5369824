"""Words that an editor may print in another way are equal; others are not."""

from __future__ import annotations

import pytest

from bot.desk.words import BRACKETS, ELLIPSIS, draft_words, text_words


def keys(text: str) -> list[str]:
    return [word.key for word in text_words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("No vessel", "no VESSEL"),
        ("don’t", "don't"),
        ("organised colours, centred", "organized colors, centered"),
        ("travelled towards", "traveled toward"),
        ("twenty-one per cent", "21%"),
        ("five", "5"),
        ("£84m", "£84 million"),
        ("1,200", "1200"),
        ("the U.S. fleet", "the US fleet"),
        ("café", "cafe"),
        ("“No,” he – said", "no he said"),
    ],
)
def test_fair_spellings_are_equal(one: str, other: str) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("will", "well"), ("can", "can't"), ("£5", "$5"), ("14", "15"), ("said", "say")],
)
def test_other_words_are_not(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_ellipses_and_brackets_of_a_draft_stand_for_other_words() -> None:
    found = [word.key for word in draft_words("[T]he wall … is [not yet] safe [...] he walk[ed]")]
    assert found == ["the", "wall", ELLIPSIS, "is", BRACKETS, "safe", ELLIPSIS, "he", BRACKETS]


def test_words_have_their_places() -> None:
    text = "He “won’t” go"
    assert [text[word.start : word.end] for word in text_words(text)] == ["He", "won’t", "go"]
