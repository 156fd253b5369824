"""A commit's or the working tree's build, and runs of its commands."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.witness import renames

ROOT = Path(__file__).resolve().parents[2]
CLOCK = Path(__file__).parent / "clock"
NOT_PASSED_ON = ("SLACK_", "MAKE", "MFLAGS", "CLAIMDESK_", "DATABASE_URL", "PORT", "METRICS_PORT")


class WitnessError(Exception):
    """A build or a part failed."""


@dataclass
class Tree:
    """A built tree: its name, its code and a folder for its environment and stores.

    `cpu` are the CPU seconds of its processes, and `memory` the most that one had, in megabytes.
    """

    name: str
    code: Path
    folder: Path
    cpu: float = 0.0
    memory: float = 0.0

    def build(self) -> Tree:
        """Install the code into an environment of its own. Raises WitnessError."""
        environment = f"{self.folder}/environment"
        make = ["make", "-C", str(self.code), f"VENV={environment}", f"{environment}/run.stamp"]
        checked(make, f"cannot build {self.name}")
        self._program = f"{environment}/bin/claimdesk"
        self._help = checked([self._program, "--help"], f"{self.name} does not start")
        return self

    def store(self, name: str, **changes: Any) -> Path:
        """Return a new data folder with those of the settings that this tree knows."""
        data = self.folder / name
        (data / "config").mkdir(parents=True)
        known = (self.code / "config/bot.yml").read_text("utf-8")
        lines = []
        for section, values in renames.SETTINGS.items():
            lines.append(f"{section}:")
            for setting, value in values.items():
                if re.search(rf"^  {setting}:", known, re.MULTILINE):
                    lines.append(f"  {setting}: {json.dumps(changes.get(setting, value))}")
        (data / "config/bot.yml").write_text("\n".join(lines), "utf-8")
        return data

    def start(
        self,
        data: Path,
        at: datetime,
        *words: str,
        environ: dict[str, str] | None = None,
        **streams: Any,
    ) -> subprocess.Popen[str]:
        """Start a command with a store, by a clock that shows `at` now."""
        command = [self._program, self._name_of(words[0]), *words[1:]]
        own = {"CLAIMDESK_DATA": str(data), "PYTHONPATH": str(CLOCK), "TZ": "UTC", "COLUMNS": "100"}
        own |= {"WITNESS_SHIFT": str(at.timestamp() - time.time()), "PYTHONHASHSEED": "0"}
        environ = _environ() | own | (environ or {})
        return subprocess.Popen(command, cwd=self.folder, env=environ, text=True, **streams)

    def run(self, data: Path, at: datetime, *words: str, typed: str = "") -> str:
        """Run a command and return what it prints. Raises WitnessError.

        It may end with 1: some of the files and queries are wrong.
        """
        with tempfile.TemporaryDirectory() as name:
            files = [Path(name, stream) for stream in ("stdin", "stdout", "stderr")]
            files[0].write_text(typed, "utf-8")
            with files[0].open() as stdin, files[1].open("w") as out, files[2].open("w") as err:
                code = self.wait(self.start(data, at, *words, stdin=stdin, stdout=out, stderr=err))
            printed, complaint = (file.read_text("utf-8") for file in files[1:])
        if code not in (0, 1) or "Traceback (most recent call last)" in complaint:
            tail = "\n".join(complaint.splitlines()[-8:])
            raise WitnessError(f"`claimdesk {words[0]}` ended with {code} in {self.name}:\n{tail}")
        return printed

    def wait(self, process: subprocess.Popen[str]) -> int:
        """Wait for a process, count what it used, and return its exit code."""
        _, status, usage = os.wait4(process.pid, 0)
        self.cpu += usage.ru_utime + usage.ru_stime
        self.memory = max(self.memory, usage.ru_maxrss / 1000)
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode

    def _name_of(self, command: str) -> str:
        for name in (command, *renames.COMMANDS.get(command, ())):
            if re.search(rf"^  {name} ", self._help, re.MULTILINE):
                return name
        raise WitnessError(f"{self.name} has no command {command}: say in renames.py what it was")


def checked(command: list[str], failure: str) -> str:
    """Run a command and return what it prints. Raises WitnessError, which begins with `failure`."""
    done = subprocess.run(command, env=_environ(), capture_output=True, text=True, check=False)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).splitlines()[-12:])
        raise WitnessError(f"{failure}: `{' '.join(command)}` failed:\n{tail}")
    return done.stdout


def _environ() -> dict[str, str]:
    return {name: v for name, v in os.environ.items() if not name.startswith(NOT_PASSED_ON)}
