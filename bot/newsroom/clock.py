"""The newsroom's clock, checked against a steady clock that nobody can set.

On PostgreSQL it is the server's clock, so that processes on several machines agree on leases,
digests and embargoes; on SQLite it is the machine's. If it jumps, it is in doubt until it is right
again or somebody confirms it: an article that was released too early can't be withheld again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self

from bot import store
from bot.newsroom.providers import Clock

log = logging.getLogger(__name__)

MAX_DRIFT = timedelta(hours=1)
"""How far the clock may be from the steady clock, since the process started."""
CONFIRMING_DIFFERENCE = timedelta(minutes=5)
"""How far another clock may be from ours and still confirm it."""
CONFIRMATION_LIFETIME = timedelta(hours=1)
"""How long a person's confirmation lasts: it is for the time that they were shown, not for a later
jump."""
MAX_MEASUREMENT = timedelta(seconds=1)
"""If a server takes longer to tell the time, its answer is too inexact."""
RECHECK_INTERVAL = timedelta(seconds=10)
"""How often to check the clock, and to try again what waits because it is in doubt."""


def _wall_time() -> datetime:
    return datetime.now(UTC)


def _steady_seconds() -> float:
    # A laptop's sleep counts on these: on Linux only on the first, on macOS on the second.
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@dataclass(frozen=True, slots=True)
class MachineClocks:
    """A machine's wall clock, and a steady one: the seconds since some moment, sleep included.

    The clock of a database server counts instead of the wall clock, unless `ignores_server`.
    """

    wall: Clock = _wall_time
    steady: Callable[[], float] = _steady_seconds
    ignores_server: bool = False

    @classmethod
    def in_step(cls, clock: Clock) -> Self:
        """Make both clocks of one, so that they never differ."""
        return cls(clock, lambda: clock().timestamp(), ignores_server=True)


@dataclass(frozen=True, slots=True)
class ClockJump:
    """What the clock says after a jump, and what it would say without."""

    says: datetime
    expected: datetime


class CheckedClock:
    """The current time, and whether it is in doubt.

    While it is in doubt, time goes on by the steady clock from the last time that was not.
    Internally a clock is its zero: what it said when the steady clock was at zero.
    """

    def __init__(self, machine: MachineClocks) -> None:
        self._machine = machine
        self._server_zero: datetime | None = None
        self._first_zero = self._trusted_zero = self._zero(self._steady())

    def now(self) -> datetime:
        """Return the current time in UTC."""
        steady = self._steady()
        zero = self._zero(steady)
        if self._is_near(zero):
            self._trusted_zero = zero
        return self._trusted_zero + steady

    def jump(self) -> ClockJump | None:
        """Return the jump that puts the clock in doubt, or None."""
        expected = self.now()
        steady = self._steady()
        zero = self._zero(steady)
        return None if self._is_near(zero) else ClockJump(zero + steady, expected)

    def earliest_now(self) -> datetime:
        """Return the earlier of the times that it may be, if the clock is in doubt."""
        jump = self.jump()
        return min(jump.says, jump.expected) if jump else self.now()

    def follow(self, records: store.ClockRecords) -> None:
        """Go by the clock of the database server, if there is one, as of now. Raises StoreError."""
        if self._machine.ignores_server or not records.has_server:
            return
        before = self._steady()
        moment = records.server_time()
        after = self._steady()
        is_first = self._server_zero is None
        if is_first or after - before < MAX_MEASUREMENT:
            self._server_zero = moment - (before + after) / 2
        if is_first:
            self.accept()

    def accept(self) -> None:
        """Take the time that the clock says as right, from now on."""
        self._first_zero = self._trusted_zero = self._zero(self._steady())

    def _steady(self) -> timedelta:
        return timedelta(seconds=self._machine.steady())

    def _zero(self, steady: timedelta) -> datetime:
        return self._server_zero or self._machine.wall() - steady

    def _is_near(self, zero: datetime) -> bool:
        return abs(zero - self._first_zero) <= MAX_DRIFT


@dataclass(eq=False, repr=False, kw_only=True)
class ClockChecks:
    """Checks the clock, and confirms it by what a person or another clock says."""

    clock: CheckedClock
    records: store.ClockRecords
    _is_logged: bool = field(default=False, init=False)

    def check(self) -> ClockJump | None:
        """Compare the clock with the database server's and with a person's confirmation.

        Returns the jump that leaves it in doubt, or None. Raises StoreError.
        """
        self.clock.follow(self.records)
        jump = self.clock.jump()
        if jump and self._is_confirmed(jump):
            self._accept(jump, "an admin has confirmed it")
            return None
        if jump and not self._is_logged:
            log.error(
                "the clock says %s, but by the time since the start it is %s: no embargo ends and "
                "no digest is posted until the clock is right again or confirmed",
                f"{jump.says:%Y-%m-%d %H:%M:%S}",
                f"{jump.expected:%Y-%m-%d %H:%M:%S}",
            )
        elif self._is_logged and not jump:
            log.warning("the clock is no longer in doubt")
        self._is_logged = jump is not None
        return jump

    def confirm_by(self, other_clock: datetime, name: str) -> bool:
        """Accept the clock if another one says the same; returns whether it is not in doubt."""
        jump = self.clock.jump()
        if jump and abs(jump.says - other_clock) <= CONFIRMING_DIFFERENCE:
            self._accept(jump, f"{name} says the same")
            return True
        return jump is None

    def confirm(self, seen: datetime) -> datetime | None:
        """Accept the clock for all processes, since a person says that it was right when it said
        `seen`.

        Returns what it says now; None, and changes nothing, if it has been set since.
        """
        jump = self.clock.jump()
        says = jump.says if jump else self.clock.now()
        if not seen <= says <= seen + CONFIRMATION_LIFETIME:
            return None
        self.records.confirm(says)
        self.check()
        return says

    def _is_confirmed(self, jump: ClockJump) -> bool:
        confirmed_at = self.records.confirmed_at()
        if confirmed_at is None:
            return False
        # Another process may have measured the server's clock a moment later than we did.
        age = jump.says - confirmed_at
        return -CONFIRMING_DIFFERENCE <= age <= CONFIRMATION_LIFETIME

    def _accept(self, jump: ClockJump, reason: str) -> None:
        log.warning("the clock says %s: %s", f"{jump.says:%Y-%m-%d %H:%M:%S}", reason)
        self._is_logged = False
        self.clock.accept()
