"""What archives of all kinds have in common. Nothing in them is ever unpacked to disk.

Names in an archive are only names here. One that would lead out of it, were it unpacked, is refused
all the same, since no honest program packs such names. How much may come out of a file, and how
deep it may lie, is bounded in `opening`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol

from bot.ingest.formats.table import METADATA_SUFFIX, is_article_name, shared_metadata
from bot.ingest.parsed_file import Enclosed
from bot.ingest.refusal import Refusal

MOST_FILES = 10_000
"""How many files one file may hold, those within others included."""

RATIO = 200
SMALL = 1_000_000
"""Text shrinks to a tenth or, if it repeats itself, a fiftieth. What is still small may do as it
likes: deflate can make a thousandth of a megabyte of spaces."""

_PIECE = 64 * 1024
_HIDDEN = "__MACOSX"


class Readable(Protocol):
    """A file to read from, as far as `unpack` needs one."""

    def read(self, size: int, /) -> bytes:
        """Read at most so many bytes; none at the end."""


class Member(NamedTuple):
    """One file in an archive; `refusal` says why it is not read, if its entry alone says so."""

    name: str
    read: Callable[[int], bytes]
    refusal: Refusal | None = None


class Spoilt(Refusal):
    """A file that could not be unpacked after `size` bytes of it had been."""

    def __init__(self, cause: str, remedy: str, size: int) -> None:
        super().__init__(cause, remedy)
        self.size = size


def unpack(
    open_: Callable[[], Readable], limit: int, *, packed: int, broken: tuple[type[Exception], ...]
) -> bytes:
    """Read at most `limit` bytes of what takes `packed` bytes in its archive.

    `broken` are the exceptions that tell of a damaged file. Raises Spoilt, also once it has come to
    a size that only bombs have.
    """
    unpacked = BytesIO()
    try:
        file = open_()
        while (left := limit - unpacked.tell()) > 0 and (piece := file.read(min(_PIECE, left))):
            unpacked.write(piece)
            if unpacked.tell() > max(SMALL, RATIO * packed):
                raise Spoilt(
                    f"it unpacks to more than {RATIO} times its size, which text never does",
                    "Find out who made it, or pack it again",
                    unpacked.tell(),
                )
    except broken as error:
        why = str(error) or type(error).__name__
        raise Spoilt(
            f"it is damaged: {why}", "Download it again, or pack it again", unpacked.tell()
        ) from error
    return unpacked.getvalue()


def files(members: Sequence[Member]) -> Iterator[Enclosed | Refusal]:
    """Give the files of an archive in its order, each with the `.yml` beside it.

    Left out are hidden files, and metadata that has its article beside it.
    """
    readers = {one.name: one.read for one in members if one.refusal is None}
    stems: dict[str, list[str]] = {}
    for name in filter(is_article_name, readers):
        stems.setdefault(_stem(name), []).append(name)
    seen: set[str] = set()
    for one in members:
        if any(_is_hidden(part) for part in PurePosixPath(one.name).parts):
            continue
        beside = readers.get(_stem(one.name) + METADATA_SUFFIX)
        sharing = stems.get(_stem(one.name), [])
        if refusal := one.refusal or _refused_name(one.name, seen):
            yield Refusal(refusal.cause, refusal.remedy, place=one.name)
        elif beside and one.name in sharing and len(sharing) > 1:
            refusal = shared_metadata(PurePosixPath(name).name for name in sharing)
            yield Refusal(refusal.cause, refusal.remedy, place=one.name)
        elif not (one.name.endswith(METADATA_SUFFIX) and sharing):
            yield Enclosed(one.name, one.read, beside)
        seen.add(one.name)


def too_many() -> Refusal:
    """Why an archive of very many files is not read."""
    return Refusal(f"it has more than {MOST_FILES:,} files", "Split it, or unpack it to a folder")


def _is_hidden(part: str) -> bool:
    return part == _HIDDEN or (part.startswith(".") and part != "..")


def _refused_name(name: str, seen: set[str]) -> Refusal | None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or name.endswith("/"):
        return Refusal("it has no name", "Pack it again")
    if parts[0] == "/" or ".." in parts or parts[0].endswith(":"):
        return Refusal("its name points outside the archive", "Pack it again, from its own folder")
    if name in seen:
        return Refusal("the archive has another file with this name", "Pack it again")
    return None


def _stem(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    return name.removesuffix(suffix) if suffix else name
