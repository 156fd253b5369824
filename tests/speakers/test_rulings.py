"""Combining rulings on names; later ones override earlier ones."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.config import KnownName
from bot.model import NameRuling
from bot.speakers.aliases import NameGrouper
from bot.speakers.names import parse_name
from bot.speakers.rulings import combine_rulings

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


def ruling(kind: str, *sides: tuple[str, ...]) -> NameRuling:
    known = {"id": "r", "team": "T", "press": "p", "person": "U", "person_name": "Ada"}
    return NameRuling(**known, kind=kind, sides=sides, ruled_at=NOON)  # type: ignore[arg-type]


def merged(*names: str) -> NameRuling:
    return ruling("merged", names)


def split(*sides: tuple[str, ...]) -> NameRuling:
    return ruling("split", *sides)


def grouped(names: list[str], *rulings: NameRuling, **settings: object) -> dict[str, str]:
    """Return the display name of each name, block by block as in the store."""
    aliases = NameGrouper(rules=combine_rulings(rulings), **settings)  # type: ignore[arg-type]
    out: dict[str, str] = {}
    for block in {parse_name(name).block for name in names}:
        out |= aliases.group({name: None for name in names if parse_name(name).block == block})
    return out


def test_a_merged_family_name_keeps_other_titles_separate() -> None:
    names = ["Judge Roe", "Senator Roe", "Ida Falk"]
    now = grouped(names, merged("Ida Falk", "Judge Roe"))
    assert now == {"Judge Roe": "Ida Falk", "Senator Roe": "Senator Roe", "Ida Falk": "Ida Falk"}


def test_later_rulings_override_earlier_ones() -> None:
    names = ["Ida Falk", "Ada Falck"]
    one, other = merged(*names), split(("Ida Falk",), ("Ada Falck",))
    assert len(set(grouped(names, one, other).values())) == 2
    assert len(set(grouped(names, other, one).values())) == 1
    assert len(set(grouped(names, one, other, one).values())) == 1


def test_merges_are_cumulative() -> None:
    names = ["Ida Falk", "Ada Brook", "Eve Crane"]
    now = grouped(names, merged("Ida Falk", "Ada Brook"), merged("Eve Crane", "Ada Brook"))
    assert set(now.values()) == {"Eve Crane"}


def test_a_merge_uses_the_display_name_in_outlets_yml() -> None:
    known = [KnownName("Ada Brook", ("brook",))]
    now = grouped(["Ada Brook", "Eve Crane"], merged("Eve Crane", "Ada Brook"), known_names=known)
    assert now["Eve Crane"] == "Ada Brook"


PEOPLE = ["Ida Falk", "Ada Brook", "Eve Crane", "Omar Tallis", "Jon Rehm"]
SOME = st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=4, unique=True).map(tuple)
RULINGS = st.lists(
    st.one_of(SOME.map(lambda names: merged(*names)), SOME.map(lambda n: split(n[:1], n[1:])))
)


@given(RULINGS, SOME)
def test_the_last_ruling_always_applies(before: list[NameRuling], last: tuple[str, ...]) -> None:
    joined = grouped(PEOPLE, *before, merged(*last))
    assert {joined[name] for name in last} == {last[0]}
    parted = grouped(PEOPLE, *before, split(last[:1], last[1:]))
    assert parted[last[0]] not in {parted[name] for name in last[1:]}


@given(RULINGS)
def test_display_names_are_never_aliases(rulings: list[NameRuling]) -> None:
    now = grouped(PEOPLE, *rulings)
    assert all(now[speaker] == speaker for speaker in now.values())
    for group in combine_rulings(rulings).merged:
        assert len({now[name] for name in group}) == 1
