"""Commands on a full disk say what they could do, and what to do about it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import claimdesk
from tests.small_disk import fill, small_disk

ROOM = 1_000_000
"""Bytes that are left for articles of 120,000 characters."""


@pytest.fixture
def data(indexed: Path, tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", megabytes=64) as disk:
        yield Path(shutil.copytree(indexed, disk / "data"))


def test_claims_are_found_on_a_full_disk(data: Path) -> None:
    fill(data.parent)
    done = claimdesk(data, "claim", "yuan")
    assert done.code == 0, done.err
    assert "yuan · 2 claims" in done.out


def test_without_an_index_it_says_what_to_do(data: Path) -> None:
    shutil.rmtree(data / "index")
    fill(data.parent)
    done = claimdesk(data, "claim", "yuan")
    assert done.code == 2
    assert "No space left on device. Free some space on its disk" in done.err


def test_ingest_says_how_much_it_filed_before_the_disk_was_full(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.newsroom.articles.files.FILING_BATCH", 1)
    folder = tmp_path / "stories"
    folder.mkdir()
    for number in range(4):
        # Nothing is extracted from Ukrainian, which would take long.
        text = f"Порт {number} зачинено до понеділка, повідомляє адміністрація. " * 2_000
        (folder / f"{number}.txt").write_text(text)
    os.truncate(filler := fill(data.parent), filler.stat().st_size - ROOM)
    done = claimdesk(data, "ingest", folder)
    assert done.code == 2
    said = re.search(r"Stopped before the end. Until then: (\d) new. The same", done.err)
    assert said, done.err
    filler.unlink()
    again = claimdesk(data, "ingest", folder)
    filed = int(said[1])
    assert f"{4 - filed} new, {filed} unchanged" in again.err
