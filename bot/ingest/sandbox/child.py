"""The process in which process.py lets readers run, as it sees itself."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pickle
import resource
import signal
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bot.ingest.sandbox.process import CRASH, END, FRAME, LAST, NO_MEMORY, READY, RESULT
from bot.ingest.sandbox.serialization import dump

_GRACE = 5.0
"""Seconds beyond the parent's budget after which we end by ourselves: it may be gone."""


def serve(life: str) -> None:
    """Answer requests from standard input until there are no more.

    `life` is the number of a pipe at whose other end our parent is.
    """
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)  # what a parser prints is no answer
    _end_with_parent(int(life))
    _limit(resource.RLIMIT_CORE, 0)
    _send(answers, READY)
    while header := requests.read(FRAME.size):
        _, length = FRAME.unpack(header)
        _answer(requests.read(length), answers)


def _end_with_parent(life: int) -> None:
    """Have Linux end us when the pipe closes, even in the middle of a parser's C code: SIGIO does,
    where nobody handles it. Elsewhere we end with the file that we are at, or by the alarm."""
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(life, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(life, fcntl.F_SETFL, fcntl.fcntl(life, fcntl.F_GETFL) | os.O_ASYNC)


def _answer(request: bytes, answers: BinaryIO) -> None:
    try:
        function, argument, seconds, memory = pickle.loads(request)  # noqa: S301 - our parent's
        _limit(resource.RLIMIT_DATA, memory)
        found = iter(function(argument))
        while (message := _next(found, seconds + _GRACE)) is not None:
            _send(answers, RESULT, message)
        _send(answers, LAST if _taken() > memory // 2 else END)
    except MemoryError:
        _send(answers, NO_MEMORY)
        _send(answers, LAST)
    except Exception as error:  # noqa: BLE001 - whatever a parser raises
        _send(answers, CRASH, _where(error).encode())
        _send(answers, END)


def _next(found: Iterator[object], seconds: float) -> bytes | None:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return dump(next(found))
    except StopIteration:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _send(answers: BinaryIO, kind: bytes, payload: bytes = b"") -> None:
    answers.write(FRAME.pack(kind, len(payload)))
    answers.write(payload)
    answers.flush()


def _limit(what: int, most: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # where there is no such limit
        resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


def _taken() -> int:
    """Bytes of memory in use: with many of them the next file had better not begin. Only Linux
    tells, which alone keeps to the limit, too."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def _where(error: Exception) -> str:
    """The kind of an error and the line of ours that it came through, without what it quotes."""
    ours = [one for one in traceback.extract_tb(error.__traceback__) if "ingest" in one.filename]
    place = f" at {Path(ours[-1].filename).name}, line {ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"
