"""ZIP archives (`.zip`), stored or deflated, as nearly all are."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO

from bot.ingest.formats.archives import (
    MAX_FILES,
    Member,
    list_files,
    too_many_files_refusal,
    unpack,
)
from bot.ingest.parsed_file import EnclosedFile
from bot.ingest.refusal import Refusal

_LOCAL_HEADER, _EMPTY_ARCHIVE = b"PK\x03\x04", b"PK\x05\x06"
_CENTRAL_HEADER = b"PK\x01\x02"
_DOCUMENT_ENTRIES = (b"[Content_Types].xml", b"mimetype")
"""The first entry of an Office document, and of an OpenDocument or EPUB file."""
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Before 3.11.13 and 3.12.11, Python unpacks the other methods without a memory limit."""

_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    RuntimeError,  # including NotImplementedError
)


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is a ZIP, but not a document in a ZIP-based format."""
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    return head.startswith((_LOCAL_HEADER, _EMPTY_ARCHIVE)) and name not in _DOCUMENT_ENTRIES


def read(raw: bytes) -> Iterator[EnclosedFile | Refusal]:
    """Yield the files in a ZIP. The sizes that it states are not trusted."""
    # Every entry starts with this signature, wherever the archive says that its entries are.
    if raw.count(_CENTRAL_HEADER) > MAX_FILES:
        raise too_many_files_refusal()
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
    except _ERRORS as error:
        cause = f"the ZIP file is not complete: {str(error) or type(error).__name__}"
        raise Refusal(cause, "Download it again, or pack it again") from error
    # ZipInfo.is_dir() of Python 3.11 fails for a file without a name.
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    yield from list_files([_make_member(archive, entry) for entry in entries])


def _make_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Member:
    def read_contents(limit: int) -> bytes:
        open_ = partial(archive.open, entry)
        return unpack(open_, limit, packed_size=entry.compress_size, errors=_ERRORS)

    return Member(entry.filename, read_contents, _check_entry(entry))


def _check_entry(entry: zipfile.ZipInfo) -> Refusal | None:
    mode = entry.external_attr >> 16
    if entry.flag_bits & _ENCRYPTED:
        return Refusal("it is encrypted", "Unpack the archive with its password")
    if entry.compress_type not in _METHODS:
        return Refusal(
            f"it is packed by method {entry.compress_type}, which is not supported",
            "Pack it again as a normal ZIP",
        )
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return Refusal("it is a link or a device, not a file", "Pack the file itself")
    return None
