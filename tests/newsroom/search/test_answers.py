from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import Settings
from bot.errors import QueryError
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.search import score_factors
from bot.store.articles.archive import FiledArticle
from tests.soak import examples

CLOSED = "The port of Easthaven stays closed until Friday"
PAID = "Dockers are paid nine crowns an hour for night shifts"


@pytest.fixture
def newsroom(search_settings: Settings) -> Iterator[Newsroom]:
    with Newsroom(search_settings) as opened:
        opened.store.database.migrate()
        yield opened


def file(newsroom: Newsroom, article_id: str, *texts: str, **more: Any) -> None:
    article = Article(
        id=article_id, origin="here", text=article_id, published_on=date(2022, 12, 14)
    )
    claims = [
        Claim(id=f"{article_id}-{n}", article_id=article_id, kind="attribution", text=text, **more)
        for n, text in enumerate(texts)
    ]
    newsroom.store.archive.apply_steps(
        [FiledArticle(article=article, claims=claims)], arrival="single", now=newsroom.now
    )


def test_answer_says_that_the_index_is_behind(
    newsroom: Newsroom,
) -> None:
    file(newsroom, "a1", CLOSED)
    newsroom.open()
    assert not newsroom.search.find("port").is_index_behind
    file(newsroom, "a2", "The port is open")
    answer = newsroom.search.find("port")
    assert (answer.total, answer.is_index_behind, answer.is_index_rebuilding) == (1, True, False)
    newsroom.updates.catch_up_if_free()
    answer = newsroom.search.find("port")
    assert (answer.total, answer.is_index_behind) == (2, False)


def test_an_answer_knows_what_another_process_has_just_indexed(
    newsroom: Newsroom, search_settings: Settings
) -> None:
    file(newsroom, "a1", CLOSED)
    newsroom.open()
    assert newsroom.search.find("port").total == 1
    with Newsroom(search_settings) as other:
        file(other, "a2", "The port is open")
        other.updates.catch_up()
    answer = newsroom.search.find("port")
    assert (answer.total, answer.is_index_behind) == (2, False)


def test_each_sentence_of_a_passage_is_answered_for_itself(newsroom: Newsroom) -> None:
    file(newsroom, "a1", PAID, CLOSED)
    file(newsroom, "a2", f"{CLOSED}, they hear")
    newsroom.open()
    text = f"Nobody has ever seen such weather. They say that {CLOSED.lower()}! {PAID}."
    answer = newsroom.search.find(text)
    assert [(one.sentence, len(one.hits)) for one in answer.sections] == [
        (f"{PAID}.", 1),
        (f"They say that {CLOSED.lower()}!", 2),
    ]
    assert {hit.claim.id for hit in answer.hits} == {"a1-0", "a1-1", "a2-0"}
    assert answer.total == 2
    pages = [newsroom.search.find(text, limit=1, offset=n).sections for n in (0, 1)]
    assert pages == [answer.sections[:1], answer.sections[1:]]


def test_sentences_beyond_the_limit_are_counted(newsroom: Newsroom) -> None:
    file(newsroom, "a1", CLOSED)
    newsroom.open()
    sentences = [f"Nobody saw number {n} of these." for n in range(98)]
    answer = newsroom.search.find(" ".join([*sentences[:49], f"{CLOSED}.", *sentences[49:]]))
    assert (len(answer.sections), answer.sentences_left_out) == (1, 49)
    assert answer.unmatched_sentences == tuple(sentences[:49])


def test_repeated_sentence_is_searched_once(newsroom: Newsroom) -> None:
    file(newsroom, "a1", CLOSED)
    newsroom.open()
    nothing = "Nobody saw zebras in those days, nobody."
    answer = newsroom.search.find(f"{CLOSED}. {nothing} {CLOSED.upper()}. {nothing}")
    assert [section.sentence for section in answer.sections] == [f"{CLOSED}."]
    assert (answer.total, answer.unmatched_sentences) == (1, (nothing,))


def test_pasted_sentence_is_shown_as_typed(newsroom: Newsroom) -> None:
    file(newsroom, "a1", CLOSED)
    newsroom.open()
    typed = f"The port, they say, is the port of all ports: {CLOSED}, and the port it is"
    assert newsroom.search.find(typed).read_as == typed


def test_a_pasted_sentence_is_a_query_whose_best_match_counts(newsroom: Newsroom) -> None:
    file(newsroom, "a1", PAID, CLOSED)
    newsroom.open()
    answer = newsroom.search.find(f"They say that “{CLOSED.lower()}”, or for as long as it takes")
    assert [hit.claim.text for hit in answer.hits] == [CLOSED]
    assert answer.sections == ()


FRAGMENTS = st.sampled_from(
    [
        *("port", "prot", " ", " OR ", "-", "=", '"', ". ", "by:", "xi", "on:", "14 dec", "type:"),
        *("direct", "sort:new", "\n", "é", "＂", ":tada:", "<@U012AB>", "&lt;", "\ud800", "\x00"),
    ]
)


@settings(
    max_examples=examples(150),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text() | st.lists(FRAGMENTS, max_size=40).map("".join))
def test_any_text_is_answered_or_refused_with_a_place(newsroom: Newsroom, text: str) -> None:
    if not newsroom.store.archive.coverage().claims:
        file(newsroom, "a1", CLOSED, PAID, speaker="Xi Jinping", type="direct")
        newsroom.open()
    try:
        answer = newsroom.search.find(text)
    except QueryError as error:
        assert 0 <= error.position <= len(text)
        assert error.remedy
    else:
        assert len(answer.hits) <= max(answer.total, 3 * len(answer.sections))
        newsroom.search.facets(answer)


def test_a_mistyped_speaker_is_found_by_other_names_too(newsroom: Newsroom) -> None:
    file(newsroom, "a1", PAID, speaker="Xi Jinping", source_kind="named")
    file(newsroom, "a2", CLOSED, speaker="President Xi", source_kind="named")
    file(newsroom, "a3", PAID, speaker="Xi Jinping", source_kind="named")
    newsroom.open()
    typed, meant = newsroom.search.find('by:"Xi Jinpnig"'), newsroom.search.find('by:"Xi Jinping"')
    assert typed.corrections == (("Xi Jinpnig", "Xi Jinping"),)
    assert {hit.claim.id for hit in typed.hits} == {hit.claim.id for hit in meant.hits}
    assert typed.total == meant.total == 3


def test_score_factors_explain_the_score(newsroom: Newsroom) -> None:
    file(newsroom, "a1", CLOSED, source_kind="named", type="direct")
    newsroom.open()
    (hit,) = newsroom.search.find("port").hits
    of = score_factors(hit)
    assert list(of) == ["text", "source", "wording", "content", "date"]
    assert math.prod(of.values()) == pytest.approx(hit.score)
    assert (of["source"], of["wording"], of["content"]) == (1.06, 1.04, 1)
    assert 1 < of["date"] < 2
    (hit,) = newsroom.search.find("type:direct").hits
    assert score_factors(hit) == {}


def test_score_factors_are_those_of_the_indexed_claim(newsroom: Newsroom) -> None:
    file(newsroom, "a1", CLOSED, source_kind="named", type="direct")
    file(newsroom, "a2", CLOSED, source_kind="unnamed", type="indirect", negative=True)
    newsroom.open()
    hits = newsroom.search.find("easthaven").hits
    assert len({hit.score for hit in hits}) == len(hits) == 2
    words, again = (score_factors(hit)["text"] for hit in hits)
    assert words == pytest.approx(again, rel=0.001)


def test_facets_are_of_all_that_a_mistyped_query_finds(newsroom: Newsroom) -> None:
    file(newsroom, "a1", "the house has its price", speaker="Ida Marsh")
    file(newsroom, "a2", "the horse has its price", speaker="Edda Brook")
    newsroom.open()
    answer = newsroom.search.find("hoise price")
    assert answer.total == 2
    assert sum(count for _, count in newsroom.search.facets(answer).speaker) == 2


def test_headline_without_exact_match_gets_a_rough_answer(
    newsroom: Newsroom,
) -> None:
    file(newsroom, "a1", CLOSED, speaker="Ida Marsh")
    newsroom.open()
    answer = newsroom.search.find(
        "Easthaven port stays closed until Friday as dockers strike again"
    )
    assert ([hit.claim.text for hit in answer.hits], answer.is_partial_match) == ([CLOSED], True)
    assert newsroom.search.facets(answer).speaker == (("Ida Marsh", 1),)
    narrowed = newsroom.search.narrow(answer, "speaker", "Ida Marsh")
    assert newsroom.search.find(narrowed).total == 1
    assert not newsroom.search.find("port closed").is_partial_match


def test_facets_use_the_query_as_read(newsroom: Newsroom) -> None:
    file(newsroom, "a1", CLOSED, PAID, speaker="Ida Marsh")
    file(newsroom, "a2", CLOSED, speaker="Edda Brook")
    newsroom.open()
    answer = newsroom.search.find("prot closed")
    facets = newsroom.search.facets(answer)
    assert sorted(facets.speaker) == [("Edda Brook", 1), ("Ida Marsh", 1)]
    assert facets.month == (("2022-12", 2),)
    narrowed = newsroom.search.narrow(answer, "speaker", "Ida Marsh")
    assert narrowed == 'port closed by:"Ida Marsh"'
    assert [hit.claim.id for hit in newsroom.search.find(narrowed).hits] == ["a1-0"]
