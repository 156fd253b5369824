from __future__ import annotations

import pytest

from bot.languages.wordlist import (
    FORMS,
    SYNONYMS,
    WORDLIST_FOLDER,
    frequency_rank,
    is_listed,
    is_word,
    opposite_pairs,
    related_stems,
    spelling_pairs,
)
from bot.search.engine.words import stem


@pytest.mark.parametrize("word", ["bank", "rates", "unpaid", "unsafe", "centre", "center", "isn"])
def test_british_and_american_words_are_listed(word: str) -> None:
    assert is_listed(word)


@pytest.mark.parametrize(
    "name", ["moscow", "zelensky", "putin", "tsinghua", "yaun", "rubel", "harobr"]
)
def test_names_and_misspellings_are_not_words(name: str) -> None:
    assert not is_word(name)


@pytest.mark.parametrize("word", ["unaffordable", "nonpassenger", "dockless"])
def test_a_negated_word_is_a_word(word: str) -> None:
    assert is_word(word)
    assert not is_listed(word)


@pytest.mark.parametrize("slip", ["unfo", "nonxe", "inages", "distory"])
def test_other_prefixes_do_not_make_words(slip: str) -> None:
    assert not is_word(slip)


def test_pairs_consist_of_two_different_listed_words() -> None:
    for one, other in (*spelling_pairs(), *opposite_pairs()):
        assert is_listed(one)
        assert is_listed(other)
        assert one != other


def test_each_pair_of_spellings_has_two_stems() -> None:
    assert all(stem(one) != stem(other) for one, other in spelling_pairs())


@pytest.mark.parametrize(
    "pair", [("timbre", "timber"), ("four", "for"), ("hour", "hor"), ("prise", "prize")]
)
def test_different_words_are_not_spelling_variants(pair: tuple[str, str]) -> None:
    assert pair not in spelling_pairs()


def test_common_words_have_lower_ranks() -> None:
    places = [frequency_rank(word) for word in ("the", "office", "lunch", "printer")]
    assert None not in places
    assert places == sorted(places, key=lambda place: place or 0)
    assert frequency_rank("harbourmaster") is None


@pytest.mark.parametrize(
    ("name", "word", "other"),
    [
        (FORMS, "death", "die"),
        (FORMS, "die", "death"),
        (SYNONYMS, "victory", "triumph"),
        (SYNONYMS, "hurt", "harm"),
    ],
)
def test_related_words_are_found_by_stem(name: str, word: str, other: str) -> None:
    assert stem(other) in related_stems(name, stem(word))


def test_word_lists_include_their_licences() -> None:
    licence = (WORDLIST_FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert "Kevin Atkinson" in licence
    assert "Princeton University" in licence
    assert "Apache License" in licence
    assert sum(file.stat().st_size for file in WORDLIST_FOLDER.glob("*.*")) < 500_000
