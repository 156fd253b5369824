"""Spoils a text in the ways in which files are read wrongly."""

from __future__ import annotations

import random
import string
import textwrap
from collections.abc import Callable
from pathlib import Path

Spoil = Callable[[str], str]

SEEDS = Path(__file__).parents[2] / "seeds"
STORY = "\n\n".join(
    paragraph
    for file in sorted(SEEDS.glob("00[1-8]*"))
    if file.suffix in (".md", ".txt")
    for paragraph in file.read_text().rpartition("---\n")[2].split("\n\n")
)
"""A long text in English: the stories of the samples."""


def interleaved(text: str) -> str:
    """Two columns read across, line by line."""
    lines = textwrap.wrap(text, 38)
    half = len(lines) // 2
    return "\n".join(
        f"{left} {right}" for left, right in zip(lines[:half], lines[half:], strict=False)
    )


def shuffled(text: str) -> str:
    """The words in any order."""
    words = text.split()
    return " ".join(random.Random(1).sample(words, len(words)))


def shifted(text: str) -> str:
    """The numbers of the glyphs instead of the letters."""
    return "".join(chr(ord(letter) + 3) if letter.isalpha() else letter for letter in text)


def substituted(text: str) -> str:
    """Each letter stands for another, as in a font that does not say which it draws."""
    letters = string.ascii_letters
    mixed = "".join(random.Random(1).sample(letters, len(letters)))
    return text.translate(str.maketrans(letters, mixed))


def unmapped(text: str) -> str:
    """Some letters are not known, and stand in Unicode's private area."""
    return text.replace("e", "\ue005").replace("t", "\ufffd")


def spaced(text: str) -> str:
    """A space after each letter."""
    return " ".join(text.replace(" ", ""))


def backwards(text: str) -> str:
    """The letters of each word from its end."""
    return " ".join(word[::-1] for word in text.split())


def torn(text: str) -> str:
    """A space inside every other word or so."""
    chance = random.Random(1)
    return "".join(letter + " " * (chance.random() < 0.06) for letter in text)


def run_together(text: str) -> str:
    """A third of the spaces are lost."""
    chance = random.Random(1)
    return "".join("" if letter == " " and chance.random() < 0.3 else letter for letter in text)


def without_sentences(text: str) -> str:
    """Headlines and links, none of which ends."""
    return "\n".join(textwrap.wrap(text.replace(".", ""), 60))
