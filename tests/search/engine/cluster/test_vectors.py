"""The vectors in an index on a cluster with the k-NN plugin, beside those on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot import config
from bot.cli.checks.archive import check_vectors
from bot.errors import SearchIndexBusyError
from bot.model import ANYONE, ClaimEntry
from bot.newsroom import Newsroom
from bot.search import ClaimIndex, IndexState, Query, Vectors
from bot.search.engine.cluster.index import ClusterIndex
from bot.search.meaning import weights
from bot.search.meaning.codes import DIMENSIONS, UnitVectors
from tests.newsroom.search.test_meaning import WordsAsDirections, built, file, found
from tests.opensearch.launcher import VECTORS, patient_searches, start_cluster
from tests.search.conftest import SPELLING, MakeEntry
from tests.search.indexes import ClusterIndexes

COUNT = 400


@pytest.fixture(scope="module")
def clusters(request: pytest.FixtureRequest) -> Iterator[ClusterIndexes]:
    """Indexes of two shards, on one node that has the plugin."""
    cache = Path(request.config.cache.mkdir("opensearch"))
    with patient_searches(), start_cluster(cache, profile=VECTORS) as nodes:
        yield ClusterIndexes(list(nodes))


@pytest.fixture
def open_one(clusters: ClusterIndexes) -> Callable[[], ClusterIndex]:
    """Opens the same index each time."""
    return lambda: clusters.open("one", spelling=SPELLING, names=())


@pytest.fixture
def index(open_one: Callable[[], ClusterIndex]) -> Iterator[ClusterIndex]:
    index = open_one()
    yield index
    index.close()


class Archive:
    """The stored claims; `embed` gives texts like "ship 7" directions in a few clusters."""

    def __init__(self, *entries: ClaimEntry) -> None:
        self.entries = list(entries)
        self.embedded: list[str] = []

    def of_articles(self, article_ids: Sequence[str]) -> list[ClaimEntry]:
        return [entry for entry in self.entries if entry.article_id in article_ids]

    def embed(self, texts: Sequence[str]) -> UnitVectors:
        self.embedded += texts
        return directions(texts)


def directions(texts: Sequence[str]) -> UnitVectors:
    """Vectors that are near each other if the texts begin with the same word."""
    rows = []
    for text in texts:
        topic, _, rest = text.partition(" ")
        row = sum(
            weight * np.random.default_rng([*part.encode()]).normal(size=DIMENSIONS)
            for weight, part in ((1.0, topic), (0.7, rest or "none"))
        )
        rows.append(row / np.linalg.norm(row))
    vectors: UnitVectors = np.array(rows, np.float32)
    return vectors


def fill(index: ClusterIndex, archive: Archive, limit: int = 1000) -> int:
    return index.vectors.add_missing(limit, archive.of_articles, archive.embed)


def rebuild(index: ClusterIndex | ClaimIndex, entries: Sequence[ClaimEntry], seq: int = 1) -> None:
    index.rebuild(entries, IndexState("store", seq))


def near(index: ClusterIndex, text: str, query: Query | None = None) -> list[str]:
    [found] = index.vectors.find_nearest(directions([text]), query or Query(), 5)
    return [neighbour.claim_id for neighbour in found]


@pytest.fixture
def many(make_entry: MakeEntry) -> list[ClaimEntry]:
    """Claims on four topics; one in twenty is by Sun Yun."""
    return [
        make_entry(
            f"{('ship', 'grain', 'rain', 'rent')[n % 4]} w{n}",
            id=f"c{n}",
            article=f"a{n // 10}",
            speaker="Sun Yun" if n % 20 == 3 else "Ann Lee",
        )
        for n in range(COUNT)
    ]


@pytest.mark.parametrize("speakers", [(), ("Sun Yun",)])
def test_neighbours_are_those_of_the_vectors_on_disk(
    index: ClusterIndex, many: list[ClaimEntry], tmp_path: Path, speakers: tuple[str, ...]
) -> None:
    archive, query = Archive(*many), Query(speakers=speakers)
    embedded = ClaimIndex.open(tmp_path / "index", spelling=SPELLING, names=())
    stored = Vectors(tmp_path / "vectors", weights.SHA256)
    for one in (index, embedded):
        rebuild(one, many)
    stored.begin(IndexState("store", 1))
    stored.add(many, directions([entry.text for entry in many]))
    assert fill(index, archive) == COUNT == index.vectors.count()
    sought = directions(["ship w8", "rent w111", "grain nowhere", "ship"])
    for vector, near_claims in zip(
        sought, index.vectors.find_nearest(sought, query, 10), strict=True
    ):
        all_near = stored.find_nearest(vector, COUNT)
        matching = embedded.filter_ids(query, [one.claim_id for one in all_near])
        expected = [one for one in all_near if one.claim_id in matching][:10]
        assert len({one.claim_id for one in near_claims} & {one.claim_id for one in expected}) >= 9
        assert [one.cosine for one in near_claims] == pytest.approx(
            [one.cosine for one in expected], abs=0.02
        )
    embedded.close()


def test_as_many_are_found_as_match_a_narrow_filter(
    index: ClusterIndex, make_entry: MakeEntry
) -> None:
    entries = [make_entry(f"ship w{n}", id=f"c{n}", speaker="Ann Lee") for n in range(300)]
    entries += [make_entry(f"rain w{n}", id=f"r{n}", speaker="Sun Yun") for n in range(5)]
    rebuild(index, entries)
    fill(index, Archive(*entries))
    by_sun = Query(speakers=("Sun Yun",))
    assert set(near(index, "ship w7", by_sun)) == {f"r{n}" for n in range(5)}
    assert near(index, "ship w7", Query(words=("w9",), speakers=("Ann Lee",))) == ["c9"]


def test_what_changes_loses_its_vector_until_it_has_another(
    index: ClusterIndex, make_entry: MakeEntry
) -> None:
    old, kept = make_entry("ship old", id="c1"), make_entry("rain", id="c2", article="a2")
    rebuild(index, [old, kept])
    fill(index, Archive(old, kept))
    new = make_entry("grain new", id="c1")
    index.apply(["a1"], [new], IndexState("store", 2))
    assert near(index, "ship old") == ["c2"]
    archive = Archive(new, kept)
    assert fill(index, archive) == 1
    assert archive.embedded == ["grain new"]
    assert near(index, "grain new") == ["c1", "c2"]
    index.apply(["a1"], [], IndexState("store", 3))
    assert near(index, "grain new") == ["c2"]
    rebuild(index, [kept], 3)
    assert near(index, "rain") == []
    assert fill(index, Archive(kept)) == 1


def test_a_claim_is_found_by_words_as_before(index: ClusterIndex, make_entry: MakeEntry) -> None:
    entry = make_entry("ship closed", id="c1", speaker="Sun Yun")
    rebuild(index, [entry, make_entry("rain", id="c2")])
    query = Query(words=("ship",), speakers=("Sun Yun",))
    fill(index, Archive(entry))
    assert [claim_id for claim_id, _ in index.find(query, 5).ids] == ["c1"]
    assert not index.is_damaged()
    assert index.count() == 2


def test_what_not_everyone_may_see_gets_none(index: ClusterIndex, make_entry: MakeEntry) -> None:
    hidden = make_entry("ship hidden", id="c1", seen_only_by="U1")
    hidden_since = make_entry("ship since", id="c2", article="a2", seen_only_by="U1")
    rebuild(index, [hidden, make_entry("ship since", id="c2", article="a2")])
    assert fill(index, Archive(hidden, hidden_since)) == 0
    assert near(index, "ship hidden", Query(viewer=ANYONE)) == []


def test_a_claim_that_changes_while_it_is_embedded_keeps_its_new_text(
    index: ClusterIndex, make_entry: MakeEntry
) -> None:
    old, new = (make_entry(text, id="c1") for text in ("ship old", "grain new"))
    rebuild(index, [old])

    def embed(texts: Sequence[str]) -> UnitVectors:
        index.apply(["a1"], [new], IndexState("store", 2))
        return directions(texts)

    assert index.vectors.add_missing(10, Archive(old).of_articles, embed) == 0
    assert index.vectors.count() == 0
    assert index.filter_ids(Query(words=("grain",)), ["c1"]) == {"c1"}
    assert fill(index, Archive(new)) == 1


def test_one_process_embeds_at_a_time(
    index: ClusterIndex, open_one: Callable[[], ClusterIndex], make_entry: MakeEntry
) -> None:
    entry, other = make_entry("ship", id="c1"), open_one()
    rebuild(index, [entry])

    def embed(texts: Sequence[str]) -> UnitVectors:
        with pytest.raises(SearchIndexBusyError):
            other.vectors.add_missing(10, Archive(entry).of_articles, directions, wait=False)
        return directions(texts)

    assert index.vectors.add_missing(10, Archive(entry).of_articles, embed) == 1
    other.close()


def test_claims_are_embedded_in_limited_steps(index: ClusterIndex, many: list[ClaimEntry]) -> None:
    rebuild(index, many[:25])
    archive = Archive(*many)
    assert [fill(index, archive, 10) for _ in range(4)] == [10, 10, 5, 0]
    assert len(archive.embedded) == 25


def test_vectors_of_another_model_are_not_used(
    index: ClusterIndex,
    open_one: Callable[[], ClusterIndex],
    make_entry: MakeEntry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rebuild(index, [make_entry("ship", id="c1")])
    assert index.vectors.disabled_reason() == ""
    monkeypatch.setattr(weights, "SHA256", "another")
    other = open_one()
    assert not other.vectors.are_on
    assert "claimdesk reindex" in other.vectors.disabled_reason()
    other.close()


@pytest.fixture
def newsroom(
    clusters: ClusterIndexes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Newsroom]:
    (tmp_path / weights.FILE).write_bytes(b"not read")
    monkeypatch.setattr(weights, "find_file", lambda _: tmp_path / weights.FILE)
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path)})
    newsroom = Newsroom(replace(settings, search=clusters.settings("desk", settings.search)))
    newsroom.store.database.migrate()
    newsroom.vectors.embedder = WordsAsDirections()
    yield newsroom
    newsroom.close()
    clusters.empty("desk")


def test_a_newsroom_searches_by_meaning_and_keeps_no_vectors_on_disk(newsroom: Newsroom) -> None:
    file(newsroom, "a", "ship closed", "grain rose")
    assert found(newsroom, "boat shut") == [("ship closed", True)]
    assert found(newsroom, 'boat shut "grain"') == []
    assert newsroom.search.find_plain("boat shut").hits[0].claim.text == "ship closed"
    assert newsroom.vectors.disabled_reason() == ""
    newsroom.updates.reindex()
    assert found(newsroom, "boat shut") == []
    assert built(newsroom)[-1] == 2 == newsroom.vectors.count()
    assert check_vectors(newsroom).verdict == "ok"
    newsroom.intake.articles.remove(["a"], reason="test")
    assert found(newsroom, "boat shut") == []
    assert not newsroom.settings.vectors_folder.exists()


def test_without_the_plugin_there_are_none(
    open_cluster_index: Callable[..., ClusterIndex], make_entry: MakeEntry
) -> None:
    plain = open_cluster_index()
    rebuild(plain, [make_entry("ship", id="c1")])
    assert plain.vectors.disabled_reason() == (
        "the search servers have no k-NN plugin, or not all of them"
    )
    assert not plain.vectors.are_on
    assert plain.vectors.count() == 0
    plain.close()
