"""Dictionary words are not corrected: spellings and forms match, other words are suggested."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.wordlist import is_word, spelling_pairs
from bot.model import ClaimEntry
from bot.search import ClaimIndex, IndexState, Query, SearchIndex, SearchResult
from tests.search.indexes import Indexes
from tests.soak import SOAK

Ask = Callable[..., SearchResult]
MakeEntry = Callable[..., ClaimEntry]

HELD = [
    *("paid", "safe", "tank", "states", "centre", "solvent", "legal", "harmful", "regular"),
    "agree",
    *("central", "form", "from", "house", "noise", "grain", "payment", "hallas", "moscow"),
    "possible",
]
NEAR = [
    *("unpaid", "unsafe", "bank", "rates", "central", "insolvent", "illegal", "harmless", "hose"),
    *("irregular", "disagree", "from", "nose", "gain", "nonpayment", "unform", "impossible"),
    *("hopeless", "horse", "statue", "stats", "save", "pad"),
]
SLIPS = ["hallsa", "mocsow", "frmo", "gryain", "usafe", "unpiad", "ilegal", "harmles", "tnak"]


@pytest.fixture(scope="module")
def archive(indexes: Indexes) -> Iterator[SearchIndex]:
    index = indexes.open("archive", spelling=(), names=())
    pairs = [f"{one} {other}" for one in HELD for other in HELD]
    texts = [*pairs, *(word for pair in spelling_pairs() for word in pair)]
    entries = [
        ClaimEntry(f"c{n}", "a1", text, None, None, None, None, None)
        for n, text in enumerate(texts)
    ]
    index.rebuild(entries, IndexState("store", 1))
    yield index
    index.close()


typed = st.lists(st.sampled_from([*HELD, *NEAR, *SLIPS]), min_size=1, max_size=5, unique=True)


@given(typed, st.sampled_from(["words", "speakers", "mentions"]))
def test_dictionary_words_are_not_corrected(
    archive: SearchIndex, words: list[str], part: str
) -> None:
    found = archive.find(Query(**{part: tuple(words)}), 5)  # type: ignore[arg-type]
    assert not [one for one, _ in found.corrections if is_word(one)]
    right = {word for word in words if is_word(word)}
    assert all(right <= set(getattr(reading, part)) for reading in found.readings)


@given(typed)
def test_did_you_mean_finds_claims_with_another_query(
    archive: SearchIndex, words: list[str]
) -> None:
    found = archive.find(Query(words=tuple(words)), 5)
    for offer in found.did_you_mean:
        assert offer not in map(str, found.readings)
        assert archive.find(Query(words=tuple(offer.split()), exact=True), 1).total


def test_both_spellings_find_both(archive: SearchIndex) -> None:
    is_fast = isinstance(archive, ClaimIndex)
    for one, other in spelling_pairs() if is_fast or SOAK else spelling_pairs()[:20]:
        for word, printed in ((one, other), (other, one)):
            assert archive.highlight(Query(words=(word,)), printed) == ((0, len(printed)),)
        totals = [archive.find(Query(words=(word,)), 1).total for word in (one, other)]
        assert totals[0] == totals[1] > 1


@pytest.mark.parametrize(
    ("typed", "other"),
    [("usafe", "safe"), ("usnafe", "safe"), ("unpiad", "paid"), ("ilegal", "legal")],
)
def test_a_mistyped_word_is_not_corrected_to_its_opposite(
    ask: Ask, make_entry: MakeEntry, typed: str, other: str
) -> None:
    assert ask(f"{typed} grain", make_entry(f"the grain is {other}")).total == 0


def test_a_mistyped_negated_word_is_corrected_if_indexed(ask: Ask, make_entry: MakeEntry) -> None:
    found = ask("usafe grain", make_entry("unsafe grain"), make_entry("safe grain"))
    assert found.corrections == (("usafe", "unsafe"),)
    assert found.total == 1


def test_mistyped_names_are_corrected(ask: Ask, make_entry: MakeEntry) -> None:
    assert ask("hallsa ships", make_entry("ships for Hallas")).corrections == (
        ("hallsa", "hallas"),
    )


def test_correct_words_are_not_replaced_by_a_known_name(ask: Ask, make_entry: MakeEntry) -> None:
    entries = [make_entry("the wall", outlet="The Wall Street Journal")]
    assert ask('wall in:"wall street jornal"', *entries).total == 1
    assert ask('wall in:"tall street journal"').total == 0


@pytest.mark.parametrize(
    ("typed", "printed", "offers"),
    [
        ("dockers unpaid", "the dockers are paid", ("dockers paid",)),
        ("grain form mocsow", "grain from Moscow", ("grain from moscow",)),
        ("rates", "both states", ("states",)),
        ("central bank", "a centre with a tank", ()),  # nobody misses twice in two words
        ("=dockers unpaid", "the dockers are paid", ()),
        ("hallsa", "Hallas alone", ()),  # read so
        ("form mocsow", "a form from Moscow", ()),  # answered as "form moscow"
    ],
)
def test_did_you_mean_replaces_correct_words(
    ask: Ask, make_entry: MakeEntry, typed: str, printed: str, offers: tuple[str, ...]
) -> None:
    assert ask(typed, make_entry(printed)).did_you_mean == offers


def test_did_you_mean_is_empty_if_claims_are_found(ask: Ask, make_entry: MakeEntry) -> None:
    found = ask("form", make_entry("a form"), *(make_entry("from there") for _ in range(60)))
    assert (found.total, found.did_you_mean) == (1, ())


@pytest.mark.parametrize("typed", ["possible sale", "exports up"])
def test_a_stop_word_with_an_antonym_is_required(
    ask: Ask, make_entry: MakeEntry, typed: str
) -> None:
    others = [make_entry("a possible way"), make_entry("up there")]
    assert ask(typed, make_entry("sale impossible"), make_entry("exports down"), *others).total == 0


def test_a_negative_word_is_required(ask: Ask, make_entry: MakeEntry) -> None:
    entries = [make_entry("dockers of the port are paid in full"), make_entry("unpaid bills")]
    assert ask("dockers port unpaid full", *entries).total == 0
