"""Ask PyPI for known vulnerabilities of every locked package, with pip-audit: `make audit`.

pip-audit gets an environment of its own, so that its thirty packages are in no other. Where PyPI's
advisories can't be reached (a mirror of packages only), it says so and succeeds: pip-audit itself
would report every package as not found.
"""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
import venv
from http.client import HTTPException
from pathlib import Path

from supply.packages import DEV_LOCK, ROOT

CANARY = "https://pypi.org/pypi/jinja2/2.4.1/json"
"""A release with advisories since 2014. If it has none here, no answer means anything."""
AUDIT_LOCK = ROOT / "requirements-audit.lock"
ENVIRONMENT = ROOT / "build" / "audit"


def why_unreachable(canary: str) -> str:
    """Say why there are no advisories to ask for; empty if there are."""
    try:
        with urllib.request.urlopen(canary, timeout=20) as response:  # noqa: S310 - a constant
            answer = json.load(response)
    except (OSError, HTTPException, ValueError) as error:
        return f"{canary}: {error}"
    if not isinstance(answer, dict) or not answer.get("vulnerabilities"):
        return f"{canary} has no advisories"
    return ""


def main() -> int:
    """Audit both lock files. Returns 1 if a package has a known vulnerability."""
    if cause := why_unreachable(CANARY):
        print(f"skipped: make audit, because PyPI's advisories can't be reached ({cause})")
        return 0
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    _run(python, "pip", "--quiet", "install", "--no-deps", "--require-hashes", "-r", AUDIT_LOCK)
    # Packages that PyPI doesn't know would otherwise only be a warning.
    options = ("--strict", "--require-hashes", "--disable-pip", "--requirement")
    results = [_run(python, "pip_audit", *options, lock) for lock in (DEV_LOCK, AUDIT_LOCK)]
    return int(any(results))


def _run(python: Path, module: str, *arguments: str | Path) -> int:
    """Run a module, and return its exit code."""
    command = [python, "-m", module, *arguments]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - ourselves


if __name__ == "__main__":
    sys.exit(main())
