"""Check that the data folder can be written to and has room."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.cli.checks.finding import Finding
from bot.newsroom.readiness import write_test_file

MEGABYTE = 1_000_000
LEAST_FREE = 200 * MEGABYTE
"""Below this, an import or a rebuilt index may not fit."""
LITTLE_FREE = 2_000 * MEGABYTE


def check_disk(folder: Path) -> Finding:
    """Write a file to the data folder, delete it, and look at the free space."""
    try:
        write_test_file(folder, sync=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        message = (
            f"{folder} cannot be written to: {error.strerror or error}. Searches still work, but "
            "nothing new is stored. Free some space, or check the disk and the folder's "
            "permissions."
        )
        return Finding("disk", "problem", message)
    space = f"{free // MEGABYTE:,} MB free"
    if free < LEAST_FREE:
        message = f"Only {space} for {folder}. Free some space before the archive cannot grow."
        return Finding("disk", "problem", message)
    if free < LITTLE_FREE:
        return Finding("disk", "note", f"{space} for {folder}; free some space soon.")
    return Finding("disk", "ok", f"can be written to, {space}")
