"""The articles of a play: made up from its seed, each with a code word of its own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tests.simulations.stories import (
    PEOPLE,
    PLACES,
    ROLES,
    SYLLABLES,
    THINGS,
    TIMES,
    paragraphs,
)

SYLLABLES_OF_CODE = 5
"""One more than the made-up names have."""
CODES = len(SYLLABLES) ** SYLLABLES_OF_CODE
STEP = 7_919
"""A prime that does not divide CODES, so that all numbers below CODES get different codes."""
PARTS = 3
"""Parts of about 700 characters that an article has."""
FEEDS = 4
Way = Literal["feed", "file"]


def code_word(seed: int, number: int) -> str:
    """Return the word that only one article of a play has."""
    left, word = (seed * 1_299_709 + number * STEP) % CODES, ""
    for _ in range(SYLLABLES_OF_CODE):
        left, syllable = divmod(left, len(SYLLABLES))
        word += SYLLABLES[syllable]
    return word.capitalize()


@dataclass(frozen=True)
class Story:
    """An article: it arrives `at` seconds after the play begins, in a feed or as a file."""

    seed: int
    number: int
    at: float
    way: Way

    @property
    def code(self) -> str:
        return code_word(self.seed, self.number)

    @property
    def title(self) -> str:
        return f"Report {self.number} of the day"

    @property
    def feed(self) -> int:
        """The number of the feed that has it."""
        return self.number % FEEDS

    @cached_property
    def paragraphs(self) -> list[str]:
        """About 2,000 characters; one sentence, said by somebody, has the code word."""
        chance = random.Random(f"{self.seed} {self.number}")
        first = (
            f"The {self.code} inquiry into the {chance.choice(THINGS)} will end "
            f"{chance.choice(TIMES)}, said {chance.choice(PEOPLE)}, {chance.choice(ROLES)} of "
            f"{chance.choice(PLACES)}."
        )
        parts = [paragraphs(self.number, 1, chance) for _ in range(PARTS)]
        return [first, *(paragraph for part in parts for paragraph in part)]


def make_stories(seed: int, count: int, seconds: float) -> list[Story]:
    """Make up stories that arrive within some seconds, half of them in feeds."""
    return list(_stories(random.Random(seed), seed, count, seconds))


def _stories(chance: random.Random, seed: int, count: int, seconds: float) -> Iterator[Story]:
    for number in range(count):
        way: Way = "feed" if chance.random() < 0.5 else "file"
        yield Story(seed, number, chance.uniform(0, seconds), way)
