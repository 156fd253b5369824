"""Confine a process with Landlock, by which Linux lets any process give up rights.

docs.kernel.org/userspace-api/landlock.html; since Linux 5.13, some rights later. Nothing is needed
for it, and where it is missing, nothing changes.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
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
    version = _call(_CREATE_RULESET, None, 0, _VERSION_FLAG) if sys.platform == "linux" else 0
    if version < 1:
        return False
    rights = [max(rights for since, rights in _FILE_RIGHTS.items() if since <= version)]
    rights += [_TCP_RIGHTS] * (version >= 4) + [_SCOPES] * (version >= 6)
    attributes = struct.pack(f"={len(rights)}Q", *rights)
    ruleset = _call(_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for path in {*_SYSTEM_PATHS, *readable, *chain.from_iterable(map(_linked_from, readable))}:
            with suppress(OSError):  # it may not exist
                descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
                allowed = _READ_FILE | (_READ_DIR if Path(path).is_dir() else 0)
                rule = struct.pack("=Qi", allowed, descriptor)
                _call(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0)
                os.close(descriptor)
        if ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            return False
        return _call(_RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _linked_from(folder: str) -> Iterator[str]:
    """Yield what the packages in a folder link to: some installers link each package, or each of
    its files, to a cache (uv, conda)."""
    if folder.endswith("-packages"):  # site-packages, dist-packages
        for entry in Path(folder).glob("*"):
            if entry.is_symlink():
                yield str(entry.resolve())
            elif link := next(filter(Path.is_symlink, entry.glob("*")), None):
                yield str(link.resolve().parent)


def _call(number: int, *arguments: int | bytes | None) -> int:
    """Make a system call; returns -1 if it fails."""
    system_call = ctypes.CDLL(None).syscall
    system_call.restype = ctypes.c_long
    converted = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    result: int = system_call(ctypes.c_long(number), *converted)
    return result
