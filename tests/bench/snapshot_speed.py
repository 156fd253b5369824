"""Measure how soon a new machine answers from a snapshot of the index.

    python -m tests.bench.snapshot_speed DATA [PLACE]

Copies the data folder DATA, writes a snapshot of its index to PLACE (a folder, or s3://…; a
temporary folder if left out) twice, the second time after 1,000 changes, and opens the store in a
process with an empty disk. Prints wall and CPU seconds of each.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot import config
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.newsroom.search import index_snapshots
from bot.store.articles.archive import FiledArticle

CHANGES = 1_000
MEGABYTE = 1_000_000


def main(data: Path, place: str) -> None:
    """Write snapshots of a copy of a data folder, and start from them elsewhere."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shutil.copytree(data, folder / "desk")
        place = place or str(folder / "snapshots")
        with _newsroom(folder / "desk", folder, place) as newsroom:
            newsroom.open()
            snapshots = newsroom.updates.snapshots
            with _timed("first snapshot"):
                snapshots.handle_snapshot_job(None)  # type: ignore[arg-type]
            newest = snapshots.newest(index_snapshots.INDEX)
            assert newest
            print(f"{newest.claims:,} claims, {newest.size / MEGABYTE:,.0f} MB")
            _change(newsroom, "first")
            with _timed("the next, after 1,000 changes"):
                snapshots.handle_snapshot_job(None)  # type: ignore[arg-type]
            _change(newsroom, "second")
        command = [sys.executable, "-m", __spec__.name, "start", str(folder), place]
        subprocess.run(command, check=True)


def start(folder: Path, place: str) -> None:
    """Start with an empty disk, and print how long the first answer takes."""
    with _timed("a new machine's first answer"), _newsroom(folder / "new", folder, place) as there:
        there.open()
        found = there.search.find("harbour")
        assert not found.is_index_behind
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    print(f"{peak:,.0f} MB resident at most")


def _newsroom(data: Path, folder: Path, place: str) -> Newsroom:
    url = f"sqlite:///{folder / 'desk' / 'claimdesk.sqlite3'}"
    settings = config.load({"CLAIMDESK_DATA": str(data), "DATABASE_URL": url})
    search = replace(settings.search, snapshots=place, vectors=False)
    return Newsroom(replace(settings, search=search))


def _change(newsroom: Newsroom, prefix: str) -> None:
    """File articles of one claim each, and index them."""
    for number in range(CHANGES):
        id_, text = f"{prefix}{number}", f"Pier {number} leaks at the {prefix} tide"
        article = Article(id=id_, origin="bench", text=text)
        claim = Claim(id=f"c{id_}", article_id=id_, kind="statement", text=text)
        filed = FiledArticle(article=article, claims=[claim], is_known=False)
        newsroom.store.archive.apply_steps([filed], arrival="bulk", now=newsroom.now)
    newsroom.updates.catch_up()


@contextmanager
def _timed(what: str) -> Iterator[None]:
    start, cpu = time.perf_counter(), time.process_time()
    yield
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
    print(f"{what}: {seconds:.1f} s, {cpu_seconds:.1f} s of CPU")


if __name__ == "__main__":
    if sys.argv[1] == "start":
        start(Path(sys.argv[2]), sys.argv[3])
    else:
        main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
