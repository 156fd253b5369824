"""Documents that are ZIP files of XML parts: Word and OpenDocument."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from xml.etree.ElementTree import Element

from bot.ingest.formats import xml
from bot.ingest.formats.signatures import wrong_type_refusal
from bot.ingest.refusal import Refusal

MAX_FILES = 5_000
MAX_PART_BYTES = 32 * 1024 * 1024
"""Size limit of an unpacked part. Only the parts that we need are unpacked."""
MAX_TOTAL_BYTES = 4 * MAX_PART_BYTES

_ZIP_SIGNATURE = b"PK"
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error)


class Package:
    """The parts of a document by name. Use it in a `with` block."""

    def __init__(self, raw: bytes, kind: str) -> None:
        """Open the ZIP file; `kind` is its name for people. Raises Refusal."""
        if not raw.startswith(_ZIP_SIGNATURE):
            raise wrong_type_refusal(raw, kind)
        try:
            self._file = zipfile.ZipFile(io.BytesIO(raw))
        except (ValueError, OSError, NotImplementedError, *_ZIP_ERRORS) as error:
            raise Refusal(
                "it is damaged: the ZIP file is not complete", "Download it again"
            ) from error
        if len(self._file.infolist()) > MAX_FILES:
            raise Refusal(f"it has more than {MAX_FILES:,} files in it", "Check where it came from")
        self._names = frozenset(self._file.namelist())
        self._bytes_left = MAX_TOTAL_BYTES

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes:
        """Unpack a part. Raises Refusal if it is missing, damaged or too large."""
        try:
            with self._file.open(name) as file:
                source = file.read(MAX_PART_BYTES + 1)
        except (LookupError, RuntimeError, ValueError, OSError, EOFError, *_ZIP_ERRORS) as error:
            raise Refusal(
                f"it is damaged: its part {name} cannot be read", "Save it again"
            ) from error
        if len(source) > MAX_PART_BYTES:
            cause = f"its part {name} unpacks to more than {MAX_PART_BYTES:,} bytes"
            raise Refusal(cause, "Split it")
        self._bytes_left -= len(source)
        if self._bytes_left < 0:
            raise Refusal(f"it unpacks to more than {MAX_TOTAL_BYTES:,} bytes", "Split it")
        return source

    def parse(self, name: str) -> Element:
        """Parse a part's XML. Raises Refusal as `read` does, and for malformed or hostile XML."""
        try:
            return xml.parse(self.read(name))
        except Refusal as refusal:
            if refusal.cause.startswith("it is damaged"):
                raise
            raise refusal.with_context(f"its part {name}") from refusal


def first_entry(head: bytes) -> bytes:
    """Return the name of the first file in a ZIP, and its contents as far as they are stored."""
    return head[30:8192] if head.startswith(b"PK\x03\x04") else b""
