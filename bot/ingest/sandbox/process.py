"""Run a reader in a process of its own, so that a parser's hang or crash costs one file only.

The process starts when it is first needed and is reused for later files. Its memory and time are
limited, per result and in total. Its environment is empty, since ours holds tokens, and it can
reach little else (confinement.py). Its results are JSON of the type that the reader promises
(serialization.py). After a failure the process is killed, and the next file gets a new one. However
the parent ends, the process ends too, because only the parent holds the other ends of its two
pipes.
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

from bot.ingest.metadata import to_one_line
from bot.ingest.refusal import Refusal
from bot.ingest.sandbox.serialization import load
from bot.ingest.sandbox.time_budget import TimeBudget
from bot.ingest.sandbox.turns import Turns

Argument = TypeVar("Argument")
Result = TypeVar("Result")

FRAME = struct.Struct("!cI")
"""The header of a message: its kind and its length in bytes."""
READY, RESULT, END, RETIRE, NO_MEMORY, CRASH = b"s", b"r", b"e", b"l", b"m", b"c"
"""The kinds of messages. RETIRE is an END after which the process must not be used again."""

MEMORY_PER_RESULT_SIZE = 5
"""A single result may be as large as a fifth of a reader's memory limit, and all results together
as large as the limit. The text of a file is always smaller."""

MAX_PROCESSES = 3
"""Each may take hundreds of megabytes. Waiting for one takes nothing from a file's time budget."""

_START_SECONDS, _EXIT_SECONDS = 60.0, 10.0
"""How long a process may take to start, and to end after it has closed its pipe."""
_MAX_PLACE_LENGTH = 200
_CODE = (
    "import sys; sys.path[:] = sys.argv[2:];"
    " import bot.ingest.sandbox.child as c; c.serve(sys.argv[1])"
)
_REMEDY = "Save it in another format, or leave it out"
_ABORTED = f"signal {signal.SIGABRT.value}"

_idle: list[_Process] = []
_lock = threading.Lock()
_turns = Turns(MAX_PROCESSES)


class ReaderFailure(Refusal):
    """The reader failed, so the rest of the file was not read."""


def run(
    function: Callable[[Argument], Iterator[Result]],
    argument: Argument,
    *,
    budget: TimeBudget,
    memory: int,
) -> Iterator[Result | Refusal]:
    """Run `function(argument)` in another process and yield its results.

    If it does not finish, the last item is a ReaderFailure, or another Refusal if the total time is
    used up. `memory` limits the process, and the size of all results, in bytes. The function must
    be at module level; its return annotation says what it yields, and anything else is refused.
    Thread-safe: each call has a process to itself until its last result is taken. If there are
    MAX_PROCESSES already, it waits.
    """
    if budget.is_exhausted:
        yield _out_of_time_refusal(budget)
        return
    with _turns.take():
        yield from _run(function, argument, budget, memory)


def _run(
    function: Callable[[Argument], Iterator[Result]],
    argument: Argument,
    budget: TimeBudget,
    memory: int,
) -> Iterator[Result | Refusal]:
    (expected,) = get_args(get_type_hints(function)["return"])
    try:
        process = _acquire()
    except OSError as error:
        yield Refusal(f"could not start a reader: {error.strerror}", "Try again later")
        return
    memory_message = f"took more than {memory // 1_000_000} MB of memory"
    try:
        request = (function, argument, budget.per_result, memory)
        for kind, payload in process.exchange(request, budget, memory):
            if kind == RESULT:
                yield load(payload, expected, memory)
            elif kind == NO_MEMORY:
                yield ReaderFailure(f"reading it {memory_message}", _REMEDY)
            elif kind == CRASH:
                place = to_one_line(payload[:_MAX_PLACE_LENGTH].decode(errors="replace"))
                yield ReaderFailure(f"the reader crashed ({place})", _REMEDY)
    except TimeoutError:
        cause = f"reading it took more than {budget.per_result:g} seconds"
        is_out_of_time = budget.is_exhausted
        yield _out_of_time_refusal(budget) if is_out_of_time else ReaderFailure(cause, _REMEDY)
    except (OSError, EOFError):
        reason = process.exit_reason()
        # PDFium, like much C++ code, aborts without a message when it gets no memory.
        cause = f", most likely because it {memory_message}" if reason == _ABORTED else ""
        yield ReaderFailure(f"the reader crashed ({reason}){cause}", _REMEDY)
    except ValueError as error:
        yield ReaderFailure(f"the reader crashed ({error})", _REMEDY)
    finally:
        _release(process)


def _out_of_time_refusal(budget: TimeBudget) -> Refusal:
    return Refusal(
        f"reading all of it takes more than {budget.total:g} seconds, so reading stopped here",
        "Split it, or unpack it to a folder",
    )


def close() -> None:
    """End the idle process, if there is one."""
    with _lock:
        processes = _idle[:]
        _idle.clear()
    for process in processes:
        process.end()


atexit.register(close)


def _acquire() -> _Process:
    """Return the idle process, or start one. Raises OSError."""
    with _lock:
        process = _idle.pop() if _idle else None
    if process and process.is_alive:
        return process
    return _Process()


def _release(process: _Process) -> None:
    """Keep one finished process for the next file; end any other."""
    with _lock:
        is_kept = process.is_done and not _idle
        if is_kept:
            _idle.append(process)
    if not is_kept:
        process.end()


class _Process:
    """A reader process, as its parent sees it."""

    def __init__(self) -> None:
        child_end, self._life_pipe = os.pipe()
        path = [str(Path(entry).absolute()) for entry in sys.path]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-IS", "-c", _CODE, str(child_end), *path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                pass_fds=(child_end,),
                start_new_session=True,  # Ctrl-C is for the parent to handle
            )
        except OSError:
            os.close(self._life_pipe)
            raise
        finally:
            os.close(child_end)
        assert self._process.stdin  # noqa: S101 - requested above
        os.set_blocking(self._process.stdin.fileno(), False)  # the process may never read
        self._buffer = bytearray()
        self._is_ready = False
        self.is_done = True

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def exchange(
        self, request: object, budget: TimeBudget, max_bytes: int
    ) -> Iterator[tuple[bytes, bytes]]:
        """Send a request, and yield the kind and payload of each answer.

        The answers may have `max_bytes` in total. Raises TimeoutError, EOFError, OSError, and
        ValueError for too many bytes or an unexpected kind.
        """
        self.is_done = False
        max_length = max_bytes // MEMORY_PER_RESULT_SIZE
        if not self._is_ready:
            self._receive(_START_SECONDS, max_length)
            self._is_ready = True
        with budget.measure() as seconds:
            self._send(pickle.dumps(request), seconds)
        expected = RESULT + NO_MEMORY + CRASH + END + RETIRE
        while True:
            with budget.measure() as seconds:
                kind, payload = self._receive(seconds, min(max_length, max_bytes))
            max_bytes -= FRAME.size + len(payload)
            if kind not in expected:
                raise ValueError("it sent an unexpected message")
            if kind in NO_MEMORY + CRASH:  # no results follow these
                expected = END + RETIRE
            if kind == RETIRE:
                return
            if kind == END:
                self.is_done = True
                return
            yield kind, payload

    def exit_reason(self) -> str:
        """Return how the process ended: "signal 11", "exit code 1"."""
        try:
            code = self._process.wait(_EXIT_SECONDS)
        except subprocess.TimeoutExpired:  # it has only closed the pipe
            return "it broke off"
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def end(self) -> None:
        """Kill the process and close its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):  # unread input
                    pipe.close()
        os.close(self._life_pipe)

    def _send(self, request: bytes, seconds: float) -> None:
        assert self._process.stdin  # noqa: S101 - requested at the start
        descriptor = self._process.stdin.fileno()
        deadline = time.monotonic() + seconds
        unsent = memoryview(FRAME.pack(READY, len(request)) + request)
        while unsent:
            _wait(descriptor, select.POLLOUT, deadline)
            unsent = unsent[os.write(descriptor, unsent) :]

    def _receive(self, seconds: float, max_length: int) -> tuple[bytes, bytes]:
        deadline = time.monotonic() + seconds
        kind, length = FRAME.unpack(self._read(FRAME.size, deadline))
        if length > max_length:
            raise ValueError("it sent more than a file can hold")
        return kind, self._read(length, deadline)

    def _read(self, length: int, deadline: float) -> bytes:
        assert self._process.stdout  # noqa: S101 - requested at the start
        descriptor = self._process.stdout.fileno()
        while len(self._buffer) < length:
            _wait(descriptor, select.POLLIN, deadline)
            chunk = os.read(descriptor, 1 << 16)
            if not chunk:
                raise EOFError
            self._buffer += chunk
        message = bytes(self._buffer[:length])
        del self._buffer[:length]
        return message


def _wait(descriptor: int, event: int, deadline: float) -> None:
    """Wait until a pipe can be read or written. Raises TimeoutError after the deadline.

    It is raised even if the pipe is ready, since a sender of single bytes could keep it ready for
    ever.
    """
    seconds_left = deadline - time.monotonic()
    poll = select.poll()
    poll.register(descriptor, event)
    if seconds_left <= 0 or not poll.poll(seconds_left * 1000):
        raise TimeoutError
