"""Ingesting many articles: the extractor works ahead and reads no text twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from bot import config
from bot.errors import ExtractionError
from bot.model import Article, Extraction
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import FILING_BATCH

BATCHES = 3


class Extractor:
    """A fake extractor that finds nothing, fails on demand, and records what it started."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.fails_at = ""
        self.never_ends = False
        self.futures: list[Future[Extraction]] = []

    def submit(self, article: Article) -> Future[Extraction]:
        self.begun.append(Path(article.origin).stem)
        future: Future[Extraction] = Future()
        if self.begun[-1] == self.fails_at:
            future.set_exception(ExtractionError("cannot be read"))
        elif not self.never_ends:
            future.set_result(Extraction())
        self.futures.append(future)
        return future


@pytest.fixture
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture
def newsroom(tmp_path: Path, extractor: Extractor) -> Iterator[Newsroom]:
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})) as opened:
        opened.extractions.extractor = extractor
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(BATCHES * FILING_BATCH):
        (folder / f"{n:03}.txt").write_text(f"Bridge {n} was closed on Monday.")
    return folder


def ingested(newsroom: Newsroom, folder: Path) -> Iterator[tuple[str, str]]:
    """Return each file's name and its article's outcome."""
    for one in newsroom.intake.files.ingest([folder], bulk=True):
        yield Path(one.origin).stem, one.outcomes[0].status


def test_next_batch_is_started_before_one_is_filed(
    newsroom: Newsroom, folder: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, begun = newsroom.store.archive.apply_steps, []

    def noting(*steps, **how):
        begun.append(len(extractor.begun))
        return file(*steps, **how)

    monkeypatch.setattr(newsroom.store.archive, "apply_steps", noting)
    names = [f"{n:03}" for n in range(BATCHES * FILING_BATCH)]
    assert list(ingested(newsroom, folder)) == [(name, "new") for name in names]
    assert begun == [2 * FILING_BATCH, 3 * FILING_BATCH, 3 * FILING_BATCH]
    assert extractor.begun == names


def test_text_in_two_batches_is_extracted_once(
    newsroom: Newsroom, folder: Path, extractor: Extractor
) -> None:
    for n in range(FILING_BATCH):
        for outlet in (1, 2):
            name, text = f"{outlet * FILING_BATCH + n:03}", f"Bridge {n} is open."
            (folder / f"{name}.txt").write_text(text)
            (folder / f"{name}.yml").write_text(f"outlet: The {'Post' if outlet == 1 else 'Wire'}")
    assert {status for _, status in ingested(newsroom, folder)} == {"new"}
    assert len(extractor.begun) == 2 * FILING_BATCH


def test_extractor_failure_is_raised_and_filed_articles_kept(
    newsroom: Newsroom, folder: Path, extractor: Extractor
) -> None:
    extractor.fails_at = f"{FILING_BATCH + 5:03}"
    with pytest.raises(ExtractionError):
        list(ingested(newsroom, folder))
    filed = newsroom.store.archive.coverage().articles
    assert filed == FILING_BATCH
    extractor.begun, extractor.fails_at = [], ""
    again = [status for _, status in ingested(newsroom, folder)]
    assert again == ["unchanged"] * filed + ["new"] * (BATCHES * FILING_BATCH - filed)
    # The batch after the one that failed had been begun, and what it gave is kept.
    assert len(extractor.begun) == FILING_BATCH


def test_started_extractions_are_cancelled_on_close(
    newsroom: Newsroom, folder: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newsroom.intake.articles, "ingest_without_indexing", interrupted)
    extractor.never_ends = True
    with pytest.raises(KeyboardInterrupt):
        list(ingested(newsroom, folder))
    newsroom.close()
    assert extractor.futures
    assert all(future.cancelled() for future in extractor.futures)


def interrupted(documents, **_):
    if documents:
        raise KeyboardInterrupt
    return []
