"""Harm to the files of an index: what a person, a script or a disk may do to them.

A bot that runs meanwhile may delete a file itself.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path


def delete_folder(folder: Path) -> None:
    """Delete the folder with everything in it.

    It is renamed first: a bot that makes it again meanwhile writes to another one.
    """
    shutil.rmtree(folder.rename(folder.with_name(f"{folder.name}.deleted")))


def truncate_files(folder: Path) -> None:
    """Cut every file to nothing, in place."""
    for path in _files(folder):
        with suppress(FileNotFoundError):
            os.truncate(path, 0)


def zero_files(folder: Path) -> None:
    """Overwrite every file with zeros, in place; sizes stay the same."""
    for path in _files(folder):
        with suppress(FileNotFoundError):
            _overwrite(path, 0, bytes(path.stat().st_size))


def zero_segments(folder: Path) -> None:
    """Overwrite only the files that Tantivy maps into memory, and leave their metadata as it was,
    as a failing disk would."""
    for path in _files(folder):
        if path.suffix in (".term", ".idx", ".pos", ".store", ".fast", ".fieldnorm"):
            stat = path.stat()
            _overwrite(path, 0, bytes(stat.st_size // 2))
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


HARMS: Mapping[str, Callable[[Path], None]] = {
    "deleted": delete_folder,
    "truncated": truncate_files,
    "zeroed": zero_files,
}


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "lock"]


def _overwrite(path: Path, start: int, contents: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(contents)
