"""What nobody sees is no part of a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.invisible import remove_invisible


@pytest.mark.parametrize(
    "printed",
    [
        *(f"Er{char}ic Trump" for char in "\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u202c\u2060"),
        *(f"Eric {char}Trump" for char in "\u200b\ufeff\ufe0f\U000e0041\u2066"),
        "\u200bEric Trump\u200d",
    ],
)
def test_invisible_characters_are_removed(printed: str) -> None:
    assert remove_invisible(printed) == "Eric Trump"


def test_accents_are_joined_with_their_letters() -> None:
    assert remove_invisible("Mari\u0301a Trump") == "Mar\u00eda Trump"


@pytest.mark.parametrize(
    "text", ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u2764\ufe0f", "👩\u200d🚒"]
)
def test_joiners_that_change_how_text_looks_are_kept(text: str) -> None:
    assert remove_invisible(text) == text


@given(st.text())
def test_removing_twice_changes_nothing(text: str) -> None:
    once = remove_invisible(text)
    assert remove_invisible(once) == once
    assert unicodedata.is_normalized("NFC", once)
