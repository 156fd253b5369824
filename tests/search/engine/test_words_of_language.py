"""A word of the language is never read as another: it is found in its spellings and forms, and
what it may be a slip for is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.wordlist import is_word, spellings
from bot.model import ClaimEntry
from bot.search import ClaimIndex, IndexState, Query, SearchResult

Ask = Callable[..., SearchResult]
MakeEntry = Callable[..., ClaimEntry]

HELD = [
    *(
        "paid",
        "safe",
        "tank",
        "states",
        "centre",
        "solvent",
        "legal",
        "harmful",
        "regular",
        "agree",
    ),
    *(
        "central",
        "form",
        "from",
        "house",
        "noise",
        "grain",
        "payment",
        "hallas",
        "moscow",
        "possible",
    ),
]
NEAR = [
    *("unpaid", "unsafe", "bank", "rates", "central", "insolvent", "illegal", "harmless", "hose"),
    *("irregular", "disagree", "from", "nose", "gain", "nonpayment", "unform", "impossible"),
    *("hopeless", "horse", "statue", "stats", "save", "pad"),
]
SLIPS = ["hallsa", "mocsow", "frmo", "gryain", "usafe", "unpiad", "ilegal", "harmles", "tnak"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClaimIndex]:
    index = ClaimIndex.open(tmp_path_factory.mktemp("index"), spelling=(), names=())
    pairs = [f"{one} {other}" for one in HELD for other in HELD]
    texts = [*pairs, *(word for pair in spellings() for word in pair)]
    entries = [
        ClaimEntry(f"c{n}", "a1", text, None, None, None, None, None)
        for n, text in enumerate(texts)
    ]
    index.rebuild(entries, IndexState("store", 1))
    yield index
    index.close()


typed = st.lists(st.sampled_from([*HELD, *NEAR, *SLIPS]), min_size=1, max_size=5, unique=True)


@given(typed, st.sampled_from(["words", "speakers", "mentions"]))
def test_no_word_is_read_as_another(archive: ClaimIndex, words: list[str], part: str) -> None:
    found = archive.find(Query(**{part: tuple(words)}), 5)  # type: ignore[arg-type]
    assert not [one for one, _ in found.corrections if is_word(one)]
    right = {word for word in words if is_word(word)}
    assert all(right <= set(getattr(reading, part)) for reading in found.readings)


@given(typed)
def test_offers_find_something_and_say_what_was_not_typed(
    archive: ClaimIndex, words: list[str]
) -> None:
    found = archive.find(Query(words=tuple(words)), 5)
    for offer in found.did_you_mean:
        assert offer not in map(str, found.readings)
        assert archive.find(Query(words=tuple(offer.split()), exact=True), 1).total


def test_both_spellings_find_both(archive: ClaimIndex) -> None:
    for one, other in spellings():
        for word, printed in ((one, other), (other, one)):
            assert archive.highlight(Query(words=(word,)), printed) == ((0, len(printed)),)
        totals = [archive.find(Query(words=(word,)), 1).total for word in (one, other)]
        assert totals[0] == totals[1] > 1


@pytest.mark.parametrize(
    ("typed", "other"),
    [("usafe", "safe"), ("usnafe", "safe"), ("unpiad", "paid"), ("ilegal", "legal")],
)
def test_a_slip_in_an_opposite_is_not_read_as_its_opposite(
    ask: Ask, make_entry: MakeEntry, typed: str, other: str
) -> None:
    assert ask(f"{typed} grain", make_entry(f"the grain is {other}")).total == 0


def test_a_slip_in_an_opposite_is_read_where_claims_have_it(
    ask: Ask, make_entry: MakeEntry
) -> None:
    found = ask("usafe grain", make_entry("unsafe grain"), make_entry("safe grain"))
    assert found.corrections == (("usafe", "unsafe"),)
    assert found.total == 1


def test_a_name_is_forgiven_as_before(ask: Ask, make_entry: MakeEntry) -> None:
    assert ask("hallsa ships", make_entry("ships for Hallas")).corrections == (
        ("hallsa", "hallas"),
    )


def test_a_known_name_is_not_taken_for_words_that_are_right(
    ask: Ask, make_entry: MakeEntry
) -> None:
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
def test_what_a_word_may_be_a_slip_for_is_offered(
    ask: Ask, make_entry: MakeEntry, typed: str, printed: str, offers: tuple[str, ...]
) -> None:
    assert ask(typed, make_entry(printed)).did_you_mean == offers


def test_where_something_is_found_as_typed_nothing_is_offered(
    ask: Ask, make_entry: MakeEntry
) -> None:
    found = ask("form", make_entry("a form"), *(make_entry("from there") for _ in range(60)))
    assert (found.total, found.did_you_mean) == (1, ())


@pytest.mark.parametrize("typed", ["possible sale", "exports up"])
def test_a_small_word_that_has_an_opposite_must_be_found(
    ask: Ask, make_entry: MakeEntry, typed: str
) -> None:
    others = [make_entry("a possible way"), make_entry("up there")]
    assert ask(typed, make_entry("sale impossible"), make_entry("exports down"), *others).total == 0


def test_a_word_that_turns_round_must_be_found(ask: Ask, make_entry: MakeEntry) -> None:
    entries = [make_entry("dockers of the port are paid in full"), make_entry("unpaid bills")]
    assert ask("dockers port unpaid full", *entries).total == 0
