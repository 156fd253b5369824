"""Measure the CPU time that `claimdesk` takes to start: python -m tests.bench.start_speed [N]."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]


def main(number: int) -> None:
    """Run each command `number` times in a new process, and print its CPU seconds."""
    with TemporaryDirectory() as data:
        _print("python -c pass", data, number, "-c", "pass")
        for option in ("--version", "--help"):
            _print(f"claimdesk {option}", data, number, "-m", "bot", option)
        _cpu(data, "-m", "bot", "ingest", "seeds")
        query = ("claim", "yuan", "ruble")
        _print("claimdesk claim yuan ruble", data, number, "-m", "bot", *query)
        _cpu(data, "-m", "bot", "vectors")
        _print("the same with vectors", data, number, "-m", "bot", *query)


def _print(name: str, data: str, number: int, *arguments: str) -> None:
    _cpu(data, *arguments)  # compiles the imported modules to bytecode
    times = sorted(_cpu(data, *arguments) for _ in range(number))
    print(f"{name:<28}{times[0]:.3f} to {times[-1]:.3f} s, median {statistics.median(times):.3f}")


def _cpu(data: str, *arguments: str) -> float:
    """Run Python with some arguments, and return its CPU seconds, user and system."""
    environ = {**os.environ, "CLAIMDESK_DATA": data, "DATABASE_URL": "", "PYTHONPATH": str(ROOT)}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, *arguments]
    subprocess.run(command, env=environ, cwd=data, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
