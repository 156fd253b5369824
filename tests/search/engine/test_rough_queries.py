"""Rough queries of a few content words: rare words weigh most, in any form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.model import ClaimEntry
from bot.search import IndexState, Query, SearchIndex, parse
from tests.search.indexes import Indexes
from tests.search.language.test_query import TODAY

CLAIMS = {
    "fuel": ("Some 38,000 litres of fuel were lost off the quay", "Ida Marsh"),
    "quay": ("The quay was swept", "Tomas Reid"),
    "wall": ("The quay wall is to be swept on Friday", "Tomas Reid"),
    "death": ("Two deaths were recorded at the infirmary", "Ida Marsh"),
    "guard": ("The coast guard sent nobody", "Ida Marsh"),
}


@pytest.fixture(scope="module")
def index(indexes: Indexes) -> Iterator[SearchIndex]:
    index = indexes.open("archive", spelling=(), names=())
    entries = [
        ClaimEntry(claim_id=claim, article_id=claim, text=text, speaker=speaker, source=speaker,
              source_kind="named", stance="said", type="indirect")
        for claim, (text, speaker) in CLAIMS.items()
    ]  # fmt: skip
    index.rebuild(entries, IndexState("store", 1))
    yield index
    index.close()


def found(index: SearchIndex, typed: str) -> list[str]:
    return [claim for claim, _ in index.find(parse(typed, TODAY), 9).ids]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("~quay wall swept", "wall"),
        ("~fuel lose quay", "fuel"),
        ("~died hospital", "death"),
        ("~coastguard sent", "guard"),
        ("~38000 litres", "fuel"),
        ("~infirmray deaths", "death"),
    ],
)
def test_claims_with_most_weight_rank_first(index: SearchIndex, typed: str, first: str) -> None:
    assert found(index, typed)[0] == first


def test_a_rough_query_requires_the_speaker(index: SearchIndex) -> None:
    assert set(found(index, "~quay by:reid")) == {"quay", "wall"}
    assert found(index, '~quay by:"jane nobody"') == []


def test_a_rough_query_requires_features(index: SearchIndex) -> None:
    assert found(index, "~quay swept has:date") == ["wall"]
    assert "quay" not in found(index, "~quay fuel has:figure")


def test_filter_ids_requires_a_majority_of_rough_words(index: SearchIndex) -> None:
    query = parse("~quay wall repaired", TODAY)
    assert index.filter_ids(query, list(CLAIMS)) == {"wall"}
    assert index.filter_ids(Query(words=query.words), list(CLAIMS)) == set()
