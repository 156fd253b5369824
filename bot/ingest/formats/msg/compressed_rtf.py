"""Undo Outlook's compression of Rich Text (MS-OXRTFCP): references into a ring of 4,096 bytes."""

from __future__ import annotations

import struct

MAX_BYTES = 32 * 1024 * 1024

_HEADER = struct.Struct("<LLLL")
_COMPRESSED, _STORED = 0x75465A4C, 0x414C454D
_RING_SIZE = 4096
_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What the ring holds at first."""


def decompress(source: bytes) -> bytes:
    """Decompress Rich Text; what is damaged ends it, and unknown data gives b""."""
    if len(source) < _HEADER.size:
        return b""
    _, _, kind, _ = _HEADER.unpack_from(source)
    body = source[_HEADER.size :]
    if kind == _STORED:
        return body
    return _decompress(body) if kind == _COMPRESSED else b""


def _decompress(body: bytes) -> bytes:
    ring = bytearray(_START.ljust(_RING_SIZE, b"\0"))
    write_at = len(_START)
    text = bytearray()
    position = 0
    while position < len(body) and len(text) < MAX_BYTES:
        flags, position = body[position], position + 1
        for bit in range(8):
            is_reference = flags >> bit & 1
            token = body[position : position + 1 + is_reference]
            position += len(token)
            if len(token) < 1 + is_reference:
                return bytes(text)
            if is_reference:
                offset, length = token[0] << 4 | token[1] >> 4, (token[1] & 0xF) + 2
                if offset == write_at:  # the end
                    return bytes(text)
            else:
                offset, length = -1, 1
            for step in range(length):
                byte = ring[(offset + step) % _RING_SIZE] if is_reference else token[0]
                text.append(byte)
                ring[write_at] = byte
                write_at = (write_at + 1) % _RING_SIZE
    return bytes(text)
