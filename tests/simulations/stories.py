"""Invented news, each story in words of its own, so that none is taken for another's copy."""

from __future__ import annotations

import random
import re

PEOPLE = (
    "Ingrid Solvane",
    "Bram Tolley",
    "Oona Lisk",
    "Teodor Vance",
    "Priya Morland",
    "Noel Brandt",
)
ROLES = ("the harbour master", "a union official", "the mayor", "an engineer", "the minister")
PLACES = ("Vellmouth", "Dunmere", "Sorrel Island", "Hollow Bay", "Åsgard", "Corran", "Østby")
THINGS = (
    *("bridge", "budget", "ferry", "harvest", "hospital", "library", "mill", "museum", "pipeline"),
    *("prison", "quarry", "railway", "reservoir", "school", "stadium", "theatre", "tram", "tunnel"),
)
ACTIVITIES = (
    "closed",
    "rebuilt",
    "sold",
    "inspected",
    "opened",
    "flooded",
    "repaired",
    "moved",
    "taxed",
)
TIMES = ("in spring", "next week", "before winter", "within a month", "by the end of the year")
REASONS = (
    *("the money had run out", "nobody had been asked", "rust was found", "the court had ruled so"),
    *(
        "a storm was forecast",
        "too few people used it",
        "the council had voted",
        "prices had risen",
    ),
)

DOCKET = re.compile(r"docket (\d{5})-(\d+)")
"""By this each text says which story it tells, and in which version."""


def paragraphs(number: int, version: int, chance: random.Random) -> list[str]:
    """A story in paragraphs; versions of one story differ in a few words, stories in most."""
    thing, other = chance.sample(THINGS, 2)
    place, away = chance.sample(PLACES, 2)
    first, second = chance.sample(PEOPLE, 2)
    marks = [name(chance) for _ in range(6)]
    figures = [chance.randint(11, 9_999) for _ in range(4)]
    return [
        f"The {marks[0]} {thing} in {place} will be {chance.choice(ACTIVITIES)} "
        f"{chance.choice(TIMES)}, {marks[1]} officials said, because {chance.choice(REASONS)}. "
        f"The registry lists it as docket {number:05}-{version}.",
        f"“The {thing} of {marks[2]} costs us {figures[0]} crowns a day,” said {first}, "
        f"{chance.choice(ROLES)} of {marks[3]}.",
        f"{second}, {chance.choice(ROLES)}, denied that {figures[1]} {marks[4]} workers had left "
        f"for {away} after the {other} was {chance.choice(ACTIVITIES)} {chance.choice(TIMES)}.",
        f"In {marks[5]} Street {figures[2]} people signed a letter on Monday, and "
        f"{chance.choice(REASONS)}, which surprised {marks[0]} and {figures[3]} others.",
    ][: 4 if chance.random() < 0.8 else 3] + [
        f"An earlier report gave another figure; it is {figures[0]} now, {marks[5]} said, after "
        f"{one} checks by {marks[4]}."
        for one in range(2, version + 1)
    ]


def name(chance: random.Random) -> str:
    """A name that no other story has."""
    syllables = (
        "ba",
        "dro",
        "fel",
        "gri",
        "ho",
        "kal",
        "lun",
        "mor",
        "nes",
        "ost",
        "pra",
        "quil",
        "rud",
        "sten",
        "tar",
        "ulm",
        "vor",
        "wen",
        "yar",
        "zim",
    )
    return "".join(chance.choice(syllables) for _ in range(4)).capitalize()
