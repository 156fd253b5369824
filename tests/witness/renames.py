"""What the witness needs to know of both commits: add what a change renames or removes."""

from __future__ import annotations

COMMANDS: dict[str, tuple[str, ...]] = {}
"""What a command was called before, by its name today."""
FIELDS: dict[str, str] = {}
"""Today's name of a JSON field, by its name before."""
REMOVED: dict[str, str] = {}
"""JSON fields that are not compared, and why."""
SETTINGS: dict[str, dict[str, object]] = {
    "search": {"vectors": False},
    "extract": {"threads": 1},
    "people": {"requests_at_once": 1000, "requests_a_second": 1000},
    "digest": {"chart": False},
}
"""Settings of both; one that is not in a commit's config/bot.yml is left out there."""
