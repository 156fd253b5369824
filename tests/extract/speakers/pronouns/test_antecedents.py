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


def test_a_pilot_and_owner_is_one_person(read):
    text = "The pilot and owner said it leaks. The pilots and owners said it is old."
    assert speakers(read(text)) == ["the pilot and owner", "the pilots and owners"]


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


def test_a_day_before_a_name_is_no_part_of_it(read):
    text = (
        "Omar Tallis and Robert Quist have a boat. Mr Quist paints it.\n\nIn April Omar put up a"
        " wall. It was, he said, for the wind."
    )
    assert speakers(read(text)) == ["Omar Tallis"]


OPENING = "The lock at Norton has leaked since March, and the council will mend it. "


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # It names one person, though not at its start.
        (
            "Omar Tallis keeps the lock. Tallis has a boat.\n\nThe boats were counted by Barnaby"
            " Quist, the clerk, on Sunday. He said there were nine.",
            "Barnaby Quist",
        ),
        # “He left” in between changes nothing.
        (
            "Omar Tallis was told by a diver in May to close the gate. He opened it. He said that"
            " it was safe.",
            "Omar Tallis",
        ),
        # The paragraph before names nobody else, though others speak before it.
        (
            "Jonas Quist, a minister, said that the gate is new. Mr Quist did not say why.\n\nDr"
            " Omar Tallis, a diver, welcomed that. The lock may be mended.\n\n“It leaks,” he said.",
            "Omar Tallis",
        ),
        # Two who fit leave it open to the other rules, which choose the subject.
        ("Ida Falk met Greta Lund. She went home. She said that it leaks.", "Ida Falk"),
    ],
)
def test_the_sentence_before_shows_who_is_meant(read, text, speaker):
    assert speakers(read(OPENING + text))[-1] == speaker
