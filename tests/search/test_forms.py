"""Expand words into the forms by which claims express them."""

from __future__ import annotations

from bot.languages import wordlist
from bot.search.engine.words import stem
from bot.search.forms import forms


def test_a_name_has_no_synonyms_of_a_similar_word() -> None:
    assert ("disput",) in forms("row")
    assert list(forms("rowe")) == [("row",)]


def test_forms_exclude_opposites() -> None:
    pairs = [pair for both in wordlist.opposite_pairs() for pair in (both, both[::-1])]
    apart = [(one, other) for one, other in pairs if stem(one) != stem(other)]
    assert [(one, other) for one, other in apart if (stem(other),) in forms(one)] == []
    assert ("beat",) in forms("win")
