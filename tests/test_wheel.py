"""The wheel contains settings, migrations, seeds and tagger, and works in any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak import SOAK

PROJECT = Path(__file__).parents[1]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


def run(*command: str | Path, folder: Path, **environ: str) -> str:
    result = subprocess.run(
        command, cwd=folder, env={**os.environ, **environ}, capture_output=True, check=False
    )
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode() + result.stderr.decode()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel that was built from the sdist."""
    folder = tmp_path_factory.mktemp("wheels")
    sdist = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder]
    run(*sdist, folder=PROJECT)
    (archive,) = folder.glob("claimdesk-*.tar.gz")
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, archive]
    run(*PIP, *build, folder=folder)
    (wheel,) = folder.glob("claimdesk-*.whl")
    return wheel


@pytest.fixture
def clean(tmp_path: Path) -> Iterator[Path]:
    """The programs of an empty environment."""
    index = ["download", "--no-deps", "--no-cache-dir", "--retries", "0", "--timeout", "10", "tld"]
    reached = subprocess.run([*PIP, *index], cwd=tmp_path, capture_output=True, check=False)
    if reached.returncode:
        pytest.skip("skipped: pip can't reach an index")
    venv.create(tmp_path / "clean", with_pip=True)
    yield tmp_path / "clean" / "bin"
    shutil.rmtree(tmp_path / "clean")  # half a gigabyte


@pytest.mark.skipif(not SOAK, reason="make soak installs half a gigabyte")
def test_the_wheel_works_in_an_empty_environment(tmp_path: Path, wheel: Path, clean: Path) -> None:
    pip = [clean / "pip", "--disable-pip-version-check", "--quiet"]
    run(*pip, "install", f"{wheel}[postgres,vectors]", folder=tmp_path, PYTHONPATH="")
    environ = {"CLAIMDESK_DATA": str(tmp_path / "data"), "DATABASE_URL": "", "PYTHONPATH": ""}

    def claimdesk(*arguments: str) -> str:
        return run(clean / "claimdesk", *arguments, folder=tmp_path, **environ)

    assert "Find claims." in claimdesk("--help")
    assert "9 new" in claimdesk("ingest", "seeds")
    assert "rubles and yuan" in claimdesk("claim", "rouble")
    assert "154 claims" in claimdesk("vectors")
    imports = "import bot, psycopg; print(bot.__file__)"
    assert str(tmp_path) in run(clean / "python", "-c", imports, folder=tmp_path, PYTHONPATH="")


def test_the_wheel_works_outside_the_checkout(tmp_path: Path, wheel: Path) -> None:
    site = tmp_path / "site"
    run(*PIP, "install", "--no-deps", "--target", site, wheel, folder=tmp_path)
    environ = {"PYTHONPATH": str(site), "CLAIMDESK_DATA": str(tmp_path / "data")}
    environ["DATABASE_URL"] = ""
    claimdesk = [sys.executable, "-m", "bot"]
    path = run(sys.executable, "-c", "import bot; print(bot.__file__)", folder=tmp_path, **environ)
    assert str(site) in path
    assert "9 new" in run(*claimdesk, "ingest", "seeds", folder=tmp_path, **environ)
    assert "rubles and yuan" in run(*claimdesk, "claim", "rouble", folder=tmp_path, **environ)
    assert "matches the store" in run(*claimdesk, "doctor", folder=tmp_path, **environ)
