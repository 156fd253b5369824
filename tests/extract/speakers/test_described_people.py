"""Descriptions that lead to a name by what the article tells of people, and where they stand."""

from __future__ import annotations

import pytest


def last_speaker(found):
    return [attribution.speaker for attribution in found.attributions if not attribution.inside][-1]


@pytest.mark.parametrize(
    "text",
    [
        "The beekeeper said the frost came early.\n\nOn Monday Omar Tallis, 61, walked by. Ida Falk"
        " has looked after forty hives since 2009.",
        "Ida Falk, 44, bottles the honey herself. Omar Tallis, 61, walked by.\n\nThe beekeeper said"
        " the frost came early.",
        "The orchestra’s conductor said the hall was cold.\n\nIda Falk has led the orchestra since"
        " 2011. Omar Tallis, 61, walked by.",
        "Omar Tallis, 61, walked by. Ida Falk, 44, who reviewed the results, was calm.\n\nThe"
        " reviewer said the frost came early.",
        "Chief financial officer Ida Falk, 44, waited. Omar Tallis, 61, walked by.\n\nThe CFO said"
        " the frost came early.",
        "A beekeeper was found in a shed in May.\n\nThe beekeeper said the frost came early.\n\n"
        "It was cold.\n\nIda Falk was fined.",
        "Omar Tallis, 61, walked by.\n\nIda Falk waited in the rain. The waitress said the frost"
        " came early.",
        "Omar Tallis, 61, walked by. Captain Ida Falk, 44, was hurt. The young striker said the"
        " frost came early.",
        "It was Ida Falk’s sheep that were lost. Omar Tallis, 61, walked by.\n\nThe shepherd said"
        " the frost came early.",
    ],
)
def test_what_people_do_shows_who_is_described(read, text):
    assert last_speaker(read(text)) == "Ida Falk"


@pytest.mark.parametrize(
    "text",
    [
        "Ida Falk, 44, has hives. Jo Lie, 50, has hives.\n\nThe beekeeper said it froze.",
        "Omar Tallis, 61, told the magistrate no.\n\nThe magistrate said it was late.",
        "Omar Tallis, 61, was charged in May.\n\nThe judge said it was late.",
        "The judge said it was late.\n\n“Nobody came.”\n\nOmar Tallis, 61, was charged in May.",
        "Press secretary Omar Tallis left early.\n\nThe former secretary of state said it froze.",
        "Ida Falk said it is old. The night guard said it was shut.",
        "The clerk, Ida Falk, left early. The guard said it was shut.",
        "The keeper said it froze.\n\nIt was cold.\n\nIda Falk was fined.",
    ],
)
def test_a_description_of_somebody_else_stays(read, text):
    assert last_speaker(read(text))[:4] == "the "


@pytest.mark.parametrize(
    "description",
    ["the 44-year-old", "the mother of two", "the single mother", "the retired seamstress"],
)
def test_a_description_of_a_life_follows_the_name(read, description):
    text = f"Ida Falk came home on Monday. “It froze,” said {description}."
    assert last_speaker(read(text)) == "Ida Falk"


def test_a_life_is_that_of_whom_the_paragraph_is_about(read):
    text = "Ida Falk came home with Jo Lie on Monday.\n\n“It froze,” said the 44-year-old."
    assert last_speaker(read(text)) == "Ida Falk"
    text = (
        "Ida Falk came home. Her son, Omar, now 44, did not.\n\n“It froze,” said the 71-year-old."
    )
    assert last_speaker(read(text)) == "Ida Falk"


def test_an_age_is_nobody_of_another_age(read):
    text = "Ida Falk, 51, came home on Monday. “It froze,” said the 44-year-old."
    assert last_speaker(read(text)) == "the 44-year-old"


def test_a_new_source_is_named_in_the_next_paragraph(read):
    found = read(
        "The managing director said the mill would stay.\n\n“We looked at nine others first.”\n\n"
        "Ida Falk, 44, came from Norton in 2019."
    )
    assert [attribution.speaker for attribution in found.attributions] == ["Ida Falk"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Ida Falk, his wife, came home.\n\nHis widow said it froze.",
        "His sister, Ida Falk, came home.\n\nHis sister said it froze.",
        "Omar Falk died on Monday. His widow said it froze.\n\nIda Falk was at home.",
        "Ida Falk has been married to Omar Tallis for years.\n\nHis wife said it froze.",
    ],
)
def test_a_relative_is_who_the_article_says(read, text):
    assert last_speaker(read(text)) == "Ida Falk"


def test_a_relative_of_somebody_else_stays(read):
    text = "Her sister, Ida Falk, came home.\n\nHis sister said it froze."
    assert last_speaker(read(text)) == "his sister"


def test_a_relative_may_be_either_of_two_with_the_surname(read):
    text = "Omar Falk died on Monday. His daughter said it froze.\n\nIda Falk and Jo Falk left."
    assert last_speaker(read(text)) == "his daughter"


def test_a_pronoun_follows_a_description_to_the_name(read):
    found = read(
        "The beekeeper said the frost came early. She added that nothing was lost.\n\n"
        "On Monday Omar Tallis, 61, walked by. Ida Falk has looked after forty hives since 2009."
    )
    assert {attribution.speaker for attribution in found.attributions} == {"Ida Falk"}


def test_a_surname_with_an_irish_particle_is_the_full_name(read):
    text = "Ida Ní Falk left early.\n\nNí Falk said it froze."
    assert last_speaker(read(text)) == "Ida Ní Falk"


def test_a_stray_apostrophe_before_a_relative_is_harmless(read):
    text = "_' wife, Ida Falk, came home.\n\nHis wife said it froze."
    assert last_speaker(read(text)) in ("his wife", "Ida Falk")
