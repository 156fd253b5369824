"""Whom "she" means from one sentence to the next, and whose a bare quotation is."""

from __future__ import annotations

import pytest

from bot.extract.speakers.mentions import is_person_name
from bot.extract.speakers.speaker_confidence import Certainty


def speakers(found):
    return [attribution.speaker for attribution in found.attributions if not attribution.inside]


def test_a_repeated_pronoun_means_the_same_person(read):
    text = (
        "Ida Falk met Greta Lund at the lock on Monday. She said it leaks. “It always has,” she"
        " added. “It always will,” she said."
    )
    first, *others = speakers(read(text))
    assert set(others) == {first}


def test_a_name_in_between_ends_the_repetition(read):
    text = (
        "Ida Falk came to the lock on Monday. She said it leaks. Greta Lund mended it in May and"
        " went home. She said it was sound."
    )
    assert speakers(read(text)) == ["Ida Falk", "Greta Lund"]


def test_a_pronoun_is_nobody_from_two_paragraphs_ago(read):
    text = (
        "“It leaks,” said Omar Tallis. He said the gate was old.\n\nIt was closed in May.\n\nLast"
        " year Jonas Quist mended the gate with his own hands. He said it would hold."
    )
    assert speakers(read(text))[-1] == "Jonas Quist"


LEAD = "It was a cold week for everybody who keeps a boat on the canal at Norton. "


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Ida Falk, who lives in Norton, came home in June.", "Ida Falk"),
        ("The gate, which was painted by Ida Falk, was shut again in June.", None),
        ("The gate was old and had been shut by the council since last June.", None),
    ],
)
def test_a_bare_quotation_may_be_by_whom_the_sentence_before_is_about(read, before, speaker):
    quoted = "“I asked for a hammer. Nobody gave me one. So I used the old pot.”"
    found = read(f"{LEAD}{before}\n\n{quoted}\n\nFalk has left again.").one("“I asked")
    assert found.speaker == speaker
    assert found.unsure == (speaker is not None)


def test_a_pilot_and_owner_is_one_person(read):
    text = "The pilot and owner said it leaks. The pilots and owners said it is old."
    assert speakers(read(text)) == ["the pilot and owner", "the pilots and owners"]


def test_mr_is_the_man_of_a_couple(read):
    text = "Robert and Ida Falk keep the lock. It is old. Mr Falk said it leaks."
    assert speakers(read(text)) == ["Robert Falk"]


def test_a_company_is_no_she(read):
    text = "Zephyr Foods closed the lock. The company said it leaks. Ida Falk left. She said no."
    assert speakers(read(text)) == ["the company", "Ida Falk"]


@pytest.mark.parametrize("name", ["Ida Foundation", "African Americans", "Norland German"])
def test_a_body_or_people_is_nobody_that_she_means(name):
    assert not is_person_name(name, 0, name, has_title=False)


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        # The only other man nearby, though it may be anybody.
        ("Omar Tallis has seen the lock. Mr Tallis left.", "Omar Tallis"),
        # A man who is only described may be meant.
        ("Omar Tallis has seen the lock. Mr Tallis met a firefighter.", None),
        ("Omar Tallis met Robert Quist at the lock. Mr Tallis left. Mr Quist left.", None),
    ],
)
def test_he_in_a_quotation_is_a_guess(read, before, speaker):
    found = read(f"{before}\n\n“He was cross. He said that the lock leaks,” said Ida Falk.")
    inner = found.one("the lock leaks")
    assert inner.speaker == speaker
    assert inner.speaker_confidence < Certainty().sure_from


def test_she_whom_nobody_is_near_is_whom_the_article_names_most(read):
    text = (
        "Ida Falk keeps the key. Falk has a boat, and Ms Falk paints it.\n\nThe lock is old.\n\nIt"
        " was closed in May.\n\nIt opened again in June.\n\nThe boats are gone. The gate is red."
        " The wall is grey. The road is wet. The hut is dry. The sign is new. The bell is loud."
        " The fence is low. The roof is flat. The path is long.\n\nBefore I left, she asked whether"
        " it was cold."
    )
    found = read(text).attributions[-1]
    assert found.speaker == "Ida Falk"
    assert found.unsure


def test_a_surname_with_she_means_the_only_woman_who_has_it(read):
    text = (
        "Omar Dunstan and his daughter, Bec Dunstan, have a boat. Mr Dunstan paints it.\n\nDunstan"
        " junior herself was at the lock on Sunday. She said it leaks."
    )
    assert speakers(read(text)) == ["Bec Dunstan"]


def test_a_day_before_a_name_is_no_part_of_it(read):
    text = (
        "Omar Tallis and Robert Quist have a boat. Mr Quist paints it.\n\nIn April Omar put up a"
        " wall. It was, he said, for the wind."
    )
    assert speakers(read(text)) == ["Omar Tallis"]
