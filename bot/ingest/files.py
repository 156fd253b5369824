"""Find the files to ingest, and read their bytes."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from bot.errors import IngestError
from bot.ingest import metadata
from bot.ingest.formats.table import (
    METADATA_SUFFIX,
    SUFFIXES,
    ambiguous_metadata_refusal,
    is_article_name,
)
from bot.ingest.formats.text import decode
from bot.ingest.metadata import Metadata
from bot.ingest.refusal import Refusal, too_large_refusal

FRONT_MATTER = b"---"
"""What a Markdown file with metadata at its start begins with."""

_StemsByFolder = dict[Path, set[str]]
"""The stems of the articles in each folder, cached so that a folder is listed once."""


def find_article_files(paths: Sequence[Path]) -> Iterator[Path | IngestError]:
    """Find the given files, and the files in the given folders, in sorted order.

    Paths that `read` will refuse are included, so that it reports them by name: a missing file,
    an unknown suffix, a folder that cannot be listed. A link inside a folder that leads out of the
    given folder is an IngestError, since the people who fill a folder must not decide which other
    files of the machine are read; a given path may itself be a link. Metadata beside its article is
    left out, and so are hidden files and folders inside a folder.
    """
    stems: _StemsByFolder = {}
    for path in paths:
        if _is_folder(path):
            yield from _walk(path, path.resolve(), frozenset(), stems)
        elif not _has_article(path, stems):
            yield path


def _walk(
    folder: Path, root: Path, ancestors: frozenset[Path], stems: _StemsByFolder
) -> Iterator[Path | IngestError]:
    """Yield the files of a folder below `root`; `ancestors` are its resolved parent folders, so
    that circular links end."""
    resolved = folder.resolve()
    if resolved in ancestors:
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for path in entries:
        if path.name.startswith("."):
            continue
        if _leads_out(path, root):
            yield IngestError(
                "cannot read the article",
                subject=printable_name(str(path)),
                cause="it is a link to somewhere outside the folder",
                remedy="Put the file itself there, or name the link itself",
            )
        elif _is_folder(path):
            yield from _walk(path, root, ancestors | {resolved}, stems)
        elif not _has_article(path, stems):
            yield path


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether a path is a link to something outside `folder`, which is a resolved path."""
    try:
        return path.is_symlink() and not path.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # a link to itself: read() reports it by name
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # no permission: read() reports it by name
        return False


def _has_article(path: Path, stems: _StemsByFolder) -> bool:
    """Whether a path is a metadata file that has its article beside it."""
    if path.suffix != METADATA_SUFFIX:
        return False
    if path.parent not in stems:
        try:
            siblings = list(path.parent.iterdir())
        except OSError:
            siblings = []
        stems[path.parent] = {file.stem for file in siblings if is_article_name(file.name)}
    return path.stem in stems[path.parent]


def read_sidecar(article: Path, max_bytes: int) -> Metadata | None:
    """Read the `.yml` beside an article; None if there is none.

    Raises Refusal, including when the `.yml` could belong to another article.
    """
    path = article.with_suffix(METADATA_SUFFIX)
    if not os.path.lexists(path):
        return None
    name = printable_name(path.name)
    if _leads_out(path, path.parent.resolve()):
        raise Refusal(
            f"{name} beside it is a link to somewhere outside the folder",
            "Put the file itself there, or remove it",
        )
    if others := list(_find_same_stem(article)):
        raise ambiguous_metadata_refusal(printable_name(file.name) for file in (article, *others))
    try:
        return metadata.parse(decode(read_contents(path, max_bytes)))
    except Refusal as refusal:
        raise refusal.with_context(name) from refusal


def states_metadata(origin: str) -> bool:
    """Whether a file has a `.yml` beside it or front matter, which say all that is known of it.

    True if there is no file `origin`.
    """
    path = Path(origin)
    try:
        with path.open("rb") as file:
            has_front_matter = file.read(len(FRONT_MATTER)) == FRONT_MATTER
        return has_front_matter or os.path.lexists(path.with_suffix(METADATA_SUFFIX))
    except (OSError, ValueError):
        return True


def _find_same_stem(article: Path) -> Iterator[Path]:
    """Find the other articles with the same stem beside an article.

    Each possible name is tested, since the folder may hold a hundred thousand files.
    """
    for suffix in SUFFIXES:
        for other in (article.with_suffix(suffix), article.with_suffix(suffix.upper())):
            # Path.is_file raises if a link leads to a file without permission.
            if os.path.isfile(other) and not other.samefile(article):  # noqa: PTH113
                yield other


def read_contents(path: Path, max_bytes: int) -> bytes:
    """Read a regular file of at most `max_bytes`. Raises Refusal."""
    check_regular_file(path)
    with open_file(path) as file:
        raw = file.read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise too_large_refusal(max_bytes)
    return raw


@contextlib.contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file to read. Raises Refusal if opening or reading fails."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise _access_refusal(path, error) from error


def check_regular_file(path: Path) -> None:
    """Raise Refusal unless a path is a regular file: opening a pipe or a device could block."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise _access_refusal(path, error) from error
    if stat.S_ISDIR(mode):
        raise Refusal("it is a folder, not a file", "Name its files, or check who can list it")
    if not stat.S_ISREG(mode):
        raise Refusal("it is not a regular file", "Save it as a file")


def _access_refusal(path: Path, error: OSError | ValueError) -> Refusal:
    if isinstance(error, FileNotFoundError):
        is_link = path.is_symlink()
        cause = "it is a link to a file that is not there" if is_link else "there is no such file"
        return Refusal(cause, "Check its name")
    cause = (isinstance(error, OSError) and error.strerror) or str(error)
    return Refusal(cause[:1].lower() + cause[1:], "Check its name, and who can read it")


def printable_name(name: str) -> str:
    """Escape what is not UTF-8 in a file's name, since it could not be stored or printed."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
