"""Mistyped queries are corrected to words that occur together, by the smallest errors."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.model import ClaimEntry
from bot.search import SearchIndex, SearchResult

Ask = Callable[..., SearchResult]
MakeEntry = Callable[..., ClaimEntry]


def ids(found: SearchResult) -> list[str]:
    return [claim for claim, _ in found.ids]


def test_the_best_hit_decides_all_corrections(ask: Ask, make_entry: MakeEntry) -> None:
    found = ask(
        "yaun prots",
        make_entry("the ports take yuan", id="both"),
        make_entry("about the yarn", id="yarn"),
        make_entry("all ports are open", id="ports"),
    )
    assert ids(found) == ["both"]
    assert found.corrections == (("yaun", "yuan"), ("prots", "ports"))


def test_other_readings_rank_lower_and_are_reported(ask: Ask, make_entry: MakeEntry) -> None:
    found = ask(
        "hoise prices",
        make_entry("the noise has its prices", id="noise"),
        make_entry("the house has its prices", id="house"),
    )
    assert ids(found) == ["house", "noise"]
    assert str(found.query) == "house prices"
    assert [str(query) for query in found.other_readings] == ["noise prices"]
    assert found.total == 2


def test_corrections_find_other_inflections(ask: Ask, make_entry: MakeEntry) -> None:
    found = ask(
        "freindship treaty",
        make_entry("a friendship treaty", id="one"),
        make_entry("friendships and treaties", id="many"),
    )
    assert ids(found) == ["one", "many"]


def test_another_inflection_is_not_a_typing_error(ask: Ask, make_entry: MakeEntry) -> None:
    found = ask("closing harobr", make_entry("they closed the harbor"))
    assert found.corrections == (("harobr", "harbor"),)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("by:Tsinhua", "by:tsinghua"),
        ('by:"Tsinhua Univercity"', 'by:"tsinghua university"'),
        ("by:Selenskyj", "by:zelensky"),
        ("by:Zelenski", "by:zelensky"),
        ("by:muller", "by:muller"),
        ("by:mueller", "by:muller"),
        ('by:"wall street jornal"', 'by:"wall street journal"'),
        ("by:zelenski peeace", "peace by:zelensky"),
        ("about:Tsinhua", "about:tsinghua"),
    ],
)
def test_names_match_with_errors_transliterations_and_accents(
    ask: Ask, make_entry: MakeEntry, typed: str, read: str
) -> None:
    found = ask(
        typed,
        make_entry("x one", speaker="Tsinghua University"),
        make_entry("on Tsinghua", speaker="WSJ"),
        make_entry("peace now", speaker="Volodymyr Zelensky"),
        make_entry("x four", speaker="Müller"),
    )
    assert found.total == 1
    assert str(found.query) == read
    assert all(old in typed.lower() for old, _ in found.corrections)


def test_only_the_mistyped_name_of_several_is_corrected(ask: Ask, make_entry: MakeEntry) -> None:
    zelensky = make_entry("x one", id="one", speaker="Zelensky")
    union = make_entry("x two", id="two", speaker="Harbour Union")
    found = ask("peace by:dockers by:zelenski", zelensky, union, make_entry("peace", speaker="Xi"))
    assert found.total == 0
    found = ask("one by:dockers by:zelenski")
    assert ids(found) == ["one"]
    assert found.query.speakers == ("dockers", "zelensky")


@pytest.mark.parametrize("typed", ["=yaun", '"yaun"', "=by:zelenski", "-yuan yaun"])
def test_exact_queries_are_not_corrected(ask: Ask, make_entry: MakeEntry, typed: str) -> None:
    found = ask(typed, make_entry("they pay in yuan", speaker="Zelensky"))
    assert (found.total, found.corrections) == (0, ())


@pytest.mark.parametrize("typed", ["by:Q", "by:李", "about:Q", "q"])
def test_single_letters_are_not_corrected(ask: Ask, make_entry: MakeEntry, typed: str) -> None:
    found = ask(
        typed,
        make_entry("x plus a", speaker="K"),
        make_entry("on Qi", speaker="王"),
        make_entry("more", speaker="李明"),
    )
    assert (found.total, found.corrections) == (0, ())


def test_pages_of_a_corrected_query_do_not_overlap(ask: Ask, make_entry: MakeEntry) -> None:
    entries = [make_entry(f"the yuan {'and the yuan ' * (n % 3)}fell") for n in range(30)]
    whole = ids(ask("yaun", *entries, limit=30))
    assert len(set(whole)) == 30
    pages = [ids(ask("yaun", limit=7, offset=offset)) for offset in range(0, 35, 7)]
    assert [claim for page in pages for claim in page] == whole


def test_words_of_all_readings_are_highlighted(
    index: SearchIndex, ask: Ask, make_entry: MakeEntry
) -> None:
    found = ask("hoise prices", make_entry("the noise of prices"), make_entry("the house prices"))
    for text, bold in (("a noise", "noise"), ("a house", "house")):
        (start, end), *_ = index.highlight(found.highlight_query, text)
        assert text[start:end] == bold
