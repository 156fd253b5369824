"""Run a reader in a process of its own, so that a parser's hang or crash costs one file only.

The process is started when it is first needed and lives on between files. It has bounds on memory
and on time, for each result and for all of them, and sees nothing of our environment (tokens). Its
answers are JSON of the type that the reader promises (serialization.py). One that fails is ended,
and the next file gets a fresh one. It ends with its parent, however that ends: the parent alone
holds the other end of two pipes.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar, get_args, get_type_hints

from bot.ingest.documents import one_line
from bot.ingest.refusal import Refusal
from bot.ingest.sandbox.serialization import load
from bot.ingest.sandbox.time_budget import TimeBudget

Argument = TypeVar("Argument")
Result = TypeVar("Result")

FRAME = struct.Struct("!cI")
"""A message: its kind and how long it is."""
READY, RESULT, END, LAST, NO_MEMORY, CRASH = b"s", b"r", b"e", b"l", b"m", b"c"

ANSWER = 5
"""One answer may take a fifth of a reader's memory, all together as much as there is of it: all
text that may come out of a file is less than that."""

_START_SECONDS = 60.0
_LONGEST_PLACE = 200
_CODE = (
    "import sys; sys.path[:] = sys.argv[2:];"
    " import bot.ingest.sandbox.child as c; c.serve(sys.argv[1])"
)

_idle: list[_Process] = []
_lock = threading.Lock()


class Failed(Refusal):
    """The reader, and not what it read, is why there is no more of it."""


def results(
    function: Callable[[Argument], Iterator[Result]],
    argument: Argument,
    *,
    budget: TimeBudget,
    memory: int,
) -> Iterator[Result | Refusal]:
    """Yield what `function(argument)` yields there, and last, if it did not come to its end, Failed
    or, once the time for all is over, another Refusal.

    All results together may take so many bytes of `memory`. The function is one of a module, and
    says in its annotation what it yields: nothing else is taken. Safe in several threads: each read
    has a process to itself.
    """
    if budget.is_exhausted:
        yield _stopped(budget)
        return
    (expected,) = get_args(get_type_hints(function)["return"])
    try:
        process = _take()
    except OSError as error:
        yield Refusal(f"could not start a reader: {error.strerror}", "Try again later")
        return
    too_much = f"took more than {memory // 1_000_000} MB of memory"
    try:
        request = (function, argument, budget.per_result, memory)
        for kind, payload in process.messages(request, budget, memory):
            if kind == RESULT:
                yield load(payload, expected, memory)
            elif kind == NO_MEMORY:
                yield Failed(f"reading it {too_much}", _REMEDY)
            elif kind == CRASH:
                where = one_line(payload[:_LONGEST_PLACE].decode(errors="replace"))
                yield Failed(f"the reader crashed ({where})", _REMEDY)
    except TimeoutError:
        late = Failed(f"reading it took more than {budget.per_result:g} seconds", _REMEDY)
        yield _stopped(budget) if budget.is_exhausted else late
    except (OSError, EOFError):
        words = process.last_words()
        # PDFium, as much else in C++, aborts where it gets no memory, and does not say why.
        cause = f", most likely because it {too_much}" if words == _ABORTED else ""
        yield Failed(f"the reader crashed ({words}){cause}", _REMEDY)
    except ValueError as error:
        yield Failed(f"the reader crashed ({error})", _REMEDY)
    finally:
        _give_back(process)


def _stopped(budget: TimeBudget) -> Refusal:
    return Refusal(
        f"reading all of it takes more than {budget.total:g} seconds, so reading stopped here",
        "Split it, or unpack it to a folder",
    )


def close() -> None:
    """End the process that waits for the next file, if there is one."""
    with _lock:
        waiting = _idle[:]
        _idle.clear()
    for process in waiting:
        process.end()


atexit.register(close)

_REMEDY = "Save it in another format, or leave it out"
_ABORTED = f"signal {signal.SIGABRT.value}"


def _take() -> _Process:
    """The process that waits, or a new one. Raises OSError."""
    with _lock:
        process = _idle.pop() if _idle else None
    if process and process.is_alive:
        return process
    return _Process()


def _give_back(process: _Process) -> None:
    """Keep one process for the next file; end one that is not done, and those too many."""
    with _lock:
        is_kept = process.is_done and not _idle
        if is_kept:
            _idle.append(process)
    if not is_kept:
        process.end()


class _Process:
    """One process, as its parent sees it."""

    def __init__(self) -> None:
        held, self._life = os.pipe()
        path = [str(Path(entry).absolute()) for entry in sys.path]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-IS", "-c", _CODE, str(held), *path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                pass_fds=(held,),
                start_new_session=True,  # Ctrl-C is the parent's to act on
            )
        except OSError:
            os.close(self._life)
            raise
        finally:
            os.close(held)
        assert self._process.stdin  # noqa: S101 - asked for above
        os.set_blocking(self._process.stdin.fileno(), False)  # it may never read
        self._buffer = bytearray()
        self._is_ready = False
        self.is_done = True

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def messages(
        self, request: object, budget: TimeBudget, most: int
    ) -> Iterator[tuple[bytes, bytes]]:
        """Send a request and give what is answered, in at most so many bytes. Raises TimeoutError,
        EOFError, OSError, and ValueError for more bytes or an unknown kind."""
        self.is_done = False
        longest = most // ANSWER
        if not self._is_ready:
            self._receive(_START_SECONDS, longest)
            self._is_ready = True
        with budget.measure() as seconds:
            self._send(pickle.dumps(request), seconds)
        expected = RESULT + NO_MEMORY + CRASH + END + LAST
        while True:
            with budget.measure() as seconds:
                kind, payload = self._receive(seconds, min(longest, most))
            most -= FRAME.size + len(payload)
            if kind not in expected:
                raise ValueError("it sent an unexpected message")
            if kind in NO_MEMORY + CRASH:  # nothing is read after these
                expected = END + LAST
            if kind == LAST:
                return
            if kind == END:
                self.is_done = True
                return
            yield kind, payload

    def last_words(self) -> str:
        """How it ended: "signal 11", "exit code 1"."""
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:  # it has only closed the pipe
            return "it broke off"
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def end(self) -> None:
        """Kill it, and let go of all that was held for it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):  # what it never read
                    pipe.close()
        os.close(self._life)

    def _send(self, request: bytes, seconds: float) -> None:
        assert self._process.stdin  # noqa: S101 - asked for above
        descriptor = self._process.stdin.fileno()
        deadline = time.monotonic() + seconds
        left = memoryview(FRAME.pack(READY, len(request)) + request)
        while left:
            _wait(descriptor, select.POLLOUT, deadline)
            left = left[os.write(descriptor, left) :]

    def _receive(self, seconds: float, longest: int) -> tuple[bytes, bytes]:
        deadline = time.monotonic() + seconds
        kind, length = FRAME.unpack(self._bytes(FRAME.size, deadline))
        if length > longest:
            raise ValueError("it sent more than a file can hold")
        return kind, self._bytes(length, deadline)

    def _bytes(self, length: int, deadline: float) -> bytes:
        assert self._process.stdout  # noqa: S101 - asked for above
        descriptor = self._process.stdout.fileno()
        while len(self._buffer) < length:
            _wait(descriptor, select.POLLIN, deadline)
            piece = os.read(descriptor, 1 << 16)
            if not piece:
                raise EOFError
            self._buffer += piece
        taken = bytes(self._buffer[:length])
        del self._buffer[:length]
        return taken


def _wait(descriptor: int, event: int, deadline: float) -> None:
    """Wait until a pipe can be read or written. Raises TimeoutError, even if it now can be, after
    the deadline: a byte at a time may always be there."""
    poll = select.poll()
    poll.register(descriptor, event)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise TimeoutError
