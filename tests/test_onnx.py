"""ONNX Runtime runs models, and does nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = (
    "from bot.extract.tagger.tagger import Tagger; print(len(list(Tagger(1).tag(['It leaks.']))))"
)


def test_running_a_model_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-B", "-c", CODE],
        cwd=ROOT,
        env={**kept, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "1\n"
    assert list(tmp_path.rglob("*")) == []
