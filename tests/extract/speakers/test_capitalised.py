"""Titles, roles and letters beside a name."""

from __future__ import annotations

import pytest

from bot.extract.speakers.capitalised import split_titles


@pytest.mark.parametrize(
    ("run", "name"),
    [
        ("Sgt. Ida Falk", "Ida Falk"),
        ("Area Commander Ida Falk", "Ida Falk"),
        ("Locksmith Ida Falk", "Ida Falk"),
        ("Grandmother-of-three Kez Falk", "Kez Falk"),
        ("Blue MSP Ida Falk", "Ida Falk"),
        ("Ida Falk KC", "Ida Falk"),
        ("Ida Falk OBE JP", "Ida Falk"),
        # The end of "Minister of State for Housing Ida Falk", and what is no minister's area.
        ("Housing Ida Falk", "Ida Falk"),
        ("Velvet Ida Falk", "Velvet Ida Falk"),
        # A day or month after "on" or "in" is no part of the name either.
        ("In April Ida Falk", "Ida Falk"),
        ("On Monday Falk", "Falk"),
        ("April Falk", "April Falk"),
        # No role: a body, a given name that is a word, a name of two words.
        ("Keeper Lock Trust", "Keeper Lock Trust"),
        ("Ida Mary Falk", "Ida Mary Falk"),
        ("Miller Falk", "Miller Falk"),
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(run, name):
    assert split_titles(run)[1] == name
