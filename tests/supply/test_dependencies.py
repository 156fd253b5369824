"""What is installed: only what pyproject.toml asks for, without what we never call."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-audit.lock")
BLOCKED = "import sys; sys.modules['huggingface_hub'] = None\n"
CODE = (
    "from bot.extract.tagger.tagger import Tagger; print(len(list(Tagger(1).tag(['It leaks.']))))"
)


def locked(name: str) -> set[str]:
    """Return the names of the packages in a lock file."""
    return set(re.findall(r"^([a-z0-9.-]+)==", (PROJECT / name).read_text("utf-8"), re.MULTILINE))


def test_no_lock_file_has_a_downloader_of_models() -> None:
    for name in LOCKS[:2]:
        assert "tokenizers" in locked(name)
        assert not locked(name) & {"huggingface-hub", "hf-xet", "fsspec"}


def test_each_package_is_checked_by_its_hash() -> None:
    for name in LOCKS:
        lock = (PROJECT / name).read_text("utf-8")
        packages = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]
        assert len(packages) > 20
        assert [text for text in packages if "--hash=sha256:" not in text] == []
    for name in ("Makefile", "Dockerfile", "docs/run/deploy.md"):
        text = (PROJECT / name).read_text("utf-8")
        lines = [line for line in text.splitlines() if re.search(r"install .*\.lock", line)]
        assert lines
        assert all("--require-hashes" in line for line in lines), name


def test_the_tagger_runs_without_huggingface_hub() -> None:
    result = subprocess.run(
        [sys.executable, "-B", "-c", BLOCKED + CODE],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == "1\n"
