"""Pairs of texts, near and not near, made from articles, by which the finding of copies is judged.

Every text is made from those handed in or invented here, by rules that are the same each time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

SENTENCE = re.compile(r"(?<=[.!?”\"])\s+")

LOCAL = (
    "In our own district the council met late on Tuesday to talk about what this may mean for the "
    "schools, and three parents told this newspaper that they had heard nothing so far. The mayor "
    "said that a letter would be sent to every household before the end of the month."
)
FOOTER = (
    "The Halyard Courier is owned by its readers. Sign up for our newsletter and get the morning's "
    "stories before breakfast. Letters to the editor must carry a name and an address, and may be "
    "shortened. To place an advertisement call the front desk between nine and five on weekdays."
)
FILLERS = (
    "quickly", "on Monday", "again", "however", "in the end", "so far", "today", "officials"
)  # fmt: skip
TOWNS = ("Vellmouth", "Orrin Bay", "Castle Dray", "Tarn", "Lower Esk", "Milbrook", "Sant Pol")
SKIES = ("cloudy with light rain", "dry and bright", "foggy at first", "windy with heavy showers")
TEAMS = ("Rovers", "Athletic", "Harbour Town", "United", "Wanderers", "Casuals", "City", "Albion")


class Pair(NamedTuple):
    """Two texts, how the second was made, and whether they are much the same."""

    one: str
    other: str
    made: str
    near: bool


def pairs(texts: Sequence[str]) -> list[Pair]:
    """Make pairs from the texts of different articles, of a hundred words and more."""
    rng = random.Random(5)
    long = [text for text in texts if len(text.split()) >= 100]
    return [*_near(long, rng), *_apart(long, rng), *_templates(rng)]


def _near(texts: Sequence[str], rng: random.Random) -> Iterator[Pair]:
    for text in texts:
        for make in (cut_end, cut_to_half, headed, with_local, printed, retouched, dropped, mixed):
            yield Pair(text, make(text, rng), make.__name__, near=True)
        if len(text.split()) >= 200:  # of a shorter one, half would be the local paragraph
            both = retouched(with_local(cut_to_half(text, rng), rng), rng)
            yield Pair(text, both, "cut, local and retouched", near=True)


def _apart(texts: Sequence[str], rng: random.Random) -> Iterator[Pair]:
    for number, text in enumerate(texts):
        following = texts[(number + 1) % len(texts)]
        yield Pair(text, following, "another article", near=False)
        yield Pair(f"{text}\n\n{FOOTER}", f"{following}\n\n{FOOTER}", "one footer", near=False)
        if len(text.split()) >= 200:
            yield Pair(text, _half_new(text, following), "half new", near=False)
        quoting = f"{following}\n\n{_paragraphs(text)[0]}"
        yield Pair(text, quoting, "quotes a paragraph", near=False)


def _templates(rng: random.Random) -> Iterator[Pair]:
    for make in (_weather, _results, _quake):
        for _ in range(40):
            yield Pair(make(rng), make(rng), make.__name__, near=False)


def cut_end(text: str, _: random.Random) -> str:
    return _words_until(text, 0.75)


def cut_to_half(text: str, _: random.Random) -> str:
    return _words_until(text, 0.5)


def headed(text: str, rng: random.Random) -> str:
    first = " ".join(rng.sample(text.split(), 8))
    return f"{first}\n\nBy Our Correspondent\n\n{rng.choice(TOWNS).upper()} (HNA) – {text}"


def with_local(text: str, rng: random.Random) -> str:
    parts = _paragraphs(text)
    parts.insert(rng.choice((0, len(parts) // 2, len(parts))), LOCAL)
    return "\n\n".join(parts)


def printed(text: str, _: random.Random) -> str:
    """Other quotation marks, dashes, spaces and line ends."""
    table = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})
    return text.translate(table).replace(" - ", " — ").replace("\n\n", "\r\n\r\n")


def retouched(text: str, rng: random.Random) -> str:
    """One word in twenty-five is another one."""
    words = re.split(r"(\s+)", text)
    places = [at for at, word in enumerate(words) if word.isalpha()]
    for at in rng.sample(places, len(places) // 25):
        words[at] = rng.choice(FILLERS)
    return "".join(words)


def dropped(text: str, rng: random.Random) -> str:
    """Every fourth sentence is left out."""
    sentences = SENTENCE.split(text)
    skip = rng.randrange(4)
    return " ".join(s for at, s in enumerate(sentences) if at % 4 != skip or len(sentences) < 4)


def mixed(text: str, rng: random.Random) -> str:
    """Paragraphs, or sentences where there is but one, in another order."""
    parts = _paragraphs(text)
    parts = parts if len(parts) > 2 else SENTENCE.split(text)
    return "\n\n".join(rng.sample(parts, len(parts)))


def _half_new(text: str, following: str) -> str:
    new = _words_until(following, min(1.0, len(text.split()) / 2 / len(following.split())))
    return f"{_words_until(text, 0.5)}\n\n{new}" if len(new.split()) > 80 else following


def _weather(rng: random.Random) -> str:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    lines = [
        f"{day} will be {rng.choice(SKIES)} in {rng.choice(TOWNS)}, with temperatures of up to "
        f"{rng.randrange(2, 31)} degrees and a wind of {rng.randrange(5, 70)} kilometres an hour "
        f"from the {rng.choice(('north', 'south', 'east', 'west'))}."
        for day in days
    ]
    return "\n".join(lines)


def _results(rng: random.Random) -> str:
    lines = []
    for _ in range(6):
        home, away = rng.sample(TEAMS, 2)
        lines.append(
            f"{home} {rng.randrange(5)}, {away} {rng.randrange(5)}: {rng.choice(TEAMS)} were "
            f"watched by {rng.randrange(900, 30000)} people at {rng.choice(TOWNS)}, and go "
            f"{rng.choice(('up', 'down'))} to place {rng.randrange(1, 21)} in the table."
        )
    return "\n".join(lines)


def _quake(rng: random.Random) -> str:
    """What a machine writes, with nothing but places and numbers of its own."""
    town, other = rng.sample(TOWNS, 2)
    return (
        f"An earthquake of magnitude {rng.randrange(3, 8)}.{rng.randrange(10)} was measured near "
        f"{town} at {rng.randrange(24)}:{rng.randrange(10, 60)}, according to the geological "
        "survey, which runs the network of stations in this part of the country and publishes "
        f"every event within minutes. The quake lay {rng.randrange(12, 99)} kilometres from "
        f"{other}, at a depth of {rng.randrange(101, 300)} kilometres. Quakes at such a depth are "
        "felt over a wider area than shallow ones, but do less damage at the surface. In the last "
        f"ten days there were {rng.randrange(300, 900)} quakes of magnitude three or more nearby. "
        "This report was written by a program from the numbers that the survey gives. Did you feel "
        "it? Write to the desk and tell us what you saw, where you were and how long it lasted."
    )


def _words_until(text: str, share: float) -> str:
    ends = [found.end() for found in re.finditer(r"\S+", text)]
    return text[: ends[max(0, int(len(ends) * share) - 1)]]


def _paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n\s*\n", text) if part.strip()]


def judged(found: Callable[[str, str], bool], made: Sequence[Pair]) -> tuple[float, float]:
    """Precision and recall of what tells whether two texts are much the same."""
    said = [found(pair.one, pair.other) for pair in made]
    right = sum(yes and pair.near for yes, pair in zip(said, made, strict=True))
    return right / max(1, sum(said)), right / max(1, sum(pair.near for pair in made))
