"""Run a reader in a process of its own, so that a parser's hang or crash costs one file only.

The process starts when it is first needed and is reused for later files. Its memory and time are
limited, per result and in total. Its environment is empty, since ours holds tokens, and it can
reach little else (confinement.py). Its results are JSON of the type that the reader promises
(serialization.py). After a failure the process is killed, and the next file gets a new one. However
the parent ends, the process ends too, because only the parent holds the other end of its pipe.
"""

from __future__ import annotations

import atexit
import os
import pickle
import queue
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar, get_args, get_type_hints

from bot.ingest.metadata import to_one_line
from bot.ingest.refusal import Refusal
from bot.ingest.sandbox.serialization import load

Argument = TypeVar("Argument")
Result = TypeVar("Result")

FRAME = struct.Struct("!cI")
READY, RESULT, END, RETIRE, NO_MEMORY, CRASH = b"s", b"r", b"e", b"l", b"m", b"c"
"""The kinds of messages. Only after END may the process be used again."""

MEMORY_PER_RESULT_SIZE = 5
"""A single result may be as large as a fifth of a reader's memory limit, and all results together
as large as the limit. The text of a file is always smaller."""

MAX_PROCESSES = 3
"""Each may take hundreds of megabytes. Waiting for one takes nothing from a file's time budget."""

_START_SECONDS, _EXIT_SECONDS = 60.0, 10.0
_MAX_PLACE_LENGTH = 200
_CODE = (
    "import sys; sys.path[:] = sys.argv[2:];"
    " import bot.ingest.sandbox.child as c; c.serve(sys.argv[1])"
)
_REMEDY = "Save it in another format, or leave it out"

_idle: queue.Queue[_Process] = queue.Queue(1)
_turns = threading.BoundedSemaphore(MAX_PROCESSES)


class ReaderFailure(Refusal):
    """The reader failed, so the rest of the file was not read."""


class TimeBudget:
    """A time limit per result and one per file, in seconds, shared by all processes that read it.

    The time that the caller spends on the results does not count.
    """

    def __init__(self, per_result: float, total: float) -> None:
        self.per_result, self.total, self.seconds_left = per_result, total, total

    @contextmanager
    def measure(self) -> Iterator[float]:
        """Charge the time of one wait to the budget; yields the time when it must end.

        Raises TimeoutError if the budget is exhausted.
        """
        if self.seconds_left <= 0:
            raise TimeoutError
        start = time.monotonic()
        try:
            yield start + min(self.per_result, self.seconds_left)
        finally:
            self.seconds_left -= time.monotonic() - start


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
    (expected,) = get_args(get_type_hints(function)["return"])
    with _turns:
        try:
            process = _acquire()
        except OSError as error:
            yield Refusal(f"could not start a reader: {error.strerror}", "Try again later")
            return
        is_done, bytes_left = False, memory
        try:
            process.wait_until_ready()
            request = pickle.dumps((function, argument, budget.per_result, memory))
            with budget.measure() as deadline:
                process.send(request, deadline)
            while True:
                with budget.measure() as deadline:
                    max_length = min(memory // MEMORY_PER_RESULT_SIZE, bytes_left)
                    kind, payload = process.receive(deadline, max_length)
                bytes_left -= FRAME.size + len(payload)
                if kind != RESULT:
                    break
                yield load(payload, expected, memory)
            is_done = kind == END
            if kind == NO_MEMORY:
                cause = f"reading it took more than {memory // 1_000_000} MB of memory"
                yield ReaderFailure(cause, _REMEDY)
            elif kind == CRASH:
                place = to_one_line(payload.decode("utf-8", "replace"))[:_MAX_PLACE_LENGTH]
                yield ReaderFailure(f"the reader crashed ({place})", _REMEDY)
        except TimeoutError:
            if budget.seconds_left > 0:
                cause = f"reading it took more than {budget.per_result:g} seconds"
                yield ReaderFailure(cause, _REMEDY)
                return
            cause = f"reading all of it takes more than {budget.total:g} seconds"
            yield Refusal(f"{cause}, so reading stopped here", "Split it, or unpack it to a folder")
        except (OSError, EOFError):
            yield ReaderFailure(f"the reader crashed ({process.exit_reason()})", _REMEDY)
        except ValueError as error:
            yield ReaderFailure(f"the reader crashed ({error})", _REMEDY)
        finally:
            _release(process, is_done=is_done)


def close() -> None:
    """End the idle process, if there is one."""
    with suppress(queue.Empty):
        _idle.get_nowait().end()


atexit.register(close)


def _acquire() -> _Process:
    """Return the idle process, or start one. Raises OSError."""
    with suppress(queue.Empty):
        process = _idle.get_nowait()
        if process.is_alive:
            return process
        process.end()
    return _Process()


def _release(process: _Process, *, is_done: bool) -> None:
    """Keep one finished process for the next file; end any other."""
    if is_done:
        with suppress(queue.Full):
            _idle.put_nowait(process)
            return
    process.end()


class _Process:
    """A reader process, as its parent sees it."""

    def __init__(self) -> None:
        self._is_ready = False
        self._socket, child_socket = socket.socketpair()
        child_pipe, self._life_pipe = os.pipe()
        path = [str(Path(entry).absolute()) for entry in sys.path]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-IS", "-c", _CODE, str(child_pipe), *path],
                stdin=child_socket.fileno(),
                stdout=subprocess.DEVNULL,  # what a parser prints
                stderr=subprocess.DEVNULL,
                env={},
                pass_fds=(child_pipe,),
                start_new_session=True,  # Ctrl-C is for the parent to handle
            )
        except OSError:
            self._socket.close()
            os.close(self._life_pipe)
            raise
        finally:
            child_socket.close()
            os.close(child_pipe)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def wait_until_ready(self) -> None:
        """Wait until it has started. Raises as `receive` does."""
        if not self._is_ready:
            self.receive(time.monotonic() + _START_SECONDS, 0)
            self._is_ready = True

    def send(self, request: bytes, deadline: float) -> None:
        """Send a request. Raises TimeoutError, since the process may never read, and OSError."""
        self._socket.settimeout(seconds_left(deadline))
        self._socket.sendall(FRAME.pack(READY, len(request)) + request)

    def receive(self, deadline: float, max_length: int) -> tuple[bytes, bytes]:
        """Return the kind and payload of the next message.

        Raises TimeoutError, EOFError, OSError, and ValueError for an unknown kind or a payload that
        is too long.
        """
        kind, length = FRAME.unpack(self._read(FRAME.size, deadline))
        if length > max_length:
            raise ValueError("it sent more than a file can hold")
        expected = (RESULT, END, RETIRE, NO_MEMORY, CRASH) if self._is_ready else (READY,)
        if kind not in expected:
            raise ValueError("it sent an unexpected message")
        return kind, self._read(length, deadline)

    def _read(self, length: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < length:
            # A sender of single bytes must not keep us for ever.
            self._socket.settimeout(seconds_left(deadline))
            chunk = self._socket.recv(min(length - len(received), 1 << 16))
            if not chunk:
                raise EOFError
            received += chunk
        return bytes(received)

    def exit_reason(self) -> str:
        """Return how the process ended: "signal 11", "exit code 1"."""
        try:
            code = self._process.wait(_EXIT_SECONDS)
        except subprocess.TimeoutExpired:  # it has only closed the socket
            return "it broke off"
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def end(self) -> None:
        """Kill the process, and close what leads to it."""
        self._process.kill()
        self._process.wait()
        self._socket.close()
        os.close(self._life_pipe)


def seconds_left(deadline: float) -> float:
    """Return the seconds that are left. Raises TimeoutError if there are none."""
    if (seconds := deadline - time.monotonic()) <= 0:
        raise TimeoutError
    return seconds
