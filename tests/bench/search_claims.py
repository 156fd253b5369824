"""Claims and queries to measure the search with, at any size.

They come from a generator in a folder beside the checkout where there is one; else they are made up
here: words of made-up syllables, as often used as Zipf's law has it.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

GENERATOR = Path(__file__).resolve().parents[3] / "shared" / "search" / "make_claims.py"

_WORD = re.compile(r"[^\W_]+")
_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprstvz"
_WORDS_KNOWN, _COMMONEST = 40_000, 60
_QUERIES_A_CLASS = 100


class Row(NamedTuple):
    """A claim: its number, day in ISO 8601, type, outlet, speaker and text."""

    number: int
    day: str
    type: str
    outlet: str
    speaker: str
    text: str


class Asked(NamedTuple):
    """A query of a class, and the number of the claim that it looks for."""

    kind: str
    words: list[str]
    target: int
    speaker: str | None = None
    after: str | None = None
    before: str | None = None


def make(number: int, folder: Path) -> tuple[list[Row], list[Asked]]:
    """Make so many claims, and queries for them."""
    if not GENERATOR.exists():
        rows = list(_rows(number))
        return rows, list(_queries(rows))
    claims, queries = folder / "claims.tsv", folder / "queries.json"
    command = [sys.executable, str(GENERATOR), str(number), str(claims), "--queries", str(queries)]
    subprocess.run(command, check=True)
    with claims.open(encoding="utf-8") as file:
        cut = (line.rstrip("\n").split("\t") for line in file)
        rows = [Row(int(first), *rest) for first, *rest in cut]
    return rows, [_asked(**query) for query in json.loads(queries.read_text(encoding="utf-8"))]


def _asked(**query: Any) -> Asked:
    query.pop("clean", None)
    return Asked(kind=query.pop("class"), **query)


def _rows(number: int) -> Iterator[Row]:
    chance = random.Random(number)
    known = [_made_up(chance) for _ in range(_WORDS_KNOWN)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(known))))
    people = [f"{_made_up(chance)} {_made_up(chance)}".title() for _ in range(2000)]
    for place in range(1, number + 1):
        text = " ".join(chance.choices(known, cum_weights=weights, k=chance.randint(20, 60)))
        day = f"20{chance.randint(16, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        kind = chance.choice(["direct", "indirect", "mixed", "statement"])
        outlet = f"Outlet {chance.randint(1, 40)}"
        yield Row(place, day, kind, outlet, chance.choice(people), text)


def _made_up(chance: random.Random) -> str:
    syllables = chance.randint(2, 4)
    return "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(syllables))


def _queries(rows: list[Row]) -> Iterator[Asked]:
    chance = random.Random(len(rows))
    counts: dict[str, int] = {}
    for row in rows[:10_000]:
        for word in set(row.text.split()):
            counts[word] = counts.get(word, 0) + 1
    common = sorted(counts, key=lambda word: -counts[word])[:_COMMONEST]
    for row in (chance.choice(rows[:10_000]) for _ in range(_QUERIES_A_CLASS)):
        said = _WORD.findall(row.text)
        rarer = [word for word in dict.fromkeys(said) if word not in common]
        if len(rarer) < 4:
            continue
        two, four = chance.sample(rarer, 2), chance.sample(rarer, 4)
        start = chance.randrange(len(said) - 3)
        yield Asked("2w", two, row.number)
        yield Asked("4w", four, row.number)
        yield Asked("common", [chance.choice(common), two[0]], row.number)
        yield Asked("speaker", two, row.number, speaker=row.speaker)
        yield Asked("date", two, row.number, after=row.day, before=row.day)
        yield Asked("phrase", said[start : start + 3], row.number)
        yield Asked("long", said, row.number)
        yield Asked("typo", [_mistyped(word, chance) for word in two], row.number)


def _mistyped(word: str, chance: random.Random) -> str:
    """Swap two neighbouring letters."""
    place = chance.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
