"""A claim matches a stored query exactly if the index finds it by that query."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.config import KnownName
from bot.errors import QueryError
from bot.model import ClaimEntry
from bot.search import IndexState, Query, SearchIndex, parse
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


@settings(max_examples=examples(75))
@given(typed=st.lists(QUERIES, min_size=1, max_size=4))
@example(typed=["-stance:denied"])
def test_a_claim_matches_exactly_the_queries_that_find_it(
    filled: SearchIndex, typed: list[str]
) -> None:
    queries = {f"{n}": read(one) for n, one in enumerate(typed)}
    percolator = filled.percolator()
    for name, query in queries.items():
        percolator.add(name, replace(query, speaker_aliases=()))
    fired = percolator.find_matches(ENTRIES, (*CALLED, *ROLE_TYPED), lambda _: ALSO)
    ids = [entry.claim_id for entry in ENTRIES]
    for name, query in queries.items():
        found = filled.filter_ids(replace(query, exact=True), ids)
        assert set(fired.get(name, ())) == found, str(query)


def test_a_query_matches_until_it_is_removed(
    filled: SearchIndex, make_entry: Callable[..., ClaimEntry]
) -> None:
    percolator, entry = filled.percolator(), make_entry("the yuan")
    percolator.add("watch", parse("yuan", TODAY))
    assert percolator.find_matches([]) == {}
    assert percolator.find_matches([entry]) == {"watch": {entry.claim_id: ("yuan",)}}
    percolator.add("watch", parse("ruble", TODAY))
    assert percolator.find_matches([entry]) == {}
    percolator.remove("watch")
    assert percolator.find_matches([make_entry("the ruble")]) == {}


def test_matched_parts_are_given_as_typed(
    filled: SearchIndex, make_entry: Callable[..., ClaimEntry]
) -> None:
    percolator = filled.percolator()
    typed = 'yuan OR euro rouble -gas by:"Sun Yun" by:xi in:wsj'
    for query in (typed, '"no limits"', "type:direct", "~yuan euro rouble"):
        percolator.add(query, parse(query, TODAY))
    entry = make_entry(
        "the ruble and the yuan",
        speaker="Sun Yun",
        outlet="The Wall Street Journal",
        on=date(2026, 11, 3),
        type="direct",
    )
    matches = {
        name: parts[entry.claim_id] for name, parts in percolator.find_matches([entry]).items()
    }
    assert {name: set(parts) for name, parts in matches.items()} == {
        typed: {"rouble", "yuan", "in:wsj", 'by:"Sun Yun"'},
        "type:direct": {"type:direct"},
        "~yuan euro rouble": {"yuan", "rouble"},
    }


def test_a_word_of_the_title_counts_as_matched(
    filled: SearchIndex, make_entry: Callable[..., ClaimEntry]
) -> None:
    percolator = filled.percolator()
    percolator.add("watch", parse("harbour closed", TODAY))
    entry = make_entry("it was closed", title="The harbour")
    assert percolator.find_matches([entry]) == {"watch": {entry.claim_id: ("harbour", "closed")}}


def test_a_known_name_finds_a_speaker_by_another_of_its_names(
    filled: SearchIndex, make_entry: Callable[..., ClaimEntry]
) -> None:
    percolator, entry = filled.percolator(), make_entry("the yuan", speaker="Jo Lund")
    percolator.add("watch", parse("by:hu", TODAY))
    assert percolator.find_matches([entry], ["dockers"], lambda _: ["Jo Lund"]) == {
        "watch": {entry.claim_id: ("by:hu",)}
    }
    assert percolator.find_matches([entry], ["Lund"], lambda _: ["Jo Lund"]) == {}
