from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SearchIndexError
from bot.model import ClaimEntry, Headline
from bot.search import ClaimIndex, IndexState, SearchIndex, SearchResult, parse
from bot.search.engine.cluster import generations, lease
from bot.search.engine.cluster import index as cluster_index
from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.generations import Generation, Generations
from bot.search.engine.cluster.index import ClusterIndex
from bot.search.engine.cluster.term_counts import TermCounter
from tests.search.conftest import NAMES, SPELLING, TODAY, MakeEntry
from tests.soak import examples

STORE = "store"
WORDS = (
    *("bank", "rate", "union", "strike", "port", "worker", "minister", "tax", "gas", "yuan"),
    *("rouble", "harbor", "court", "vote", "budget", "school", "not", "never", "the", "of"),
)
Open = Callable[..., ClusterIndex]


class Pair(NamedTuple):
    """The same claims in both kinds of index."""

    embedded: SearchIndex
    cluster: SearchIndex


def ids(found: SearchResult) -> list[str]:
    return [claim_id for claim_id, _ in found.ids]


def ask(index: SearchIndex, typed: str, limit: int = 10) -> SearchResult:
    return index.find(parse(typed, TODAY), limit)


def made_up_entries(count: int) -> Iterator[ClaimEntry]:
    chosen = random.Random(24)
    for number in range(count):
        yield ClaimEntry(
            f"c{number}",
            f"a{number // 3}",
            " ".join(chosen.choices(WORDS, k=chosen.randrange(2, 12))),
            chosen.choice(["Ines Breen", "Omar Nasser", "the governor", None]),
            chosen.choice(["the harbour union", "dockers", None]),
            "said",
            chosen.choice(["The Wall Street Journal", "Post", None]),
            chosen.choice([date(2026, 11, day) for day in range(1, 20)] + [None]),
            type=chosen.choice(["direct", "indirect", "mixed"]),
            stance=chosen.choice(["said", "denied", None]),
            title=" ".join(chosen.choices(WORDS, k=5)) if chosen.random() < 0.5 else None,
            roles=["governor of the bank"] if chosen.random() < 0.2 else None,
            seen_only_by=["T1/U1"] if chosen.random() < 0.1 else None,
        )


@pytest.fixture(scope="module")
def pair(cluster_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    options = {"spelling": SPELLING, "names": NAMES, "is_noun": {"governor"}.__contains__}
    connection = Connection([cluster_address])
    two = Pair(
        ClaimIndex.open(tmp_path_factory.mktemp("index"), **options),
        ClusterIndex.open(connection, name="pair", shards=2, replicas=0, **options),
    )
    titles = random.Random(7)
    headlines = [Headline(f"a{n}", " ".join(titles.choices(WORDS, k=5))) for n in range(100)]
    for index in two:
        index.rebuild(made_up_entries(300), IndexState(STORE, 1), headlines=headlines)
    yield two
    for index in two:
        index.close()


TYPED_PARTS = st.one_of(
    st.builds('"{} {}"'.format, st.sampled_from(WORDS), st.sampled_from(WORDS)),
    st.builds("-{}".format, st.sampled_from(WORDS)),
    st.builds("({} OR {})".format, st.sampled_from(WORDS), st.sampled_from(WORDS)),
    st.builds("title:{}".format, st.sampled_from(WORDS)),
    st.sampled_from(
        (
            *("by:breen", 'by:"Ines Breen"', "by:governor", "in:wsj", "in:post", "type:direct"),
            *("stance:denied", "named:yes", "about:dockers", "on:2026-11-05", "sort:first"),
        )
    ),
)


@settings(max_examples=examples(20))
@given(
    prefix=st.sampled_from(("", "~")),
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    parts=st.lists(TYPED_PARTS, max_size=2),
)
def test_both_indexes_find_the_same_claims(
    pair: Pair, prefix: str, words: list[str], parts: list[str]
) -> None:
    query = parse(f"{prefix}{' '.join([*words, *parts])}", TODAY)
    embedded, cluster = (index.find(query, 300) for index in pair)
    assert cluster.total == embedded.total
    assert set(ids(cluster)) == set(ids(embedded))
    assert cluster.suggestions == embedded.suggestions
    everyone = [f"c{number}" for number in range(300)]
    assert pair.cluster.filter_ids(query, everyone) == pair.embedded.filter_ids(query, everyone)
    embedded_facets, cluster_facets = (index.facets(query) for index in pair)
    for name in ("speaker", "outlet", "month", "type"):  # equal counts come in any order
        assert set(getattr(cluster_facets, name)) == set(getattr(embedded_facets, name))


@pytest.mark.parametrize("typed", ["minstier vote", "budegt", "yuan scool tax", "by:nasar gas"])
def test_both_indexes_correct_alike(pair: Pair, typed: str) -> None:
    embedded, cluster = (ask(index, typed, 300) for index in pair)
    assert embedded.corrections
    assert cluster.corrections == embedded.corrections
    assert set(ids(cluster)) == set(ids(embedded))


@pytest.mark.parametrize("typed", ["bank rate", "strike", "harbour union vote", "minister tax gas"])
def test_both_indexes_rank_alike(pair: Pair, typed: str) -> None:
    embedded, cluster = (ask(index, typed, 5) for index in pair)
    assert ids(embedded)
    assert ids(cluster) == ids(embedded)


@pytest.mark.parametrize("typed", ["=bank", "=breen", '="harbour union" OR vote', "~gas tax"])
def test_both_indexes_score_alike(pair: Pair, typed: str) -> None:
    embedded, cluster = (dict(ask(index, typed, 300).ids) for index in pair)
    assert embedded
    assert cluster == pytest.approx(embedded, abs=0.001)


@pytest.mark.parametrize("typed", ["bank rate union", "yuan court", "strike port vote"])
def test_both_indexes_find_the_same_articles(pair: Pair, typed: str) -> None:
    embedded, cluster = (index.find_articles(parse(typed, TODAY), 100) for index in pair)
    assert embedded.ids
    assert set(cluster.ids) == set(embedded.ids)


class TestWriting:
    @pytest.fixture
    def built(self, open_cluster_index: Open, make_entry: MakeEntry) -> ClusterIndex:
        index = open_cluster_index()
        entries = [make_entry("They pay in yuan", id="c1"), make_entry("Gas", id="c2")]
        index.rebuild(entries, IndexState(STORE, 1), headlines=[Headline("a1", "Yuan")])
        return index

    def test_a_killed_writer_is_repeated_whole(
        self, built: ClusterIndex, make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        oil = make_entry("oil", id="c3", article="a3")
        with monkeypatch.context() as patch:
            patch.setattr(ClusterIndex, "_commit", killed)
            with pytest.raises(KeyboardInterrupt):
                built.apply(["a1"], [oil], IndexState(STORE, 2))
        # Nothing is searchable yet, and it is no damage.
        assert (built.state, set(built.ids())) == (IndexState(STORE, 1), {"c1", "c2"})
        assert not built.is_damaged()
        # Instead of repeating it, the next writer finds that the claim has gone again.
        built.apply(["a1", "a3"], [], IndexState(STORE, 3))
        assert (built.state, set(built.ids())) == (IndexState(STORE, 3), set())
        assert not built.is_damaged()

    def test_an_older_change_does_not_overwrite_a_newer_one(
        self, built: ClusterIndex, open_cluster_index: Open, make_entry: MakeEntry
    ) -> None:
        built.apply(["a1"], [make_entry("silver", id="c1")], IndexState(STORE, 5))
        with pytest.raises(SearchIndexError):
            open_cluster_index().apply(["a1"], [make_entry("gold", id="c1")], IndexState(STORE, 4))
        assert ids(ask(built, "silver")) == ["c1"]
        assert built.state == IndexState(STORE, 5)

    def test_searches_of_a_second_read_the_state_once(
        self, built: ClusterIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def read_again(_: Generations) -> Generation:
            raise AssertionError

        monkeypatch.setattr(generations, "RECENT_SECONDS", 3600.0)
        assert ids(ask(built, "yuan")) == ["c1"]
        monkeypatch.setattr(Generations, "current", read_again)
        assert built.searched_state == IndexState(STORE, 1)

    def test_lost_claims_are_damage(self, built: ClusterIndex, cluster_address: str) -> None:
        claims = built._generations.current().claims
        connection = Connection([cluster_address])
        connection.request("DELETE", f"/{claims}/_doc/c1", params={"refresh": "true"})
        assert built.is_damaged()
        connection.request("DELETE", f"/{claims}")
        assert built.is_damaged()
        connection.close()
        built.rebuild([], IndexState(STORE, 2))
        assert not built.is_damaged()

    def test_a_deleted_index_is_no_empty_one(
        self, built: ClusterIndex, cluster_address: str
    ) -> None:
        assert ids(ask(built, "yuan")) == ["c1"]
        connection = Connection([cluster_address])
        connection.request("DELETE", f"/{built._generations.current().claims}")
        connection.close()
        with pytest.raises(SearchIndexError):
            ask(built, "yuan")
        with pytest.raises(SearchIndexError):
            built.facets(parse("yuan", TODAY))

    def test_a_search_of_a_deleted_generation_fails_only_once(
        self,
        built: ClusterIndex,
        open_cluster_index: Open,
        make_entry: MakeEntry,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(generations, "RECENT_SECONDS", 3600.0)
        other = open_cluster_index()
        assert ids(ask(other, "yuan")) == ["c1"]
        for number in (2, 3):
            built.rebuild([make_entry("yuan", id=f"c{number}")], IndexState(STORE, number))
        with pytest.raises(SearchIndexError):
            ask(other, "yuan")
        assert ids(ask(other, "yuan")) == ["c3"]

    def test_the_generation_before_is_kept_until_the_next(
        self, built: ClusterIndex, cluster_address: str, make_entry: MakeEntry
    ) -> None:
        connection = Connection([cluster_address])

        def live() -> set[str]:
            pattern = built._generations.current().claims.rpartition("-")[0]
            return set(connection.request("GET", f"/{pattern}-*/_alias"))

        generations = [built._generations.current().claims]
        for number in (2, 3):
            built.rebuild([make_entry("oil")], IndexState(STORE, number))
            generations.append(built._generations.current().claims)
            assert live() == set(generations[-2:])
        connection.close()

    def test_a_failed_rebuild_leaves_nothing_behind(
        self, built: ClusterIndex, cluster_address: str
    ) -> None:
        def broken() -> Iterator[ClaimEntry]:
            raise RuntimeError("the store has gone")
            yield

        with pytest.raises(RuntimeError):
            built.rebuild(broken(), IndexState(STORE, 2))
        connection = Connection([cluster_address])
        current = built._generations.current()
        pattern = current.claims.rpartition("-")[0]
        assert set(connection.request("GET", f"/{pattern}-*/_alias")) == {current.claims}
        connection.close()

    def test_a_switch_whose_answer_is_lost_loses_nothing(
        self, built: ClusterIndex, make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        switch = Generations._switch

        def switch_silently(*arguments: object) -> None:
            switch(*arguments)  # type: ignore[arg-type]
            raise SearchIndexError("cannot write the search index")

        monkeypatch.setattr(Generations, "_switch", switch_silently)
        with pytest.raises(SearchIndexError):
            built.rebuild([make_entry("oil", id="c9")], IndexState(STORE, 2))
        assert (built.state, set(built.ids())) == (IndexState(STORE, 2), {"c9"})

    def test_the_lease_of_a_killed_process_is_taken_over(
        self, built: ClusterIndex, open_cluster_index: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lease, "_BEAT_SECONDS", 3600.0)
        with built._lease.hold(wait=False):
            other = open_cluster_index()
            with pytest.raises(SearchIndexError, match="another process is writing it"):
                other.apply(["a1"], [], IndexState(STORE, 2), wait=False)
            monkeypatch.setattr(lease, "LEASE_SECONDS", 0.0)
            other.apply(["a1"], [], IndexState(STORE, 2), wait=False)
        assert set(built.ids()) == set()
        # The first holder has not given back what is no longer its own.
        built.apply([], [], IndexState(STORE, 3), wait=False)

    def test_a_beating_lease_is_not_taken_over(
        self, built: ClusterIndex, open_cluster_index: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with built._lease.hold(wait=False):
            other = open_cluster_index()
            monkeypatch.setattr(lease, "LEASE_SECONDS", 0.0)
            for _ in range(3):
                with pytest.raises(SearchIndexError, match="another process is writing it"):
                    other.apply(["a1"], [], IndexState(STORE, 2), wait=False)
                beat = built._lease._connection.request("GET", built._lease._path)
                built._lease.renew((beat["_seq_no"], beat["_primary_term"]))

    def test_counts_of_words_are_forgotten_when_there_are_too_many(
        self, built: ClusterIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cluster_index, "_MAX_DOC_FREQS", 5)
        for typed in ("yuan", "gas", "oil"):
            ask(built, typed)
        assert sum(map(len, built._doc_freqs._by_index.values())) < 30


def test_terms_are_counted_in_all_shards(cluster_address: str, make_entry: MakeEntry) -> None:
    connection = Connection([cluster_address])
    index = ClusterIndex.open(
        connection, name="counted", spelling=(), names=(), shards=5, replicas=0
    )
    entries = [
        make_entry(f"They pay in yuan {number}", outlet="Vellmouth Post") for number in range(40)
    ]
    index.rebuild(entries, IndexState(STORE, 1))
    claims = index._generations.current().claims
    terms = [
        ("text", "yuan"),
        ("in", "vellmouth post"),
        ("in", "vellmouth"),
        ("text", "17"),
        ("who", "yuan"),
    ]
    counts = TermCounter(connection).count(claims, terms)
    assert [counts[term] for term in terms] == [40, 40, 0, 1, 0]
    index.close()
