"""YAML files that travel with the program.

They are read with libyaml, where PyYAML has it: that takes a tenth of the time, and every start
reads some.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""As safe as SafeLoader: it makes plain values only."""


def read(file: Path) -> Any:
    """Return what a file holds."""
    return yaml.load(file.read_text(encoding="utf-8"), LOADER)  # noqa: S506 - a safe loader
