"""Which services are created, and when."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot import config, ingest
from bot.errors import IngestError
from bot.extract.extractor import Extractor
from bot.model import Share
from bot.newsroom import Newsroom
from bot.newsroom.services import service
from bot.store import Store, awaited_by_a_person
from tests.reopen import reopen

TAKES_IN = {
    "extractions",
    "article_files",
    "_reader",
    "_article_intake",
    "intake",
    "fetches",
    "polls",
}
ANSWERS = {"search", "reports", "articles", "speakers", "digests", "watches", "_printed_names"}


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "harbour.txt"
    file.write_text("The harbour stays shut, Ingrid Solvane said on Monday.\n")
    return file


@pytest.fixture
def newsroom(tmp_path: Path, extractor: Extractor) -> Newsroom:
    newsroom = Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")}))
    newsroom.extractions.extractor = extractor
    return newsroom


def made(newsroom: Newsroom) -> set[str]:
    """Return the names of the services that have been created."""
    parts = {name for name, what in vars(Newsroom).items() if isinstance(what, service)}
    return parts & vars(newsroom).keys()


def test_a_closed_newsroom_ends_the_process_that_reads_files(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []
    monkeypatch.setattr(ingest, "close", lambda: closed.append("reader"))
    newsroom.search.find("harbour")
    newsroom.close()
    assert closed == []
    _ = newsroom.article_files
    newsroom.close()
    assert closed == ["reader"]


def test_searching_creates_no_intake_services(newsroom: Newsroom, story: Path) -> None:
    assert list(newsroom.intake.files.ingest([story]))
    newsroom.close()
    newsroom.open()
    (hit,) = newsroom.search.find("harbour").hits
    assert newsroom.claims.find_reports(hit.claim.id)
    assert newsroom.speakers.profiles.load("Ingrid Solvane").hits
    assert newsroom.articles.overviews.load(hit.article.id).hits
    assert made(newsroom).isdisjoint(TAKES_IN)


def test_ingesting_creates_no_search_services(newsroom: Newsroom, story: Path) -> None:
    (done,) = newsroom.intake.files.ingest([story])
    newsroom.intake.articles.remove([done.outcomes[0].id], reason="test")
    assert newsroom.updates.difference().is_empty
    assert made(newsroom).isdisjoint(ANSWERS)
    assert "embedder" not in vars(newsroom.vectors)


def test_the_extractor_is_loaded_for_the_first_text(tmp_path: Path, story: Path) -> None:
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})) as newsroom:
        assert not newsroom.intake.articles.release_due()
        assert "extractor" not in vars(newsroom.extractions)
        assert list(newsroom.article_files.extract(story))
        assert "extractor" in vars(newsroom.extractions)


def test_reading_a_file_opens_no_store(newsroom: Newsroom, story: Path) -> None:
    (found,) = newsroom.article_files.extract(story)
    assert not isinstance(found, IngestError)
    assert found[1].attributions
    assert made(newsroom) == {"extractions", "article_files"}
    assert not list(newsroom.settings.data.iterdir())


def test_filing_and_delivery_need_no_index(
    newsroom: Newsroom, story: Path, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom.settings.index_folder.write_text("this is no folder")
    (done,) = newsroom.intake.files.ingest([story])
    assert done.outcomes[0].status == "new"
    assert "the index is behind" in caplog.text
    claim = newsroom.store.archive.claims_in(done.outcomes[0].id)[0]
    share = Share(team="T", channel="C", press="p", claim_id=claim.id, person="U")
    assert newsroom.delivery.shares.request(share)
    assert newsroom.delivery.jobs.count_overdue()[0] == 0
    assert "index" not in made(newsroom)


def test_missing_vectors_are_explained_without_a_store(newsroom: Newsroom) -> None:
    assert newsroom.vectors.disabled_reason()
    assert made(newsroom) == {"extractions", "vectors"}


class Slow:
    """Has a service that several threads may request at the same time."""

    def __init__(self) -> None:
        self.makers, self.made = threading.Barrier(2), 0

    @service
    def part(self) -> object:
        with suppress(threading.BrokenBarrierError):
            self.makers.wait(timeout=0.2)
        self.made += 1
        return object()


def test_concurrent_threads_share_a_service() -> None:
    slow = Slow()
    with ThreadPoolExecutor(2) as threads:
        parts = [threads.submit(lambda: slow.part) for _ in range(2)]
    assert parts[0].result() is parts[1].result()
    assert slow.made == 1


def test_closed_newsroom_can_be_reopened(newsroom: Newsroom, story: Path) -> None:
    assert list(newsroom.intake.files.ingest([story]))
    reopen(newsroom)
    assert made(newsroom) == {"extractions"}
    assert newsroom.search.find("harbour").total == 1


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_the_store_has_the_connections_of_the_settings(tmp_path: Path, database_url: str) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "bot.yml").write_text("store: {connections: 3, statement_seconds: 7}\n")
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path), "DATABASE_URL": database_url})
    with closing(Store(database_url)) as store:
        store.database.migrate()
    with Newsroom(settings) as newsroom:
        database = newsroom.store.database
        assert database.engine.pool.size() + database.engine.pool._max_overflow == 3
        with awaited_by_a_person(), database.read() as connection:
            assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "7s"
