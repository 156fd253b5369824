"""The line that says in words what was searched to answer a question."""

from __future__ import annotations

import pytest

from bot.wording.answers import nothing_found
from bot.wording.question_line import question_line
from tests.samples import answer


@pytest.mark.parametrize(
    ("read_as", "line"),
    [
        (
            "~wall safe has:speaker -stance:denied",
            "Searched for claims about “wall safe”, with a source, denials left out.",
        ),
        (
            '~russia by:"sun yun" by:xi after:2026-11-03',
            "Searched for claims about “russia”, by “sun yun” or “xi”, published since 3 Nov 2026.",
        ),
        (
            "berths has:figure in:halyard on:2026-11-05",
            "Searched for claims about “berths”, in “halyard”, with a figure, "
            "published 5 Nov 2026.",
        ),
        (
            'stance:denied about:"the wall" before:2026-11-03',
            "Searched for claims that mention “the wall”, that are denials, "
            "published until 3 Nov 2026.",
        ),
        (
            "wall -stance:warned lang:en",
            "Searched for claims about “wall”, lang:en, -stance:warned.",
        ),
    ],
)
def test_a_questions_search_is_said_in_words(read_as: str, line: str) -> None:
    assert question_line(answer(read_as=read_as, is_question=True)) == line


def test_a_long_question_is_cut() -> None:
    line = question_line(answer(read_as=" ".join(f"berth{n}" for n in range(100))))
    assert len(line) < 400
    assert line.endswith("….")


def test_a_question_without_an_answer_is_explained_in_words() -> None:
    said = nothing_found(
        answer(
            query="who shut the quay in November?",
            read_as="~shut quay has:speaker -stance:denied after:2026-11-01",
            is_question=True,
            total=0,
            filter_counts=(("-stance:denied", 1), ("after:2026-11-01", 2)),
        )
    )
    assert said.startswith("No claim answers “who shut the quay in November?” in ")
    assert said.endswith(
        " Searched for claims about “shut quay”, with a source, denials left out, "
        "published since 1 Nov 2026."
        " Without the condition (denials left out): 1 claim."
        " Without the condition (published since 1 Nov 2026): 2 claims."
    )
