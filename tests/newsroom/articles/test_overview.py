"""Overviews of articles, over the real store and tagger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import NotFoundError
from bot.model import Document
from bot.newsroom import Newsroom

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
STORY = (
    '"The wall is safe," said Ingrid Solvane, the harbour master.\n\n'
    "Officials denied that ships had left. Twenty-six of them were waiting in the roads outside "
    "the town on Monday evening, and more were on their way, the harbour office said."
)
FIRST = Document(
    text=STORY,
    excerpt=True,
    revision=1,
    guid="post:1",
    outlet="The Post",
    origin="https://post.example/feed",
)
WEEK = timedelta(days=7)
SECOND = replace(FIRST, text=STORY.replace("safe", "quite safe"), revision=2, modified_at=NOON)


def filed(newsroom: Newsroom, document: Document) -> str:
    (outcome,) = newsroom.intake.articles.ingest([document])
    return outcome.id


def test_overview_has_claims_versions_and_metadata(reading: Newsroom) -> None:
    article_id = filed(reading, replace(FIRST, text=STORY.partition("\n")[0]))
    found = reading.articles.overviews.load(article_id)
    assert (found.versions, found.article.version, found.article.excerpt) == (1, 1, True)
    assert not found.change_counts
    filed(reading, replace(FIRST, excerpt=False))
    found = reading.articles.overviews.load(article_id)
    assert (found.versions, found.article.version, found.article.excerpt) == (1, 1, False)
    filed(reading, replace(SECOND, excerpt=False))
    found = reading.articles.overviews.load(article_id)
    assert (found.versions, dict(found.change_counts)["changed"]) == (2, 1)
    card = found.article
    assert (card.version, card.modified_at, card.excerpt) == (2, NOON, False)
    assert {hit.article for hit in found.hits} == {card}
    assert reading.search.find("quite safe").hits[0].article == card


def test_other_outlets_are_listed_until_they_withdraw(
    reading: Newsroom,
) -> None:
    post = filed(reading, FIRST)
    copies = [
        replace(FIRST, origin=f"https://{n}.example/feed", outlet=n, guid=n, url=None)
        for n in ("Herald", "Gull")
    ]
    herald, _ = (filed(reading, copy) for copy in copies)
    assert reading.articles.overviews.load(post).other_outlets == ("Herald", "Gull")
    assert reading.articles.overviews.load(herald).other_outlets == ("The Post", "Gull")
    filed(reading, replace(copies[0], text="", status="canceled"))
    assert reading.articles.overviews.load(post).other_outlets == ("Gull",)


@pytest.mark.parametrize(
    "last",
    [
        replace(FIRST, text="", status="canceled", revision=3),
        replace(SECOND, embargo=NOON + timedelta(days=9)),
    ],
)
def test_hidden_article_has_no_overview(reading: Newsroom, last: Document) -> None:
    article_id = filed(reading, FIRST)
    filed(reading, last)
    with pytest.raises(NotFoundError, match="no such article"):
        reading.articles.overviews.load(article_id)


def test_quoted_sources_are_counted_by_chain(reading: Newsroom) -> None:
    found = reading.articles.overviews.load(filed(reading, FIRST))
    assert {one.chain for one in found.quoted_chains} >= {("Ingrid Solvane",)}
    assert [one.claims for one in found.quoted_chains] == [1] * len(found.quoted_chains)


def test_an_article_is_meant_by_its_title_before_its_claims(reading: Newsroom) -> None:
    wall = filed(reading, replace(FIRST, title="The harbour wall"))
    ships = replace(FIRST, guid="post:2", title="Ships wait", text=f"Here too. {STORY}")
    other = filed(reading, ships)
    reading.updates.catch_up_if_free()
    assert [card.id for card in reading.articles.overviews.find_by_text("wall harbour")] == [wall]
    assert {card.id for card in reading.articles.overviews.find_by_text("roads outside")} == {
        wall,
        other,
    }
    assert reading.articles.overviews.find_by_text("photosynthesis") == []


def test_an_answer_begins_with_the_articles_that_it_is_about(reading: Newsroom) -> None:
    wall = filed(reading, replace(FIRST, title="The harbour wall", excerpt=False))
    filed(reading, replace(FIRST, guid="post:2", title="Silent", text="Nothing moved. Nothing."))
    reading.updates.catch_up_if_free()
    for query in ("harbour wall", "wall OR quay harbour", "harbor wal", 'title:"the harbour"'):
        answer = reading.search.find(query)
        assert [card.id for card in answer.articles] == [wall], query
    assert answer.total == len(reading.articles.overviews.load(wall).hits)
    assert [card.title for card in reading.search.find("silent").articles] == ["Silent"]
    for query in ("wall by:solvane", "basalt wall", "=harbor wal", "wall in:herald"):
        assert reading.search.find(query).articles == (), query
    assert reading.search.find("wall", offset=1).articles == ()
    assert reading.search.find_rows("wall", limit=3, offset=1).articles == ()


def test_hidden_article_appears_in_no_answer(reading: Newsroom) -> None:
    first = replace(FIRST, title="The harbour wall")
    secret = {"title": "Wall to fall", "text": "The wall will fall, said Ingrid Solvane."}
    held = replace(FIRST, guid="post:3", embargo=reading.now() + WEEK, **secret)
    article_id = filed(reading, first)
    filed(reading, held)
    reading.updates.catch_up_if_free()
    assert [card.id for card in reading.search.find("wall").articles] == [article_id]
    reading.store.archive.remove([article_id], reason="ours", block_reimport=True, removed_at=NOON)
    assert reading.search.find("wall").articles == ()  # the index is behind
    reading.updates.catch_up_if_free()
    assert reading.search.find("wall").articles == ()
    assert reading.search.find("title:wall").total == 0


def test_url_finds_only_shown_articles(reading: Newsroom) -> None:
    url = "https://post.example/wall"
    document = replace(FIRST, url=url)
    article_id = filed(reading, document)
    short = f"{url}#top"
    assert list(
        reading.articles.unfurls.articles_at([url, short, "https://post.example/other"])
    ) == [url]
    filed(reading, replace(document, text="", status="canceled", revision=3))
    assert reading.articles.unfurls.articles_at([url]) == {}
    assert reading.articles.unfurls.current_overviews({url: article_id}) == {url: None}
