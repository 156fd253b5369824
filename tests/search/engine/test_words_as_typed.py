"""Dictionary words and indexed words are taken as typed, except names and rare misspellings."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import ClaimEntry
from bot.search import IndexState, Query, SearchIndex, SearchResult
from tests.search.indexes import Indexes

Ask = Callable[..., SearchResult]
MakeEntry = Callable[..., ClaimEntry]

NEAR = [
    *("in", "is", "it", "on", "an", "and", "any", "new", "now", "not", "fro", "form", "from"),
    *("found", "sound", "wall", "fall", "quay", "quey", "grain", "train"),
]
"""Words that are misspellings of each other."""
_RANDOM = random.Random(7)
CLAIMS = [_RANDOM.sample(NEAR, _RANDOM.randint(2, 5)) for _ in range(40)]
COMMON = [["now", "and", "from", "grain"]] * 300
"""Claims that make some of these words much commoner than the others."""


@pytest.fixture(scope="module")
def archive(indexes: Indexes) -> Iterator[SearchIndex]:
    index = indexes.open("archive", spelling=(), names=())
    claims = enumerate(map(" ".join, [*CLAIMS, *COMMON]))
    entries = [ClaimEntry(f"c{n}", "a1", text, None, None, None, None, None) for n, text in claims]
    index.rebuild(entries, IndexState("store", 1))
    yield index
    index.close()


@given(st.sampled_from(CLAIMS).flatmap(lambda one: st.lists(st.sampled_from(one), min_size=1)))
def test_words_of_one_claim_are_not_corrected(archive: SearchIndex, typed: list[str]) -> None:
    found = archive.find(Query(words=tuple(dict.fromkeys(typed))), 5)
    assert found.total > 0
    assert (found.corrections, found.other_readings, found.query.loose) == ((), (), False)


@given(st.lists(st.sampled_from(NEAR), min_size=1, max_size=6, unique=True))
def test_short_indexed_words_are_not_corrected(archive: SearchIndex, typed: list[str]) -> None:
    found = archive.find(Query(words=tuple(typed)), 5)
    readings = [found.query, *found.other_readings]
    short = {word for word in typed if len(word) <= 3}
    assert all(short <= set(reading.words) for reading in readings)


@given(st.lists(st.sampled_from([*NEAR, "xi", "li", "os", "grian"]), min_size=1, unique=True))
def test_two_letters_are_not_corrected(archive: SearchIndex, typed: list[str]) -> None:
    corrected = [word for word, _ in archive.find(Query(words=tuple(typed)), 5).corrections]
    assert all(len(word) > 2 for word in corrected)


@given(st.lists(st.sampled_from(NEAR), min_size=1, max_size=7, unique=True))
def test_claims_have_all_negations_of_the_query(archive: SearchIndex, typed: list[str]) -> None:
    found = archive.find(Query(words=tuple(dict.fromkeys((*typed, "not")))), 400)
    texts = [[*CLAIMS, *COMMON][int(claim.removeprefix("c"))] for claim, _ in found.ids]
    assert all("not" in text for text in texts)


def wall(make_entry: MakeEntry) -> list[ClaimEntry]:
    return [
        make_entry("the western quay wall was closed", id="quay"),
        make_entry("a wall that they say is sound", id="sound"),
        make_entry("a crack in the quay wall was found", id="crack"),
        make_entry("the grain is sold", id="grain"),
    ]


def test_claims_with_most_words_make_a_loose_result(ask: Ask, make_entry: MakeEntry) -> None:
    found = ask("quay wall is sound", *wall(make_entry))
    assert {claim for claim, _ in found.ids} == {"quay", "sound", "crack"}
    assert (found.query.loose, found.corrections, found.suggestions) == (True, (), ())
    assert str(found.query) == "quay wall is sound"
    assert ask("=quay wall is sound").total == 0
    assert [claim for claim, _ in ask("quay wall grain -crack").ids] == ["quay"]


def test_a_loose_query_requires_both_of_two_words(ask: Ask, make_entry: MakeEntry) -> None:
    found = ask("putin yuan", make_entry("Putin met Yun"), make_entry("they pay in yuan"))
    assert (found.total, found.corrections) == (0, ())
    assert set(found.suggestions) == {"putin", "yuan"}


@pytest.mark.parametrize("negation", ["not", "never", "refuses", "isn't", "isn’t"])
def test_a_loose_query_excludes_opposite_claims(
    ask: Ask, make_entry: MakeEntry, negation: str
) -> None:
    others = [make_entry("it is not so, never"), make_entry("she refuses"), make_entry("isn't it")]
    asked = f"the quay wall {negation} closed"
    opposite = make_entry("the quay wall was closed")
    assert ask(asked, opposite, *others).total == ask(f"{negation} closed").total == 0
    it = make_entry(f"the western wall {negation} closed", id="it")
    for typed in (asked, asked.replace("quay", "qauy")):
        found = ask(typed, it, opposite)
        assert ([claim for claim, _ in found.ids], found.query.loose) == (["it"], True)


def test_a_negation_alone_finds_nothing(ask: Ask, make_entry: MakeEntry) -> None:
    assert ask("is not", make_entry("not so"), make_entry("it is so")).total == 0


@pytest.mark.parametrize("archive_has", ["never", "nothing"])
def test_negations_are_not_corrected(ask: Ask, make_entry: MakeEntry, archive_has: str) -> None:
    found = ask("never oill", make_entry("a fever for oil"), make_entry(archive_has))
    assert (found.total, found.corrections) == (0, ())


def test_a_negative_claim_supports_a_correction(ask: Ask, make_entry: MakeEntry) -> None:
    others = [make_entry(one) for one in ("the house wall was closed", "noise", "not") * 6]
    found = ask("hoise wall not closed", *others, make_entry("a noise, not the wall", id="it"))
    assert [claim for claim, _ in found.ids] == ["it"]
    assert found.corrections == (("hoise", "noise"),)


def test_a_loose_query_is_corrected(ask: Ask, make_entry: MakeEntry) -> None:
    found = ask("western qauy wall is sold", *wall(make_entry))
    assert [claim for claim, _ in found.ids] == ["quay"]
    assert (found.query.loose, found.corrections) == (True, (("qauy", "quay"),))


def test_a_loose_query_keeps_indexed_words(ask: Ask, make_entry: MakeEntry) -> None:
    it, torn = make_entry("the western quay wall for tron", id="it"), make_entry("torn and sold")
    found = ask("western qauy wall torn sold", it, torn)
    assert [claim for claim, _ in found.ids] == ["it"]
    assert found.corrections == (("qauy", "quay"),)


def test_stop_words_affect_the_ranking(ask: Ask, make_entry: MakeEntry) -> None:
    entries = [make_entry(f"quay wall {word} closed", id=word) for word in ("was", "is", "as")]
    found = ask("quay wall is sound", *entries, make_entry("sound"))
    scores = dict(found.ids)
    assert scores["is"] > scores["was"] == scores["as"]


def test_a_word_without_similar_words_is_required(ask: Ask, make_entry: MakeEntry) -> None:
    found = ask("quay wall photosynthesis", *wall(make_entry))
    assert (found.total, found.query.loose) == (0, False)
    assert found.suggestions == ("quay wall",)


@pytest.mark.parametrize("typed", ["by:Li", "about:Li", "Li", "friend by:Li"])
def test_xi_is_not_li(ask: Ask, make_entry: MakeEntry, typed: str) -> None:
    found = ask(typed, make_entry("a friend of Xi", speaker="Xi"))
    assert (found.total, found.corrections) == (0, ())


@pytest.mark.parametrize(
    ("typed", "printed", "others", "read"),
    [
        ("hallsa moscow", "Hallas Moscow", 19, "hallas moscow"),
        ("hallsa moscow", "Hallas Moscow", 18, None),  # not so much commoner
        ("hallan wall", "Hallas, a wall", 50, None),  # no slip that hands make often
        ("hla here", "Hal here", 50, None),  # a short word
        ("form moscow", "from Moscow", 50, None),  # a word of the language
        ("rallys begin", "rallies began", 50, None),
    ],
)
def test_an_indexed_word_is_corrected_to_a_much_commoner_one(
    ask: Ask, make_entry: MakeEntry, typed: str, printed: str, others: int, read: str | None
) -> None:
    right = [make_entry(f"{word} alone") for word in typed.split()]
    common = [make_entry(printed.split()[0]) for _ in range(others)]
    found = ask(typed, *right, *common, make_entry(printed, id="it"))
    assert str(found.query) == (read or typed)
    assert ([claim for claim, _ in found.ids] == ["it"]) == bool(read)


@pytest.mark.parametrize(
    ("printed", "others", "read"), [("Brank", 4, True), ("Brank", 3, False), ("Branks", 4, False)]
)
def test_an_unprinted_form_is_corrected_sooner(
    ask: Ask, make_entry: MakeEntry, printed: str, others: int, read: bool
) -> None:
    common = [make_entry("Barnks") for _ in range(others)]
    known = [make_entry(printed), make_entry("here"), *common]
    found = ask("branks here", *known, make_entry("Barnks from here"))
    assert found.corrections == ((("branks", "barnks"),) if read else ())


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("yaun xiu", {"yaun": "yuan", "xiu": "xiou"}),
        ("yaun not", {}),  # "not" is never "now", nor too much
        ("yaun was", {"yaun": "yuan"}),  # nor is "was" ever "war"
        ("yaun pirce hallan", {"yaun": "yuan", "pirce": "price", "hallan": "hallas"}),
        ("yaun price hallan", {"yaun": "yuan"}),  # one slip of three: "Hallan" is no "Hallas"
        ("yaun price brekekl", {"yaun": "yuan", "brekekl": "brekkel"}),  # a slip of hands
        ("yaun price solvene", {"yaun": "yuan", "solvene": "solvane"}),  # much commoner
        ("yaun price morwen", {"yaun": "yuan"}),  # not so much commoner
        ("yaun pirce trade", {"yaun": "yuan", "pirce": "price"}),  # a word of the language
    ],
)
def test_careless_typing_makes_indexed_words_correctable(
    ask: Ask, make_entry: MakeEntry, typed: str, corrected: dict[str, str]
) -> None:
    found = ask(
        typed,
        make_entry("now the yuan war of Xiou"),
        make_entry("the yuan price, its grade, Hallas and Morwan"),
        make_entry("the yuan price is Solvane's for Brekkel"),
        *(make_entry(word) for word in ("Xiu", "not", "was", "trade", "Brekekl", "Solvene")),
        *(make_entry(word) for word in ("Hallan", "Morwen", "Morwen")),
        *(make_entry(f"Solvane in {number}") for number in range(19)),
    )
    assert dict(found.corrections) == corrected
    assert set(typed.split()) - set(corrected) <= set(found.query.words)
