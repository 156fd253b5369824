from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Claim
from bot.search.tokenized import tokenize
from bot.statements.sameness import Report, same_name, same_statement

PAIRS: dict[str, list[Any]] = yaml.safe_load(
    Path(__file__).with_name("grouping_pairs.yml").read_text(encoding="utf-8")
)


NUMBERED = re.compile(r"flood|5 million|5 percent|-5 degrees|half of the people")


def claim(speaker: str | None, text: str, known: dict[str, Any] | None = None) -> Claim:
    fields: dict[str, Any] = {"kind": "attribution", "source_kind": "named"} | (known or {})
    return Claim(id=text, article_id="a", text=text, speaker=speaker, **fields)


def same(pair: list[list[Any]]) -> bool:
    one, other = (Report.from_claim(claim(*entry)) for entry in pair)
    return same_statement(one, other)


def test_the_pairs_are_judged_well_enough() -> None:
    found = [pair for pair in PAIRS["same"] if same(pair)]
    wrong = [pair for pair in PAIRS["apart"] if same(pair)]
    assert len(PAIRS["same"]) + len(PAIRS["apart"]) >= 60
    assert len(found) / (len(found) + len(wrong)) >= 0.95, wrong
    missed = [pair for pair in PAIRS["same"] if pair not in found]
    assert len(found) / len(PAIRS["same"]) >= 0.8, missed


def test_no_two_amounts_are_taken_for_one() -> None:
    numbers = [pair for pair in PAIRS["apart"] if NUMBERED.search(f"{pair}")]
    assert len(numbers) >= 7
    assert not [pair for pair in numbers if same(pair)]


@pytest.mark.parametrize(
    "turned",
    [
        "the board closed the twelve northern berths on Sunday",
        "the board did not close the northern berths on Sunday",
        "the board perhaps closed the northern berths on Sunday",
        "the board will close the northern berths on Sunday",
        "the board closed half the northern berths on Sunday",
        "the board closed the northern berths on Sunday, unless it rained",
    ],
)
def test_a_word_that_turns_a_statement_keeps_it_apart(turned: str) -> None:
    said = "the board closed the northern berths on Sunday"
    assert same([["Ida Marsh", said], ["Ida Marsh", f"{said}, as agreed"]])
    assert not same([["Ida Marsh", said], ["Ida Marsh", turned]])


@pytest.mark.parametrize("pair", PAIRS["same"] + PAIRS["apart"], ids=str)
def test_sameness_is_symmetric(pair: list[list[Any]]) -> None:
    assert same(pair) == same(pair[::-1])


@given(st.text(max_size=80))
def test_whatever_has_words_is_the_same_as_itself(text: str) -> None:
    report = Report.from_claim(claim("Xi", text))
    assert same_statement(report, report) == bool(report.wording.parts)


def test_it_is_not_what_another_article_calls_it() -> None:
    here = Report.from_claim(claim("Ida Marsh", "it"))
    there = Report.from_claim(replace(here.claim, article_id="b"))
    assert same_statement(here, here)
    assert not same_statement(here, there)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("thirty-four ships", ("=34", "ships")),
        ("20 million crowns", ("=2e+07", "crowns")),
        ("20,000,000 crowns", ("=2e+07", "crowns")),
        ("ten thousand", ("=10000",)),
        ("two hundred", ("=200",)),
        ("3.1%", ("=3.1",)),
        ("twenty two-year terms", ("=22", "year", "terms")),
        ("on 4.11.2022", ("on", "4.11.2022")),
        ("they won't", ("they", "wo", "not")),
        ("-5 or −5, F-16, 3-5", ("minus", "=5", "or", "minus", "=5", "f", "=16", "=3", "=5")),
    ],
)
def test_numbers_have_one_form(text: str, parts: tuple[str, ...]) -> None:
    assert tokenize(text).parts == parts


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Xi", "Xi Jinping", False),  # by itself
        ("China", "China Daily", False),
        ("New York", "New York Times", False),
        ("Jinping", "President Xi Jinping", True),
        ("the Prime Minister", "Prime Minister", True),
        ("WHO", "World Health Organization", True),
        ("CCP", "CCP policy advisers", False),
        ("Anna Berg", "Jonas Berg", False),
        ("Sun", "Yun Sun Tan", False),
        ("the ministry", "the council", False),
    ],
)
def test_names(one: str, other: str, is_same: bool) -> None:
    assert same_name(one, other) == same_name(other, one) == is_same
