"""`claimdesk doctor` on stores and indexes that are damaged, missing or another's."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import config
from bot.cli.checks import archive
from bot.cli.checks.archive import check_index, check_servers, check_tagger
from bot.cli.checks.finding import Finding
from bot.errors import BotError, ExtractionError
from bot.newsroom import Newsroom
from bot.search import ClaimIndex, IndexFault, SearchResult
from bot.search.engine.cluster.index import ClusterIndex
from tests.cli.program import Done, claimdesk
from tests.harm import HARMS

PAGE = 4096
STORE = "claimdesk.sqlite3"


@pytest.fixture
def data(indexed: Path, tmp_path: Path) -> Path:
    """A copy of the data folder that holds the seeds."""
    return Path(shutil.copytree(indexed, tmp_path / "data"))


def findings(done: Done) -> dict[str, Finding]:
    """Return what `doctor --json` printed first about each part."""
    lines = [json.loads(line) for line in done.out.splitlines()]
    return {line["part"]: Finding(**line) for line in reversed(lines)}


def test_a_broken_page_is_a_problem(data: Path) -> None:
    with (data / STORE).open("r+b") as file:
        pages = (data / STORE).stat().st_size // PAGE
        for number in range(pages // 2, pages):
            file.seek(number * PAGE)
            file.write(b"\x5a" * PAGE)
    done = claimdesk(data, "doctor", "--json")
    assert done.code == 1
    store = findings(done)["store"]
    assert store.verdict == "problem"
    assert "restore an export" in store.message or "malformed" in store.message


def test_an_empty_data_folder_is_a_problem_and_stays_empty(data: Path) -> None:
    for path in data.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    done = claimdesk(data, "doctor", "--json")
    assert done.code == 1
    assert "There is no archive in" in findings(done)["store"].message
    assert list(data.iterdir()) == []


def test_a_store_that_is_missing_beside_its_index_is_a_problem(data: Path) -> None:
    (data / STORE).unlink()
    done = claimdesk(data, "doctor", "--json")
    assert done.code == 1
    assert "moved or deleted" in findings(done)["store"].message
    assert not (data / STORE).exists()


def test_an_empty_store_beside_the_index_of_another_is_a_problem(data: Path) -> None:
    (data / STORE).unlink()
    claimdesk(data, "migrate")
    done = claimdesk(data, "doctor", "--json")
    assert done.code == 1
    assert "made from another one" in findings(done)["index"].message


def test_an_archive_without_articles_is_noted(tmp_path: Path) -> None:
    claimdesk(tmp_path / "data", "migrate")
    done = claimdesk(tmp_path / "data", "doctor", "--json")
    assert done.code == 0
    assert findings(done)["store"].verdict == "note"


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_index_is_rebuilt_and_noted(data: Path, harm: str) -> None:
    HARMS[harm](data / "index")
    done = claimdesk(data, "doctor", "--json")
    assert done.code == 0
    index = findings(done)["index"]
    assert (index.verdict, "rebuilt and matches the store" in index.message) == ("note", True)
    assert findings(claimdesk(data, "doctor", "--json"))["index"].verdict == "ok"


def test_an_index_that_lacks_a_claim_is_a_problem(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as newsroom:
        (_, *indexed) = newsroom.index.ids()
        monkeypatch.setattr(ClaimIndex, "ids", lambda index: iter([*indexed, "gone", "wrong"]))
        with pytest.raises(BotError, match="lacks 1 claim, and has 2 claims that the store lacks"):
            check_index(newsroom)


def test_an_article_that_is_filed_while_claims_are_compared_is_no_problem(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article, ids, num_comparisons = tmp_path / "late.txt", ClaimIndex.ids, 0
    article.write_text("The lock leaks, Jane Roe said.")

    def file_and_read(index: ClaimIndex) -> Iterator[str]:
        nonlocal num_comparisons
        num_comparisons += 1
        if num_comparisons == 1:
            assert not any(one.errors for one in newsroom.intake.files.ingest([article]))
            newsroom.updates.catch_up()
        yield from ids(index)

    with Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as newsroom:
        monkeypatch.setattr(ClaimIndex, "ids", file_and_read)
        assert check_index(newsroom).verdict == "ok"
    assert num_comparisons == 2


def test_an_index_that_finds_nothing_is_a_problem(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        ClaimIndex, "find", lambda self, query, *page: SearchResult(total=0, ids=(), query=query)
    )
    with (
        Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as newsroom,
        pytest.raises(BotError, match="search"),
    ):
        check_index(newsroom)


def test_a_tagger_that_finds_no_speaker_is_a_problem(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "SAMPLE", "It was a quiet morning at the harbour.")
    with (
        Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as newsroom,
        pytest.raises(ExtractionError),
    ):
        check_tagger(newsroom)


@pytest.mark.parametrize(
    ("faults", "found"),
    [
        ([], [Finding("servers", "ok", "those of the index answer, and no copy is missing")]),
        ([IndexFault("a copy is missing")], [Finding("servers", "note", "A copy is missing.")]),
        (
            [IndexFault("a part is missing", is_severe=True)],
            [Finding("servers", "problem", "A part is missing.")],
        ),
    ],
)
def test_faults_of_the_servers_of_an_index_are_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    faults: list[IndexFault],
    found: list[Finding],
) -> None:
    monkeypatch.setattr(ClusterIndex, "faults", lambda index: faults)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "bot.yml").write_text("search: {url: 'http://127.0.0.1:9'}")
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)})) as newsroom:
        assert list(check_servers(newsroom)) == found


def test_an_index_in_the_data_folder_has_no_servers(data: Path) -> None:
    with Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as newsroom:
        assert list(check_servers(newsroom)) == []
