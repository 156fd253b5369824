"""Which of an article's descriptions introduces the speaker of a claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.speakers.introductions import introduction, speaker_description
from tests.samples import CLAIM
from tests.steps import LINEAR, growth

LATE_TITLE = "Ida Marsh, a diver, left. It leaks. Captain Ida Marsh said more. It sank."


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        (LATE_TITLE, "It leaks", "Ida Marsh, a diver"),
        (LATE_TITLE, "It sank", "Ida Marsh, a diver"),
        ("Captain Ida Marsh left. It leaks.", "It leaks", "Captain Ida Marsh"),
        ("It leaks. Ida Marsh, a diver, left.", "It leaks", "Ida Marsh, a diver"),
        ("Ida Marsh, a diver, left. Ida Marsh, the owner, said it leaks.", "it leaks",
         "Ida Marsh, the owner"),
        ("Ida Marsh left. It leaks.", "It leaks", None),
    ],
)  # fmt: skip
def test_the_last_full_description_before_a_claim_introduces_its_speaker(
    text: str, content: str, expected: str | None
) -> None:
    start = text.index(content)
    assert introduction(text, replace(CLAIM, spans=((start, start + 8),))) == expected


@pytest.mark.parametrize("sentence", ["Captain Ida Marsh left. ", "Ida Marsh, a diver, left. "])
def test_claims_of_one_speaker_read_the_descriptions_once(sentence: str) -> None:
    def make_call(count: int) -> Callable[[], object]:
        text, length = sentence * count, len(sentence)
        claims = [replace(CLAIM, spans=((length * n, length * n + 9),)) for n in range(count)]
        return lambda: [speaker_description(text, claim) for claim in claims]

    assert growth(make_call, 50) < LINEAR
