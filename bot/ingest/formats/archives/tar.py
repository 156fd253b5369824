"""Tar archives (`.tar`). For a compressed one (`.tar.gz`), compressed.py yields the tar."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from io import BytesIO

from bot.ingest.formats.archives import MAX_FILES, Member, list_files, too_many_files_refusal
from bot.ingest.parsed_file import EnclosedFile
from bot.ingest.refusal import Refusal

_ERRORS = (tarfile.TarError, EOFError, OSError, ValueError, OverflowError, RecursionError)
_MAGIC = slice(257, 262)
_END_BLOCK = bytes(tarfile.BLOCKSIZE)


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is a POSIX or GNU tar; older ones have no signature."""
    return head[_MAGIC] == b"ustar"


def read(raw: bytes) -> Iterator[EnclosedFile | Refusal]:
    """Yield the files in a tar. Raises Refusal at the end if the tar is not complete."""
    members: list[Member] = []
    mistake = _read_members(raw, members)
    yield from list_files(members)
    if mistake:
        cause = f"the tar file is not complete: {mistake}"
        raise Refusal(cause, "Download it again, or pack it again")


def _read_members(raw: bytes, members: list[Member]) -> str:
    """Append the files in a tar to `members`; returns what is wrong with the tar, or ""."""
    try:
        with tarfile.open(fileobj=BytesIO(raw), mode="r:") as archive:
            for number, info in enumerate(archive):
                # Before 3.11.14, Python follows a negative size backwards for ever.
                if number == MAX_FILES or info.size < 0:
                    raise too_many_files_refusal()
                if not info.isdir():
                    members.append(_make_member(raw, info))
            # tarfile treats whatever it cannot read as the end of the archive.
            is_complete = raw.startswith(_END_BLOCK, archive.offset)
    except _ERRORS as error:
        return str(error) or type(error).__name__
    return "" if is_complete else "it breaks off"


def _make_member(raw: bytes, info: tarfile.TarInfo) -> Member:
    start, end = info.offset_data, info.offset_data + info.size
    refusal = None
    if not info.isreg():
        refusal = Refusal("it is a link or a device, not a file", "Pack the file itself")
    elif info.issparse():
        refusal = Refusal("it is a sparse file, which is never text", "Pack it again without holes")
    elif end > len(raw):
        refusal = Refusal("the archive ends in the middle of it", "Download the archive again")
    return Member(info.name, lambda limit: raw[start : min(end, start + limit)], refusal)
