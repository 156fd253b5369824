"""ZIP archives (`.zip`), stored or deflated, as nearly all are. Nothing is ever unpacked to disk.

The names in an archive are never used as paths. A name that would lead outside of the archive is
still refused, because no honest program writes such names. parser.py limits how much may come out
of a file, and how deeply files may be nested.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath

from bot.ingest.parsed_file import EnclosedFile
from bot.ingest.refusal import Refusal

MAX_FILES = 10_000
"""The maximum number of files in one archive, including those in nested archives."""
MAX_RATIO = 200
MIN_BOMB_SIZE = 1_000_000
"""A file is a bomb if it unpacks to more than MAX_RATIO times its size, and to more than
MIN_BOMB_SIZE bytes. Text shrinks to a tenth or, if it repeats itself, a fiftieth, but deflate can
shrink a megabyte of spaces to a thousandth."""

ERRORS: tuple[type[Exception], ...] = (zipfile.BadZipFile, zlib.error, struct.error, EOFError)
ERRORS += (LookupError, OSError, ValueError, OverflowError, RuntimeError)
_LOCAL_HEADER, _EMPTY_ARCHIVE, _CENTRAL_HEADER = b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02"
_DOCUMENT_ENTRIES = (b"[Content_Types].xml", b"mimetype")
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Before 3.11.13 and 3.12.11, Python unpacks the other methods without a memory limit."""
_CHUNK_SIZE = 64 * 1024


class UnpackError(Refusal):
    """Unpacking a file failed after `size` bytes."""

    def __init__(self, cause: str, remedy: str, size: int) -> None:
        super().__init__(cause, remedy)
        self.size = size


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is a ZIP, but not a document in a ZIP-based format."""
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    return head.startswith((_LOCAL_HEADER, _EMPTY_ARCHIVE)) and name not in _DOCUMENT_ENTRIES


def read(raw: bytes) -> Iterator[EnclosedFile | Refusal]:
    """Yield the files in their order; not the hidden ones.

    The sizes that the archive states are not trusted.
    """
    # Every entry starts with this signature, wherever the archive says that its entries are.
    if raw.count(_CENTRAL_HEADER) > MAX_FILES:
        cause = f"it has more than {MAX_FILES:,} files"
        raise Refusal(cause, "Split it, or unpack it to a folder")
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
    except ERRORS as error:
        cause = f"the ZIP file is not complete: {str(error) or type(error).__name__}"
        raise Refusal(cause, "Download it again, or pack it again") from error
    # ZipInfo.is_dir() of Python 3.11 fails for a file without a name.
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        parts = PurePosixPath(name).parts
        if any(part == "__MACOSX" or (part[0] == "." and part != "..") for part in parts):
            continue
        if refusal := _check(entry):
            yield refusal.with_place(name)
        elif name in seen:
            cause = "the archive has another file with this name"
            yield Refusal(cause, "Pack it again", place=name)
        else:
            yield EnclosedFile(name, partial(_unpack, archive, entry))
        seen.add(name)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """Unpack at most `limit` bytes. Raises UnpackError for a damaged file and for a bomb."""
    contents = BytesIO()
    most = max(MIN_BOMB_SIZE, MAX_RATIO * entry.compress_size)
    try:
        file = archive.open(entry)
        while contents.tell() < min(limit, most + 1) and (chunk := file.read(_CHUNK_SIZE)):
            contents.write(chunk)
    except ERRORS as error:
        cause = f"it is damaged: {str(error) or type(error).__name__}"
        remedy = "Download it again, or pack it again"
        raise UnpackError(cause, remedy, contents.tell()) from error
    if contents.tell() > most:
        cause = f"it unpacks to more than {MAX_RATIO} times its size, which text never does"
        raise UnpackError(cause, "Find out who made it, or pack it again", contents.tell())
    return contents.getvalue()[:limit]


def _check(entry: zipfile.ZipInfo) -> Refusal | None:
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if entry.flag_bits & _ENCRYPTED:
        return Refusal("it is encrypted", "Unpack the archive with its password")
    if entry.compress_type not in _METHODS:
        cause = f"it is packed by method {entry.compress_type}, which is not supported"
        return Refusal(cause, "Pack it again as a normal ZIP")
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return Refusal("it is a link or a device, not a file", "Pack the file itself")
    if not parts:
        return Refusal("it has no name", "Pack it again")
    if parts[0] == "/" or ".." in parts or parts[0].endswith(":"):
        return Refusal("its name points outside the archive", "Pack it again, from its own folder")
    return None
