"""Confine a process with Landlock, by which Linux lets any process give up rights.

docs.kernel.org/userspace-api/landlock.html; since Linux 5.13, some rights later. Nothing is needed
for it, and where it is missing, nothing changes.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import struct
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""Numbers of system calls, the same on every architecture."""
_VERSION_FLAG, _PATH_BENEATH, _PR_SET_NO_NEW_PRIVS = 1, 1, 38
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILE_RIGHTS = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 5: 0xFFFF}
"""All rights to files that each version of Landlock knows, by the version that added the last."""
_TCP_RIGHTS, _SCOPES = 0b11, 0b11
"""To listen and to connect; to reach other processes by abstract sockets and by signals."""
_SYSTEM_PATHS = (
    *("/usr", "/lib", "/lib64", "/nix/store", "/etc/ld.so.cache", "/etc/localtime"),
    *("/proc/self", "/dev/urandom"),
)


def confine(readable: Sequence[str]) -> bool:
    """Give up all rights of this thread to files, except to read the system's libraries and what
    is `readable`, to TCP, and to look into other processes.

    Returns whether the system could do so.
    """
    if sys.platform != "linux":
        return False
    version = _call(_CREATE_RULESET, None, 0, _VERSION_FLAG)
    if version < 1:
        return False
    attributes = _ruleset_attributes(version)
    ruleset = _call(_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for path in {*_SYSTEM_PATHS, *readable, *chain.from_iterable(map(_linked_from, readable))}:
            with contextlib.suppress(OSError):  # it may not exist
                _allow_reading(ruleset, path)
        library = ctypes.CDLL(None)
        if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            return False
        return _call(_RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _linked_from(folder: str) -> Iterator[str]:
    """Yield what the packages in a folder of packages link to.

    Some installers link each package, or each of its files, to a cache (uv, conda).
    """
    if not folder.endswith("-packages"):  # site-packages, dist-packages
        return
    with contextlib.suppress(OSError):
        for entry in sorted(Path(folder).iterdir()):
            if entry.is_symlink():
                yield str(entry.resolve())
            elif entry.is_dir() and (link := next(filter(Path.is_symlink, entry.iterdir()), None)):
                yield str(link.resolve().parent)


def _ruleset_attributes(version: int) -> bytes:
    """Return the rights to give up: struct landlock_ruleset_attr of a version."""
    file_rights = max(rights for since, rights in _FILE_RIGHTS.items() if since <= version)
    rights = [file_rights]
    if version >= 4:
        rights.append(_TCP_RIGHTS)
    if version >= 6:
        rights.append(_SCOPES)
    return struct.pack(f"={len(rights)}Q", *rights)


def _allow_reading(ruleset: int, path: str) -> None:
    """Keep the right to read a file, or a folder with all in it. Raises OSError."""
    rights = _READ_FILE | (_READ_DIR if Path(path).is_dir() else 0)
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        _call(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    finally:
        os.close(descriptor)


def _call(number: int, *arguments: int | bytes | None) -> int:
    """Make a system call; returns -1 if it fails."""
    system_call = ctypes.CDLL(None).syscall
    system_call.restype = ctypes.c_long
    converted = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    result: int = system_call(ctypes.c_long(number), *converted)
    return result
