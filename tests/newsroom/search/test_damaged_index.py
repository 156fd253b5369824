"""A damaged index is noticed and rebuilt when it is brought up to date."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import config
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.newsroom.search import index_updates
from bot.search import ClaimIndex
from bot.store.articles.archive import FiledArticle
from tests.harm import HARMS, zero_segments
from tests.logs import records_of


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom with one claim."""
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})) as newsroom:
        article = Article(id="a1", origin="here", text="The lock leaks.")
        claim = Claim(id="c1", article_id="a1", kind="statement", text="The lock leaks.")
        filed = FiledArticle(article=article, claims=[claim], is_known=False)
        newsroom.store.archive.apply_steps([filed], arrival="single", now=newsroom.now)
        newsroom.open()
        yield newsroom


def finds_elsewhere(newsroom: Newsroom) -> bool:
    with Newsroom(newsroom.settings) as other:
        return other.search.find("lock").total == 1


@pytest.mark.parametrize("harm", [HARMS["deleted"], HARMS["zeroed"]])
def test_a_damaged_index_is_rebuilt_and_then_whole(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture, harm: Callable[[Path], None]
) -> None:
    harm(newsroom.settings.index_folder)
    assert newsroom.search.find("lock").total == 1
    assert newsroom.updates.catch_up_if_free()
    assert "missing or damaged; rebuilding" in caplog.text
    assert finds_elsewhere(newsroom)
    caplog.clear()
    newsroom.updates.catch_up_if_free()
    assert not records_of(caplog, "bot.newsroom.search", "bot.search")


def test_all_files_are_read_from_time_to_time(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    zero_segments(newsroom.settings.index_folder)
    newsroom.updates.catch_up_if_free()
    assert newsroom.index.is_damaged(read_all=True)
    monkeypatch.setattr(index_updates, "CHECK_INTERVAL", -1)
    newsroom.updates.catch_up_if_free()
    assert not newsroom.index.is_damaged(read_all=True)
    assert finds_elsewhere(newsroom)


def test_a_rebuild_that_fails_leaves_the_copy_in_use(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_room(self: ClaimIndex, *_: object, **__: object) -> None:
        raise index_updates.SearchIndexError("cannot rebuild the search index", cause="no space")

    monkeypatch.setattr(ClaimIndex, "rebuild", no_room)
    HARMS["deleted"](newsroom.settings.index_folder)
    caplog.set_level(logging.WARNING)
    for _ in range(3):
        assert not newsroom.updates.catch_up_if_free()
    assert newsroom.search.find("lock").total == 1


def test_an_answer_says_that_the_index_is_rebuilt(newsroom: Newsroom) -> None:
    newsroom.close()
    (newsroom.settings.index_folder / "current").unlink()
    newsroom.open(catch_up=False)
    answer = newsroom.search.find("lock")
    assert (answer.total, answer.is_index_behind, answer.is_index_rebuilding) == (0, True, True)
    newsroom.updates.catch_up_if_free()
    answer = newsroom.search.find("lock")
    assert (answer.total, answer.is_index_behind, answer.is_index_rebuilding) == (1, False, False)
