from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path, PurePath

import numpy as np
import pytest

from bot.errors import SearchIndexError
from bot.model import ClaimEntry, Headline
from bot.search import ClaimIndex, IndexState, parse
from bot.search.engine.embedded import generation
from bot.search.spelling import vocabulary as spelling
from bot.search.spelling.vocabulary import _deletion_hashes

ROOT = Path(__file__).resolve().parents[3]
PRELUDE = """
import sys, time
from pathlib import Path
from bot.model import ClaimEntry
from bot.search import ClaimIndex, IndexState
from bot.search.engine.embedded import generation
index = ClaimIndex.open(Path(sys.argv[1]), spelling=[], names=[])

def entry(n, text="yuan"):
    return ClaimEntry(f"c{n}", f"a{n}", text)
"""

Open = Callable[[], ClaimIndex]
MakeEntry = Callable[..., ClaimEntry]


def total(index: ClaimIndex, text: str) -> int:
    return index.find(parse(text, date(2026, 11, 25)), 10).total


def start(folder: Path, script: str) -> subprocess.Popen[str]:
    code = PRELUDE + textwrap.dedent(script)
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def kill_when_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.fixture
def index(open_index: Open) -> ClaimIndex:
    return open_index()


@pytest.fixture
def built(open_index: Open, make_entry: MakeEntry) -> ClaimIndex:
    index = open_index()
    index.rebuild(
        [make_entry("the yuan", id="c1", article="a1"), make_entry("oil", id="c2", article="a2")],
        IndexState("store", 1),
        headlines=[Headline("a1", "About the yuan"), Headline("a2", opening="Oil is")],
    )
    return index


def test_what_a_failed_change_wrote_is_not_committed_later(
    built: ClaimIndex, make_entry: MakeEntry
) -> None:
    def broken() -> Iterator[ClaimEntry]:
        yield make_entry("gas", id="c3")
        raise RuntimeError("the store has gone")

    with pytest.raises(RuntimeError):
        built.apply(["a1"], broken(), IndexState("store", 2))
    built.apply([], [], IndexState("store", 2))
    assert set(built.ids()) == {"c1", "c2"}


def test_apply_needs_an_index_built_from_the_same_store(
    index: ClaimIndex, make_entry: MakeEntry
) -> None:
    with pytest.raises(SearchIndexError, match="reindex"):
        index.apply([], [], IndexState("store", 1))
    index.rebuild([], IndexState("store", 1))
    with pytest.raises(SearchIndexError, match="reindex"):
        index.apply([], [], IndexState("another", 2))


TORN = ["current", "state.json", "meta.json"]
TORN += ["term", "idx", "pos", "store", "fast", "fieldnorm"]


@pytest.mark.parametrize("how", ["deleted", "halved", "emptied"])
@pytest.mark.parametrize("name", [*TORN, *(f"articles/{name}" for name in TORN[2:])])
def test_a_corrupt_index_opens_empty(
    built: ClaimIndex, open_index: Open, make_entry: MakeEntry, tmp_path: Path, name: str, how: str
) -> None:
    built.close()
    root = next((tmp_path / "index").glob("g-*"))
    folder = root / "articles" if "/" in name else tmp_path / "index" if name == "current" else root
    (path,) = folder.glob(f"*{PurePath(name).name}")
    if how == "deleted":
        path.unlink()
    else:
        # As a new file: cutting one that a thread of Tantivy still has mapped kills the process.
        kept = path.stat().st_size // 2 if how == "halved" else 0
        cut = path.with_name("cut")
        cut.write_bytes(path.read_bytes()[:kept])
        cut.replace(path)
    index = open_index()
    assert (index.state, index.count(), total(index, "yuan")) == (None, 0, 0)
    index.rebuild([make_entry("yuan")], IndexState("store", 2))
    assert total(index, "yuan") == 1


@pytest.mark.parametrize("name", ["forms.npy", "words.txt"])
def test_flipped_bits_in_the_vocabulary_are_rebuilt_or_refused(
    built: ClaimIndex, open_index: Open, tmp_path: Path, name: str
) -> None:
    built.close()
    (path,) = (tmp_path / "index").rglob(name)
    whole = path.read_bytes()
    for place in range(len(whole)):
        flipped = path.with_name("flipped")
        flipped.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        flipped.replace(path)
        read = generation.open_current(tmp_path / "index")
        if name == "forms.npy" and place >= 128 and place % 8 in (1, 2, 3):
            assert read is None  # a form of a word that is not there
        if read:
            read.vocabulary.lexicon.find_by_hashes(_deletion_hashes(["oli"])[0], 1, 9)


def test_a_large_vocabulary_with_a_wrong_checksum_is_rebuilt(
    built: ClaimIndex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, open_index: Open
) -> None:
    built.close()
    monkeypatch.setattr(spelling, "_MIN_MAPPED_SIZE", 0)  # so that it is not read when it is opened
    (path,) = (tmp_path / "index").rglob("forms.npy")
    np.save(path, np.load(path) | np.uint64(2**31))
    assert open_index().state is None


def test_an_index_of_another_format_opens_empty(
    built: ClaimIndex, open_index: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "FORMAT", generation.FORMAT + 1)
    assert open_index().state is None


def test_a_killed_apply_leaves_the_old(built: ClaimIndex, tmp_path: Path) -> None:
    process = start(
        tmp_path / "index",
        """
        def endless():
            for n in range(10, 10**9):
                yield entry(n)
                if n == 5000:
                    print("ready", flush=True)
        index.apply(["a1"], endless(), IndexState("store", 2))
        """,
    )
    kill_when_ready(process)
    assert (set(built.ids()), built.state) == ({"c1", "c2"}, IndexState("store", 1))
    built.apply(["a1"], [], IndexState("store", 2))
    assert set(built.ids()) == {"c2"}


def test_an_unrecorded_commit_can_be_repeated(
    built: ClaimIndex, open_index: Open, make_entry: MakeEntry, tmp_path: Path
) -> None:
    process = start(
        tmp_path / "index",
        """
        def stuck(*_):
            print("ready", flush=True)
            time.sleep(60)
        generation.record_state = stuck
        index.apply(["a3"], [entry(3)], IndexState("store", 2))
        """,
    )
    kill_when_ready(process)
    again = open_index()
    assert again.state == IndexState("store", 1)
    again.apply(["a3"], [make_entry("gas", id="c3", article="a3")], IndexState("store", 2))
    assert (set(again.ids()), again.count()) == ({"c1", "c2", "c3"}, 3)


def test_a_killed_rebuild_leaves_the_old_and_is_cleaned_up(
    built: ClaimIndex, make_entry: MakeEntry, tmp_path: Path
) -> None:
    process = start(
        tmp_path / "index",
        """
        def endless():
            for n in range(10**9):
                yield entry(n)
                if n == 5000:
                    print("ready", flush=True)
        index.rebuild(endless(), IndexState("store", 2))
        """,
    )
    kill_when_ready(process)
    assert (set(built.ids()), built.state) == ({"c1", "c2"}, IndexState("store", 1))
    built.rebuild([make_entry("gas", id="c9")], IndexState("store", 3))
    assert set(built.ids()) == {"c9"}
    assert len(list((tmp_path / "index").glob("g-*"))) == 1


def test_readers_see_what_another_process_writes(built: ClaimIndex, tmp_path: Path) -> None:
    assert total(built, "yuan") == 1
    start(tmp_path / "index", 'index.apply([], [entry(7)], IndexState("store", 2))').wait()
    assert (total(built, "yuan"), built.state) == (2, IndexState("store", 2))
    start(tmp_path / "index", 'index.rebuild([entry(8)], IndexState("store", 3))').wait()
    assert (total(built, "yuan"), set(built.ids()), built.state) == (
        1,
        {"c8"},
        IndexState("store", 3),
    )


def test_a_second_writer_waits_and_then_gives_up(
    built: ClaimIndex, open_index: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "LOCK_SECONDS", 0.05)
    other = open_index()

    def meanwhile() -> Iterator[ClaimEntry]:
        with pytest.raises(SearchIndexError, match="another process"):
            other.apply(["a1"], [], IndexState("store", 2))
        yield from ()

    built.apply([], meanwhile(), IndexState("store", 3))
    other.apply(["a1"], [], IndexState("store", 4))
    assert set(other.ids()) == {"c2"}


def test_closing_does_not_disturb_other_threads(
    built: ClaimIndex, make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = generation.is_current

    def closed_meanwhile(live: generation.Generation) -> bool:
        built.close()
        return look(live)

    monkeypatch.setattr(generation, "is_current", closed_meanwhile)
    built.apply([], [make_entry("gas", id="c3")], IndexState("store", 2))
    assert total(built, "gas") == 1


def test_an_error_names_the_folder_that_cannot_be_created(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SearchIndexError, match="file"):
        ClaimIndex.open(tmp_path / "file" / "index", spelling=[], names=[])
