"""Processes that are started again whenever they end, as a supervisor does."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence

RESTART_SECONDS = 1.5
"""How long a supervisor waits before it starts a process again."""
STOP_SECONDS = 25.0
"""How long a process has to stop; the bot needs 17 seconds at most."""


def ending_with_us(command: Sequence[object]) -> list[str]:
    """Return a command whose process also ends if ours is killed, where the system can do that."""
    setpriv = shutil.which("setpriv")
    prefix = [setpriv, "--pdeathsig", "KILL"] if setpriv else []
    return [*prefix, *map(str, command)]


class Supervised:
    """A process that a thread starts, waits for and starts again, until it is stopped.

    `cpu_seconds` are those of all its lives that have ended, with the processes that they started.
    `deliver` sends it a signal, if it is not simply the process that `start` returns.
    """

    def __init__(
        self,
        name: str,
        start: Callable[[], subprocess.Popen[bytes]],
        *,
        stop_signal: signal.Signals = signal.SIGTERM,
        deliver: Callable[[signal.Signals], None] | None = None,
    ) -> None:
        self.name, self.kind = name, name.rstrip("0123456789 ")
        self.cpu_seconds, self.lives = 0.0, 0
        self._start, self._stop_signal, self._deliver = start, stop_signal, deliver
        self._process: subprocess.Popen[bytes] | None = None
        self._lock, self._is_stopping = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._run, name=name)
        self._thread.start()

    def send_signal(self, number: signal.Signals) -> bool:
        """Send the process a signal; False if it does not run."""
        with self._lock:  # until this is released, nobody else can get its number
            if self._process is None:
                return False
            if self._deliver is None:
                os.kill(self._process.pid, number)
                return True
            with contextlib.suppress(OSError):
                self._deliver(number)
            return True

    def begin_to_stop(self) -> None:
        """Do not start it again, and ask it to stop."""
        self._is_stopping.set()
        self.send_signal(self._stop_signal)

    def stop(self) -> None:
        """Stop it, and kill it if that takes too long."""
        self.begin_to_stop()
        self._thread.join(STOP_SECONDS)
        self.send_signal(signal.SIGKILL)
        self._thread.join()

    def _run(self) -> None:
        while not self._is_stopping.is_set():
            with self._lock:
                self._process = process = self._start()
                self.lives += 1
            if self._is_stopping.is_set():
                self.send_signal(self._stop_signal)
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            with self._lock:
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                self._process = None
                self.cpu_seconds += usage.ru_utime + usage.ru_stime
            self._is_stopping.wait(RESTART_SECONDS)
