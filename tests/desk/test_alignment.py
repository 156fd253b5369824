"""Quotations that are as printed, altered, or in print nowhere."""

from __future__ import annotations

import pytest

from bot.desk.alignment import Comparison, PrintedText
from bot.desk.words import draft_words
from tests.desk.conftest import HARBOUR

PARAGRAPHS = [part for part in HARBOUR.split("\n\n") if part]
SPANS = tuple((HARBOUR.index(part), HARBOUR.index(part) + len(part)) for part in PARAGRAPHS)


def compare(quotation: str) -> Comparison | None:
    return PrintedText(HARBOUR, SPANS).compare(draft_words(quotation))


@pytest.mark.parametrize(
    "quotation",
    [
        "No vessel will berth until the wall has been declared safe",
        "no vessel will berth",
        "No vessel will berth … declared safe",
        "No vessel will berth until [it] has been declared safe",
        "[N]o vessel will berth until the [harbour] wall has been declared safe",
        "We found fourteen cracks in 3 days",
        "The port owes nobody an apology, and nobody will get one",
        "No vessel will berth [...] We found 14 cracks",
        "WE FOUND 14 CRACKS",
    ],
)
def test_fair_editing_is_no_alteration(quotation: str) -> None:
    found = compare(quotation)
    assert found
    assert found.differences == ()
    assert found.score == 1


@pytest.mark.parametrize(
    ("quotation", "change", "draft", "printed"),
    [
        ("No vessel will berth until the wall is declared safe", "changed", "is", "has been"),
        ("The port owes an apology", "negation", "", "nobody"),
        ("the pumps failed", "negation", "", "never"),
        ("No vessel will ever berth until the wall has been declared safe", "added", "ever", ""),
        ("No vessel will berth until the wall has been declared unsafe", "negation", "unsafe",
         "safe"),
        ("We found 40 cracks in three days", "figure", "40", "14"),
        ("No vessel will berth until the wall has been safe", "dropped", "", "declared"),
    ],
)  # fmt: skip
def test_an_alteration_is_found(quotation: str, change: str, draft: str, printed: str) -> None:
    found = compare(quotation)
    assert found
    (difference,) = found.differences
    shown = quotation[slice(*difference.draft)], HARBOUR[slice(*difference.printed)]
    assert (difference.change, *shown) == (change, draft, printed)


def test_two_quotations_with_nothing_between_are_joined() -> None:
    found = compare(
        "No vessel will berth until the wall has been declared safe. We found 14 cracks"
    )
    assert found
    assert [one.change for one in found.differences] == ["joined"]


@pytest.mark.parametrize(
    "quotation", ["My cat has never seen the sea", "the and of", "We will build a bridge", "…", ""]
)
def test_what_is_in_print_nowhere_is_not_found(quotation: str) -> None:
    assert compare(quotation) is None


def test_words_outside_quotation_marks_are_told_apart() -> None:
    found = compare("the cracks had been known since March")
    assert found
    assert not found.differences
    assert not found.is_quoted
