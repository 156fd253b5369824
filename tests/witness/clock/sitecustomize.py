"""Shift a program's wall clock by WITNESS_SHIFT seconds; Python imports this module first."""

import datetime
import os
import time

SHIFT, REAL, TIME = float(os.environ.get("WITNESS_SHIFT", "0")), datetime.datetime, time.time


class _AlsoReal(type):
    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, REAL)


class _Shifted(REAL, metaclass=_AlsoReal):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:  # type: ignore[override]
        return cls.fromtimestamp(TIME() + SHIFT, tz)


_Shifted.__name__, _Shifted.__qualname__, _Shifted.__module__ = "datetime", "datetime", "datetime"
datetime.datetime = _Shifted  # type: ignore[misc]
time.time = lambda: TIME() + SHIFT
