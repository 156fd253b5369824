"""Assertions in the article's own voice, and how well they can be checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract.paragraphs import paragraphs_of
from bot.extract.spans.unattributed import MIN_SCORE, checkability, find_unattributed


def stated(text: str) -> list[str]:
    found = find_unattributed(text, paragraphs_of(text), [])
    return [text[start:end] for statement in found for start, end in statement.content]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("The lock holds 300 boats.", "The lock holds boats."),
        ("The lock was shut in 1994.", "The lock was shut again."),
        ("The lock at Norton was shut.", "The lock at hand was shut."),
        ("The lock was closed in March.", "The lock was closed on the march."),
        ("The lock lost nine boats.", "The lock could lose nine boats."),
        ("The lock will lose nine boats.", "The lock should lose boats."),
        ("The lock cost 4 million.", "The lock is the best of 4 million."),
    ],
)
def test_facts_rank_before_forecasts_and_opinions(better, worse):
    assert checkability(better) > checkability(worse)


@pytest.mark.parametrize(
    "text",
    [
        "The government should build a better lock.",
        "Surely nobody would miss the old lock.",
        "Read the whole report on the lock.",
        "What will be left of the lock when the boats go?",
        "The mayor could not be reached for comment.",
        "The ministry of works did not immediately respond.",
    ],
)
def test_opinions_orders_and_questions_are_not_statements(text):
    assert stated(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It weighs eleven kilos.",
        "Nine thousand families live from it.",
        "The lock was closed in 1994.",
        "A new lock could lose some of its boats to the canal.",
    ],
)
def test_short_facts_and_forecasts_are_statements(text):
    assert stated(text) == [text]


def test_statements_are_in_reading_order_with_scores():
    text = "The lock was closed again.\n\nThe lock holds 300 boats."
    first, second = find_unattributed(text, paragraphs_of(text), [])
    assert first.content < second.content
    assert MIN_SCORE <= first.checkable < second.checkable


@given(st.text())
def test_checkability_is_between_0_and_1(sentence):
    assert 0 <= checkability(sentence) <= 1
