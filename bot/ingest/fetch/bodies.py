"""The body of an answer, read to its end or to its limit, whichever comes first."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping

from bot.errors import FetchError
from bot.ingest.fetch.addresses import Address

GZIP = ("gzip", "x-gzip")

MOST_SHORT = 50_000
SHORT = 16
"""Pieces of so few bytes take more time than they bring: an endless stream of them would never come
to its limit."""


def read_body(
    chunks: Iterable[bytes], headers: Mapping[str, str], address: Address, most: int
) -> bytes:
    """Read a body, unpacked if it is packed with gzip, the only packing that is asked for.

    `most` bytes are read, packed and unpacked. Raises FetchError, and what `chunks` does.
    """
    if int(headers.get("content-length", "0")) > most:
        raise _too_large(address, most)
    chunks = _worthwhile(chunks, address)
    packing = headers.get("content-encoding", "").strip().lower()
    if packing in ("", "identity"):
        return _whole(chunks, address, most)
    if packing not in GZIP:
        raise address.error("type", "it is compressed in a way that was not asked for")
    return _unpacked(chunks, address, most)


def _worthwhile(chunks: Iterable[bytes], address: Address) -> Iterator[bytes]:
    size = 0
    for number, chunk in enumerate(chunks):
        size += len(chunk)
        if number > MOST_SHORT and size < SHORT * number:
            raise address.error("connection", "it sends its data in pieces that are too small")
        yield chunk


def _whole(chunks: Iterable[bytes], address: Address, most: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise _too_large(address, most)
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], address: Address, most: int) -> bytes:
    body, packed, unzip, whole = bytearray(), 0, _gzip(), True
    for chunk in chunks:
        packed += len(chunk)
        while chunk:
            try:
                # A byte more than there is room for shows that it is too large.
                body += unzip.decompress(chunk, most - len(body) + 1)
            except zlib.error:
                raise address.error("connection", "the data it sent is damaged") from None
            if max(len(body), packed) > most:
                raise _too_large(address, most)
            chunk, whole = unzip.unused_data, unzip.eof
            if whole:  # what follows is another member of the same body
                unzip = _gzip()
    if not whole:
        raise address.error("connection", "the data it sent ends too early")
    return bytes(body)


def _gzip() -> zlib._Decompress:
    return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)


def _too_large(address: Address, most: int) -> FetchError:
    return address.error("large", f"it is larger than {most // 1_000_000} MB")
