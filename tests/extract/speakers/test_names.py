"""Short names, and the full names that they mean."""

from __future__ import annotations

import pytest

from bot.extract.speakers.names import Names


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("Anneke van der Loo left.", "Van der Loo", "Anneke van der Loo"),
        ("They met Rhys ap Lloyd.", "Ap Lloyd", "Rhys ap Lloyd"),
    ],
)
def test_a_short_name_means_a_full_one(text, short, full):
    assert Names(text).possible_person(short) == full


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The mayor, Theresa May, came. May said the lock leaks.", "Theresa May"),
        ("Harbour master Anna Church said the lock leaks.", "Anna Church"),
        ("Anna Church Trust came. Church said the lock leaks.", "Church"),
    ],
)
def test_a_word_for_a_body_is_a_family_name_after_a_given_name(read, text, speaker):
    assert read(text).one("the lock leaks").speaker == speaker


@pytest.mark.parametrize("pronoun", ["It", "They"])
def test_a_role_that_names_a_body_is_still_a_persons(read, pronoun):
    text = "On Monday council leader Bea North said it rained."
    assert read(f"{text}\n\n{pronoun} said the lock leaks.").one("the lock leaks").unsure
