"""Invented news stories, so different in wording that none is taken for a copy of another."""

from __future__ import annotations

import random
import re

PEOPLE = (
    *("Ingrid Solvane", "Bram Tolley", "Oona Lisk"),
    *("Teodor Vance", "Priya Morland", "Noel Brandt"),
)
ROLES = ("the harbour master", "a union official", "the mayor", "an engineer", "the minister")
PLACES = ("Vellmouth", "Dunmere", "Sorrel Island", "Hollow Bay", "Åsgard", "Corran", "Østby")
THINGS = (
    *("bridge", "budget", "ferry", "harvest", "hospital", "library", "mill", "museum", "pipeline"),
    *("prison", "quarry", "railway", "reservoir", "school", "stadium", "theatre", "tram", "tunnel"),
)
ACTIVITIES = (
    *("closed", "rebuilt", "sold", "inspected", "opened", "flooded", "repaired", "moved", "taxed"),
)
TIMES = ("in spring", "next week", "before winter", "within a month", "by the end of the year")
REASONS = (
    *("the money had run out", "nobody had been asked", "rust was found", "the court had ruled so"),
    *("a storm was forecast", "too few people used it"),
    *("the council had voted", "prices had risen"),
)
SYLLABLES = (
    *("ba", "dro", "fel", "gri", "ho", "kal", "lun", "mor", "nes", "ost"),
    *("pra", "quil", "rud", "sten", "tar", "ulm", "vor", "wen", "yar", "zim"),
)

DOCKET = re.compile(r"docket (\d{5})-(\d+)")
"""The mark in each text that names its story and version."""


def paragraphs(number: int, version: int, chance: random.Random) -> list[str]:
    """Return a story's paragraphs; versions of a story differ in a few words, stories in most."""
    thing, other = chance.sample(THINGS, 2)
    place, away = chance.sample(PLACES, 2)
    first, second = chance.sample(PEOPLE, 2)
    names = [make_name(chance) for _ in range(6)]
    figures = [chance.randint(11, 9_999) for _ in range(4)]
    return [
        f"The {names[0]} {thing} in {place} will be {chance.choice(ACTIVITIES)} "
        f"{chance.choice(TIMES)}, {names[1]} officials said, because {chance.choice(REASONS)}. "
        f"The registry lists it as docket {number:05}-{version}.",
        f"“The {thing} of {names[2]} costs us {figures[0]} crowns a day,” said {first}, "
        f"{chance.choice(ROLES)} of {names[3]}.",
        f"{second}, {chance.choice(ROLES)}, denied that {figures[1]} {names[4]} workers had left "
        f"for {away} after the {other} was {chance.choice(ACTIVITIES)} {chance.choice(TIMES)}.",
        f"In {names[5]} Street {figures[2]} people signed a letter on Monday, and "
        f"{chance.choice(REASONS)}, which surprised {names[0]} and {figures[3]} others.",
    ][: 4 if chance.random() < 0.8 else 3] + [
        f"An earlier report gave another figure; it is {figures[0]} now, {names[5]} said, after "
        f"{count} checks by {names[4]}."
        for count in range(2, version + 1)
    ]


def make_name(chance: random.Random) -> str:
    """Make up a name that hardly any other story has."""
    return "".join(chance.choice(SYLLABLES) for _ in range(4)).capitalize()
