"""Read the YAML files that ship with the program.

libyaml is used if it is installed: it is ten times as fast, and every start reads some files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""As safe as SafeLoader: it creates plain values only."""


def read(file: Path) -> Any:
    """Read and parse a file."""
    return yaml.load(file.read_text(encoding="utf-8"), LOADER)  # noqa: S506 - a safe loader
