"""Files packed by gzip, bzip2 or xz (`.gz`, `.bz2`, `.xz`): one file, often a tar."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO

from bot.ingest.formats.archives import Readable, unpack
from bot.ingest.parsed_file import Enclosed

_BROKEN = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"


def recognises(head: bytes) -> bool:
    """Whether it is packed by one of them."""
    return head.startswith((_GZIP, _BZIP2, _XZ))


def read(raw: bytes) -> Iterator[Enclosed]:
    """Give the one file that was packed, which is called as this one without its suffix."""
    yield Enclosed("", partial(_contents, raw))


def _contents(raw: bytes, limit: int) -> bytes:
    return unpack(partial(_open, raw), limit, packed=len(raw), broken=_BROKEN)


def _open(raw: bytes) -> Readable:
    file = BytesIO(raw)
    if raw.startswith(_XZ):
        return lzma.LZMAFile(file)
    return bz2.BZ2File(file) if raw.startswith(_BZIP2) else gzip.GzipFile(fileobj=file)
