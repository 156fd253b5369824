"""Words that look like an operator are read as one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.language.misspelt_operators import queries_with_operators
from bot.search.language.parsing import parse
from bot.search.language.query import Query

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("stanc:denied", ["stance:denied"]),
        ("wall Stanse:denied", ["wall stance:denied"]),
        ("speker:hallas wall", ["wall by:hallas"]),
        ("from:halyard", ["by:halyard", "in:halyard"]),
        ("until:2026-11-03 wall", ["wall before:2026-11-03"]),
        ("stanc:deny", []),
        ("since:never", []),
        ("10:30 wall ratio:3", []),
        ("https://example.org/a", []),
    ],
)
def test_a_misspelt_operator_is_read_as_the_one_meant(typed: str, read: list[str]) -> None:
    assert list(map(str, queries_with_operators(parse(typed, TODAY), TODAY))) == read


@given(st.lists(st.text(min_size=1), max_size=4))
def test_any_words_are_read_without_an_error(words: list[str]) -> None:
    for query in queries_with_operators(Query(words=tuple(words)), TODAY):
        assert query.has_filters
