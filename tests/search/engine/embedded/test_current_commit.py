"""An index whose files are harmed while it is open: a process of its own searches it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SearchIndexError
from bot.search import ClaimIndex, IndexState, parse
from tests.harm import HARMS, zero_segments
from tests.search.conftest import TODAY, MakeEntry

ROOT = Path(__file__).resolve().parents[3]
SEARCHER = """
import sys
from datetime import date
from pathlib import Path
from bot.search import ClaimIndex, parse
index = ClaimIndex.open(Path(sys.argv[1]), spelling=[], names=[])
for query in sys.stdin:
    found = index.find(parse(query.strip(), date(2026, 11, 25)), 10)
    print(found.total, len(index.find_articles(found.query, 3).ids), index.is_damaged(), flush=True)
"""

Open = Any


@pytest.fixture
def index(open_index: Open, make_entry: MakeEntry) -> ClaimIndex:
    index: ClaimIndex = open_index()
    claims = [make_entry(f"the yuan fell {n} times", article=f"a{n}") for n in range(200)]
    index.rebuild(claims, IndexState("store", 1))
    return index


def ask(searcher: subprocess.Popen[str], query: str) -> str:
    assert searcher.stdin
    assert searcher.stdout
    print(query, file=searcher.stdin, flush=True)
    return searcher.stdout.readline().strip()


@pytest.mark.parametrize("harm", HARMS)
def test_an_open_index_answers_from_its_copies(
    index: ClaimIndex, tmp_path: Path, make_entry: MakeEntry, harm: str
) -> None:
    command = [sys.executable, "-c", SEARCHER, str(tmp_path / "index")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as searcher:
        assert ask(searcher, "yuan") == "200 0 False"
        HARMS[harm](tmp_path / "index")
        # Phrases need other files, which no query has read yet.
        assert ask(searcher, '"yuan fell"') == "200 0 True"
        assert ask(searcher, "yaun tmies") == "200 0 True"
        index.rebuild([make_entry("the ruble and the yuan")], IndexState("store", 2))
        assert ask(searcher, "yuan") == "1 0 False"
        assert searcher.stdin
        searcher.stdin.close()
    assert searcher.returncode == 0


def test_damage_that_keeps_the_metadata_is_found_by_reading_all(
    index: ClaimIndex, tmp_path: Path
) -> None:
    zero_segments(tmp_path / "index")
    assert not index.is_damaged()
    assert index.is_damaged(read_all=True)
    assert index.find(parse("yuan", TODAY), 10).total == 200


def test_a_damaged_index_is_not_written_to(
    index: ClaimIndex, tmp_path: Path, make_entry: MakeEntry
) -> None:
    for path in (tmp_path / "index").rglob("*.store"):
        path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(SearchIndexError, match="reindex"):
        index.apply([], [make_entry("gas")], IndexState("store", 2))
    assert index.state == IndexState("store", 1)


def test_an_empty_index_in_place_of_a_damaged_one_is_not_searched(
    index: ClaimIndex, open_index: Open, tmp_path: Path
) -> None:
    HARMS["deleted"](tmp_path / "index")
    other: ClaimIndex = open_index()
    assert other.state is None
    assert index.find(parse("yuan", TODAY), 10).total == 200
    assert index.is_damaged()


def test_touched_files_are_no_damage(index: ClaimIndex, tmp_path: Path) -> None:
    for path in (tmp_path / "index").rglob("*"):
        path.touch()
    assert not index.is_damaged()
