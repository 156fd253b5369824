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
from bot.ingest.formats.table import METADATA_SUFFIX, SUFFIXES, ambiguous_metadata_refusal
from bot.ingest.formats.text import decode
from bot.ingest.metadata import Metadata
from bot.ingest.refusal import Refusal


def find_article_files(paths: Sequence[Path]) -> Iterator[Path | IngestError]:
    """Find the given files, and the files in the given folders, in sorted order.

    Paths that `read` will refuse are included, so that it reports them by name: a missing file,
    an unknown suffix, a folder that cannot be listed. A link inside a folder that leads out of the
    given folder is an IngestError, since the people who fill a folder must not decide which other
    files of the machine are read; a given path may itself be a link. Metadata beside its article is
    left out, and so are hidden files and folders inside a folder.
    """
    for path in paths:
        yield from _find(path, None, frozenset())


def _find(
    path: Path, root: Path | None, ancestors: frozenset[Path]
) -> Iterator[Path | IngestError]:
    """Yield a file, or the files of a folder below `root`; `ancestors` are its resolved parent
    folders, so that circular links end."""
    if root and _leads_out(path, root):
        yield IngestError(
            "cannot read the article",
            subject=printable_name(str(path)),
            cause="it is a link to somewhere outside the folder",
            remedy="Put the file itself there, or name the link itself",
        )
    elif os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises without permission
        resolved = path.resolve()
        if resolved in ancestors:
            return
        try:
            entries = sorted(path.iterdir())
        except OSError:
            yield path
            return
        for entry in entries:
            if not entry.name.startswith("."):
                yield from _find(entry, root or resolved, ancestors | {resolved})
    elif not (path.suffix == METADATA_SUFFIX and _articles_beside(path)):
        yield path


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether a path is a link to something outside `folder`, which is a resolved path."""
    return os.path.islink(path) and not Path(  # noqa: PTH114 - Path.is_symlink raises
        os.path.realpath(path)
    ).is_relative_to(folder)


def _articles_beside(path: Path) -> list[str]:
    """Return the names of the articles with the stem of `path`.

    Each possible name is tested, since the folder may hold a hundred thousand files.
    """
    names: dict[int, str] = {}  # by inode: to some file systems, a.txt is also a.TXT
    for suffix in SUFFIXES:
        for article in (path.with_suffix(suffix), path.with_suffix(suffix.upper())):
            with contextlib.suppress(OSError):
                status = article.stat()
                if stat.S_ISREG(status.st_mode):
                    names.setdefault(status.st_ino, printable_name(article.name))
    return list(names.values())


def read_sidecar(article: Path) -> Metadata:
    """Read the `.yml` beside an article; {} if there is none.

    Raises Refusal, including when the `.yml` could belong to another article.
    """
    path = article.with_suffix(METADATA_SUFFIX)
    if not os.path.lexists(path):
        return {}
    name = printable_name(path.name)
    if _leads_out(path, path.parent.resolve()):
        cause = f"{name} beside it is a link to somewhere outside the folder"
        raise Refusal(cause, "Put the file itself there, or remove it")
    if len(names := _articles_beside(path)) > 1:
        raise ambiguous_metadata_refusal(names)
    try:
        with open_file(path) as file:  # a longer one is refused when it is parsed
            return metadata.parse(decode(file.read(5 * metadata.MAX_METADATA_CHARACTERS)))
    except Refusal as refusal:
        raise refusal.with_context(name) from refusal


def states_metadata(origin: str) -> bool:
    """Whether a file has a `.yml` beside it or front matter, which say all that is known of it.

    True if there is no file `origin`.
    """
    path = Path(origin)
    try:
        with path.open("rb") as file:
            has_front_matter = file.read(3) == b"---"
        return has_front_matter or os.path.lexists(path.with_suffix(METADATA_SUFFIX))
    except (OSError, ValueError):
        return True


@contextlib.contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file, since opening a pipe or a device could block. Raises Refusal."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Refusal("it is a folder, not a file", "Name its files, or check who can list it")
        if not stat.S_ISREG(mode):
            raise Refusal("it is not a regular file", "Save it as a file")
        with path.open("rb") as file:
            yield file
    except (OSError, ValueError) as error:  # ValueError: its name has a NUL
        cause = getattr(error, "strerror", None) or str(error)
        remedy = "Check its name, where it leads if it is a link, and who can read it"
        raise Refusal(cause[:1].lower() + cause[1:], remedy) from error


def printable_name(name: str) -> str:
    """Escape what is not UTF-8 in a file's name, since it could not be stored or printed."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
