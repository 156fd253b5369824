"""Find articles by their headlines as people remember them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from bot.model import Headline
from bot.search import IndexState, parse
from tests.search.indexes import Indexes

TODAY = date(2026, 11, 25)
LEAD = (
    "A freighter loaded with barley lies on the sandbank outside the harbour. Nobody was hurt, "
    "said Captain Ines Torvald, the harbour master."
)
ARTICLES = (
    Headline("aground", "Bulk carrier runs aground off Vell", LEAD, "The Ledger", "Priya Nair"),
    Headline("holds", "Central bank holds rates", "Rates stay.", "Post", None, date(2026, 11, 12)),
    Headline("nap", "A nap won’t halve your risk of dementia, says Ekberg", "Sleep as you like."),
    Headline("naps", "Naps could halve dementia risk, study finds", "Sleep, say scientists."),
    Headline("third", "Quay closed for third day", "The quay stays shut."),
    Headline("guard", "Coast guard ignored calls", "Twenty-two people called.", "Post"),
    Headline("untitled", None, "Storm shuts bridge. Wind reached 90 miles an hour."),
    Headline("german", "Hafen bleibt zu", "Der Hafen bleibt zu.", language="de"),
)


@pytest.fixture(scope="module")
def about(indexes: Indexes) -> Iterator[Callable[[str], tuple[str, ...]]]:
    spelling = [("harbor", "harbour")]
    index = indexes.open("archive", spelling=spelling, names=())
    index.rebuild([], IndexState("store", 1), headlines=ARTICLES)
    yield lambda typed: index.find_articles(parse(typed, TODAY), 3).ids
    index.close()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("rates held by central bank", "holds"),
        ("barley ship aground", "aground"),
        ("bulk carrier aground norway", "aground"),
        ("aground ledger", "aground"),
        ("nair aground", "aground"),
        ("bank rates 12 november", "holds"),
        ("naps don't halve dementia", "nap"),
        ("naps halve dementia risk", "naps"),
        ("quay shut third day", "third"),
        ("coast guard ignored calls", "guard"),
        ("storm bridge", "untitled"),
        ("the dementia study", "naps"),
        ('"holds rates"', "holds"),
        ('bank OR hafen "bleibt zu"', "german"),
        ('title:"naps could"', "naps"),
        ("rates in:post after:2026-11", "holds"),
        ("hafen lang:de", "german"),
    ],
)
def test_the_intended_article_ranks_first(
    about: Callable[[str], tuple[str, ...]], typed: str, first: str
) -> None:
    assert about(typed)[:1] == (first,)


@pytest.mark.parametrize(
    "typed",
    [
        *("photosynthesis", "yuan ruble oil", "the", "not", "barley sandbank", "norway aground"),
        *(
            "bank bridge",
            "rates by:ekberg",
            "=ekburg dementia",
            "aground -carrier",
            "rates in:ledger",
        ),
        *('"rates holds"', "rates before:2026-11-11", "hafen lang:en", "title:barley"),
        *("bank never holds rates", "=naps could halve dementia proof"),
    ],
)
def test_unrelated_queries_find_no_article(
    about: Callable[[str], tuple[str, ...]], typed: str
) -> None:
    assert about(typed) == ()


def test_articles_far_below_the_best_are_dropped(about: Callable[[str], tuple[str, ...]]) -> None:
    assert set(about("nap dementia risk")) == {"nap", "naps"}
    assert about("naps could halve dementia risk study finds") == ("naps",)
