"""The program as a person or another program calls it: its streams and its exit code."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bot.__main__ import main

ROOT = Path(__file__).parents[2]
BLANK = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL")


@dataclass
class Done:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def environment(data: Path, **environ: str) -> dict[str, str]:
    """What the program is told of its surroundings: a data folder, and no Slack."""
    return {"CLAIMDESK_DATA": str(data), **dict.fromkeys(BLANK, ""), **environ}


def claimdesk(data: Path, *arguments: object, given: str | bytes = "", **environ: str) -> Done:
    """Run the program in this process, in a folder where there is nothing of ours."""
    argv, threshold = sys.argv, gc.get_threshold()
    streams = CliRunner().isolation(given, environment(data, **environ))
    code: Any = 0
    with contextlib.chdir(data.parent), streams as (out, err, _):
        sys.argv = ["claimdesk", *map(str, arguments)]
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        finally:
            sys.argv = argv
            gc.set_threshold(*threshold)
            sys.stdout.flush()
            sys.stderr.flush()
    return Done(code, out.getvalue().decode(), err.getvalue().decode())


def claimdesk_alone(
    data: Path, *arguments: object, given: str | bytes = "", **environ: str
) -> Done:
    """Run the program in a process of its own, which starts as a person's does."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        cwd=data.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment(data, **environ)},
        check=False,
        timeout=300,  # what serves instead of ending would hold up all tests
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())
