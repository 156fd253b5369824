from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.search.spelling import Vocabulary

WORD = st.text(alphabet="abcde", min_size=1, max_size=11)


def near(vocabulary: Vocabulary, word: str) -> list[str]:
    return [candidate.word for candidate in vocabulary.near(word)]


@given(st.sets(WORD, min_size=1, max_size=20), WORD)
@settings(max_examples=300)
def test_finds_every_word_within_the_slips_forgiven(known: set[str], typed: str) -> None:
    allowed = 1 if len(typed) <= 4 else 2
    expected = {word for word in known if OSA.distance(typed, word) <= allowed}
    assert set(near(Vocabulary(dict.fromkeys(known, 1)), typed)) == expected


@given(st.sets(WORD, max_size=15), st.sets(WORD, max_size=15), WORD)
def test_brought_up_to_date_is_as_good_as_new(old: set[str], new: set[str], typed: str) -> None:
    both = dict.fromkeys(old | new, 1)
    updated = Vocabulary(both, Vocabulary(dict.fromkeys(old, 1)))
    assert updated.near(typed) == Vocabulary(both).near(typed)


def test_swapped_letters_are_one_slip() -> None:
    assert near(Vocabulary({"yuan": 1}), "yaun") == ["yuan"]


def test_the_word_itself_comes_first_then_the_commoner() -> None:
    vocabulary = Vocabulary({"house": 3, "horse": 2, "mouse": 5, "hours": 900})
    assert near(vocabulary, "house")[0] == "house"
    assert near(vocabulary, "houwe") == ["house", "hours", "horse", "mouse"]


def test_another_first_letter_is_less_likely() -> None:
    assert near(Vocabulary({"tank": 1, "bant": 1}), "bank") == ["bant", "tank"]


def test_words_with_digits_stand_for_themselves() -> None:
    assert near(Vocabulary({"2022": 5, "f35": 1}), "2021") == ["2021"]


def test_no_more_than_25() -> None:
    known = {f"ban{a}{b}": 1 for a in "abcdefgh" for b in "abcdefgh"}
    assert len(near(Vocabulary(known), "banxx")) == 25


def test_an_empty_vocabulary_knows_nothing() -> None:
    assert near(Vocabulary({}), "yuan") == []
