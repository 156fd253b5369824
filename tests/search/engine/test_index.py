from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.model import ClaimEntry
from bot.search import ClaimIndex, IndexState, Query, SearchIndex, SearchResult, narrow
from bot.search.engine.spelling_corrector import CorrectedReadings, SpellingCorrector
from bot.search.language.pasted_text import sentence_query

Ask = Callable[..., SearchResult]
MakeEntry = Callable[..., ClaimEntry]


def ids(found: SearchResult) -> list[str]:
    return [claim for claim, _ in found.ids]


def test_all_words_are_required_in_any_order(ask: Ask, make_entry: MakeEntry) -> None:
    both = make_entry("They pay in rubles and yuan", id="both")
    one = make_entry("They pay in yuan", id="one")
    assert ids(ask("ruble yuan", both, one)) == ["both"]
    assert ids(ask("YUAN pays")) == ["one", "both"]


@pytest.mark.parametrize("typed", ["closing", "CLOSED", "clöses"])
def test_stems_case_and_accents(ask: Ask, make_entry: MakeEntry, typed: str) -> None:
    assert ask(typed, make_entry("The port closes on Monday")).total == 1


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("rouble", "rubles fell"), ("rubles", "the rouble"), ('"the harbour"', "the harbor master")],
)
def test_spelling_variants(ask: Ask, make_entry: MakeEntry, typed: str, printed: str) -> None:
    found = ask(typed, make_entry(printed))
    assert found.total == 1
    assert found.corrections == ()


@pytest.mark.parametrize("marks", ['"no limits"', "“no limits”", "«No Limits»"])
def test_phrases_are_consecutive_words(ask: Ask, make_entry: MakeEntry, marks: str) -> None:
    phrase = make_entry("have no limits for friendship", id="phrase")
    apart = make_entry("no price limits", id="apart")
    assert ids(ask(marks, phrase, apart)) == ["phrase"]


def test_phrases_do_not_cross_pieces(ask: Ask, make_entry: MakeEntry) -> None:
    assert ask('"no limits"', make_entry("there is no … limits are set")).total == 0


def test_exclusions(ask: Ask, make_entry: MakeEntry) -> None:
    gas = make_entry("yuan for the gas deal", id="gas")
    oil = make_entry("yuan for oil", id="oil")
    assert ids(ask("yuan -gas", gas, oil)) == ["oil"]
    assert ids(ask('yuan -"gas deal"')) == ["oil"]
    assert ids(ask('yuan -"deal gas"')) == ["oil", "gas"]


def test_words_in_the_speaker_weigh_less(ask: Ask, make_entry: MakeEntry) -> None:
    by = make_entry("they agree on it all", id="by", speaker="Putin")
    about = make_entry("Putin agrees on it all", id="about", speaker="Xi Jinping")
    assert ids(ask("putin agree", by, about)) == ["about", "by"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('by:"Sun Yun"', ["c1"]),
        ("speaker:sun", ["c1"]),
        ("by:analyst", ["c1"]),
        ('by:"Yun Sun"', []),
        ("source:wsj", ["c4"]),
        ('by:"the wall street journal"', ["c4"]),
        ("by:wsj.com", ["c4"]),
        ("by:dockers", ["c3"]),
        ("by:advisers", ["c2"]),
        ("=by:adviser", []),
        ("by:sun by:hu", ["c1", "c3"]),
    ],
)
def test_by(ask: Ask, make_entry: MakeEntry, name: str, expected: list[str]) -> None:
    found = ask(
        name,
        make_entry("x one", speaker="Sun Yun", source="the analyst"),
        make_entry("Sun Yun is quoted", source="WSJ advisers"),
        make_entry("x three", speaker="Harbour Union"),
        make_entry("x four", speaker="Wall Street Journal"),
    )
    assert sorted(ids(found)) == expected


def test_the_cue_is_searched(ask: Ask, make_entry: MakeEntry) -> None:
    denied = make_entry("the wall moved", id="denied", speaker="the ministry", cue="has denied")
    said = make_entry("the wall moved", id="said", speaker="the ministry", cue="said")
    assert ids(ask("ministry denied", denied, said)) == ["denied"]
    assert ids(ask("by:denied")) == []


def test_an_exact_query_is_never_corrected(ask: Ask, make_entry: MakeEntry) -> None:
    found = ask("=yaun rubel", make_entry("using rubles and yuan", speaker="Tsinghua"))
    assert (found.total, found.corrections) == (0, ())
    assert found.suggestions == ("yuan ruble",)
    assert ask("=by:tsinghau").total == 0
    assert ask("=yuan").total == 1


def test_or_requires_one_alternative(ask: Ask, make_entry: MakeEntry) -> None:
    texts = {"yuan": "yuan for oil", "deal": "the gas deal for oil", "gas": "gas and oil"}
    entries = [make_entry(text, id=id) for id, text in texts.items()]
    assert sorted(ids(ask('oil yuan OR "gas deal"', *entries))) == ["deal", "yuan"]
    assert sorted(ids(ask("yuan OR gas"))) == ["deal", "gas", "yuan"]


def test_about_matches_names_in_the_content(ask: Ask, make_entry: MakeEntry) -> None:
    about = make_entry("They met Li Keqiang and the dockers' leaders", id="about")
    by = make_entry("x", id="by", speaker="Li Keqiang")
    assert ids(ask('about:"Li Keqiang"', about, by)) == ["about"]
    assert ids(ask("about:hu")) == ["about"]
    assert ids(ask('=about:"Keqiang Li"')) == []


def test_via_matches_who_passed_a_claim_on(ask: Ask, make_entry: MakeEntry) -> None:
    passed = make_entry("x", id="passed", speaker="insiders", via=["The Wall Street Journal"])
    spoke = make_entry("x", id="spoke", speaker="The Wall Street Journal")
    assert ids(ask("via:wsj", passed, spoke)) == ["passed"]
    assert ids(ask('via:"street journal" x')) == ["passed"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("type:direct", ["direct"]),
        ("type:statement", ["own"]),
        ("type:direct type:mixed", ["direct", "mixed"]),
        ("stance:denied", ["denied"]),
        ("named:yes", ["direct"]),
        ("named:described", ["mixed"]),
        ("named:no", ["denied", "none"]),
        ("lang:en", ["own"]),
        ("x type:indirect named:no", ["denied"]),
    ],
)
def test_filters_by_tag(ask: Ask, make_entry: MakeEntry, query: str, expected: list[str]) -> None:
    found = ask(
        query,
        make_entry("x", id="direct", type="direct", source_kind="named"),
        make_entry("x", id="mixed", type="mixed", source_kind="described"),
        make_entry("x", id="denied", type="indirect", source_kind="unnamed", stance="denied"),
        make_entry("x", id="none"),
        make_entry("x", id="own", kind="statement", language="en-GB"),
    )
    assert sorted(ids(found)) == expected


@pytest.mark.parametrize("stance", ["confirmed", "denied", "said"])
def test_negative_claims_have_no_stance(ask: Ask, make_entry: MakeEntry, stance: str) -> None:
    said = make_entry("x", id="said", speaker="Ida", stance=stance)
    # "Declined to confirm", "did not dispute", "would not say".
    unsaid = make_entry("x", id="unsaid", speaker="Ida", stance=stance, negative=True)
    assert ids(ask(f"stance:{stance}", said, unsaid)) == ["said"]
    assert sorted(ids(ask("by:ida"))) == ["said", "unsaid"]


@pytest.mark.parametrize("words", ["yuan", ""])
def test_sort_new_and_first(ask: Ask, make_entry: MakeEntry, words: str) -> None:
    entries = [
        make_entry("yuan " * n, id=f"d{day}", outlet="post", on=date(2022, 12, day))
        for n, day in ((1, 14), (9, 13), (3, 15))
    ]
    undated = make_entry("yuan", id="undated", outlet="post")
    query = f"{words} in:post"
    assert ids(ask(f"{query} sort:new", *entries, undated)) == ["d15", "d14", "d13", "undated"]
    assert ids(ask(f"{query} sort:first")) == ["d13", "d14", "d15", "undated"]
    pages = [ids(ask(f"{query} sort:first", limit=2, offset=offset)) for offset in (0, 2)]
    assert pages == [["d13", "d14"], ["d15", "undated"]]


OLD, NEW = date(2012, 1, 1), date(2022, 1, 1)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"source_kind": "named"}, {"source_kind": "described"}),
        ({"source_kind": "described"}, {"source_kind": "unnamed"}),
        ({"type": "direct"}, {"type": "mixed"}),
        ({"type": "mixed"}, {"type": "indirect"}),
        ({"on": NEW}, {"on": OLD}),
    ],
)
def test_source_wording_and_date_break_ties_of_text(
    ask: Ask, make_entry: MakeEntry, better: dict[str, Any], worse: dict[str, Any]
) -> None:
    for first, second in ((better, worse), (worse, better)):
        entries = [make_entry("the yuan", id=str(first is better), **first)]
        entries.append(make_entry("the yuan", id=str(second is better), **second))
        assert ids(ask("yuan", *entries)) == ["True", "False"]


def test_text_outweighs_source_wording_and_date(ask: Ask, make_entry: MakeEntry) -> None:
    text = make_entry("yuan and rubles, rubles and yuan", id="text", source_kind="unnamed", on=OLD)
    rest: dict[str, Any] = {"source_kind": "named", "type": "direct", "on": NEW}
    other = make_entry("yuan and rubles among much else that is said of the harbour", **rest)
    assert ids(ask("yuan ruble", other, text))[0] == "text"


def test_facets_count_matching_claims(index: SearchIndex, ask: Ask, make_entry: MakeEntry) -> None:
    day = date(2022, 12, 14)
    xi = [make_entry("yuan", speaker="Xi", outlet="Post", on=day, type="direct") for _ in range(3)]
    sun = make_entry("yuan", speaker="Sun Yun", outlet="Post", type="indirect")
    own = make_entry("yuan", kind="statement")
    found = ask("yuan", *xi, sun, own, make_entry("oil", speaker="Xi", outlet="Gazette"))
    facets = index.facets(found.query)
    assert facets.speaker == (("Xi", 3), ("Sun Yun", 1))
    assert facets.outlet == (("Post", 4),)
    assert facets.month == (("2022-12", 3),)
    assert sorted(facets.type) == [("direct", 3), ("indirect", 1), ("statement", 1)]


def test_facets_give_the_ten_commonest_exactly(
    index: SearchIndex, ask: Ask, make_entry: MakeEntry
) -> None:
    entries = [make_entry("yuan", speaker=f"S{n}") for n in range(15) for _ in range(n + 1)]
    ask("yuan", *entries[::2])
    index.apply([], entries[1::2], IndexState("store", 2))
    counted = index.facets(ask("yuan").query).speaker
    assert counted == tuple((f"S{n}", n + 1) for n in range(14, 4, -1))


def test_a_narrowed_query_finds_what_the_facet_counts(
    index: SearchIndex, ask: Ask, make_entry: MakeEntry
) -> None:
    found = ask(
        "yuan",
        make_entry("yuan", speaker='Li "Kee" Qi', outlet="Post", on=date(2022, 2, 3), type="mixed"),
        make_entry("yuan", speaker="Sun", outlet="Gazette", on=date(2022, 3, 3), type="direct"),
    )
    for facet, counts in index.facets(found.query).items():
        for value, claims in counts:
            text = str(narrow(found.query, facet, value))
            assert ask(text).total == claims, text


def test_a_sentence_finds_similar_claims(
    index: SearchIndex, ask: Ask, make_entry: MakeEntry
) -> None:
    same = make_entry("“The port of Easthaven stays closed,” the mayor said", id="same")
    other = make_entry("The port was the first that they saw of it", id="other")
    ask("port", same, other, *[make_entry(f"the of a is until {n}") for n in range(40)])
    sentence = sentence_query("The port of Easthaven is to stay closed until Friday.")
    assert ids(index.find(sentence, 5)) == ["same"]
    assert index.find(sentence_query("Nothing of the kind was ever seen"), 5).total == 0


def test_a_known_outlet_matches_as_a_whole(ask: Ask, make_entry: MakeEntry) -> None:
    journal = make_entry("x", id="journal", outlet="Wall Street Journal")
    rogue = make_entry("x", id="rogue", outlet="wsj.com.rogue.example")
    alike = make_entry("x", id="alike", outlet="Wall Street Journal Fans")
    assert ids(ask("in:wsj", journal, rogue, alike)) == ["journal"]
    assert ids(ask("in:wsj.com")) == ["journal"]
    assert ids(ask("in:rogue.example")) == ["rogue"]
    assert ids(ask("in:fans")) == ["alike"]


def test_in_outlet(ask: Ask, make_entry: MakeEntry) -> None:
    journal = make_entry("x", id="journal", outlet="The Wall Street Journal")
    post = make_entry("wsj", id="post", outlet="The Tidewater Post")
    unknown = make_entry("post", id="unknown")
    assert ids(ask("in:wsj", journal, post, unknown)) == ["journal"]
    assert ids(ask("in:tidewater")) == ["post"]
    assert ids(ask('in:"tidewater journal"')) == []


def test_dates_include_both_ends_and_exclude_undated_claims(
    ask: Ask, make_entry: MakeEntry
) -> None:
    entries = [make_entry("yuan", id=f"d{day}", on=date(2022, 12, day)) for day in (13, 14, 15)]
    undated = make_entry("yuan", id="undated")
    assert ids(ask("after:2022-12-14", *entries, undated)) == ["d15", "d14"]
    assert ids(ask("yuan before:2022-12-14")) == ["d14", "d13"]
    assert ids(ask("after:2022-12-14 before:2022-12-14")) == ["d14"]
    assert ask("yuan").total == 4


@pytest.mark.parametrize("query", ["yuan", "in:post"])
def test_ties_are_newest_first_and_pages_do_not_overlap(
    index: SearchIndex, ask: Ask, make_entry: MakeEntry, query: str
) -> None:
    first = date(2022, 1, 1)
    entries = [
        make_entry("yuan", id=f"{n:03}", article="a", outlet="post", on=first + timedelta(n // 2))
        for n in range(100)
    ]
    ask(query, *entries[::2])
    index.apply([], entries[1::2], IndexState("store", 2))
    whole = ids(ask(query, limit=100))
    days = [int(claim) // 2 for claim in whole]
    assert days == sorted(days, reverse=True)
    assert len(set(whole)) == 100
    pages = [ids(ask(query, limit=7, offset=offset)) for offset in range(0, 105, 7)]
    assert [claim for page in pages for claim in page] == whole
    assert ask(query, limit=1).total == 100
    assert ids(ask(query, limit=3, offset=100)) == ids(ask(query, offset=10**15)) == []


def test_more_than_twelve_words_are_ranked_by_best_match(ask: Ask, make_entry: MakeEntry) -> None:
    pasted = "the port of Easthaven stays closed until the union and the city agree on pay today"
    near = make_entry("The port of Easthaven stays closed until Friday, the city said", id="near")
    far = make_entry("The weather in Westhaven", id="far")
    found = ask(pasted, near, far)
    assert ids(found)[0] == "near"
    assert "far" not in ids(found)
    assert ask(" ".join(f"nothing{n}" for n in range(20))).total == 0


def test_common_words_of_many_are_not_required(ask: Ask, make_entry: MakeEntry) -> None:
    common = [make_entry(f"the mayor says it to number {n}") for n in range(20)]
    entry = make_entry("port of Easthaven stays closed until Friday for dockers", id="it")
    headline = "the port of Easthaven stays closed until Friday for dockers"
    found = ask(f"{headline}, says the mayor", entry, *common)
    assert (ids(found), found.query.loose, found.corrections) == (["it"], False, ())
    found = ask("the port of Easthaven stays closed")
    assert (ids(found), found.query.loose) == (["it"], True)
    assert ask(f"={headline}").total == 0


def test_common_words_of_many_are_not_corrected(ask: Ask, make_entry: MakeEntry) -> None:
    common = [make_entry(f"the mayor says it to number {n}") for n in range(20)]
    entry = make_entry("then port of Easthaven stays closed until Friday for dockers", id="it")
    found = ask("the prot of Easthaven stays closed until Friday for dockers", entry, *common)
    assert (ids(found), found.corrections) == (["it"], (("prot", "port"),))


def test_half_of_many_words_is_enough_without_a_correction(ask: Ask, make_entry: MakeEntry) -> None:
    near = make_entry("The port of Easthaven stays closed until Friday", id="near")
    far = make_entry("The port was closed to all but the navy", id="far")
    headline = "Easthaven port stays closed as dockers strike, union says"
    found = ask(headline, near, far)
    assert (ids(found), found.total, found.query.loose) == ([], 0, False)
    found = ask("Easthaven port stays closed until Friday as dockers strike again")
    assert (ids(found), found.total, found.query.loose) == (["near"], 1, True)
    assert ids(ask(f"{found.query} in:post")) == []
    assert ids(ask(f"{found.query} -monday")) == ["near"]


def test_corrections_are_reported(ask: Ask, make_entry: MakeEntry) -> None:
    found = ask("yaun rubel", make_entry("using rubles and yuan instead", id="it"))
    assert ids(found) == ["it"]
    assert found.corrections == (("yaun", "yuan"), ("rubel", "ruble"))
    assert str(found.query) == "yuan ruble"


def test_words_that_occur_together_decide_the_correction(ask: Ask, make_entry: MakeEntry) -> None:
    common = [make_entry("the horse won again") for _ in range(5)]
    found = ask("hoise prices", *common, make_entry("the house has its prices", id="it"))
    assert ids(found) == ["it"]
    assert found.corrections == (("hoise", "house"),)


def test_queries_that_find_claims_are_not_corrected(ask: Ask, make_entry: MakeEntry) -> None:
    common = [make_entry("the ruble fell") for _ in range(50)]
    found = ask("rubel", make_entry("Rubel is a name", id="name"), *common)
    assert ids(found) == ["name"]
    assert found.corrections == ()


def test_corrected_queries_keep_their_filters(ask: Ask, make_entry: MakeEntry) -> None:
    xi = make_entry("my best friend", id="xi", speaker="Xi")
    sun = make_entry("a best friend", speaker="Sun")
    assert ids(ask("freind by:xi", xi, sun)) == ["xi"]


def test_short_words_allow_one_edit(ask: Ask, make_entry: MakeEntry) -> None:
    assert ask("ynau", make_entry("they pay in yuan")).total == 0


def test_long_queries_are_not_corrected(ask: Ask, make_entry: MakeEntry) -> None:
    entry = make_entry("they pay in yuan")
    assert ask("-".join(["yaun"] * 24), entry).corrections == (("yaun", "yuan"),)
    assert ask("-".join(["yaun"] * 25)).corrections == ()


def test_suggestions_find_something(ask: Ask, make_entry: MakeEntry) -> None:
    ask("yuan", make_entry("they pay in yuan", speaker="Sun", on=date(2022, 1, 1)))
    for typed in ("yuan photosynthesis", "yuan by:putin", 'yuan "gas deal"', "yuan after:2023"):
        found = ask(typed)
        assert found.total == 0
        assert found.suggestions == ("yuan",)
        assert ask(found.suggestions[0]).total == 1
    assert ask('"yuan in pqy"').suggestions == ("yuan in pay",)
    assert ask("photosynthesis").suggestions == ()


def test_few_suggestions_are_corrected(
    ask: Ask, make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("yuan", make_entry("they pay in yuan"))
    tried, forgiven = [], SpellingCorrector.correct

    def counted(self: SpellingCorrector, query: Query) -> CorrectedReadings | None:
        tried.append(query)
        return forgiven(self, query)

    monkeypatch.setattr(SpellingCorrector, "correct", counted)
    assert ask("pya yaun mitochondria").suggestions == ("pay yuan",)
    tried.clear()
    assert ask(" ".join(f"mitochondria{letter}" for letter in "abcdefghijkl")).suggestions == ()
    assert len(tried) <= 4


def test_removed_words_are_not_suggested(
    index: SearchIndex, ask: Ask, make_entry: MakeEntry
) -> None:
    ask("yaun", make_entry("about the yuan", article="gone"), make_entry("a ruble", article="b"))
    index.apply(["gone"], [], IndexState("store", 2))
    found = ask("yaun")
    assert (found.total, found.suggestions) == (0, ())
    assert ask("yaun ruble").suggestions == ("ruble",)


def test_words_added_later_are_corrected_to(
    index: SearchIndex, ask: Ask, make_entry: MakeEntry
) -> None:
    assert ask("yaun", make_entry("about the ruble")).total == 0
    index.apply([], [make_entry("about the yuan")], IndexState("store", 2))
    assert ask("yaun").corrections == (("yaun", "yuan"),)


@pytest.mark.parametrize(
    ("query", "text", "bold"),
    [
        ("rouble yuan", "using rubles and Yuan", ["rubles", "Yuan"]),
        ('"no limits"', "have “no limits” for no friend", ["no limits"]),
        ("dusseldorf", "in Düsseldorf’s port", ["Düsseldorf"]),
        ("long-term", "a long-term bet for long", ["long-term"]),
        ('best "best friend"', "his best friend", ["best friend"]),
        ('"no limits"', "there is no … limits", []),
        ("limits", "no … limits", ["limits"]),
        ("by:xi", "xi said", []),
    ],
)
def test_matched_words_are_bold(
    index: SearchIndex, ask: Ask, make_entry: MakeEntry, query: str, text: str, bold: list[str]
) -> None:
    spans = index.highlight(ask(query, make_entry(text)).query, text)
    assert [text[start:end] for start, end in spans] == bold


def test_a_spelling_of_two_words_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(SettingsError, match="to day"):
        ClaimIndex.open(tmp_path_factory.mktemp("x"), spelling=[["today", "to day"]], names=[])


@pytest.mark.parametrize(
    ("stump", "known"),
    [
        ("it was warned", {"stance": "denied"}),
        ("the warned account", {"stance": "denied"}),
        ("to comment on whether it was warned", {"negative": True}),
        ("it was warned", {}),
    ],
)
def test_uninformative_content_ranks_last(
    ask: Ask, make_entry: MakeEntry, stump: str, known: dict[str, Any]
) -> None:
    full = make_entry(
        "the regional office in Haverlund was warned of the damage to the wall in a letter of "
        "September, which nobody answered for two months before the port was closed",
        id="full",
        stance="denied",
    )
    assert ids(ask("warned", make_entry(stump, id="stump", **known), full)) == ["full", "stump"]


def test_statements_and_two_content_words_are_informative(ask: Ask, make_entry: MakeEntry) -> None:
    long = make_entry(f"{'They wait for the mended wall. ' * 3}It was warned.", id="long")
    statement = make_entry("It was warned.", id="statement", kind="statement")
    said = make_entry("the ministry was warned", id="said")
    assert ids(ask("warned", long, statement, said))[-1] == "long"


def test_a_score_is_the_text_score_times_the_weight(ask: Ask, make_entry: MakeEntry) -> None:
    text, on = "the ministry was warned of the wall in a letter of September", date(2040, 1, 1)
    plain = make_entry(text, id="plain")
    newer = make_entry(text, id="newer", on=on, source_kind="named", type="direct")
    stump = make_entry(text, id="stump", negative=True)
    scores = dict(ask("warned", plain, newer, stump).ids)
    assert scores["newer"] / scores["plain"] == pytest.approx(2 * 1.06 * 1.04, rel=0.01)
    assert scores["stump"] / scores["plain"] == pytest.approx(0.3, rel=0.01)
