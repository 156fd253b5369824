"""Single files compressed with gzip, bzip2 or xz (`.gz`, `.bz2`, `.xz`), often a tar."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO

from bot.ingest.formats.archives import Readable, unpack
from bot.ingest.parsed_file import EnclosedFile

_ERRORS = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is compressed with gzip, bzip2 or xz."""
    return head.startswith((_GZIP, _BZIP2, _XZ))


def read(raw: bytes) -> Iterator[EnclosedFile]:
    """Yield the single file inside, which has this file's name without its suffix."""
    yield EnclosedFile("", partial(_unpack, raw))


def _unpack(raw: bytes, limit: int) -> bytes:
    return unpack(partial(_open, raw), limit, packed_size=len(raw), errors=_ERRORS)


def _open(raw: bytes) -> Readable:
    file = BytesIO(raw)
    if raw.startswith(_XZ):
        return lzma.LZMAFile(file)
    return bz2.BZ2File(file) if raw.startswith(_BZIP2) else gzip.GzipFile(fileobj=file)
