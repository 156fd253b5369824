"""kill -9 at any moment: the next start is whole, nothing is lost or doubled."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import config
from bot.extract.extractor import Extractor
from bot.newsroom import Newsroom
from tests.cli.program import claimdesk, environment
from tests.soak import SOAK

ROUNDS = 4 if SOAK else 1
ARTICLES = 200 if SOAK else 80
TRIES = 5
"""A process may have come too far before it is killed."""
NAMES = ("Ada Brook", "Jonas Rehm", "Lena Ostrow", "Petra Vandry", "Emil Rosgaard")
VERBS = ("said", "announced", "denied", "warned", "insisted")


def articles(folder: Path) -> None:
    folder.mkdir()
    for n in range(ARTICLES):
        name, verb = NAMES[n % 5], VERBS[n // 5 % 5]
        text = (
            f"Bridge {n} was closed on Monday.\n\n{name} {verb} that bridge {n} would reopen "
            f'in {n + 2} days. "We counted {n + 10} cracks," the engineer added.\n'
        )
        (folder / f"bridge{n:03}.txt").write_text(text)


def start(data: Path, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        env={**os.environ, **environment(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill(process: subprocess.Popen[bytes], has_begun: Callable[[], bool], pause: float) -> bool:
    """Kill a process so many seconds after something has begun, and tell whether it lived so
    long."""
    while not has_begun() and process.poll() is None:
        time.sleep(0.005)
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def run(data: Path, *arguments: object) -> str:
    done = claimdesk(data, *arguments)
    assert done.code == 0, done.out + done.err
    return done.out + done.err


def test_killed_in_the_middle_of_ingesting_and_reindexing(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    articles(folder)
    whole = tmp_path / "whole"
    run(whole, "ingest", folder)
    counted = run(whole, "doctor").split("SQLite: ")[1].split("\n")[0]
    assert counted.startswith(f"{ARTICLES} articles")

    rng = random.Random(7)
    for round_ in range(ROUNDS):
        enough, pause = rng.randint(1, ARTICLES // 2), rng.uniform(0, 0.05)
        data = killed_while_filing(tmp_path / f"round{round_}", folder, enough=enough, pause=pause)
        assert "matches the store" in run(data, "doctor")

        assert any(killed_while_reindexing(data) for _ in range(TRIES))
        assert "matches the store" in run(data, "doctor")
        assert "failed" not in run(data, "ingest", folder)
        assert counted in run(data, "doctor")


def killed_while_filing(
    place: Path, *arguments: object, enough: int = 1, pause: float = 0.0
) -> Path:
    """Kill a process when it has filed enough articles, but not all, in a new data folder, and
    return the folder."""
    for number in range(TRIES):
        data = place / f"data{number}"
        process = start(data, "ingest", *arguments)
        was_killed = kill(process, lambda: filed(data) >= enough, pause)  # noqa: B023
        if was_killed and filed(data) < ARTICLES:
            return data
    raise AssertionError("each process had filed all before it was killed")


def killed_while_reindexing(data: Path) -> bool:
    """Kill a process that builds a new index, and tell whether it was before that one counted."""
    index = data / "index"
    there, current = set(index.iterdir()), (index / "current").read_text()
    process = start(data, "reindex")
    was_killed = kill(process, lambda: there != set(index.iterdir()), 0)
    return was_killed and current == (index / "current").read_text()


def filed(data: Path) -> int:
    """How many articles are in a store that may not be there yet."""
    try:
        uri = f"file:{data / 'claimdesk.sqlite3'}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as store:
            number: int = store.execute("SELECT count(*) FROM articles").fetchone()[0]
            return number
    except sqlite3.OperationalError:
        return 0


def test_a_killed_bulk_load_resumes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "articles"
    articles(folder)
    data = killed_while_filing(tmp_path, "--bulk", folder)
    before = filed(data)

    begun: list[str] = []
    begin = Extractor.submit
    monkeypatch.setattr(
        Extractor, "submit", lambda self, article: begun.append(article.id) or begin(self, article)
    )
    with Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as newsroom:
        became = Counter(
            one.outcomes[0].status for one in newsroom.intake.files.ingest([folder], bulk=True)
        )
        assert newsroom.updates.difference().is_empty
        assert newsroom.store.archive.coverage().articles == ARTICLES
    assert became == {"unchanged": before, "new": ARTICLES - before}
    assert len(begun) == len(set(begun)) == ARTICLES - before


def read_by_an_earlier_extractor(data: Path) -> None:
    with contextlib.closing(sqlite3.connect(data / "claimdesk.sqlite3")) as store, store:
        store.execute("UPDATE articles SET extractor = 'earlier'")
        store.execute("UPDATE claims SET speaker = 'Somebody Else' WHERE speaker IS NOT NULL")
        store.execute("DELETE FROM claims WHERE kind = 'statement'")
        reported = "SELECT statement FROM claims WHERE statement IS NOT NULL"
        store.execute(f"DELETE FROM statements WHERE id NOT IN ({reported})")
        store.execute(f"DELETE FROM statement_keys WHERE statement NOT IN ({reported})")
    run(data, "reindex")


def read_again(data: Path) -> int:
    """How many articles no longer are as an earlier extractor has read them."""
    with contextlib.closing(sqlite3.connect(data / "claimdesk.sqlite3")) as store:
        asked = "SELECT count(*) FROM articles WHERE extractor <> 'earlier'"
        number: int = store.execute(asked).fetchone()[0]
        return number


def killed_while_reading_again(data: Path, enough: int, pause: float) -> bool:
    """Kill a process when it has read enough articles again, and tell whether it lived so long."""
    read_by_an_earlier_extractor(data)
    return kill(start(data, "reextract"), lambda: read_again(data) >= enough, pause)


def stored_claims(data: Path) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(data / "claimdesk.sqlite3")) as store:
        asked = "SELECT id, text, speaker, statement FROM claims ORDER BY id"
        return store.execute(asked).fetchall()


def test_a_killed_reextraction_resumes(tmp_path: Path) -> None:
    folder, data = tmp_path / "articles", tmp_path / "data"
    articles(folder)
    run(data, "ingest", folder)
    whole = stored_claims(data)
    read_by_an_earlier_extractor(data)
    assert f"{ARTICLES} articles read again" in run(data, "reextract")
    assert stored_claims(data) == whole

    rng = random.Random(11)
    for _ in range(max(1, ROUNDS // 2)):
        enough, pause = rng.randint(1, ARTICLES // 2), rng.uniform(0, 0.05)
        assert any(killed_while_reading_again(data, enough, pause) for _ in range(TRIES))
        assert "matches the store" in run(data, "doctor")
        run(data, "reextract")
        assert stored_claims(data) == whole
        assert "matches the store" in run(data, "doctor")
