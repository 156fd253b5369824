"""Questions before answers."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Asked whether the lock would hold, Ida Falk said she was no engineer.",
            "whether the lock would hold",
        ),
        ("The mayor, asked about the empty boats, said he had sold them.", "about the empty boats"),
        (
            "Ida Falk laughed. Asked on Monday why she had left, she said: “Rope.”",
            "why she had left",
        ),
    ],
)
def test_a_question_before_its_answer_is_nobody_s(read, text, question):
    found = read(text).one(question)
    assert (found.speaker, found.act, found.stance) == (None, "speech", "asked")


def test_an_asker_who_is_named_asked_once(read):
    assert read("Ida Falk asked whether the lock would hold, and left.").claims == [
        ("Ida Falk", "whether the lock would hold")
    ]


def test_a_question_inside_a_quotation_stays_there(read):
    text = "“Asked whether it leaks, the mayor went home,” Ida Falk said."
    assert [a.speaker for a in read(text).attributions if not a.inside] == ["Ida Falk"]
