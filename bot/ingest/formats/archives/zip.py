"""ZIP archives (`.zip`), stored or deflated, as nearly all are."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO

from bot.ingest.formats.archives import MOST_FILES, Member, files, too_many, unpack
from bot.ingest.parsed_file import Enclosed
from bot.ingest.refusal import Refusal

_LOCAL, _EMPTY, _CENTRAL = b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02"
_OTHERS = (b"[Content_Types].xml", b"mimetype")
"""What an Office document, or an OpenDocument or EPUB file, begins with."""
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Python's zipfile unpacks the others without a bound on memory (until 3.11.13, 3.12.11)."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    RuntimeError,  # also NotImplementedError
)


def recognises(head: bytes) -> bool:
    """Whether it is a ZIP, and none of the document formats that are ZIPs too."""
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    return head.startswith((_LOCAL, _EMPTY)) and name not in _OTHERS


def read(raw: bytes) -> Iterator[Enclosed | Refusal]:
    """Give the files in a ZIP. Sizes that it states are not believed."""
    # An entry begins with this mark wherever the archive says that it has them.
    if raw.count(_CENTRAL) > MOST_FILES:
        raise too_many()
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
    except _BROKEN as error:
        why = f"the ZIP file is not complete: {str(error) or type(error).__name__}"
        raise Refusal(why, "Download it again, or pack it again") from error
    yield from files([_member(archive, one) for one in archive.infolist() if not one.is_dir()])


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    def contents(limit: int) -> bytes:
        opening = partial(archive.open, info)
        return unpack(opening, limit, packed=info.compress_size, broken=_BROKEN)

    return Member(info.filename, contents, _refusal(info))


def _refusal(info: zipfile.ZipInfo) -> Refusal | None:
    mode = info.external_attr >> 16
    if info.flag_bits & _ENCRYPTED:
        return Refusal("it is encrypted", "Unpack the archive with its password")
    if info.compress_type not in _METHODS:
        return Refusal(
            f"it is packed by method {info.compress_type}, which is not supported",
            "Pack it again as a normal ZIP",
        )
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return Refusal("it is a link or a device, not a file", "Pack the file itself")
    return None
