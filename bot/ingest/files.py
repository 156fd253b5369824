"""Find the files to read, and get their bytes."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from bot.errors import IngestError
from bot.ingest import metadata
from bot.ingest.formats.table import METADATA_SUFFIX, SUFFIXES, is_article_name, shared_metadata
from bot.ingest.formats.text import decode
from bot.ingest.metadata import Metadata
from bot.ingest.parser import too_large
from bot.ingest.refusal import Refusal

_Stems = dict[Path, set[str]]
"""The stems of the articles in each folder that was asked about."""


def find_article_files(paths: Sequence[Path]) -> Iterator[Path | IngestError]:
    """Find the files to read: those named, and those in the folders named, in sorted order.

    Whatever `read` would refuse is yielded too, so that it is reported by name: a missing file,
    an unknown suffix, a folder that cannot be listed. A link in a folder that leads out of the
    folder that was named is an IngestError: whoever fills a folder does not decide what else of
    the machine is read. What is named itself may be a link. Left out are metadata that has its
    article beside it and, within folders, hidden files and folders.
    """
    stems: _Stems = {}
    for path in paths:
        if _is_folder(path):
            yield from _inside(path, path.resolve(), frozenset(), stems)
        elif not _has_article(path, stems):
            yield path


def _inside(
    folder: Path, named: Path, above: frozenset[Path], stems: _Stems
) -> Iterator[Path | IngestError]:
    """The files in a folder that is, or is in, the one `named`; `above` are the folders it is in,
    so that links in a circle end."""
    real = folder.resolve()
    if real in above:
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for path in entries:
        if path.name.startswith("."):
            continue
        if _leads_out(path, named):
            yield IngestError(
                "cannot read the article",
                subject=printable(str(path)),
                cause="it is a link to somewhere outside the folder",
                remedy="Put the file itself there, or name the link itself",
            )
        elif _is_folder(path):
            yield from _inside(path, named, above | {real}, stems)
        elif not _has_article(path, stems):
            yield path


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether a path is a link to what is not in a folder, whose own path holds no link."""
    try:
        return path.is_symlink() and not path.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # a link to itself: read() says so, by name
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # not allowed to look: read() says so, by name
        return False


def _has_article(path: Path, stems: _Stems) -> bool:
    """Whether this is metadata with its article beside it. Each folder is listed once."""
    if path.suffix != METADATA_SUFFIX:
        return False
    if path.parent not in stems:
        try:
            others = list(path.parent.iterdir())
        except OSError:
            others = []
        stems[path.parent] = {other.stem for other in others if is_article_name(other.name)}
    return path.stem in stems[path.parent]


def beside(path: Path, max_bytes: int) -> Metadata | None:
    """Read the metadata beside an article; None where there is none. Raises Refusal, also where
    another article may be meant."""
    article, path = path, path.with_suffix(METADATA_SUFFIX)
    if not os.path.lexists(path):
        return None
    if _leads_out(path, path.parent.resolve()):
        raise Refusal(
            f"{printable(path.name)} beside it is a link to somewhere outside the folder",
            "Put the file itself there, or remove it",
        )
    if others := list(_called_alike(article)):
        raise shared_metadata(printable(one.name) for one in (article, *others))
    try:
        return metadata.parse(decode(contents(path, max_bytes)))
    except Refusal as refusal:
        raise Refusal(f"in {printable(path.name)}, {refusal.cause}", refusal.remedy) from refusal


def _called_alike(article: Path) -> Iterator[Path]:
    """The other articles beside one that differ from it in their suffix alone. They are asked for
    one by one: the folder may hold a hundred thousand files."""
    for suffix in SUFFIXES:
        for other in (article.with_suffix(suffix), article.with_suffix(suffix.upper())):
            # Not Path.is_file: it raises where a link leads to what may not be looked at.
            if os.path.isfile(other) and not other.samefile(article):  # noqa: PTH113
                yield other


def contents(path: Path, max_bytes: int) -> bytes:
    """Read a regular file of at most so many bytes. Raises Refusal."""
    check_regular(path)
    with opened(path) as file:
        raw = file.read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise too_large(max_bytes)
    return raw


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file to read. Raises Refusal, also where it breaks off."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise _no_access(path, error) from error


def check_regular(path: Path) -> None:
    """Refuse what is no regular file: opening a pipe or a device could wait for ever."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise _no_access(path, error) from error
    if stat.S_ISDIR(mode):
        raise Refusal("it is a folder, not a file", "Name its files, or check who can list it")
    if not stat.S_ISREG(mode):
        raise Refusal("it is not a regular file", "Save it as a file")


def _no_access(path: Path, error: OSError | ValueError) -> Refusal:
    if isinstance(error, FileNotFoundError):
        dangling = path.is_symlink()
        cause = "it is a link to a file that is not there" if dangling else "there is no such file"
        return Refusal(cause, "Check its name")
    cause = (isinstance(error, OSError) and error.strerror) or str(error)
    return Refusal(cause[:1].lower() + cause[1:], "Check its name, and who can read it")


def printable(name: str) -> str:
    """A file's name; what is not UTF-8 in it could be neither stored nor printed, so is escaped."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
