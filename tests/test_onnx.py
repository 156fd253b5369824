"""ONNX Runtime has no side effects."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = (
    "from bot.extract.tagger.tagger import Tagger; print(len(list(Tagger(1).tag(['It leaks.']))))"
)


def test_a_model_run_writes_nothing_to_the_home_folder(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-B", "-c", CODE],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == "1\n"
    assert list(tmp_path.rglob("*")) == []
