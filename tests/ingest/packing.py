"""Archives for the tests, honest and hostile, made in memory."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

Contents = Mapping[str, str | bytes]


def zipped(files: Contents, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def raw_zip(entries: Mapping[str, bytes], *, size: int, flags: int = 0, method: int = 8) -> bytes:
    """A ZIP of streams that are packed already, each said to be of `size` bytes unpacked."""
    body, directory = bytearray(), bytearray()
    for name, stream in entries.items():
        encoded = name.encode()
        fields = (20, flags, method, 0, 0, 0, len(stream), size, len(encoded))
        at = len(body)
        body += struct.pack("<4s5H3L2H", b"PK\3\4", *fields, 0) + encoded + stream
        directory += struct.pack("<4sH5H3L5H2L", b"PK\1\2", 20, *fields, 0, 0, 0, 0, 0, at)
        directory += encoded
    count = len(entries)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


def nothing_deflated(megabytes: int) -> bytes:
    """A deflate stream of so many megabytes of NUL, in a thousandth of that."""
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = press.compress(bytes(1_000_000)) + press.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + press.flush()


def bomb(gigabytes: int = 9) -> bytes:
    """A ZIP in a ZIP in a ZIP, which unpacks to ten million times its size."""
    packed = raw_zip({"a.txt": nothing_deflated(gigabytes * 1000)}, size=gigabytes << 20)
    for name in ("b.zip", "c.zip"):
        packed = zipped({name: packed})
    return packed
