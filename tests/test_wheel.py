"""The wheel contains settings, migrations, seeds and tagger, and works in any folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


def run(*command: str | Path, folder: Path, **environ: str) -> str:
    result = subprocess.run(
        command, cwd=folder, env={**os.environ, **environ}, capture_output=True, check=False
    )
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode() + result.stderr.decode()


def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    wheels, site = tmp_path / "wheels", tmp_path / "site"
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, PROJECT]
    run(*PIP, *build, folder=tmp_path)
    (wheel,) = wheels.glob("claimdesk-*.whl")
    run(*PIP, "install", "--no-deps", "--target", site, wheel, folder=tmp_path)
    environ = {"PYTHONPATH": str(site), "CLAIMDESK_DATA": str(tmp_path / "data")}
    environ["DATABASE_URL"] = ""
    claimdesk = [sys.executable, "-m", "bot"]
    path = run(sys.executable, "-c", "import bot; print(bot.__file__)", folder=tmp_path, **environ)
    assert str(site) in path
    assert "9 new" in run(*claimdesk, "ingest", "seeds", folder=tmp_path, **environ)
    assert "rubles and yuan" in run(*claimdesk, "claim", "rouble", folder=tmp_path, **environ)
    assert "matches the store" in run(*claimdesk, "doctor", folder=tmp_path, **environ)
