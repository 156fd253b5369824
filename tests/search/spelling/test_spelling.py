from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.search.spelling.vocabulary import Lexicon, Vocabulary, phonetic_keys
from tests.soak import examples

WORD = st.text(alphabet="abcde", min_size=1, max_size=11)


def vocabulary_of(counts: Mapping[str, int], fresh: set[str] | None = None) -> Vocabulary:
    return Vocabulary(Lexicon.build(counts), fresh or ())


def near(vocabulary: Vocabulary, word: str) -> list[str]:
    return [candidate.word for candidate in vocabulary.similar_words(word)]


def is_within_limits(typed: str, word: str) -> bool:
    """Whether the vocabulary should find a word: within one edit for short words, two if either is
    longer, four if both are long and have the same phonetic key; never for single letters."""
    if min(len(typed), len(word)) < 2:
        return False
    distance = OSA.distance(typed, word)
    key, other_key = phonetic_keys([typed, word])
    sounds_alike = key == other_key and len(key) > 2 and len(typed) > 5 < len(word)
    return distance <= (1 if max(len(typed), len(word)) <= 5 else 2) or (
        sounds_alike and distance <= 4
    )


@given(st.sets(WORD, min_size=1, max_size=20), st.sets(WORD, max_size=5), WORD)
@settings(max_examples=examples(300))
def test_all_words_within_the_allowed_edits_are_found(
    known: set[str], fresh: set[str], typed: str
) -> None:
    expected = {word for word in known | fresh if is_within_limits(typed, word)}
    assert set(near(vocabulary_of(dict.fromkeys(known, 1), fresh), typed)) == expected


@given(st.sets(WORD, max_size=15), st.sets(WORD, max_size=15), WORD)
def test_added_words_are_found_like_old_ones(old: set[str], new: set[str], typed: str) -> None:
    both = vocabulary_of(dict.fromkeys(old | new, 1))
    assert vocabulary_of(dict.fromkeys(old, 1), new).similar_words(typed) == both.similar_words(
        typed
    )


@given(st.dictionaries(WORD, st.integers(1, 9), max_size=20), WORD)
@settings(max_examples=examples(50))
def test_a_saved_lexicon_loads_unchanged(
    tmp_path_factory: pytest.TempPathFactory, counts: dict[str, int], typed: str
) -> None:
    folder = tmp_path_factory.mktemp("words")
    lexicon = Lexicon.build(counts)
    lexicon.save(folder)
    assert Vocabulary(Lexicon.load(folder)).similar_words(typed) == Vocabulary(
        lexicon
    ).similar_words(typed)


@pytest.mark.parametrize("name", ["words.txt", "forms.npy"])
def test_a_corrupt_vocabulary_is_refused(tmp_path: Path, name: str) -> None:
    Lexicon.build({f"word{'abcdefghij'[n % 10]}" * 2: n for n in range(10)}).save(tmp_path)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises((ValueError, OSError)):
        Lexicon.load(tmp_path)


def test_swapped_letters_are_one_edit() -> None:
    assert near(vocabulary_of({"yuan": 1}), "yaun") == ["yuan"]


def test_the_word_itself_comes_first_then_the_commoner() -> None:
    vocabulary = vocabulary_of({"houses": 3, "horses": 2, "hoaxes": 900})
    assert near(vocabulary, "houses")[0] == "houses"
    assert near(vocabulary, "houzes") == ["houses", "hoaxes", "horses"]


@pytest.mark.parametrize(
    ("typed", "likelier", "less"),
    [
        ("bank", "bant", "tank"),  # another first letter
        ("trsde", "trade", "trude"),  # a neighbouring key
        ("oill", "oil", "oily"),  # a doubled letter
        ("yaun", "yuan", "yarn"),  # swapped letters
        ("harbr", "harbor", "harbs"),  # one that was left out
    ],
)
def test_frequent_typing_errors_cost_less(typed: str, likelier: str, less: str) -> None:
    assert near(vocabulary_of({likelier: 1, less: 1}), typed) == [likelier, less]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Selenskyj", "Zelensky"),
        ("gorbatschow", "gorbachev"),
        ("Kadhafi", "Gaddafi"),
        ("muhamad", "mohammed"),
        ("netanjahu", "netanyahu"),
    ],
)
def test_other_transliterations(typed: str, printed: str) -> None:
    assert near(vocabulary_of({printed.lower(): 1}), typed.lower()) == [printed.lower()]


def test_words_with_digits_are_not_corrected() -> None:
    assert near(vocabulary_of({"2022": 5, "f35": 1}), "2021") == []


def test_at_most_25_candidates_are_returned() -> None:
    known = {f"bann{a}{b}": 1 for a in "abcdefgh" for b in "abcdefgh"}
    assert len(near(vocabulary_of(known), "bannxx")) == 25


def test_an_empty_vocabulary_has_no_candidates() -> None:
    assert near(vocabulary_of({}), "yuan") == []
