from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import ClaimEntry
from bot.search import ClaimIndex, IndexState, Query
from bot.search.engine.plain import plain_words
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
def test_plain_words_are_the_stems_of_a_text(text: str, stems: list[str]) -> None:
    assert plain_words(text) == stems


def test_a_long_run_of_letters_is_split_quickly() -> None:
    began = time.process_time()
    assert plain_words("a" * 200_000) == ["a" * 200_000]
    assert time.process_time() - began < 1


@given(st.text(max_size=300))
def test_plain_words_of_any_text_are_unique(text: str) -> None:
    found = plain_words(text)
    assert len(found) == len(set(found))
    assert len(found) <= 3 * len(words(text)) + len(text)


@pytest.fixture
def filed(index: ClaimIndex, make_entry: MakeEntry) -> ClaimIndex:
    entries = [
        make_entry("thirty ships wait in the roads", id="roads", title="Harbour closed"),
        make_entry("the wall has a crack", id="wall", title="Thirty ships wait"),
        make_entry("grain prices rose", id="grain"),
    ]
    index.rebuild(entries, IndexState("store", 1))
    return index


def test_claims_that_share_more_words_come_first(filed: ClaimIndex) -> None:
    found = filed.plain("Are thirty ships waiting off the harbour?", 10)
    assert [claim for claim, _ in found] == ["roads", "wall"]


def test_not_every_word_is_needed_and_slips_are_not_corrected(filed: ClaimIndex) -> None:
    assert [claim for claim, _ in filed.plain("grain and quite other things", 10)] == ["grain"]
    assert filed.plain("grian", 10) == []


@pytest.mark.parametrize("text", ["", "the of", "…", "\ud800", "by:", '"', "-"])
def test_a_text_without_words_finds_nothing(filed: ClaimIndex, text: str) -> None:
    assert filed.plain(text, 10) == []


def test_a_very_long_text_is_answered_within_the_limit(filed: ClaimIndex) -> None:
    assert len(filed.plain("ships wall grain " + "thirty waits " * 5000, 2)) == 2


def test_among_says_which_claims_are_there_and_meet_a_query(filed: ClaimIndex) -> None:
    assert filed.among(Query(), ["roads", "gone", "grain"]) == {"roads", "grain"}
    assert filed.among(Query(words=("ships",)), ["roads", "grain"]) == {"roads"}
    assert filed.among(Query(not_words=("ships",)), ["roads", "grain"]) == {"grain"}
    assert filed.among(Query(), []) == set()
    filed.apply(["a1"], [], IndexState("store", 2))
    assert filed.among(Query(), ["roads", "grain"]) == set()
