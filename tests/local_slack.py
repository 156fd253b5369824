"""Install the local Slack once for all tests."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

import pytest

from bot.slack.local import LocalSlack


def install_local_slack(config: pytest.Config) -> Path:
    """Return the folder in which it stays between test runs; skip the test without npm."""
    if not shutil.which("npm"):
        pytest.skip("skipped: npm is not installed")
    folder = Path(config.cache.mkdir("local-slack"))
    with (folder / "lock").open("w") as lock:  # for parallel test processes
        fcntl.flock(lock, fcntl.LOCK_EX)
        with LocalSlack(folder):
            return folder
