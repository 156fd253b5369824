"""Whom a pronoun means if the sentences before it leave no doubt."""

from __future__ import annotations

import pytest


def last_speaker(found):
    return [one for one in found.attributions if not one.inside][-1].speaker


OPENING = "The lock at Norton has leaked since March, and the council will mend it. "


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # The sentence before starts with a description that leads to a name.
        (
            "Mayor Ida Falk closed the lock on Monday.\n\nGreta Lund, who has a boat there, said it"
            " leaks. The mayor disagreed. “We mended it,” she said.",
            "Ida Falk",
        ),
        # … or has a name beside it.
        (
            "Greta Lund has a boat.\n\nThe aunt, known to everyone as Ida Falk, keeps the key. She"
            " thinks that the lock is old. “It leaks,” she said.",
            "Ida Falk",
        ),
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
    assert last_speaker(read(OPENING + text)) == speaker


def test_a_word_that_is_also_a_name_may_be_the_subject(read):
    text = (
        "Gwenda Falk has a boat. Mrs Falk’s son Heath keeps the lock. Jonas Quist has a"
        " boat.\n\nHeath had been told by a diver to close the gate. He opened it. He said it was"
        " safe."
    )
    assert last_speaker(read(text)) == "Heath Falk"
