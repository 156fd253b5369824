"""The contract of every claim index; to add one, add it to `indexes` of conftest.py."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot import search
from bot.errors import SearchIndexError
from bot.model import ANYONE, OPERATOR, ClaimEntry, Headline
from bot.search import IndexState, SearchIndex, SearchResult, parse
from bot.search.language.pasted_text import sentence_query
from bot.search.protocol import ArticleMatches
from tests.search.indexes import Indexes

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 25)
STORE = "store"
SHARDS = 2

Open = Callable[[], SearchIndex]
MakeEntry = Callable[..., ClaimEntry]


@pytest.fixture
def open_any(indexes: Indexes) -> Iterator[Open]:
    opened: list[SearchIndex] = []

    def open_one() -> SearchIndex:
        opened.append(indexes.open("contract", spelling=[("ruble", "rouble")], names=[]))
        return opened[-1]

    yield open_one
    for index in opened:
        index.close()
    if opened:
        indexes.empty("contract")


@pytest.fixture
def built(open_any: Open, make_entry: MakeEntry) -> SearchIndex:
    index = open_any()
    entries = [
        make_entry("They pay in yuan", id="c1", article="a1", speaker="Xi", on=date(2022, 12, 14)),
        make_entry("Rubles and yuan", id="c2", article="a2", outlet="Post", type="direct"),
        make_entry("The gas deal", id="c3", article="a2", speaker="Putin"),
    ]
    index.rebuild(entries, IndexState(STORE, 1))
    return index


def ask(index: SearchIndex, text: str, limit: int = 10, offset: int = 0) -> SearchResult:
    return index.find(parse(text, TODAY), limit, offset)


def ids(found: SearchResult) -> list[str]:
    return [claim_id for claim_id, _ in found.ids]


def test_the_interface_does_not_need_tantivy() -> None:
    script = f"""
import sys, types
sys.modules["tantivy"] = None  # whoever imports it fails
package = sys.modules["bot.search"] = types.ModuleType("bot.search")
package.__path__ = [{str(Path(search.__file__).parent)!r}]
import bot.search.protocol
"""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


class TestIndexContract:
    def test_a_new_index_is_empty_and_must_be_rebuilt(self, open_any: Open) -> None:
        index = open_any()
        assert (index.state, index.count(), set(index.ids())) == (None, 0, set())
        assert ask(index, "yuan").total == 0

    def test_a_built_index_survives_reopening(self, built: SearchIndex, open_any: Open) -> None:
        built.close()
        for index in (built, open_any()):
            assert (index.state, index.count()) == (IndexState(STORE, 1), 3)
            assert set(index.ids()) == {"c1", "c2", "c3"}
            assert sorted(ids(ask(index, "yuan"))) == ["c1", "c2"]
            assert not index.is_damaged(read_all=True)

    def test_every_reader_sees_applied_changes_at_once(
        self, built: SearchIndex, open_any: Open, make_entry: MakeEntry
    ) -> None:
        reader = open_any()
        built.apply(["a1"], [make_entry("oil", id="c4", article="a1")], IndexState(STORE, 2))
        for index in (built, reader):
            assert (index.state, set(index.ids())) == (IndexState(STORE, 2), {"c2", "c3", "c4"})
            assert ids(ask(index, "oil")) == ["c4"]

    def test_apply_is_idempotent(self, built: SearchIndex, make_entry: MakeEntry) -> None:
        for _ in range(2):
            built.apply(["a1"], [make_entry("oil", id="c4", article="a1")], IndexState(STORE, 2))
            assert (built.count(), set(built.ids())) == (3, {"c2", "c3", "c4"})

    def test_removed_claims_are_not_found(self, built: SearchIndex, open_any: Open) -> None:
        built.apply(["a2"], [], IndexState(STORE, 2))
        built.close()
        for index in (built, open_any()):
            for query in ("ruble", "rubel", "gas OR deal", "in:post", "by:putin", "type:direct"):
                assert not {"c2", "c3"} & set(ids(ask(index, query)))
            assert index.filter_ids(parse("yuan", TODAY), ["c1", "c2"]) == {"c1"}
            assert [
                claim_id for claim_id, _ in index.find_by_shared_words("rubles gas deal yuan", 9)
            ] == ["c1"]
            assert index.facets(parse("yuan", TODAY)).outlet == ()

    def test_thoughts_are_found_apart_and_behind_what_was_said(
        self, open_any: Open, make_entry: MakeEntry
    ) -> None:
        index, text = open_any(), "They will pay in yuan"
        entries = [
            make_entry(text, id="c1")._replace(act="thought"),
            make_entry(f"{text} for the whole of the gas next year", id="c2")._replace(
                act="speech"
            ),
            make_entry(f"{text} and in rubles for the gas", id="c3")._replace(act=None),
            make_entry(text, id="c4")._replace(kind="statement"),
        ]
        index.rebuild(entries, IndexState(STORE, 1))
        found = ids(ask(index, "yuan"))
        assert found[-1] == "c1"
        assert ids(ask(index, "yuan act:thought")) == ["c1"]
        assert sorted(ids(ask(index, "yuan act:speech"))) == ["c2", "c3"]

    def test_a_failed_change_changes_nothing(
        self, built: SearchIndex, make_entry: MakeEntry
    ) -> None:
        def broken() -> Iterator[ClaimEntry]:
            yield make_entry("oil")
            raise RuntimeError("the store has gone")

        for change in (
            lambda: built.apply(["a1"], broken(), IndexState(STORE, 2)),
            lambda: built.rebuild(broken(), IndexState(STORE, 2)),
        ):
            with pytest.raises(RuntimeError):
                change()
            assert (built.state, set(built.ids())) == (IndexState(STORE, 1), {"c1", "c2", "c3"})

    def test_a_writer_that_does_not_wait_is_refused_at_once(
        self, built: SearchIndex, open_any: Open, make_entry: MakeEntry
    ) -> None:
        other = open_any()

        def meanwhile() -> Iterator[ClaimEntry]:
            for change in (
                lambda: other.apply(["a1"], [], IndexState(STORE, 9), wait=False),
                lambda: other.rebuild([], IndexState(STORE, 9), wait=False),
            ):
                with pytest.raises(SearchIndexError):
                    change()
            yield make_entry("oil", id="c4", article="a4")

        built.apply([], meanwhile(), IndexState(STORE, 2), wait=False)
        assert (other.state, set(other.ids())) == (IndexState(STORE, 2), {"c1", "c2", "c3", "c4"})
        other.apply(["a4"], [], IndexState(STORE, 3), wait=False)
        assert set(built.ids()) == {"c1", "c2", "c3"}

    def test_the_old_index_answers_during_a_rebuild(
        self, built: SearchIndex, open_any: Open, make_entry: MakeEntry
    ) -> None:
        reader, seen = open_any(), []

        def meanwhile() -> Iterator[ClaimEntry]:
            seen.append((reader.state, ask(reader, "yuan").total))
            yield make_entry("oil", id="c9")

        built.rebuild(meanwhile(), IndexState(STORE, 2))
        assert seen == [(IndexState(STORE, 1), 2)]
        assert (reader.state, set(reader.ids())) == (IndexState(STORE, 2), {"c9"})

    def test_words_and_names_may_be_long(self, built: SearchIndex, make_entry: MakeEntry) -> None:
        word, name, both = "zwqk" * 200, "Qi" * 5_000, f"{'กขค' * 300} {'𐐨' * 300}"
        entries = [
            make_entry(f"They pay in {word}", id="l1", speaker=name, outlet=name),
            make_entry(both, id="l2", title=word),
        ]
        built.rebuild(entries, IndexState(STORE, 2), headlines=[Headline("a1", word, word)])
        for typed in (word, f'"in {word}"', f"{word} pay"):
            assert ids(ask(built, typed)) == ["l1"]
        assert ids(ask(built, both)) == ids(ask(built, f'"{both}"')) == ["l2"]
        assert ids(ask(built, f"title:{word}")) == ["l2"]
        assert built.find_articles(parse(word, TODAY), 3).ids == ("a1",)

    def test_half_of_many_words_makes_a_loose_result(self, built: SearchIndex) -> None:
        headline = "Xi: they pay in yuan, not gold, ministers"
        found = ask(built, f"{headline}, today")
        assert (ids(found), found.query.loose) == (["c1"], True)
        assert ask(built, headline).total == ask(built, f"={headline}, today").total == 0
        assert built.facets(found.query).speaker == (("Xi", 1),)
        assert built.filter_ids(found.query, ["c1", "c2"]) == {"c1"}

    def test_suggestions_find_something(self, built: SearchIndex) -> None:
        suggestions = ask(built, "yuan photosynthesis").suggestions
        assert suggestions
        assert all(ask(built, text).total for text in suggestions)

    def test_claims_are_found_by_a_role(self, open_any: Open, make_entry: MakeEntry) -> None:
        index, day = open_any(), date(2026, 11, 3)
        said = {"speaker": "Ines Breen", "roles": ["governor of the bank"]}
        entries = [
            make_entry("rates stay", id="c1", on=day, **said),
            make_entry("rates rise", id="c2", **said),
            make_entry("rates rise", id="c3", speaker="Omar Nasser", roles=["deputy governor"]),
        ]
        index.rebuild(entries, IndexState(STORE, 1))
        assert sorted(ids(ask(index, "rates by:governor"))) == ["c1", "c2"]
        assert index.is_same_role("governor of the bank", "the governor")
        assert not index.is_same_role("deputy governor", "the governor")

    def test_outlets_are_sorted_by_number_of_claims(
        self, built: SearchIndex, make_entry: MakeEntry
    ) -> None:
        more = [make_entry(f"Gas {n}", id=f"c{n}", article="a3", outlet="Wire") for n in (4, 5)]
        built.apply(["a3"], more, IndexState(STORE, 2))
        assert built.outlets(9) == ["Wire", "Post"]
        assert built.outlets(1) == ["Wire"]

    def test_sentences_and_texts_find_claims_that_share_words(self, built: SearchIndex) -> None:
        assert ids(built.find(sentence_query("He said they pay in yuan."), 5)) == ["c1"]
        assert ids(ask(built, "~wasn't somebody paying in roubles or yuan?"))[0] == "c1"
        assert built.find_by_shared_words("who paid for the gas? a deal", 1)[0][0] == "c3"

    def test_matched_words_are_highlighted(self, built: SearchIndex) -> None:
        spans = built.highlight(parse("rouble", TODAY), "Rubles and yuan")
        assert spans == ((0, 6),)

    def test_articles_are_found_by_their_titles_with_or_without_claims(
        self, built: SearchIndex, open_any: Open
    ) -> None:
        headlines = [
            Headline("a1", "Central bank holds rates", outlet="The Ledger"),
            Headline("a9", "Rates: what the bank holds", "Nobody said anything."),
        ]
        for _ in range(2):
            built.apply(["a1", "a9"], [], IndexState(STORE, 2), headlines=headlines)
            for index in (built, open_any()):
                assert index.find_articles(parse("bank holds rate ledger", TODAY), 3).ids == ("a1",)
                assert set(index.find_articles(parse("rates held", TODAY), 3).ids) == {"a1", "a9"}
                assert index.find_articles(parse("rates", TODAY), 1).has_more
        built.apply(["a1"], [], IndexState(STORE, 3), headlines=[Headline("a1", "Bank cuts fees")])
        assert built.find_articles(parse("bank holds rates", TODAY), 3).ids == ("a9",)
        built.rebuild([], IndexState(STORE, 4), headlines=headlines[:1])
        assert built.find_articles(parse("rates", TODAY), 3) == ArticleMatches(("a1",))

    def test_title_words_count_if_the_claim_has_a_word(
        self, built: SearchIndex, make_entry: MakeEntry
    ) -> None:
        title = "Dockers not paid, says the port"
        more = [
            make_entry("They want wages", id="d1", article="a4", title=title),
            make_entry("Dockers want wages from the port", id="d2", article="a5"),
        ]
        built.apply(["a4", "a5"], more, IndexState(STORE, 2))
        assert ids(ask(built, "dockers wages")) == ["d2", "d1"]
        assert ids(ask(built, "port dockers")) == ["d2"]
        assert "d1" not in ids(ask(built, "not wages"))
        assert ids(ask(built, 'title:"dockers not paid"')) == ["d1"]
        assert ids(ask(built, "title:dockers title:gas want")) == ["d1"]


class TestHiddenClaims:
    """Claims that only some viewers may see."""

    @pytest.fixture
    def index(self, open_any: Open, make_entry: MakeEntry) -> SearchIndex:
        index = open_any()
        hidden = {"article": "a2", "outlet": "Rogue", "seen_only_by": ["T1/U1", "T1/U2"]}
        entries = [
            make_entry("They pay in yuan", id="c1", article="a1", speaker="Xi", outlet="Post"),
            make_entry("They paid zuzim for yuan", id="c2", speaker="Zed Quill", **hidden),
        ]
        headlines = [Headline("a2", "Zuzim for yuan", seen_only_by=["T1/U1", "T1/U2"])]
        index.rebuild(entries, IndexState(STORE, 1), headlines=headlines)
        return index

    @pytest.mark.parametrize("viewer", ["T1/U1", "T1/U2", OPERATOR])
    def test_their_viewers_find_them(self, index: SearchIndex, viewer: str) -> None:
        query = replace(parse("yuan", TODAY), viewer=viewer)
        assert sorted(ids(index.find(query, 9))) == ["c1", "c2"]
        assert index.filter_ids(query, ["c1", "c2"]) == {"c1", "c2"}
        assert index.find_articles(replace(query, words=("zuzim",)), 9).ids == ("a2",)
        assert {count.value for count in index.facets(query).outlet} == {"Post", "Rogue"}
        assert {id_ for id_, _ in index.find_by_shared_words("zuzim", 9, viewer)} == {"c2"}
        rough = replace(query, min_share=0.1)
        assert sorted(ids(index.find_candidates(rough, 9))) == ["c1", "c2"]

    @pytest.mark.parametrize("viewer", [ANYONE, "T1/U3", "T2/U1", "T1/U", "hidden"])
    def test_nobody_else_does(self, index: SearchIndex, viewer: str) -> None:
        query = replace(parse("yuan", TODAY), viewer=viewer)
        found = index.find(query, 9)
        assert (ids(found), found.total) == (["c1"], 1)
        assert index.filter_ids(query, ["c1", "c2"]) == {"c1"}
        assert index.find_articles(replace(query, words=("zuzim",)), 9).ids == ()
        assert [count.value for count in index.facets(query).outlet] == ["Post"]
        assert index.find_by_shared_words("zuzim", 9, viewer) == []
        assert ids(index.find_candidates(replace(query, min_share=0.1), 9)) == ["c1"]
        assert index.outlets(9) == ["Post"]

    def test_no_query_is_corrected_to_their_words(self, index: SearchIndex) -> None:
        for typed in ("zuzin", 'by:"Zed Quil"'):
            found = ask(index, typed)
            assert (found.total, found.corrections, found.suggestions) == (0, (), ())
