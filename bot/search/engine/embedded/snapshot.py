"""Private copies of an index's files, checked as they are made.

Tantivy and numpy map files into memory. If somebody truncates such a file, the next access kills
the process (SIGBUS); if somebody overwrites it, searches find nothing or the wrong thing. So each
process searches copies that have no name: nobody else can open them, and the system deletes them
when the process ends. A file that has not changed is not copied again.

Where files cannot be copied (a full disk, a system without /proc), they are checked and then opened
in place.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import tempfile
import weakref
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHECKSUMS_FILE = "checksums.json"
"""The CRC-32 of each file of a folder that Tantivy has not written, by its name."""
META_FILE = "meta.json"
"""The list of an index's segments, which Tantivy replaces at each commit."""
_META_LOCK_FILE = ".tantivy-meta.lock"
"""Tantivy holds this lock while it deletes the files that a commit no longer uses."""
_PARSED_FILE_NAMES = frozenset({META_FILE, CHECKSUMS_FILE, "fresh.txt"})
"""Files without a checksum; damage shows when they are parsed."""
_OPEN_FILES = Path("/proc/self/fd")
_CHUNK_BYTES = 1 << 20
_FOOTER_END_BYTES, _FOOTER_MAGIC = 8, 1337

FileStamp = tuple[int, int, int]
"""File metadata that changes when the file is replaced or written to."""


class _AnonymousCopy:
    """An open file without a name, which is closed and deleted with this object."""

    def __init__(self, folder: Path) -> None:
        with tempfile.TemporaryFile(dir=folder) as file:
            self.number = os.dup(file.fileno())
        weakref.finalize(self, os.close, self.number)


@dataclass(frozen=True, slots=True)
class _CheckedFile:
    """A file as it was when it was checked; without a `copy`, it is opened in place."""

    stamp: FileStamp
    copy: _AnonymousCopy | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The checked files of a generation, by their paths in its folder.

    Some are in `index_folders`, which Tantivy has written, the others in `other_folders`.
    """

    folder: Path
    index_folders: tuple[str, ...]
    other_folders: tuple[str, ...]
    files: Mapping[str, _CheckedFile]

    def is_unchanged(self) -> bool:
        """Whether the metadata of all files on disk is as it was when they were checked."""
        try:
            return all(
                file_stamp(self.folder / name) == file.stamp for name, file in self.files.items()
            )
        except OSError:
            return False

    def check_again(self) -> None:
        """Read all files on disk. Raises OSError or ValueError if one is missing or damaged."""
        with _listed_files(self.folder, self.index_folders, self.other_folders) as paths:
            for path in paths:
                with path.open("rb") as file:
                    for _ in _checked_chunks(path, file):
                        pass

    @contextlib.contextmanager
    def view(self) -> Iterator[Path]:
        """Yield a folder in which the checked files can be opened; they may stay open."""
        with contextlib.ExitStack() as stack:
            try:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
                for name, file in self.files.items():
                    link, original = folder / name, (self.folder / name).absolute()
                    link.parent.mkdir(exist_ok=True)
                    link.symlink_to(_OPEN_FILES / str(file.copy.number) if file.copy else original)
            except OSError:
                folder = self.folder
            yield folder


def take_snapshot(
    folder: Path,
    *,
    index_folders: Iterable[str],
    other_folders: Iterable[str],
    previous: Snapshot | None = None,
) -> Snapshot:
    """Check and copy the files of a generation; reuse the unchanged ones of `previous`.

    Raises OSError or ValueError if a file is missing or damaged.
    """
    known = previous.files if previous and previous.folder == folder else {}
    index_folders, other_folders = tuple(index_folders), tuple(other_folders)
    with _listed_files(folder, index_folders, other_folders) as paths:
        files = {}
        for path in paths:
            name = str(path.relative_to(folder))
            files[name] = _check_and_copy(path, known.get(name), copies_folder=folder)
    return Snapshot(folder, index_folders, other_folders, files)


def write_checksums(folder: Path) -> None:
    """Record the checksums of the files that are in a folder."""
    checksums = {path.name: zlib.crc32(path.read_bytes()) for path in folder.iterdir()}
    (folder / CHECKSUMS_FILE).write_text(json.dumps(checksums), encoding="utf-8")


def file_stamp(file: Path) -> FileStamp:
    """Return the metadata of a file. Raises OSError."""
    return _stamp(file.stat())


def _stamp(stat: os.stat_result) -> FileStamp:
    return stat.st_mtime_ns, stat.st_ino, stat.st_size


@contextlib.contextmanager
def _listed_files(
    folder: Path, index_folders: Iterable[str], other_folders: Iterable[str]
) -> Iterator[list[Path]]:
    """Yield the files of a generation; meanwhile Tantivy deletes none of them."""
    paths: list[Path] = []
    with contextlib.ExitStack() as locks:
        for name in index_folders:
            locks.enter_context(_meta_lock(folder / name))
            paths += _segment_files(folder / name)
        for name in other_folders:
            paths += filter(Path.is_file, (folder / name).iterdir())
        yield paths


@contextlib.contextmanager
def _meta_lock(folder: Path) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        # Nobody can write to a folder in which the lock cannot be created.
        with contextlib.suppress(OSError):
            lock = stack.enter_context((folder / _META_LOCK_FILE).open("ab"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _segment_files(folder: Path) -> Iterator[Path]:
    meta = folder / META_FILE
    yield meta
    segments = json.loads(meta.read_text(encoding="utf-8"))["segments"]
    ids = {segment["segment_id"].replace("-", "") for segment in segments}
    yield from (path for path in folder.iterdir() if path.name.partition(".")[0] in ids)


def _check_and_copy(path: Path, known: _CheckedFile | None, *, copies_folder: Path) -> _CheckedFile:
    with path.open("rb") as file:
        stamp = _stamp(os.fstat(file.fileno()))
        if known and known.stamp == stamp:
            return known
        copy, chunks = None, _checked_chunks(path, file)
        with contextlib.suppress(OSError):  # no room
            copy = _copy(chunks, copies_folder)
        for _ in chunks:
            pass  # check what was not copied
        return _CheckedFile(stamp, copy)


def _copy(chunks: Iterable[bytes], folder: Path) -> _AnonymousCopy | None:
    """Write chunks to a new file; None if it could not be opened. Raises OSError."""
    if not _OPEN_FILES.is_dir():
        return None
    copy = _AnonymousCopy(folder)
    with open(copy.number, "wb", closefd=False) as target:
        for chunk in chunks:
            target.write(chunk)
    return copy


def _checked_chunks(path: Path, file: BinaryIO) -> Iterator[bytes]:
    """Yield the contents of a file. Raises ValueError if it cannot be read or is damaged."""
    try:
        unchecked_size, checksum = _expected_checksum(path, file)
        file.seek(0)
        actual = 0
        while chunk := file.read(_CHUNK_BYTES):
            actual = zlib.crc32(chunk[:unchecked_size], actual)
            unchecked_size -= min(unchecked_size, len(chunk))
            yield chunk
    except OSError as error:
        raise ValueError(f"{path.name} cannot be read: {error.strerror}") from error
    if checksum not in (None, actual):
        raise ValueError(f"{path.name} is damaged")


def _expected_checksum(path: Path, file: BinaryIO) -> tuple[int, int | None]:
    """Return how many bytes of a file have a checksum, and the checksum; None without one."""
    size = os.fstat(file.fileno()).st_size
    if path.name in _PARSED_FILE_NAMES:
        return 0, None
    if (checksums := path.with_name(CHECKSUMS_FILE)).exists():
        return size, json.loads(checksums.read_text(encoding="utf-8"))[path.name]
    return _read_footer(path, file, size)


def _read_footer(path: Path, file: BinaryIO, size: int) -> tuple[int, int]:
    """Return what the footer that Tantivy writes says: the size of what is before it, its CRC-32.

    The footer is JSON, its length and a magic number (tantivy/src/directory/footer.rs).
    """
    file.seek(max(0, size - _FOOTER_END_BYTES))
    end = file.read()
    length, magic = int.from_bytes(end[:4], "little"), int.from_bytes(end[4:], "little")
    start = size - _FOOTER_END_BYTES - length
    if magic != _FOOTER_MAGIC or start < 0:
        raise ValueError(f"{path.name} is damaged: it has no footer")
    file.seek(start)
    return start, json.loads(file.read(length))["crc"]
