from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.engine.words import ANALYZERS, letters, normalise, stem, word_spans, words

AWKWARD = st.one_of(st.text(), st.text(alphabet="as.\x27’ _1É\u0301\u00ad№"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Élan DÜSSELDORF Łódź Straße", ["elan", "dusseldorf", "lodz", "strasse"]),
        ("e\u0301lan soft\u00adhyphen", ["elan", "softhyphen"]),
        ("the U.S. and the u.s.a.", ["the", "us", "and", "the", "usa"]),
        ("Xi's and Xi’s", ["xi", "and", "xi"]),
        ("ＦＵＬＬ №5 ﬁnd", ["full", "no5", "find"]),
        ("well-known, 10:30", ["well", "known", "10", "30"]),
        ("lone \ud800 surrogate", ["lone", "surrogate"]),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(AWKWARD)
def test_word_spans_have_the_same_words_in_order(text: str) -> None:
    placed = list(word_spans(text))
    assert [word for word, _ in placed] == words(text)
    for _, (start, end) in placed:
        assert 0 <= start < end <= len(text)
    assert placed == sorted(placed, key=lambda pair: pair[1])


@given(AWKWARD)
def test_the_index_splits_words_as_python_does(text: str) -> None:
    assert ANALYZERS["plain"].analyze(normalise(text)) == words(text)
    assert ANALYZERS["stems"].analyze(normalise(text)) == [stem(word) for word in words(text)]


@given(AWKWARD)
def test_letters_exclude_digits(text: str) -> None:
    parts = [part for word in words(text) for part in re.split(r"\d", word) if part]
    assert letters(normalise(text)) == parts


def test_a_span_covers_the_printed_word() -> None:
    text = "The U.S. said Düsseldorf’s"
    assert [text[start:end] for _, (start, end) in word_spans(text)] == [
        "The",
        "U.S",
        "said",
        "Düsseldorf",
    ]
