"""Names of places that look like people's names."""

from pathlib import Path

from bot import yaml_files

_LISTS = {
    name: frozenset(text.split(", "))
    for name, text in yaml_files.read(Path(__file__).with_name("places.yml")).items()
}
PLACES = _LISTS["places"]
ABBREVIATED = _LISTS["abbreviated"]
"""States and provinces, without the full stop at the end: "Calif" for "Calif."."""
