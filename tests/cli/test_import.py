from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import claimdesk


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
