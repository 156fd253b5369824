from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import ClaimEntry
from bot.search import IndexState, Query, SearchIndex
from bot.search.engine.shared_words import compared_stems
from bot.search.engine.words import words

MakeEntry = Callable[..., ClaimEntry]


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("The ships were waiting", ["ship", "wait"]),
        ("Wait https://t.co/abc pic.twitter.com/xyz for ships", ["wait", "ship"]),
        ("#ClimateChange is here", ["climatechang", "climat", "chang"]),
        ("@WhiteHouse", ["whitehous", "white", "hous"]),
        ("the of and", []),
        ("ship Ships SHIP", ["ship"]),
        ('by:xi "no limits" -euro', ["xi", "limit", "euro"]),
    ],
)
def test_compared_stems_of_a_text(text: str, stems: list[str]) -> None:
    assert compared_stems(text) == stems


def test_a_long_word_is_split_fast() -> None:
    began = time.process_time()
    assert compared_stems("a" * 200_000) == ["a" * 200_000]
    assert time.process_time() - began < 1


@given(st.text(max_size=300))
def test_compared_stems_are_distinct(text: str) -> None:
    found = compared_stems(text)
    assert len(found) == len(set(found))
    assert len(found) <= 3 * len(words(text)) + len(text)


@pytest.fixture
def filed(index: SearchIndex, make_entry: MakeEntry) -> SearchIndex:
    entries = [
        make_entry("thirty ships wait in the roads", id="roads", title="Harbour closed"),
        make_entry("the wall has a crack", id="wall", title="Thirty ships wait"),
        make_entry("grain prices rose", id="grain"),
    ]
    index.rebuild(entries, IndexState("store", 1))
    return index


def test_claims_with_more_shared_words_rank_first(filed: SearchIndex) -> None:
    found = filed.find_by_shared_words("Are thirty ships waiting off the harbour?", 10)
    assert [claim for claim, _ in found] == ["roads", "wall"]


def test_words_are_optional_and_not_corrected(filed: SearchIndex) -> None:
    assert [
        claim for claim, _ in filed.find_by_shared_words("grain and quite other things", 10)
    ] == ["grain"]
    assert filed.find_by_shared_words("grian", 10) == []


@pytest.mark.parametrize("text", ["", "the of", "…", "\ud800", "by:", '"', "-"])
def test_a_text_without_words_finds_nothing(filed: SearchIndex, text: str) -> None:
    assert filed.find_by_shared_words(text, 10) == []


def test_long_texts_respect_the_limit(filed: SearchIndex) -> None:
    assert len(filed.find_by_shared_words("ships wall grain " + "thirty waits " * 5000, 2)) == 2


def test_filter_ids_selects_indexed_matching_claims(filed: SearchIndex) -> None:
    assert filed.filter_ids(Query(), ["roads", "gone", "grain"]) == {"roads", "grain"}
    assert filed.filter_ids(Query(words=("ships",)), ["roads", "grain"]) == {"roads"}
    assert filed.filter_ids(Query(not_words=("ships",)), ["roads", "grain"]) == {"grain"}
    assert filed.filter_ids(Query(), []) == set()
    filed.apply(["a1"], [], IndexState("store", 2))
    assert filed.filter_ids(Query(), ["roads", "grain"]) == set()
