"""The wheel works from any folder: settings, migrations, seeds and tagger travel in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


def run(*command: str | Path, folder: Path, **environ: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environ}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode() + done.stderr.decode()


def test_the_wheel_works_far_from_the_checkout(tmp_path: Path) -> None:
    wheels, site = tmp_path / "wheels", tmp_path / "site"
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, PROJECT]
    run(*PIP, *build, folder=tmp_path)
    (wheel,) = wheels.glob("claimdesk-*.whl")
    run(*PIP, "install", "--no-deps", "--target", site, wheel, folder=tmp_path)
    environ = {"PYTHONPATH": str(site), "CLAIMDESK_DATA": str(tmp_path / "data")}
    environ["DATABASE_URL"] = ""
    claimdesk = [sys.executable, "-m", "bot"]
    where = run(sys.executable, "-c", "import bot; print(bot.__file__)", folder=tmp_path, **environ)
    assert str(site) in where
    assert "9 new" in run(*claimdesk, "ingest", "seeds", folder=tmp_path, **environ)
    assert "rubles and yuan" in run(*claimdesk, "claim", "rouble", folder=tmp_path, **environ)
    assert "matches the store" in run(*claimdesk, "doctor", folder=tmp_path, **environ)
