"""Writes small Outlook messages for the tests: an OLE file (MS-CFB) of MS-OXMSG's properties."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Union

SECTOR, MINI_SECTOR, MINI_CUTOFF = 512, 64, 4096
END, FREE, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF
FAT_SECTOR = 0xFFFFFFFD
Storage = Mapping[str, Union[bytes, "Storage"]]


def make_ole(root: Storage) -> bytes:
    """Write an OLE file of streams and storages."""
    return _Writer().write(root)


class _Writer:
    def __init__(self) -> None:
        self.entries: list[list[object]] = []
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = b""
        self.mini_fat: list[int] = []

    def write(self, root: Storage) -> bytes:
        self._add_entry("Root Entry", 5)
        self._add_children(0, root)
        mini_start, _ = self._add_stream(self.mini)
        self.entries[0][5:7] = [mini_start, len(self.mini)]
        table = b"".join(struct.pack("<L", one) for one in self.mini_fat)
        mini_fat_start, mini_fat_count = self._add_stream(table, fill=b"\xff")
        directory = b"".join(map(_entry, self.entries))
        directory += _entry(["", 0, NONE, NONE, NONE, 0, 0]) * (-len(self.entries) % 4)
        directory_start, _ = self._add_stream(directory)
        return self._file(directory_start, mini_fat_start, mini_fat_count)

    def _file(self, directory_start: int, mini_fat_start: int, mini_fat_count: int) -> bytes:
        fat_count = 1
        while (len(self.fat) + fat_count) * 4 > fat_count * SECTOR:
            fat_count += 1
        first = len(self.sectors)
        self.fat += [FAT_SECTOR] * fat_count
        table = b"".join(struct.pack("<L", one) for one in self.fat)
        table = table.ljust(fat_count * SECTOR, b"\xff")
        header = struct.pack(
            "<8s16sHHHHH6sLLLLLLLLL",
            *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b""),
            *(0, fat_count, directory_start, 0, MINI_CUTOFF),
            *(mini_fat_start, mini_fat_count, END, 0),
        )
        places = [first + number for number in range(fat_count)] + [FREE] * (109 - fat_count)
        header += struct.pack("<109L", *places)
        return header + b"".join(self.sectors) + table

    def _add_entry(self, name: str, kind: int) -> int:
        self.entries.append([name, kind, NONE, NONE, NONE, 0, 0])
        return len(self.entries) - 1

    def _add_children(self, parent: int, storage: Storage) -> None:
        previous = None
        for name, content in storage.items():
            index = self._add_entry(name, 2 if isinstance(content, bytes) else 1)
            if previous is None:
                self.entries[parent][4] = index
            else:
                self.entries[previous][3] = index
            previous = index
            if isinstance(content, bytes):
                self.entries[index][5:7] = [self._place(content), len(content)]
            else:
                self._add_children(index, content)

    def _place(self, content: bytes) -> int:
        if len(content) >= MINI_CUTOFF:
            return self._add_stream(content)[0]
        if not content:
            return END
        start = len(self.mini_fat)
        count = -(-len(content) // MINI_SECTOR)
        self.mini_fat += [*range(start + 1, start + count), END]
        self.mini += content.ljust(count * MINI_SECTOR, b"\0")
        return start

    def _add_stream(self, content: bytes, fill: bytes = b"\0") -> tuple[int, int]:
        count = -(-len(content) // SECTOR)
        if not count:
            return END, 0
        start = len(self.sectors)
        padded = content.ljust(count * SECTOR, fill)
        self.sectors += [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
        self.fat += [*range(start + 1, start + count), END]
        return start, count


def _entry(entry: list[object]) -> bytes:
    name, kind, left, right, child, start, size = entry
    encoded = str(name).encode("utf-16-le")
    length = len(encoded) + 2 if name else 0
    return struct.pack(
        "<64sHBBLLL16sLQQLQ",
        *(encoded, length, kind, 1, left, right, child, b"", 0, 0, 0, start, size),
    )


def text(tag: int, value: str) -> tuple[str, bytes]:
    """A property that is a text in Unicode."""
    return f"__substg1.0_{tag:04X}001F", value.encode("utf-16-le")


def binary(tag: int, value: bytes) -> tuple[str, bytes]:
    """A property of bytes."""
    return f"__substg1.0_{tag:04X}0102", value


def make_msg(*properties: tuple[str, bytes], attachments: tuple[Storage, ...] = ()) -> bytes:
    """Write a message with these properties and attachments."""
    return make_ole(message(*properties, attachments=attachments))


def message(
    *properties: tuple[str, bytes],
    attachments: tuple[Storage, ...] = (),
    sent: datetime | None = datetime(2026, 11, 3, 9, 15, tzinfo=UTC),
    is_inner: bool = False,
    numbers: Mapping[int, int] = {},
) -> dict[str, bytes | Storage]:
    """The storage of a message, which may be attached to another (`is_inner`)."""
    fixed = b"".join(struct.pack("<HHLQ", 0x0003, tag, 6, value) for tag, value in numbers.items())
    if sent:
        ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
        fixed += struct.pack("<HHLQ", 0x0040, 0x0039, 6, ticks)
    storage: dict[str, bytes | Storage] = {
        "__properties_version1.0": bytes(24 if is_inner else 32) + fixed,
        **dict(properties),
    }
    for number, attachment in enumerate(attachments):
        storage[f"__attach_version1.0_#{number:08X}"] = attachment
    return storage


def attachment(name: str, contents: bytes, media_type: str = "") -> Storage:
    """A file attached to a message."""
    kind = [text(0x370E, media_type)] if media_type else []
    properties = dict([text(0x3707, name), binary(0x3701, contents), *kind])
    return {"__properties_version1.0": bytes(8), **properties}


def attached_message(name: str, inner: Storage) -> Storage:
    """A message attached to a message."""
    properties = dict([text(0x3001, name)])
    return {"__properties_version1.0": bytes(8), **properties, "__substg1.0_3701000D": inner}
