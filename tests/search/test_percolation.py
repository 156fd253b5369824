"""A claim matches a stored query exactly if the index finds it by that query."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.config import KnownName
from bot.errors import QueryError
from bot.model import ClaimEntry
from bot.search import IndexState, Percolator, Query, SearchIndex, parse
from bot.search.percolation import ClaimPercolator
from tests.search.indexes import Indexes
from tests.search.language.test_query import TODAY
from tests.soak import examples

SPELLING = (("ruble", "rouble"), ("harbor", "harbour"))
NAMES = (
    KnownName(name="The Wall Street Journal", aliases=("wsj",), domains=("wsj.com",)),
    KnownName(name="the Harbour Union", aliases=("HU", "dockers")),
)
WORDS = (
    *("yuan", "ruble", "roubles", "Rouble", "harbour", "Harbors", "closed", "closing", "no"),
    *("limits", "U.S.", "us", "Łódź", "the", "Xi's", "3.5", "Putin", "dockers", "not", "x"),
)
SPEAKERS = (
    *("Xi Jinping", "Xi", "Sun Yun", "the Harbour Union", "HU", "The HU", "dockers of Hull"),
    *("Conan O'Brien", "Vladimir Putin", "the", "Jean-Luc Łuk"),
)
OUTLETS = ("The Wall Street Journal", "wsj.com", "Halyard Post", "Post", "wsj.com.post.example")
ALSO = {"Xi Jinping", "Vladimir Putin"}
NOUNS = frozenset(("governor", "minister", "spokesman"))
ROLES = (
    *("governor", "deputy governor", "governor of the central bank", "Foreign Minister"),
    *("the harbour minister", "former minister"),
)
DESCRIBED = (
    "the governor",
    "a spokesman for the governor",
    "the minister’s spokesman",
    "governors",
)


def made(seed: int, number: int) -> list[ClaimEntry]:
    chance = random.Random(seed)

    def text(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))

    def sometimes(*several: str) -> str | None:
        return chance.choice((None, *several))

    return [
        ClaimEntry(
            claim_id=f"c{n}",
            article_id=f"a{n}",
            text=" … ".join(text(7) for _ in range(chance.randint(1, 2))),
            speaker=sometimes(*SPEAKERS),
            source=sometimes(*SPEAKERS, "he", "officials", *DESCRIBED),
            cue=sometimes("said", "denied", "was not closed"),
            outlet=sometimes(*OUTLETS),
            published_on=chance.choice((None, TODAY - timedelta(chance.randint(0, 5)))),
            kind=chance.choice(("attribution", "attribution", "statement", "passage")),
            type=chance.choice((None, "direct", "indirect", "mixed")),
            source_kind=chance.choice(("named", "described", "unnamed", "none")),
            stance=chance.choice((None, "said", "denied")),
            act=chance.choice((None, "speech", "thought")),
            via=chance.choice((None, ("wsj",), ("Sun Yun", "Halyard Post"))),
            language=sometimes("en", "de-AT", "UK"),
            roles=chance.choice((None, None, chance.sample(ROLES, chance.randint(1, 2)))),
            title=sometimes(text(5)),
        )
        for n in range(number)
    ]


ENTRIES = made(7, 200)


@pytest.fixture(scope="module")
def filled(indexes: Indexes) -> Iterator[SearchIndex]:
    index = indexes.open("archive", spelling=SPELLING, names=NAMES, is_noun=NOUNS.__contains__)
    index.rebuild(ENTRIES, IndexState("store", 1))
    yield index
    index.close()


def _one_of(*several: str) -> st.SearchStrategy[str]:
    return st.sampled_from(several)


WORD = _one_of(*WORDS)
PHRASE = st.lists(WORD, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"')
TEXT = WORD | PHRASE
CALLED = (*SPEAKERS, *OUTLETS, "wsj", "union", "yun", "brien", "putin", "officials")
ROLE_TYPED = (
    *(*ROLES, "minister", "harbor minister", "central bank", "spokesman"),
    *("minister of the harbour",),
)
NAME = _one_of(*CALLED)
PART = st.one_of(
    *(TEXT, TEXT, TEXT.map("-{}".format)),
    st.lists(TEXT, min_size=2, max_size=3).map(" OR ".join),
    TEXT.map(lambda text: f"title:{text}"),
    *(NAME.map(f'{operator}:"{{}}"'.format) for operator in ("by", "via", "in", "about")),
    _one_of(*ROLE_TYPED).map('by:"{}"'.format),
    _one_of(*ROLE_TYPED),
    _one_of("type:direct", "type:statement", "type:passage", "stance:denied", "named:yes"),
    _one_of("act:speech", "act:thought"),
    _one_of("named:no", "named:described", "lang:de", "lang:uk", "sort:new", "before:2026-11-23"),
    _one_of("after:yesterday", "on:2026-11-24", "-stance:denied", "has:figure", "has:speaker"),
)
QUERIES = st.tuples(
    st.sampled_from(("", "", "~")), st.lists(PART, min_size=1, max_size=5).map(" ".join)
).map("".join)


def read(typed: str) -> Query:
    try:
        query = parse(typed, TODAY)
    except QueryError:
        assume(False)
    return replace(query, speaker_aliases=tuple(sorted(ALSO)) if query.speakers else ())


def answered(percolator: Percolator, entry: ClaimEntry) -> dict[str, tuple[str, ...]]:
    """The matches of a claim whose speaker has aliases that every query includes."""
    also = (*CALLED, *ROLE_TYPED) if entry.speaker in ALSO else ()
    return percolator.find_matches(entry, also, lambda _: ALSO)


@settings(max_examples=examples(75))
@given(typed=st.lists(QUERIES, min_size=1, max_size=4))
def test_a_claim_matches_exactly_the_queries_that_find_it(
    filled: SearchIndex, typed: list[str]
) -> None:
    queries = {f"{n}": read(one) for n, one in enumerate(typed)}
    percolator = filled.percolator()
    for name, query in queries.items():
        percolator.add(name, query)
    fired: dict[str, set[str]] = {name: set() for name in queries}
    for entry in ENTRIES:
        for name in answered(percolator, entry):
            fired[name].add(entry.claim_id)
    ids = [entry.claim_id for entry in ENTRIES]
    for name, query in queries.items():
        assert fired[name] == filled.filter_ids(replace(query, exact=True), ids), str(query)


@pytest.mark.parametrize("typed", [*ROLE_TYPED, *DESCRIBED])
def test_percolator_and_index_match_the_same_roles(filled: SearchIndex, typed: str) -> None:
    query = parse(f'by:"{typed}"', TODAY)
    percolator = filled.percolator()
    percolator.add("role", query)
    fired = {entry.claim_id for entry in ENTRIES if percolator.find_matches(entry)}
    assert fired == filled.filter_ids(replace(query, exact=True), [one.claim_id for one in ENTRIES])


@settings(max_examples=examples(40))
@given(typed=st.lists(QUERIES, min_size=2, max_size=6), odd=st.integers(1, 5))
def test_frequency_estimates_do_not_change_matches(
    filled: SearchIndex, typed: list[str], odd: int
) -> None:
    counted = filled.percolator()
    guessed = ClaimPercolator(filled._builder, lambda field, term: (len(term) * odd) % 7)
    for n, one in enumerate(typed):
        for percolator in (counted, guessed):
            percolator.add(f"{n}", read(one))
    for percolator in (counted, guessed):
        percolator.remove("0")
        percolator.add("1", read(typed[0]))
    for entry in ENTRIES[:60]:
        assert answered(counted, entry) == answered(guessed, entry)
        assert "0" not in answered(counted, entry)


def test_matched_parts_are_given_as_typed(
    filled: SearchIndex, make_entry: Callable[..., ClaimEntry]
) -> None:
    percolator = filled.percolator()
    for typed in ('yuan OR euro rouble -gas by:"Sun Yun" in:wsj', '"no limits"', "type:direct"):
        percolator.add(typed, parse(typed, TODAY))
    entry = make_entry(
        "the ruble and the yuan",
        speaker="Sun Yun",
        outlet="The Wall Street Journal",
        on=date(2026, 11, 3),
        type="direct",
    )
    assert percolator.find_matches(entry) == {
        'yuan OR euro rouble -gas by:"Sun Yun" in:wsj': (
            *("rouble", "yuan", "in:wsj", 'by:"Sun Yun"'),
        ),
        "type:direct": ("type:direct",),
    }


def test_a_claim_is_checked_only_against_queries_with_its_terms(
    filled: SearchIndex, make_entry: Callable[..., ClaimEntry]
) -> None:
    percolator = filled.percolator()
    for n in range(1000):
        percolator.add(f"{n}", parse(f"yuan word{n} by:xi", TODAY))
    entry = make_entry("the yuan and word7", speaker="Xi")
    looked_at = {
        name for place in percolator._names_by_term for name in percolator._names_by_term[place]
    }
    assert len(looked_at) == 1000
    assert percolator.find_matches(entry) == {"7": ("yuan", "word7", "by:xi")}
    assert all(term.startswith("word") for _, term in percolator._names_by_term)
    for n in range(1000):
        percolator.remove(f"{n}")
    assert len(percolator) == 0
    assert not percolator._names_by_term
