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


def test_headings_in_bold_are_no_questions(read):
    answers = ["It leaks at night.", "Nobody knows.", "Divers found a crack in May."]
    assert read(interview("**{}**", "{}", answers)).claims == []


def test_one_question_makes_no_interview(read):
    assert read(f"{INTRODUCTION}\n\n**How did you start?**\n\nI was nine.").claims == []
