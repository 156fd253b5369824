"""The bill of materials holds what Claimdesk is installed with, and nothing else."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.search.meaning import weights
from supply.packages import LOCK, find, locked_versions
from supply.sbom import make_sbom

PROJECT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def test_it_holds_the_locked_packages_without_development_tools() -> None:
    sbom = make_sbom(NOON)
    libraries = {part["name"]: part for part in sbom["components"] if part["type"] == "library"}
    locked = {name: versions for name, versions in locked_versions(LOCK).items() if find(name)}
    assert len(locked) > 50
    for name, versions in locked.items():
        assert libraries[name]["version"] in versions
        assert libraries[name]["licenses"][0]["expression"]
    assert not {"pytest", "mypy"} & libraries.keys()


def test_each_requirement_leads_to_a_part() -> None:
    sbom = make_sbom(NOON)
    parts = {part["bom-ref"] for part in sbom["components"]}
    root = sbom["metadata"]["component"]["bom-ref"]
    graph = {entry["ref"]: entry["dependsOn"] for entry in sbom["dependencies"]}
    assert len(graph[root]) > 20
    assert {need for needs in graph.values() for need in needs} <= parts
    assert graph.keys() <= parts | {root}
    (bolt,) = (needs for ref, needs in graph.items() if ref.startswith("pkg:pypi/slack-bolt@"))
    assert [need.partition("@")[0] for need in bolt] == ["pkg:pypi/slack-sdk"]


def test_models_have_their_digests() -> None:
    models = {part["name"]: part for part in make_sbom(NOON)["components"] if "hashes" in part}
    tagger = PROJECT / "bot" / "extract" / "tagger" / "tagger.onnx"
    digest = hashlib.sha256(tagger.read_bytes()).hexdigest()
    assert models["claimdesk-tagger"]["hashes"][0]["content"] == digest
    if weights.find_file():
        assert models["all-MiniLM-L6-v2-int8"]["hashes"][0]["content"] == weights.SHA256


def test_it_is_printed_as_json_and_only_its_time_differs() -> None:
    command = [sys.executable, "-m", "supply.sbom"]
    printed = json.loads(
        subprocess.run(command, cwd=PROJECT, capture_output=True, check=True).stdout
    )
    made = make_sbom(NOON)
    assert printed["metadata"].pop("timestamp") != made["metadata"].pop("timestamp")
    assert printed == made
