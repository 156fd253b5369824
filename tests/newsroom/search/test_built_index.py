"""While a new process has no index yet, nobody is told that there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import config
from bot.errors import NotFoundError, SearchIndexMissingError
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.slack.refusals import log_failure
from bot.store.articles.archive import FiledArticle
from bot.wording.answers import nothing_found
from bot.words import say


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)})) as newsroom:
        yield newsroom


def file_article(newsroom: Newsroom) -> None:
    article = Article(id="a1", origin="here", title="Lock leaks", text="The lock leaks.")
    claim = Claim(id="c1", article_id="a1", kind="statement", text="The lock leaks.")
    filed = FiledArticle(article=article, claims=[claim], is_known=False)
    newsroom.store.archive.apply_steps([filed], arrival="single", now=newsroom.now)


ASKED: dict[str, Callable[[Newsroom], object]] = {
    "/speaker": lambda newsroom: newsroom.speakers.profiles.load("harbour master"),
    "/article": lambda newsroom: newsroom.articles.overviews.find_by_text("lock leaks"),
}


@pytest.mark.parametrize("command", ASKED)
def test_people_are_told_to_try_again(newsroom: Newsroom, command: str) -> None:
    file_article(newsroom)
    with pytest.raises(SearchIndexMissingError) as caught:
        ASKED[command](newsroom)
    assert log_failure(caught.value) == say("answers.not_built")
    assert nothing_found(newsroom.search.find("lock")) == say("answers.not_built")
    newsroom.updates.catch_up()
    assert newsroom.articles.overviews.find_by_text("lock leaks")
    assert newsroom.search.find("lock").total == 1


def test_an_archive_without_articles_needs_no_index(newsroom: Newsroom) -> None:
    with pytest.raises(NotFoundError):
        newsroom.speakers.profiles.load("harbour master")
    assert nothing_found(newsroom.search.find("lock")) == say("answers.no_articles")
