"""Tar archives (`.tar`). A packed one (`.tar.gz`) is a tar within a file of `packed`."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from io import BytesIO

from bot.ingest.formats.archives import MOST_FILES, Member, files, too_many
from bot.ingest.parsed_file import Enclosed
from bot.ingest.refusal import Refusal

_BROKEN = (tarfile.TarError, EOFError, OSError, ValueError, OverflowError, RecursionError)
_MAGIC = slice(257, 262)
_END = bytes(tarfile.BLOCKSIZE)


def recognises(head: bytes) -> bool:
    """Whether it is a tar as POSIX or GNU writes it; an older one only its suffix tells."""
    return head[_MAGIC] == b"ustar"


def read(raw: bytes) -> Iterator[Enclosed | Refusal]:
    """Give the files in a tar, and say at its end if there should be more."""
    members: list[Member] = []
    mistake = _list(raw, members)
    yield from files(members)
    if mistake:
        why = f"the tar file is not complete: {mistake}"
        raise Refusal(why, "Download it again, or pack it again")


def _list(raw: bytes, members: list[Member]) -> str:
    """Add what is in a tar; returns what is wrong with it."""
    try:
        with tarfile.open(fileobj=BytesIO(raw), mode="r:") as archive:
            for number, info in enumerate(archive):
                # Python before 3.11.14 follows a negative size backwards, for ever.
                if number == MOST_FILES or info.size < 0:
                    raise too_many()
                if not info.isdir():
                    members.append(_member(raw, info))
            # It takes whatever it can't read for the end.
            is_whole = raw.startswith(_END, archive.offset)
    except _BROKEN as error:
        return str(error) or type(error).__name__
    return "" if is_whole else "it breaks off"


def _member(raw: bytes, info: tarfile.TarInfo) -> Member:
    start, end = info.offset_data, info.offset_data + info.size
    refusal = None
    if not info.isreg():
        refusal = Refusal("it is a link or a device, not a file", "Pack the file itself")
    elif info.issparse():
        refusal = Refusal("it is a sparse file, which is never text", "Pack it again without holes")
    elif end > len(raw):
        refusal = Refusal("the archive ends in the middle of it", "Download the archive again")
    return Member(info.name, lambda limit: raw[start : min(end, start + limit)], refusal)
