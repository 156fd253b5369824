"""Answers of an interview."""

from __future__ import annotations

import pytest

INTRODUCTION = "Ida Falk has looked after the lock for 20 years. Falk is about to retire."
ANSWERS = ["I was nine. We had no boat.", "Only on Sundays.", "I shall sleep for a week."]
QUESTIONS = ["How did you start?", "Do you still dive?", "What is next?"]


def interview(question: str, answer: str, answers: list[str]) -> str:
    turns = [
        f"{question.format(asked)}\n\n{answer.format(answered)}"
        for asked, answered in zip(QUESTIONS, answers, strict=True)
    ]
    return "\n\n".join([INTRODUCTION, *turns, "The lock is shut on Mondays."])


@pytest.mark.parametrize(
    ("question", "answer"), [("**{}**", "{}"), ("__{}__", "{}"), ("Q: {}", "A: {}")]
)
def test_answers_are_the_interviewee_s(read, question, answer):
    found = read(interview(question, answer, ANSWERS))
    assert found.claims == [("Ida Falk", answered) for answered in ANSWERS]
    assert {a.act for a in found.attributions} == {"speech"}


def test_what_others_said_is_inside_an_answer(read):
    answers = ["My mother told me that divers never drown.", *ANSWERS[1:]]
    inner = read(interview("**{}**", "{}", answers)).one("divers never drown")
    assert (inner.speaker, inner.via) == ("my mother", ("Ida Falk",))


@pytest.mark.parametrize(
    ("introduction", "speaker", "is_sure"),
    [
        (
            "By Omar Lund\n\nIda Falk has a lock. Falk told Omar Lund, and Lund asked.",
            "Ida Falk",
            True,
        ),
        ("Omar Lund met Ida Falk at the lock. Lund asked about Lund Hill.", None, True),
        ("Ida Falk has a lock. Her brother, Omar Falk, has a boat.", "Ida Falk", False),
        ("New York has many locks. New York’s Ida Falk looks after one. York!", None, True),
    ],
)
def test_another_name_is_not_taken_for_the_interviewee(read, introduction, speaker, is_sure):
    text = interview("**{}**", "{}", ANSWERS).replace(INTRODUCTION, introduction)
    answer = read(text).one("I was nine")
    assert (answer.speaker, not answer.unsure, answer.cue) == (speaker, is_sure, ())


def test_what_others_say_in_the_first_person_makes_no_interview(read):
    answers = ["“I was nine,” says Omar Lund.", "Nobody knows.", "“We leave,” said Lund."]
    found = read(interview("**{}**", "{}", answers))
    assert {speaker for speaker, _ in found.claims} == {"Omar Lund"}


def test_headings_in_bold_are_no_questions(read):
    answers = ["It leaks at night.", "Nobody knows.", "Divers found a crack in May."]
    assert read(interview("**{}**", "{}", answers)).claims == []


def test_one_question_makes_no_interview(read):
    assert read(f"{INTRODUCTION}\n\n**How did you start?**\n\nI was nine.").claims == []
