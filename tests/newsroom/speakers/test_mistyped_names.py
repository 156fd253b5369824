"""Names with one or two slips lead to whom they mean, in an archive with many like names."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import config
from bot.newsroom import Newsroom
from bot.newsroom.speakers.profiles import SpeakerNotFoundError
from bot.wording.answers import exact_search_label, query_line

GIVEN = (
    "Ilse Ida Ingrid Anna Anton Corin Dov Hanne Hannah Jon John Joan Karl Carl Lena Lina Marta "
    "Mara Maria Nia Omar Otto Petra Peter Rosa Sofia Stefan Steven Tomas Thomas Ulrike Viktor Wanda"
)
FAMILY = (  # many are a slip away from one another, or from a word
    "Brandt Brandl Brunt Hoek Hoeks Hock Falk Falke Hansen Hanson Jansen Janssen Meyer Maier Weber "
    "Webber Solvane Solvang Tallis Talbot Hallas Hallis Rowan Rowen Boye Boyle Wren Warren Kessler "
    "Kestler Keller Novak Nowak Petrov Petrova Schmidt Schmitt Stone Stoner Field Fielding Bishop "
    "Bashir Cook Cooke Carter Cartier Reed Reid Prince Hart Harte Lindqvist Lindgren Moreau Okafor "
    "Okoro Castellano Castellani Fernandes Fernandez Zielinski Zielinska Phelan Whelan Quigley "
    "Greene Whyte Browne Clarke Hunte Wolfe Pryce Forde Steele Starke Sterne Blacke Coole Banke "
    "Poole Lowe Hille Grande Boate Trane Sharpe Wynter Sommer Klein Fisch Grosse Lange Kurtz"
)
BODIES = (
    "Norlink", "Norland", "Nordlink Energy", "Halyard News Agency", "Halvard Shipping",
    "Vellmouth Council", "Velmond Council", "Tidewater Trust", "Harbour Workers Union",
    "Harbour Pilots Union", "Marlow Rail", "Marlin Rail", "Estuary Alliance", "Estrada Group",
    "Kestrel Airways", "Kestrel Foundation", "Beacon Hospital", "Deacon Hospital",
)  # fmt: skip
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SOUNDS = (
    "ph f, f ph, ck k, k c, c k, th t, tz z, z s, s z, ei ai, ey ei, y i, ie y, v w, w v, dt t, "
    "oe o, qu kw, ll l, ss s, tt t, nn n, ou u, e a, i e"
)


class Slip(NamedTuple):
    kind: str
    typed: str
    meant: str


def slip_in_letters(chance: random.Random, name: str) -> str:
    spot = chance.choice([n for n in range(1, len(name)) if name[n].isalpha()])
    letter, rest = name[spot], name[spot + 1 :]
    row = next(row for row in KEYS if letter.lower() in row)
    beside = row[min(len(row) - 1, row.index(letter.lower()) + 1)]
    return name[:spot] + chance.choice(
        [rest, letter * 2 + rest, beside + rest, rest[:1] + letter + rest[1:]]
    )


def slip_in_sound(chance: random.Random, name: str) -> str:
    low = name.lower()
    pairs = [pair for text in SOUNDS.split(", ") if (pair := text.split())[0] in low]
    if not pairs:
        return name
    old, new = chance.choice(pairs)
    spot = chance.choice([n for n in range(len(low)) if low.startswith(old, n)])
    return (low[:spot] + new + low[spot + len(old) :]).title()


def leave_out_a_part(chance: random.Random, name: str) -> str:
    parts = name.split()
    if len(parts) > 2:
        parts.pop(chance.choice([0, 1]))
    else:
        parts = parts[-1:]
    return " ".join(parts)


def twice(slip: Callable[[random.Random, str], str]) -> Callable[[random.Random, str], str]:
    def slips(chance: random.Random, name: str) -> str:
        name = slip(chance, name)
        return slip(chance, name) if chance.random() < 0.4 and len(name) > 8 else name

    return slips


def left_out_and_mistyped(chance: random.Random, name: str) -> str:
    short = leave_out_a_part(chance, name)
    return slip_in_letters(chance, short) if chance.random() < 0.4 else short


KINDS = {
    "letters": twice(slip_in_letters),
    "sound": twice(slip_in_sound),
    "missing part": left_out_and_mistyped,
}


def make_names(chance: random.Random) -> list[str]:
    """Return 230 names; each family name has two or three holders, and a few have three parts."""
    names = list(BODIES)
    for family in FAMILY.split():
        for given in chance.sample(GIVEN.split(), chance.choice([2, 3])):
            middle = chance.choice(["", "", "", " van der", " " + chance.choice(GIVEN.split())])
            names.append(f"{given}{middle} {family}")
    return list(dict.fromkeys(names))


def make_slips(chance: random.Random, names: list[str], count: int) -> list[Slip]:
    slips: list[Slip] = []
    while len(slips) < count:
        kind = list(KINDS)[len(slips) % 3]
        meant = chance.choice(names)
        if kind == "missing part" and " " not in meant:
            continue
        typed = " ".join(KINDS[kind](chance, meant).split())
        if typed.casefold() not in {name.casefold() for name in names}:
            slips.append(Slip(kind, typed, meant))
    return slips


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("names")
    chance = random.Random("archive")
    with Newsroom(config.load({"CLAIMDESK_DATA": str(folder)})) as opened:
        lines = [
            {"text": f"The harbour wall {n} holds.", "speaker": name, "title": f"{n} {k} {name}"}
            for n, name in enumerate(make_names(chance))
            for k in range(chance.choice([1, 1, 2, 5]))
        ]
        list(opened.intake.imports.import_claims(map(json.dumps, lines)))
        yield opened


def ask_by(newsroom: Newsroom, typed: str) -> tuple[list[str], bool]:
    """Return the first three speakers of an answer, or of its offers, and whether it says that
    it did not take the name as typed."""
    answer = newsroom.search.find_rows(f'by:"{typed}"', limit=60)
    names = list(dict.fromkeys(row.hits[0].claim.speaker or "" for row in answer.rows))
    offered = [text.removeprefix("by:").strip('"') for text in answer.suggestions]
    return (names or offered)[:3], bool(answer.corrections) or not answer.total


def ask_speaker(newsroom: Newsroom, typed: str) -> tuple[list[str], bool]:
    try:
        profile = newsroom.speakers.profiles.load(typed)
    except SpeakerNotFoundError as error:
        return list(error.candidates[:3]), True
    return [profile.name], profile.corrected_from is not None


@pytest.mark.parametrize("ask", [ask_by, ask_speaker])
def test_slips_lead_to_the_right_person(
    newsroom: Newsroom, ask: Callable[[Newsroom, str], tuple[list[str], bool]]
) -> None:
    slips = make_slips(random.Random("slips"), make_names(random.Random("archive")), 100)
    missed, silently_wrong = [], []
    for slip in slips:
        found, is_said = ask(newsroom, slip.typed)
        if slip.meant not in found:
            missed.append((*slip, found))
            if found and not is_said:
                silently_wrong.append((*slip, found))
    print(f"{ask.__name__}: {100 - len(missed)} right, {len(silently_wrong)} silently wrong")
    assert len(missed) <= 5, missed
    assert len(silently_wrong) <= 2, silently_wrong


def test_words_that_nobody_has_are_read_as_a_name_and_it_says_so(tmp_path: Path) -> None:
    said = {"speaker": "Ilse Brandt", "source": "Ilse Brandt", "text": "The strike goes on."}
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)})) as newsroom:
        list(newsroom.intake.imports.import_claims([json.dumps(said)]))
        answer = newsroom.search.find("Ilze Brand")
        assert answer.total == 1
        assert query_line(answer) == (
            "Nothing for “Ilze Brand”; showing claims about “ilse brandt”."
        )
        assert exact_search_label(answer) == "Search exactly for Ilze Brand"
        assert newsroom.search.find("=Ilze Brand").total == 0
