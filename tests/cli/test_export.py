"""`claimdesk export` and `claimdesk restore`, as a person calls them."""

from __future__ import annotations

import errno
import io
import json
import os
from pathlib import Path
from typing import IO

import pytest

from bot.cli.export import NAMED_TABLES, summary
from bot.cli.output.streams import read_lines
from bot.store import Exports
from tests.cli.program import claimdesk
from tests.text.test_languages import SENTENCES


@pytest.mark.parametrize("name", ["export.jsonl", "export.jsonl.gz"])
def test_an_export_is_restored_into_a_new_folder(indexed: Path, tmp_path: Path, name: str) -> None:
    file, new = tmp_path / name, tmp_path / "new"
    done = claimdesk(indexed, "export", file)
    assert (done.code, done.out) == (0, "")
    assert f"exported to {file}: 9 articles, " in done.err
    assert file.stat().st_mode & 0o077 == 0, "nobody else reads what is withheld"
    assert list(tmp_path.iterdir()) == [file]
    restored = claimdesk(indexed, "restore", file, "--into", new)
    assert restored.code == 0, restored.err
    assert f"restored {file}: 9 articles, " in restored.err
    assert claimdesk(new, "export").out == claimdesk(indexed, "export").out
    again = tmp_path / f"again-{name}"
    claimdesk(new, "export", again)
    assert again.read_bytes() == file.read_bytes()
    assert "1 claim" in claimdesk(new, "claim", "yuan ruble").out


def test_a_store_in_use_is_not_overwritten(indexed: Path, tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    claimdesk(indexed, "export", file)
    refused = claimdesk(indexed, "restore", file)
    assert refused.code == 2
    assert "the store is not empty" in refused.err
    assert "--into a new folder, or an empty PostgreSQL database." in refused.err


@pytest.mark.parametrize("form", ["csv", "annotations"])
def test_what_people_are_shown_cannot_be_restored(indexed: Path, tmp_path: Path, form: str) -> None:
    claimdesk(indexed, "export", "--format", form, tmp_path / "shown")
    refused = claimdesk(tmp_path / "new", "restore", tmp_path / "shown")
    assert refused.code == 2
    assert "without --format csv or annotations. Nothing was restored." in refused.err


def test_everything_that_people_know_by_a_name_is_counted() -> None:
    """Each noun has its text: a missing one would end a good export with an error."""
    counted = summary(dict.fromkeys(NAMED_TABLES, 2))
    for noun in ("articles", "watches", "digests", "corrections", "feeds", "messages"):
        assert f"2 {noun}" in counted
    assert summary({"articles": 0}) == "an empty store"


def test_only_a_regular_file_is_replaced(indexed: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    refused = claimdesk(indexed, "export", pipe)
    assert refused.code == 2
    assert "it is not a regular file" in refused.err
    assert pipe.is_fifo()


def test_a_link_to_the_newest_export_stays_a_link(indexed: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    link, file = tmp_path / "newest", tmp_path / "disk" / "export.jsonl"
    link.symlink_to(file)
    assert claimdesk(indexed, "export", link).code == 0
    assert link.is_symlink()
    assert file.stat().st_size > 1000


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
    def break_off(_: object, output: IO[bytes]) -> None:
        output.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / "archive.jsonl"
    assert claimdesk(indexed, "export", file).code == 0
    earlier = file.read_bytes()
    monkeypatch.setattr(Exports, "write", break_off)
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
