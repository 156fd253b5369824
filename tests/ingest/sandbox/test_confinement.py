"""A parser that was taken over reaches nothing: no file, no network, no other process."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.ingest.sandbox import confinement
from bot.ingest.sandbox import process as apart
from bot.ingest.sandbox.process import TimeBudget
from tests.ingest import misbehaving

VERSION_OF_TCP, VERSION_OF_SIGNALS = 4, 6
REFUSED = "PermissionError"


def landlock_version() -> int:
    """Return the version of Landlock in this system; 0 or less if it has none."""
    if sys.platform != "linux":
        return 0
    return confinement._call(confinement._CREATE_RULESET, None, 0, confinement._VERSION_FLAG)


def needs_landlock(version: int = 1) -> pytest.MarkDecorator:
    reason = "this system cannot confine a process"
    return pytest.mark.skipif(landlock_version() < version, reason=reason)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    apart.close()
    yield
    apart.close()


def attempt(function: Callable[[Any], Iterator[str]], argument: object) -> object:
    """Return how an attempt in a reader's process ended."""
    (outcome,) = apart.run(function, argument, budget=TimeBudget(60, 600), memory=200_000_000)
    return outcome


def run_code(code: str) -> int:
    """Run code in a process that may be confined, and return its exit code."""
    root = Path(confinement.__file__).parents[3]
    return subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode


@needs_landlock()
@pytest.mark.parametrize("name", ["environ", "mem", "maps", "root/etc/hostname"])
def test_a_hijacked_reader_cannot_look_into_the_program(name: str) -> None:
    assert attempt(misbehaving.read_file, f"/proc/{{parent}}/{name}") == REFUSED


@needs_landlock()
def test_a_hijacked_reader_cannot_read_the_store(tmp_path: Path) -> None:
    (tmp_path / "claimdesk.sqlite3").write_text("under embargo")
    assert attempt(misbehaving.read_file, str(tmp_path / "claimdesk.sqlite3")) == REFUSED


@needs_landlock()
def test_a_hijacked_reader_cannot_write(tmp_path: Path) -> None:
    assert attempt(misbehaving.write_file, str(tmp_path / "left behind")) == REFUSED
    assert list(tmp_path.iterdir()) == []


@needs_landlock()
def test_a_hijacked_reader_cannot_run_a_program() -> None:
    assert attempt(misbehaving.run_program, "/bin/true") == REFUSED


@needs_landlock(VERSION_OF_TCP)
def test_a_hijacked_reader_cannot_connect() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert attempt(misbehaving.connect, server.getsockname()[1]) == REFUSED


@needs_landlock(VERSION_OF_SIGNALS)
def test_a_hijacked_reader_cannot_signal_the_program() -> None:
    assert attempt(misbehaving.stop_parent, ()) == REFUSED


@needs_landlock()
@pytest.mark.parametrize("link", ["package", "files"])
def test_packages_that_are_links_to_a_cache_can_be_imported(tmp_path: Path, link: str) -> None:
    cached, site = tmp_path / "cache" / "linked", tmp_path / "site-packages"
    cached.mkdir(parents=True)
    site.mkdir()
    (cached / "__init__.py").write_text("from linked import part")
    (cached / "part.py").write_text("")
    if link == "package":
        (site / "linked").symlink_to(cached)
    else:
        (site / "linked").mkdir()
        for name in ("__init__.py", "part.py"):
            (site / "linked" / name).symlink_to(cached / name)
    code = (
        "import sys; from bot.ingest.sandbox.confinement import confine\n"
        f"sys.path.insert(0, {str(site)!r})\n"
        "assert confine([*sys.path, sys.prefix, sys.base_prefix])\n"
        "import linked"
    )
    assert run_code(code) == 0


@pytest.mark.parametrize("version", [-1, 0])
def test_where_it_is_missing_nothing_changes(monkeypatch: pytest.MonkeyPatch, version: int) -> None:
    monkeypatch.setattr(confinement, "_call", lambda *_: version)
    assert confinement.confine(["/"]) is False


@needs_landlock()
@pytest.mark.parametrize("version", range(1, 8))
def test_every_version_is_asked_for_what_it_knows(version: int) -> None:
    if version > landlock_version():
        pytest.skip("newer than this system")
    code = (
        "import sys; from bot.ingest.sandbox import confinement as c; call = c._call\n"
        f"c._call = lambda *a: {version} if a[1] is None else call(*a)\n"
        "assert c.confine([*sys.path, sys.prefix, sys.base_prefix])"
    )
    assert run_code(code) == 0
