"""The process in which process.py runs readers, seen from the inside."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pickle
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from bot.ingest.sandbox.confinement import confine
from bot.ingest.sandbox.process import CRASH, END, FRAME, NO_MEMORY, READY, RESULT, RETIRE
from bot.ingest.sandbox.serialization import dump

_GRACE_SECONDS = 5.0
"""How long after the parent's timeout this process ends itself, since the parent may be gone."""


def serve(life_pipe: str) -> None:
    """Answer requests from the socket at standard input until it is closed.

    `life_pipe` is the descriptor of a pipe whose other end the parent holds open.
    """
    parent = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    requests = parent.makefile("rb")
    _end_with_parent(int(life_pipe))
    _set_limit(resource.RLIMIT_CORE, 0)
    # Readers import their libraries later, so these stay readable.
    confine([*sys.path, sys.prefix, sys.base_prefix])
    _send(parent, READY)
    while header := requests.read(FRAME.size):
        _, length = FRAME.unpack(header)
        _answer(requests.read(length), parent)


def _end_with_parent(life_pipe: int) -> None:
    """Have Linux end this process when the pipe closes, even inside a parser's C code.

    It ends because it does not handle SIGIO. On other systems, it ends after the current file, or
    when its alarm goes off.
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(life_pipe, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(life_pipe, fcntl.F_GETFL)
    fcntl.fcntl(life_pipe, fcntl.F_SETFL, flags | os.O_ASYNC)


def _answer(request: bytes, parent: socket.socket) -> None:
    try:
        function, argument, seconds, memory = pickle.loads(request)  # noqa: S301 - our parent's
        _set_limit(resource.RLIMIT_DATA, memory)
        results = iter(function(argument))
        while (message := _next_message(results, seconds + _GRACE_SECONDS)) is not None:
            _send(parent, RESULT, message)
        _send(parent, RETIRE if _memory_in_use() > memory // 2 else END)
    except MemoryError:
        _send(parent, NO_MEMORY)
    except Exception as error:  # noqa: BLE001 - whatever a parser raises
        _send(parent, CRASH, _describe(error).encode())


def _next_message(results: Iterator[object], seconds: float) -> bytes | None:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return dump(next(results))
    except StopIteration:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _send(parent: socket.socket, kind: bytes, payload: bytes = b"") -> None:
    parent.sendall(FRAME.pack(kind, len(payload)) + payload)


def _set_limit(limit: int, maximum: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # not every system has every limit
        resource.setrlimit(limit, (maximum, resource.getrlimit(limit)[1]))


def _memory_in_use() -> int:
    """Return the bytes of memory in use, or 0 if unknown.

    Only Linux reports it, and only Linux enforces the limit.
    """
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def _describe(error: Exception) -> str:
    """Return an error's type and the last line of our code in its traceback, without its message.

    The message may quote the article.
    """
    frames = [one for one in traceback.extract_tb(error.__traceback__) if "ingest" in one.filename]
    place = f" at {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return type(error).__name__ + place
