"""Whom the printed words of a source mean."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("Omar Tallis arrived late. Tallis said it leaks.", "Omar Tallis", "named"),
        ("Canal Minister Omar Tallis said it leaks.", "Omar Tallis", "named"),
        ("Omar Tallis, head of the canal trust, said it leaks.", "Omar Tallis", "named"),
        ("The mayor, Omar Tallis, said it leaks.", "Omar Tallis", "named"),
        ("Omar Tallis and Ida Falk said it leaks.", "Omar Tallis and Ida Falk", "named"),
        ("Ida Falk, a spokeswoman, left. The spokeswoman said it leaks.", "Ida Falk", "named"),
        ("The Canal Trust (CT) met. The CT said it leaks.", "the Canal Trust", "named"),
        ("Two canal engineers said it leaks.", "two canal engineers", "described"),
        ("A source said it leaks.", "a source", "unnamed"),
        ("People close to the talks said it leaks.", "people close to the talks", "unnamed"),
        ("An official who asked not to be named said it leaks.", "an official", "unnamed"),
    ],
)
def test_speaker(read, text, speaker, kind):
    found = read(text).one("it leaks")
    assert (found.speaker, found.source_kind) == (speaker, kind)


def test_a_description_takes_up_an_earlier_longer_one(read):
    found = read("Two canal engineers said the lock is old.\n\nThe engineers said it leaks.")
    assert found.one("it leaks").speaker == "two canal engineers"


def test_the_two_countries_are_the_pair_named_before(read):
    found = read("Norland and Sudmark signed a pact. The two countries said it would hold.")
    assert found.one("it would hold").speaker == "Norland and Sudmark"


def test_a_surname_of_two_people_stays_as_printed(read):
    found = read("Omar Tallis met Rita Tallis. Tallis said it leaks.")
    assert found.one("it leaks").speaker == "Tallis"


def test_she_is_not_a_man(read):
    found = read(
        "Spokeswoman Ida Falk arrived with Sir Omar Tallis. "
        "Sir Omar Tallis was late. She said it leaks."
    )
    assert found.one("it leaks").speaker == "Ida Falk"


def test_who_is_the_name_before_it(read):
    found = read("Omar Tallis, who said it leaks, left the room. Tallis was tired.")
    assert found.one("it leaks").speaker == "Omar Tallis"
