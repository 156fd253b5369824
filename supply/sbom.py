"""Print what Claimdesk is installed with, as a CycloneDX 1.6 bill of materials in JSON.

It holds the packages that this Python has because of Claimdesk, with their licences, the libraries
that their wheels bring along, and both models. Development tools are left out. `make sbom` writes
it to build/sbom.json.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
from datetime import UTC, datetime
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import bot
from bot.search.meaning import weights
from supply.packages import installed_with, licence

SPEC = "http://cyclonedx.org/schema/bom-1.6.schema.json"
_LIBRARY = re.compile(r"lib[\w.-]+?\.(?:so[.\d]*|dylib|dll)$")
"""The name of a library in C that a wheel brings along."""
TAGGER = Path(bot.__file__).parent / "extract" / "tagger" / "tagger.onnx"


def make_sbom(now: datetime) -> dict[str, Any]:
    """Make the bill of materials. The same installation has the same serial number."""
    graph = installed_with("claimdesk")
    parts = {name: _component(name, distribution(name)) for name in graph}
    root = {**parts.pop("claimdesk"), "type": "application"}
    components = [parts[name] for name in sorted(parts)] + [*_models(), _interpreter()]
    references = {"claimdesk": root["bom-ref"]} | {n: part["bom-ref"] for n, part in parts.items()}
    content = json.dumps([root, components], sort_keys=True)
    return {
        "$schema": SPEC,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {"timestamp": now.isoformat(timespec="seconds"), "component": root},
        "components": components,
        "dependencies": [
            {"ref": references[name], "dependsOn": [references[need] for need in needs]}
            for name, needs in sorted(graph.items())
        ],
    }


def _component(name: str, package: Distribution) -> dict[str, Any]:
    reference = f"pkg:pypi/{name}@{package.version}"
    expression = licence(package)
    component = {
        "type": "library",
        "bom-ref": reference,
        "name": name,
        "version": package.version,
        "purl": reference,
        "licenses": [{"expression": expression}],
    }
    bundled = sorted({file.name for file in package.files or () if _LIBRARY.match(file.name)})
    if bundled:
        component["properties"] = [{"name": "claimdesk:bundled", "value": file} for file in bundled]
    return component


def _models() -> list[dict[str, Any]]:
    """Return the tagger, and the model of search by meaning if it is installed."""
    files = {"claimdesk-tagger": TAGGER, "all-MiniLM-L6-v2-int8": weights.find_file()}
    return [
        {
            "type": "machine-learning-model",
            "bom-ref": name,
            "name": name,
            "hashes": [
                {"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}
            ],
        }
        for name, file in files.items()
        if file
    ]


def _interpreter() -> dict[str, Any]:
    version = platform.python_version()
    return {
        "type": "platform",
        "bom-ref": f"python@{version}",
        "name": platform.python_implementation(),
        "version": version,
    }


if __name__ == "__main__":
    json.dump(make_sbom(datetime.now(UTC)), sys.stdout, indent=1)
    sys.stdout.write("\n")
