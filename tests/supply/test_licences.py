"""Every locked package has a licence that we know and may use: docs/trust/licences.md."""

from __future__ import annotations

import email
import re
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest

from supply.packages import DEV_LOCK, LOCK, find, is_permissive, licence, locked_versions

PAGE = (Path(__file__).parents[2] / "docs" / "trust" / "licences.md").read_text("utf-8")


def table(heading: str) -> dict[str, list[str]]:
    """Return a table of the page, the first below a heading: package → the other cells."""
    block = PAGE.partition(f"\n## {heading}\n")[2].partition("\n|---")[2].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in block.splitlines()[1:]]
    return {name: cells for name, *cells in rows}


RUNS_WITH = table("What Claimdesk runs with")
DEVELOPMENT = table("For development only")
EXCEPTIONS = table("Exceptions")
LICENCES = {name: cells[0] for name, cells in (RUNS_WITH | DEVELOPMENT).items()}


def test_each_locked_package_is_listed_once() -> None:
    locked = locked_versions(DEV_LOCK)
    assert len(locked) > 80
    assert locked_versions(LOCK).keys() <= locked.keys()
    assert sorted(RUNS_WITH | DEVELOPMENT) == sorted(locked)
    assert not RUNS_WITH.keys() & DEVELOPMENT.keys()
    assert locked_versions(LOCK).keys() <= RUNS_WITH.keys()


def test_the_list_agrees_with_each_packages_metadata() -> None:
    installed = {name: package for name in LICENCES if (package := find(name))}
    assert len(installed) > 80
    stated = {name: licence(package) for name, package in installed.items()}
    assert {name: LICENCES[name] for name in installed} == stated


def test_only_exceptions_with_a_reason_are_not_permissive() -> None:
    others = {name: text for name, text in LICENCES.items() if not is_permissive(text)}
    assert {name: cells[0] for name, cells in EXCEPTIONS.items()} == others
    assert all(len(reason.split()) > 5 for _, reason in EXCEPTIONS.values())


@pytest.mark.parametrize(
    ("expression", "permissive"),
    [
        ("MIT", True),
        ("Apache-2.0 AND CNRI-Python", True),
        ("GPL-2.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-only", False),
        ("MIT WITH anything", False),
        ("", False),
    ],
)
def test_a_licence_is_permissive_if_all_its_parts_are(expression: str, permissive: bool) -> None:
    assert is_permissive(expression) is permissive


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("License-Expression: MIT\nClassifier: License :: Other", "MIT"),
        ("License: BSD-3-Clause", "BSD-3-Clause"),
        ("License: MPL-2.0 AND MIT", "MPL-2.0 AND MIT"),
        ("License: the text of it\nClassifier: License :: OSI Approved :: MIT License", "MIT"),
    ],
)
def test_a_licence_is_read_from_new_and_old_metadata(
    tmp_path: Path, metadata: str, expected: str
) -> None:
    assert licence(package(tmp_path, metadata)) == expected


def test_an_unclear_licence_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=re.escape("x: neither 'BSD-ish' nor ['BSD License']")):
        licence(package(tmp_path, "License: BSD-ish\nClassifier: License :: OSI :: BSD License"))


def package(folder: Path, fields: str) -> Distribution:
    info = folder / "x-1.dist-info"
    info.mkdir()
    message = email.message_from_string(f"Metadata-Version: 2.1\nName: x\nVersion: 1\n{fields}\n\n")
    (info / "METADATA").write_text(message.as_string())
    return PathDistribution(info)
