"""`claimdesk export` and the way back, as a person calls them."""

from __future__ import annotations

import errno
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.output.streams import read_lines
from bot.newsroom.archive.export import ArchiveExchange
from tests.cli.program import claimdesk
from tests.text.test_languages import SENTENCES


def test_an_archive_is_restored_from_a_file(indexed: Path, tmp_path: Path) -> None:
    file = tmp_path / "archive.jsonl"
    done = claimdesk(indexed, "export", file)
    assert (done.code, done.out) == (0, "")
    assert file.stat().st_mode & 0o077 == 0, "nobody else reads what is withheld"
    assert list(tmp_path.iterdir()) == [file]
    other = tmp_path / "other"
    done = claimdesk(other, "import", file)
    assert done.code == 0, done.err
    assert "Feeds, shares, digests and settings are not part of an archive." in done.err
    assert claimdesk(other, "export").out == file.read_text()
    refused = claimdesk(other, "import", file)
    assert refused.code == 2
    assert "into an empty store: there are articles in this one already" in refused.err


def test_an_endless_line_is_read_in_pieces() -> None:
    text = "ab\n\nabcdefgh\ni"
    assert list(read_lines(io.StringIO(text), max_length=4)) == [
        "ab\n",
        "\n",
        "abcd",
        "efgh",
        "\n",
        "i",
    ]
    assert list(read_lines(io.StringIO(""))) == []


def test_other_formats_go_to_standard_output(indexed: Path) -> None:
    table = claimdesk(indexed, "export", "--format", "csv", "-")
    assert table.out.splitlines()[0].startswith("\ufeffid,kind,type,text,speaker")
    made = json.loads(claimdesk(indexed, "export", "--format", "annotations").out)
    assert made["type"] == "AnnotationCollection"
    assert made["first"]["items"]


def test_a_folder_that_is_not_there_is_named(indexed: Path, tmp_path: Path) -> None:
    done = claimdesk(indexed, "export", tmp_path / "no" / "a.jsonl")
    assert done.code == 2
    assert "cannot be exported" in done.err


def test_an_interrupted_export_leaves_the_earlier_file(
    indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*_: object) -> Iterator[str]:
        yield "half"
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / "archive.jsonl"
    assert claimdesk(indexed, "export", file).code == 0
    earlier = file.read_bytes()
    monkeypatch.setattr(ArchiveExchange, "export", broken_off)
    done = claimdesk(indexed, "export", file)
    assert done.code == 2
    assert "No space left on device" in done.err
    assert file.read_bytes() == earlier
    assert list(tmp_path.iterdir()) == [file], "no half of a file stays behind"


def test_articles_in_unsupported_languages_are_marked(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{SENTENCES['fr']}\n")
    done = claimdesk(tmp_path / "data", "extract", file)
    assert "Text in French: I can't find claims in it" in done.out
    (line,) = claimdesk(tmp_path / "data", "extract", "--json", file).lines
    assert (line["language"], line["attributions"], line["statements"]) == ("fr", [], [])


@pytest.mark.parametrize(
    ("wrong", "more"), [(10, ""), (11, "and 1 more line\n"), (1034, "and 1,024 more lines\n")]
)
def test_ten_wrong_lines_and_the_number_of_others_are_reported(
    tmp_path: Path, wrong: int, more: str
) -> None:
    done = claimdesk(tmp_path / "data", "import", "-", given="speaker,claim\n" * wrong)
    assert done.code == 1
    assert done.err.count("it is not JSON") == 10
    assert more in done.err
    assert ("more line" in done.err) == bool(more)
    assert done.err.count("A line looks like") == 1
    assert f"0 claims imported, {wrong:,} lines refused" in done.err


def test_valid_lines_are_imported_despite_invalid_ones(tmp_path: Path) -> None:
    lines = ["wrong"] * 20 + ['{"text": "The quay is shut."}'] + ["wrong"] * 20
    done = claimdesk(tmp_path / "data", "import", "-", given="\n".join(lines))
    assert "1 claim imported, 40 lines refused" in done.err
    assert claimdesk(tmp_path / "data", "claim", "quay").out.count("The quay is shut.") == 1
