"""`claimdesk doctor` says which snapshots there are, and how old they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import config
from bot.cli.checks.snapshots import check_snapshots
from bot.errors import SearchIndexError
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.store.articles.archive import FiledArticle
from tests.manual_clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 28, 12, tzinfo=UTC))


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock) -> Iterator[Newsroom]:
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})
    search = replace(settings.search, snapshots=str(tmp_path / "snapshots"), vectors=False)
    with Newsroom(replace(settings, search=search), clock) as newsroom:
        file_claim(newsroom, "a1")
        yield newsroom


def file_claim(newsroom: Newsroom, id_: str) -> None:
    article = Article(id=id_, origin="here", text="The lock leaks.")
    claim = Claim(id=f"c-{id_}", article_id=id_, kind="statement", text="The lock leaks.")
    filed = FiledArticle(article=article, claims=[claim], is_known=False)
    newsroom.store.archive.apply_steps([filed], arrival="single", now=newsroom.now)
    newsroom.updates.catch_up()


def write_snapshot(newsroom: Newsroom) -> None:
    newsroom.updates.snapshots.handle_snapshot_job(None)  # type: ignore[arg-type]


def test_nothing_is_said_without_a_place_for_snapshots(newsroom: Newsroom) -> None:
    off = replace(newsroom.settings, search=replace(newsroom.settings.search, snapshots=""))
    with Newsroom(off) as without:
        assert not list(check_snapshots(without))


def test_the_newest_snapshot_and_its_age_are_said(newsroom: Newsroom, clock: ManualClock) -> None:
    (missing,) = check_snapshots(newsroom)
    assert (missing.verdict, "none of the index" in missing.message) == ("note", True)
    write_snapshot(newsroom)
    clock.advance(minutes=7)
    file_claim(newsroom, "a2")
    (found,) = check_snapshots(newsroom)
    assert found.verdict == "ok"
    assert found.message.endswith("1 claim, 0 MB, 7 minutes old, 1 change behind")
    clock.advance(days=2)
    (old,) = check_snapshots(newsroom)
    assert (old.verdict, "Is a worker running" in old.message) == ("note", True)


def test_a_place_that_cannot_be_used_is_a_problem(newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "snapshots").touch()
    with pytest.raises(SearchIndexError, match="cannot list snapshots"):
        list(check_snapshots(newsroom))
