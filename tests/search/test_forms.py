"""The ways in which a claim may say what a word asks for."""

from __future__ import annotations

from bot.search.forms import forms


def test_a_name_has_no_senses_of_the_word_that_it_resembles() -> None:
    assert ("disput",) in forms("row")
    assert list(forms("rowe")) == [("row",)]
