"""Bytes in, Documents out: `articles_in` finds the files, `read` reads one of them.

Each wire format has a file of its own and a line in FORMATS. A format's reader takes a file's
bytes and returns the article's text and what the file itself says of it; it raises Refusal.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.errors import IngestError
from bot.ingest import markdown, metadata, text
from bot.ingest.metadata import Known
from bot.ingest.refusal import Refusal
from bot.model import Document

__all__ = ["FORMATS", "articles_in", "read"]

FORMATS: Mapping[str, Callable[[bytes], tuple[str, Known]]] = {
    ".md": markdown.read,
    ".txt": text.read,
}
METADATA_SUFFIX = ".yml"


def articles_in(paths: Sequence[Path]) -> Iterator[Path]:
    """Find the files to read: those named, and those in the folders named, in sorted order.

    Whatever `read` would refuse is yielded too, so that it is reported by name: a missing file,
    an unknown suffix, a folder that cannot be listed. Left out are metadata that has its article
    beside it and, within folders, hidden files and folders.
    """
    for path in paths:
        if _is_folder(path):
            yield from _inside(path, frozenset())
        elif not _has_article(path):
            yield path


def read(path: Path, *, max_bytes: int) -> Document:
    """Read one article and the `.yml` beside it, if there is one.

    The text is kept to the character, line ends included; only a byte order mark at the file's
    start is left out. `origin` is the path as given. Raises IngestError, whatever the file holds.
    """
    origin = _printable(str(path))
    try:
        return _document(origin, *_article(path, max_bytes))
    except Refusal as refusal:
        raise IngestError(
            "cannot read the article",
            subject=origin,
            cause=refusal.cause,
            remedy=refusal.remedy,
        ) from refusal


def _inside(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    """The files in a folder; `above` are the folders it is in, so that links in a circle end."""
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
        if _is_folder(path):
            yield from _inside(path, above | {real})
        elif not _has_article(path):
            yield path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # not allowed to look: read() says so, by name
        return False


def _has_article(path: Path) -> bool:
    """Whether this is metadata with its article beside it."""
    return path.suffix == METADATA_SUFFIX and any(
        other.stem == path.stem and other.suffix.lower() in FORMATS
        for other in path.parent.glob(f"{glob.escape(path.stem)}.*")
    )


def _article(path: Path, max_bytes: int) -> tuple[str, Known]:
    """The text of an article and everything known of it."""
    _check_regular(path)
    body, known = _reader(path)(_contents(path, max_bytes))
    if not body.strip():
        raise Refusal("it holds no text", "Put the article's text in it, or remove it")
    beside = path.with_suffix(METADATA_SUFFIX)
    if os.path.lexists(beside):
        known = metadata.join(known, _beside(beside, max_bytes))
    return body, known


def _reader(path: Path) -> Callable[[bytes], tuple[str, Known]]:
    suffix = path.suffix.lower()
    if suffix == METADATA_SUFFIX:
        raise Refusal(
            "a .yml is the metadata of an article, and there is no article beside it",
            f"Put {_printable(path.stem)}.txt or .md beside it, or remove it",
        )
    if suffix not in FORMATS:
        raise Refusal(
            f"files with the suffix {_printable(suffix) or '(none)'} are not read",
            f"Save it as {' or '.join(sorted(FORMATS))}",
        )
    return FORMATS[suffix]


def _beside(path: Path, max_bytes: int) -> Known:
    try:
        _check_regular(path)
        return metadata.parse(text.decode(_contents(path, max_bytes)))
    except Refusal as refusal:
        raise Refusal(f"in {_printable(path.name)}, {refusal.cause}", refusal.remedy) from refusal


def _check_regular(path: Path) -> None:
    """Refuse what is no regular file: opening a pipe or a device could wait for ever."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise _no_access(path, error) from error
    if stat.S_ISDIR(mode):
        raise Refusal("it is a folder, not a file", "Name its files, or check who may list it")
    if not stat.S_ISREG(mode):
        raise Refusal("it is no regular file", "Save it as a file")


def _contents(path: Path, max_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(max_bytes + 1)
    except OSError as error:
        raise _no_access(path, error) from error
    if len(raw) > max_bytes:
        raise Refusal(
            f"it is larger than {max_bytes:,} bytes",
            "Split it, or raise ingest.max_megabytes in bot.yml",
        )
    return raw


def _no_access(path: Path, error: OSError | ValueError) -> Refusal:
    if isinstance(error, FileNotFoundError):
        dangling = path.is_symlink()
        cause = "it is a link to a file that is not there" if dangling else "there is no such file"
        return Refusal(cause, "Check its name")
    cause = (isinstance(error, OSError) and error.strerror) or str(error)
    return Refusal(cause[:1].lower() + cause[1:], "Check its name and who may read it")


def _document(origin: str, body: str, known: Known) -> Document:
    fields: dict[str, Any] = dict(known)
    published: metadata.Published | None = fields.pop("published", None)
    return Document(
        origin=origin,
        text=body,
        published=published.printed if published else None,
        published_on=published.on if published else None,
        published_at=published.at if published else None,
        **fields,
    )


def _printable(name: str) -> str:
    """A file's name; what is not UTF-8 in it could be neither stored nor printed, so is escaped."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
