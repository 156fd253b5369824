"""Grouping the printed names of one speaker."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.config import KnownName
from bot.speakers.aliases import NameGrouper
from bot.speakers.names import parse_name, with_acronym
from bot.speakers.spelling import candidate_blocks, fold_name

PAIRS = yaml.safe_load(Path(__file__).with_name("name_pairs.yml").read_text(encoding="utf-8"))


def grouped(
    names: Collection[str], grouper: NameGrouper | None = None, *, once: Collection[str] = ()
) -> dict[str, str]:
    """Return the display name of each name, block by block as in the store.

    Names in `once` are printed by one article, all others by several.
    """
    blocks: dict[str, dict[str, str | None]] = defaultdict(dict)
    for name in names:
        blocks[parse_name(name).block][name] = "a1" if name in once else None
    out: dict[str, str] = {}
    for articles in blocks.values():
        out |= (grouper or NameGrouper()).group(articles)
    return out


def one_speaker(*names: str, beside: Collection[str] = ()) -> bool:
    stands = grouped({*names, *beside})
    return len({stands[name] for name in names}) == 1


def test_judged_pairs_are_grouped_correctly() -> None:
    joined = [pair for pair in PAIRS["same"] if one_speaker(*pair)]
    blurred = [pair for pair in PAIRS["different"] if one_speaker(*pair)]
    assert blurred == []
    assert len(joined) / len(PAIRS["same"]) >= 0.94


def test_incompatible_names_are_not_chained() -> None:
    names = ["John Brandt", "John A. Brandt", "John B. Brandt", "J. Brandt", "Brandt"]
    assert grouped(names) == {name: name for name in names}
    assert one_speaker("John Brandt", "John A. Brandt", "Brandt")


def test_a_family_name_joins_only_one_full_name() -> None:
    assert one_speaker("Xi", "Xi Jinping")
    assert not one_speaker("Xi", "Xi Jinping", beside=["Xi Mingze"])
    assert not one_speaker("Senator Okafor", "Judge Okafor")


def test_a_short_name_joins_only_an_established_name() -> None:
    names = ["Xi", "President Xi", "Xi Jinping"]
    assert grouped(names, once=["Xi Jinping"]) == {name: name for name in names}
    assert set(grouped(names).values()) == {"Xi Jinping"}
    # In one article with, in another without a title: that is two.
    assert NameGrouper().group({"Xi": "a1", "Xi Jinping": "a1", "President Xi Jinping": "a2"}) == (
        dict.fromkeys(["Xi", "Xi Jinping", "President Xi Jinping"], "Xi Jinping")
    )
    pinned = NameGrouper([KnownName("Xi Jinping", ())])
    assert set(grouped(names, pinned, once=names).values()) == {"Xi Jinping"}


@pytest.mark.parametrize(
    "names",
    [
        ["Coach Dawson", "Peter Dawson"],
        ["Judge Roe", "Senator Roe", "Richard Roe"],
        ["President Roe", "Chancellor Roe", "Richard Roe"],
        ["Vice President Roe", "Richard Roe"],
        ["Judge Roe", "Roe", "Richard Roe"],  # Roe may be the judge
        ["Judge Roe", "Senator Richard Roe"],
        ["Lynch", "Merrill Lynch"],
        ["Stanley", "Morgan Stanley"],
        ["Hopkins", "Johns Hopkins"],
    ],
)
def test_doubtful_matches_are_rejected(names: list[str]) -> None:
    assert grouped(names) == {name: name for name in names}


def test_a_titled_name_joins_a_full_name_with_that_title() -> None:
    names = ["Judge Roe", "Senator Roe", "Judge Jane Roe", "Jane Roe"]
    stands = grouped(names, once=names)
    assert stands == dict.fromkeys(names, "Jane Roe") | {"Senator Roe": "Senator Roe"}


def test_too_many_namesakes_are_not_compared() -> None:
    letters = "bcdfghklmnprstvw"
    names = [f"J{a}{b}{c} Smith" for a in "aeiou" for b in letters for c in letters]
    names.append("Jabb Q. Smith")
    assert grouped(names) == {name: name for name in names}


def test_block_keys_have_a_maximum_length() -> None:
    long = "\ufdfa" * 200  # a ligature of eighteen letters
    assert len(parse_name(long).block) <= 200
    assert parse_name(long).block in candidate_blocks(fold_name(long))


def test_an_acronym_joins_its_only_expansion() -> None:
    union, other = "the Harbour Workers Union", "Hill Walkers Union"
    evidence = with_acronym(union, "HWU")
    assert evidence
    assert one_speaker("HWU", union, beside=[evidence])
    assert not one_speaker("HWU", union)
    assert not one_speaker("HWU", union, beside=[evidence, with_acronym(other, "HWU") or ""])
    assert with_acronym(union, "HWA") is None
    assert grouped(["HWU", union, evidence])["HWU"] == union


def test_outlets_yml_pins_and_separates_names() -> None:
    pinned = NameGrouper([KnownName("Donald Trump", ("trump", "the president-elect"))])
    names = ["Trump", "President Trump", "Donald J. Trump", "the president-elect"]
    assert set(grouped([*names, "Melania Trump"], pinned).values()) == {
        "Donald Trump",
        "Melania Trump",
    }
    assert grouped(names, pinned) == dict.fromkeys(names, "Donald Trump")
    apart = NameGrouper(kept_apart=[["Xi", "Xi Jinping"], ["Ada Roe", "Judge Ada Roe"]])
    names = ["Xi", "Xi Jinping", "Ada Roe", "Judge Ada Roe"]
    assert grouped(names, apart) == {name: name for name in names}


def test_separation_has_priority_over_pins() -> None:
    aliases = NameGrouper(
        [KnownName("George Bush", ("Bush",))], kept_apart=[["George Bush", "President Bush"]]
    )
    stands = grouped(["George Bush", "Bush", "President Bush"], aliases)
    assert stands["Bush"] == stands["George Bush"] == "George Bush"
    assert stands["President Bush"] == "President Bush"


def test_the_fullest_name_without_title_is_displayed() -> None:
    names = ["Xi", "President Xi Jinping", "Xi Jinping", "President Xi"]
    assert set(grouped(names).values()) == {"Xi Jinping"}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("xi jinping", "Xi Jinping"),
        ("zelensky", "Volodymyr Zelenskyy"),
        ("hwu", "HWU"),
        ("harbour workers union", "the Harbour Workers Union"),
        ("ministry of defence", "Ministry of Defence"),
        ("the pentagon", "the Pentagon"),
        ("u.n.", "UN"),
    ],
)
def test_typed_names_are_searched_in_the_right_block(typed: str, printed: str) -> None:
    assert parse_name(printed).block in candidate_blocks(fold_name(typed))


GIVEN = ("John", "Jon", "Jane", "J.", "John A.", "John B.", "Dmitry", "Dmitri", "Xi")
FAMILY = ("Brandt", "Brant", "Smith", "Zelensky", "Zelenskyy", "Zelenska", "Xi", "Jinping", "HWU")
TITLES = ("", "President ", "Judge ", "Mr. ", "the ")
SUFFIXES = ("", " Jr.", " (HWU)")
NAMES = st.one_of(
    st.builds(
        lambda title, given, family, suffix: f"{title}{given}{family}{suffix}",
        st.sampled_from(TITLES),
        st.sampled_from(("", *(f"{name} " for name in GIVEN))),
        st.sampled_from(FAMILY),
        st.sampled_from(SUFFIXES),
    ),
    st.text(min_size=1, max_size=12),
)


@given(st.lists(NAMES, max_size=14, unique=True), st.randoms(use_true_random=False))
def test_grouping_is_independent_of_order(names: list[str], rng: random.Random) -> None:
    before = grouped(names)
    rng.shuffle(names)
    assert grouped(names) == before
    assert before.keys() == set(names)
    # One of its own names stands for each group, and for itself.
    assert all(before[stands] == stands for stands in before.values())


@given(st.lists(NAMES, max_size=12, unique=True), st.lists(st.lists(NAMES, max_size=3), max_size=3))
def test_separated_names_are_never_grouped(names: list[str], apart: list[list[str]]) -> None:
    stands = grouped(
        {*names, *(name for kept in apart for name in kept)}, NameGrouper(kept_apart=apart)
    )
    for kept in apart:
        for one, other in combinations(kept, 2):
            if fold_name(one) != fold_name(other):
                assert stands[one] != stands[other]


@given(st.lists(NAMES, max_size=14, unique=True))
def test_groups_contain_no_incompatible_full_names(names: list[str]) -> None:
    groups = defaultdict(list)
    for name, stands in grouped(names).items():
        groups[stands].append(parse_name(name))
    for group in groups.values():
        full = [name for name in group if name.kind == "full"]
        # Taken by themselves, any two of them would meet as well.
        assert all(one_speaker(a.printed, b.printed) for a, b in combinations(full, 2))
        assert len({name.suffix for name in full}) <= 1


@given(st.text(max_size=60))
def test_any_text_can_be_parsed_as_a_name(text: str) -> None:
    assert parse_name(text).block
    assert grouped([text]) == {text: text}
