"""Names that stand without "probably", on articles that no rule was made on."""

from __future__ import annotations

import pytest

from bot.extract.speakers.speaker_confidence import Certainty
from tests.extract.sure_names import JudgedName, judged_names

LIMITS = Certainty()


@pytest.fixture(scope="module")
def names() -> list[JudgedName]:
    return list(judged_names("blind"))


def share(names: list[JudgedName]) -> float:
    return sum(one.is_right for one in names) / len(names)


def test_at_most_two_in_a_hundred_names_that_stand_are_wrong(names: list[JudgedName]) -> None:
    stand = [one for one in names if one.probability >= LIMITS.sure_from]
    inferred = [one for one in stand if one.is_inferred]
    assert len(inferred) >= 100
    assert share(stand) >= 0.98
    assert share(inferred) >= 0.95


def test_half_of_the_inferred_names_that_are_right_stand(names: list[JudgedName]) -> None:
    right = [one for one in names if one.is_inferred and one.is_right]
    stand = [one for one in right if one.probability >= LIMITS.sure_from]
    assert len(stand) >= len(right) / 2


def test_most_guesses_are_right(names: list[JudgedName]) -> None:
    limits = LIMITS.probably_from, LIMITS.sure_from
    guesses = [one for one in names if limits[0] <= one.probability < limits[1]]
    assert share(guesses) >= 0.6


def test_no_person_is_named_for_a_body_or_a_body_for_a_person(names: list[JudgedName]) -> None:
    swapped = [
        one
        for one in names
        if one.probability >= LIMITS.probably_from
        and {one.kind, one.named_kind} == {"person", "body"}
        and not one.is_right
    ]
    assert swapped == []
