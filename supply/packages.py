"""The packages in the lock files, and what their metadata says of those that are installed."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"

PERMISSIVE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT",
    "MIT-CMU", "PSF-2.0", "Zlib",
}  # fmt: skip
"""Licences (SPDX) that ask for no more than their text and notices."""

_SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-2-Clause",  # olefile; its LICENSE.txt has two clauses
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
"""What older metadata has instead of an SPDX identifier."""
_UNCLEAR = {"Jinja2": "BSD-3-Clause"}
"""Packages whose metadata doesn't say which licence it is; read from their LICENSE files."""


def locked_versions(lock: Path) -> dict[str, set[str]]:
    """Read the packages of a lock file: name → versions, one for each range of platforms."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", lock.read_text("utf-8"), re.M):
        versions.setdefault(canonicalize_name(name), set()).add(version)
    return versions


def find(name: str) -> Distribution | None:
    """Find an installed package; None if it isn't installed."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def licence(package: Distribution) -> str:
    """Return a package's licence as an SPDX expression. Raises LookupError if it isn't clear."""
    fields = package.metadata.json
    if expression := fields.get("license_expression"):
        return str(expression)
    license_text = str(fields.get("license", ""))
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in fields.get("classifier", [])
        if line.startswith("License :: ")
    ]
    for stated in (license_text, *classifiers):
        if stated in _SPDX:
            return _SPDX[stated]
        with contextlib.suppress(InvalidLicenseExpression):
            return canonicalize_license_expression(stated)
    name = package.metadata["Name"]
    if name in _UNCLEAR:
        return _UNCLEAR[name]
    raise LookupError(f"{name}: neither {license_text!r} nor {classifiers} is a known licence")


def is_permissive(expression: str) -> bool:
    """Tell whether a licence, or one that may be chosen (OR), is permissive in all its parts."""
    return any(
        all(part in PERMISSIVE for part in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )


def requirements(package: Distribution, extras: Iterable[str] = ()) -> list[Requirement]:
    """Return what a package requires on this platform, with these extras of its own."""
    environments = [{"extra": extra} for extra in ("", *extras)]
    parsed = map(Requirement, package.requires or [])
    return [
        requirement
        for requirement in parsed
        if requirement.marker is None or any(map(requirement.marker.evaluate, environments))
    ]


def installed_with(name: str) -> dict[str, list[str]]:
    """Find what is installed because of a package: name → names of what that requires directly.

    The package itself comes first, with all its extras. What is not installed is left out.
    """
    root = distribution(name)
    found: dict[str, list[str]] = {}
    waiting = [(name, frozenset(root.metadata.get_all("Provides-Extra") or []))]
    asked: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        asked.add(waiting[0])
        current, extras = waiting.pop(0)
        package = distribution(current)
        needs = [
            (canonicalize_name(need.name), frozenset(need.extras))
            for need in requirements(package, extras)
            if find(need.name)
        ]
        direct = {need for need, _ in needs}
        found[current] = sorted(direct.union(found.get(current, ())))
        waiting += [need for need in needs if need not in asked and need not in waiting]
    return found
