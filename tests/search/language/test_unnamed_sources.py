"""Plain words for an unnamed source are a filter; other words stay words."""

from __future__ import annotations

import pytest

from bot.search import parse
from tests.search.language.test_query import TODAY


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("unnamed sources pension", "pension named:no"),
        ("anonymous crew member", "crew member named:no"),
        ("an unnamed official on the budget", "official budget named:no"),
        ("unnamed source", "named:no"),
        ("unnamed sources not happy", "not happy named:no"),
        ("Alcoholics Anonymous", "Alcoholics Anonymous"),
        ("Anonymous Donors Fund", "Anonymous Donors Fund"),
        ("anonymous letter", "anonymous letter"),
        ('"unnamed source"', '"unnamed source"'),
        ("=unnamed source", "=unnamed source"),
    ],
)
def test_unnamed_sources_are_read_as_a_filter(typed: str, read: str) -> None:
    assert str(parse(typed, TODAY)) == read
