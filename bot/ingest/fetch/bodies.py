"""Read the body of a response, up to a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping

from bot.errors import FetchError
from bot.ingest.fetch.addresses import Address

GZIP = ("gzip", "x-gzip")

MAX_SMALL_CHUNKS = 50_000
MIN_CHUNK_SIZE = 16
"""After MAX_SMALL_CHUNKS chunks, their average size must be at least this many bytes: an endless
stream of tiny chunks would take too long to reach the size limit."""


def read_body(
    chunks: Iterable[bytes], headers: Mapping[str, str], address: Address, max_bytes: int
) -> bytes:
    """Read a body, and decompress it if it is compressed with gzip, the only encoding we accept.

    Neither the compressed nor the decompressed size may exceed `max_bytes`. Raises FetchError, and
    whatever `chunks` raises.
    """
    if int(headers.get("content-length", "0")) > max_bytes:
        raise _too_large_error(address, max_bytes)
    chunks = _check_chunk_size(chunks, address)
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return _read_plain(chunks, address, max_bytes)
    if encoding not in GZIP:
        raise address.error("type", "it is compressed in a way that was not asked for")
    return _read_gzip(chunks, address, max_bytes)


def _check_chunk_size(chunks: Iterable[bytes], address: Address) -> Iterator[bytes]:
    size = 0
    for number, chunk in enumerate(chunks):
        size += len(chunk)
        if number > MAX_SMALL_CHUNKS and size < MIN_CHUNK_SIZE * number:
            raise address.error("connection", "it sends its data in pieces that are too small")
        yield chunk


def _read_plain(chunks: Iterable[bytes], address: Address, max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            raise _too_large_error(address, max_bytes)
    return bytes(body)


def _read_gzip(chunks: Iterable[bytes], address: Address, max_bytes: int) -> bytes:
    body, compressed_size, decompressor, is_complete = bytearray(), 0, _gzip_decompressor(), True
    for chunk in chunks:
        compressed_size += len(chunk)
        while chunk:
            try:
                # One byte more than allowed shows that the body is too large.
                body += decompressor.decompress(chunk, max_bytes - len(body) + 1)
            except zlib.error:
                raise address.error("connection", "the data it sent is damaged") from None
            if max(len(body), compressed_size) > max_bytes:
                raise _too_large_error(address, max_bytes)
            chunk, is_complete = decompressor.unused_data, decompressor.eof
            if is_complete:  # another gzip member may follow
                decompressor = _gzip_decompressor()
    if not is_complete:
        raise address.error("connection", "the data it sent ends too early")
    return bytes(body)


def _gzip_decompressor() -> zlib._Decompress:
    return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)


def _too_large_error(address: Address, max_bytes: int) -> FetchError:
    return address.error("large", f"it is larger than {max_bytes // 1_000_000} MB")
