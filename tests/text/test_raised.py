"""Raised numbers: those of notes are dropped, and exponents are printed as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.raised import is_note_mark, mark_raised, resolve_raised


@pytest.mark.parametrize(
    ("before", "mark", "after", "text"),
    [
        ("Roe said", "1", " on Monday", "Roe said on Monday"),
        ("it leaks.”", "12", " She", "it leaks.” She"),
        ("Roe said", "[3]", ", again", "Roe said, again"),
        ("Roe said", "1, 2", " on", "Roe said on"),
        ("Roe said", "[citation needed]", " on", "Roe said on"),
        ("Roe said", "*", " on", "Roe said on"),
        ("cast in 1612", "2", " and", "cast in 1612 and"),
        ("on 40 km", "2", " of land", "on 40 km² of land"),
        ("40 kilometres", "1", " away", "40 kilometres away"),
        ("E = mc", "4", "", "E = mc"),
        ("10", "6", " litres", "10⁶ litres"),
        ("5×10", "-6", " litres", "5×10⁻⁶ litres"),
        ("x", "2", " + 1", "x² + 1"),
        ("3", "1", "/2 hours", "3¹/2 hours"),
        ("dated by ", "14", "C", "dated by ¹⁴C"),
        ("Notes\n", "1", "Roe was there.", "Notes\nRoe was there."),
        ("the 21", "st", " century", "the 21st century"),
        ("", "1", " Roe was there.", " Roe was there."),
        ("Roe said", "1 ", "on", "Roe said on"),
    ],
)
def test_a_raised_number(before: str, mark: str, after: str, text: str) -> None:
    assert resolve_raised(f"{before}{mark_raised(mark)}{after}") == text


def test_runs_of_one_number_are_one() -> None:
    assert resolve_raised(f"10{mark_raised('1')}{mark_raised('2')} years") == "10¹² years"


def test_a_link_inside_a_raised_mark_is_dropped() -> None:
    assert resolve_raised(f"Roe said{mark_raised(mark_raised('7'))}.") == "Roe said."


def test_only_the_end_of_a_long_word_counts() -> None:
    word = "a" * 100_000
    marks = 2_000 * f"{word[:50]}{mark_raised('1')}"
    assert resolve_raised(marks) == word


@given(st.text(), st.text())
def test_a_text_without_raised_marks_stays(before: str, after: str) -> None:
    plain = (before + after).replace("\x0e", "").replace("\x0f", "")
    assert resolve_raised(plain) == plain
    assert is_note_mark(after, before) in (True, False)
