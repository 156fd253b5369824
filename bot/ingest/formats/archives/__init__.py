"""Read files from archives of any format. Nothing is ever unpacked to disk.

The names in an archive are never used as paths. A name that would lead outside of the archive is
still refused, because no honest program writes such names. parser.py limits how much may come out
of a file, and how deeply files may be nested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol

from bot.ingest.formats.table import METADATA_SUFFIX, ambiguous_metadata_refusal, is_article_name
from bot.ingest.parsed_file import EnclosedFile
from bot.ingest.refusal import Refusal

MAX_FILES = 10_000
"""The maximum number of files in one archive, including those in nested archives."""

MAX_RATIO = 200
MIN_BOMB_SIZE = 1_000_000
"""A file is a bomb if it unpacks to more than MAX_RATIO times its size, and to more than
MIN_BOMB_SIZE bytes. Text shrinks to a tenth or, if it repeats itself, a fiftieth, but deflate can
shrink a megabyte of spaces to a thousandth."""

_CHUNK_SIZE = 64 * 1024
_MACOS_FOLDER = "__MACOSX"


class Readable(Protocol):
    """A file that `unpack` can read."""

    def read(self, size: int, /) -> bytes:
        """Read at most `size` bytes; none at the end."""


class Member(NamedTuple):
    """A file in an archive; `refusal` is set if its entry shows that it cannot be read."""

    name: str
    read: Callable[[int], bytes]
    refusal: Refusal | None = None


class UnpackError(Refusal):
    """Unpacking a file failed after `size` bytes."""

    def __init__(self, cause: str, remedy: str, size: int) -> None:
        super().__init__(cause, remedy)
        self.size = size


def unpack(
    open_: Callable[[], Readable],
    limit: int,
    *,
    packed_size: int,
    errors: tuple[type[Exception], ...],
) -> bytes:
    """Unpack at most `limit` bytes of a file that takes `packed_size` bytes in its archive.

    `errors` are the exceptions for a damaged file. Raises UnpackError for a damaged file and for a
    bomb.
    """
    contents = BytesIO()
    max_size = max(MIN_BOMB_SIZE, MAX_RATIO * packed_size)
    try:
        file = open_()
        while (bytes_left := limit - contents.tell()) > 0 and (
            chunk := file.read(min(_CHUNK_SIZE, bytes_left))
        ):
            contents.write(chunk)
            if contents.tell() > max_size:
                raise UnpackError(
                    f"it unpacks to more than {MAX_RATIO} times its size, which text never does",
                    "Find out who made it, or pack it again",
                    contents.tell(),
                )
    except errors as error:
        cause = str(error) or type(error).__name__
        raise UnpackError(
            f"it is damaged: {cause}", "Download it again, or pack it again", contents.tell()
        ) from error
    return contents.getvalue()


def list_files(members: Sequence[Member]) -> Iterator[EnclosedFile | Refusal]:
    """Yield the files of an archive in their order, each with the `.yml` beside it.

    Hidden files, and metadata beside its article, are left out.
    """
    readers = {member.name: member.read for member in members if member.refusal is None}
    articles_by_stem: dict[str, list[str]] = defaultdict(list)
    for name in filter(is_article_name, readers):
        articles_by_stem[_stem(name)].append(name)
    previous_names: set[str] = set()
    for member in members:
        name = member.name
        if any(_is_hidden(part) for part in PurePosixPath(name).parts):
            continue
        sidecar = readers.get(_stem(name) + METADATA_SUFFIX)
        same_stem = articles_by_stem.get(_stem(name), [])
        if refusal := member.refusal or _check_name(name, previous_names):
            yield refusal.with_place(name)
        elif sidecar and name in same_stem and len(same_stem) > 1:
            others = (PurePosixPath(other).name for other in same_stem)
            yield ambiguous_metadata_refusal(others).with_place(name)
        elif not (name.endswith(METADATA_SUFFIX) and same_stem):
            yield EnclosedFile(name, member.read, sidecar)
        previous_names.add(name)


def too_many_files_refusal() -> Refusal:
    """Return the refusal of an archive with too many files."""
    return Refusal(f"it has more than {MAX_FILES:,} files", "Split it, or unpack it to a folder")


def _is_hidden(part: str) -> bool:
    return part == _MACOS_FOLDER or (part.startswith(".") and part != "..")


def _check_name(name: str, previous_names: set[str]) -> Refusal | None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or name.endswith("/"):
        return Refusal("it has no name", "Pack it again")
    if parts[0] == "/" or ".." in parts or parts[0].endswith(":"):
        return Refusal("its name points outside the archive", "Pack it again, from its own folder")
    if name in previous_names:
        return Refusal("the archive has another file with this name", "Pack it again")
    return None


def _stem(name: str) -> str:
    return name.removesuffix(PurePosixPath(name).suffix)
