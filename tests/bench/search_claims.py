"""Generate claims and queries to measure the search with, at any size.

If there is a generator in a folder beside the checkout, it is used. Otherwise the words are random
syllables, distributed by Zipf's law.
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
_VOCABULARY_SIZE, _COMMON_WORDS = 40_000, 60
_QUERIES_PER_CLASS = 100


class Row(NamedTuple):
    """A claim: its number, day in ISO 8601, type, outlet, speaker and text."""

    number: int
    day: str
    type: str
    outlet: str
    speaker: str
    text: str


class BenchQuery(NamedTuple):
    """A query of a class (`kind`), and the number of the claim that it should find."""

    kind: str
    words: list[str]
    target: int
    speaker: str | None = None
    after: str | None = None
    before: str | None = None


def generate(number: int, folder: Path) -> tuple[list[Row], list[BenchQuery]]:
    """Generate `number` claims, and queries for them; those in the folder from before are taken.

    Raises ValueError if those are another number.
    """
    if not GENERATOR.exists():
        rows = list(_rows(number))
        return rows, list(_queries(rows))
    claims, queries = folder / "claims.tsv", folder / "queries.json"
    command = [sys.executable, str(GENERATOR), str(number), str(claims), "--queries", str(queries)]
    if not queries.exists():
        subprocess.run(command, check=True)
    with claims.open(encoding="utf-8") as file:
        lines = (line.rstrip("\n").split("\t") for line in file)
        rows = [Row(int(first), *rest) for first, *rest in lines]
    if len(rows) != number:
        raise ValueError(f"{folder} has {len(rows):,} claims from before; choose another folder")
    return rows, [_query_of(**query) for query in json.loads(queries.read_text(encoding="utf-8"))]


def _query_of(**query: Any) -> BenchQuery:
    query.pop("clean", None)
    return BenchQuery(kind=query.pop("class"), **query)


def _rows(number: int) -> Iterator[Row]:
    rng = random.Random(number)
    vocabulary = [_random_word(rng) for _ in range(_VOCABULARY_SIZE)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    people = [f"{_random_word(rng)} {_random_word(rng)}".title() for _ in range(2000)]
    for index in range(1, number + 1):
        text = " ".join(rng.choices(vocabulary, cum_weights=weights, k=rng.randint(20, 60)))
        day = f"20{rng.randint(16, 25)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        kind = rng.choice(["direct", "indirect", "mixed", "statement"])
        outlet = f"Outlet {rng.randint(1, 40)}"
        yield Row(index, day, kind, outlet, rng.choice(people), text)


def _random_word(rng: random.Random) -> str:
    syllables = rng.randint(2, 4)
    return "".join(rng.choice(_CONSONANTS) + rng.choice(_VOWELS) for _ in range(syllables))


def _queries(rows: list[Row]) -> Iterator[BenchQuery]:
    rng = random.Random(len(rows))
    counts: dict[str, int] = {}
    for row in rows[:10_000]:
        for word in set(row.text.split()):
            counts[word] = counts.get(word, 0) + 1
    common = sorted(counts, key=lambda word: -counts[word])[:_COMMON_WORDS]
    for row in (rng.choice(rows[:10_000]) for _ in range(_QUERIES_PER_CLASS)):
        words = _WORD.findall(row.text)
        rarer = [word for word in dict.fromkeys(words) if word not in common]
        if len(rarer) < 4:
            continue
        two, four = rng.sample(rarer, 2), rng.sample(rarer, 4)
        start = rng.randrange(len(words) - 3)
        yield BenchQuery("2w", two, row.number)
        yield BenchQuery("4w", four, row.number)
        yield BenchQuery("common", [rng.choice(common), two[0]], row.number)
        yield BenchQuery("speaker", two, row.number, speaker=row.speaker)
        yield BenchQuery("date", two, row.number, after=row.day, before=row.day)
        yield BenchQuery("phrase", words[start : start + 3], row.number)
        yield BenchQuery("long", words, row.number)
        yield BenchQuery("typo", [_mistyped(word, rng) for word in two], row.number)


def _mistyped(word: str, rng: random.Random) -> str:
    """Swap two neighbouring letters."""
    index = rng.randrange(1, len(word) - 1)
    return word[:index] + word[index + 1] + word[index] + word[index + 2 :]
