"""`claimdesk doctor` on disks that are full, nearly full, or cannot be written to."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.cli.checks.disk import LEAST_FREE, LITTLE_FREE, check_disk
from tests.cli.program import claimdesk
from tests.small_disk import fill, small_disk


@pytest.mark.parametrize(
    ("free", "verdict"),
    [(LEAST_FREE - 1, "problem"), (LITTLE_FREE - 1, "note"), (LITTLE_FREE, "ok")],
)
def test_the_verdict_depends_on_the_free_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, verdict: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert check_disk(tmp_path).verdict == verdict
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_a_problem(tmp_path: Path) -> None:
    found = check_disk(tmp_path / "gone")
    assert found.verdict == "problem"
    assert "cannot be written to: No such file or directory" in found.message


def test_a_full_disk_is_a_problem(indexed: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=64) as disk:
        data = Path(shutil.copytree(indexed, disk / "data"))
        fill(disk)
        done = claimdesk(data, "doctor")
    assert done.code == 1
    assert "problem disk" in done.out
    assert "No space left on device" in done.out
