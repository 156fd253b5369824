from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.monitoring.metrics import bounded_label


@pytest.mark.parametrize("name", ["/claim", "app_mention", "chat.postMessage", "missing_scope"])
def test_names_are_labels(name: str) -> None:
    assert bounded_label(name) == name


@given(st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text())))
def test_any_other_value_is_one_label(value: object) -> None:
    label = bounded_label(value)
    assert label == "other" or (label == value and len(label) <= 41 and " " not in label)


@pytest.mark.parametrize("words", ["yuan ruble", "U0!", "", "7f3a", "é", "x" * 42])
def test_words_are_no_labels(words: str) -> None:
    assert bounded_label(words) == "other"
