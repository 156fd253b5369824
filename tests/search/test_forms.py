"""The ways in which a claim may say what a word asks for."""

from __future__ import annotations

from bot.languages import wordlist
from bot.search.engine.words import stem
from bot.search.forms import forms


def test_a_name_has_no_senses_of_the_word_that_it_resembles() -> None:
    assert ("disput",) in forms("row")
    assert list(forms("rowe")) == [("row",)]


def test_no_word_is_found_by_its_opposite() -> None:
    pairs = [pair for both in wordlist.opposite_pairs() for pair in (both, both[::-1])]
    apart = [(one, other) for one, other in pairs if stem(one) != stem(other)]
    assert [(one, other) for one, other in apart if (stem(other),) in forms(one)] == []
    assert ("beat",) in forms("win")
