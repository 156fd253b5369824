"""Values for every column of every table."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from bot.store.schema import Instant

NOON = datetime(2026, 11, 3, 12, 30, 15, 123456, tzinfo=UTC)


def value_of(column: sa.Column[Any], number: int) -> Any:
    """Make the value of a column in the row with a number; even rows have NULL wherever they may.

    A foreign key has the value of the key that it refers to.
    """
    for key in column.foreign_keys:
        return value_of(key.column, number)
    if number % 2 == 0 and column.nullable:
        return None
    kinds: list[tuple[type, Any]] = [
        (Instant, NOON + timedelta(minutes=number)),
        (sa.Date, date(2026, 1, 1) + timedelta(days=number)),
        (sa.Time, time(7, number % 60)),
        (sa.LargeBinary, bytes([0, 255, number % 256])),
        (sa.JSON, {"text": f"“é” \u2028 {number}", "none": None}),
        (sa.Boolean, number % 2 == 1),
        (sa.BigInteger, 2**62 + number),  # PostgreSQL's other integers are smaller
        (sa.Integer, number),
        (sa.Float, number / 3),
    ]
    matching = [value for kind, value in kinds if isinstance(column.type, kind)]
    length = getattr(column.type, "length", None)
    return matching[0] if matching else f"{number} {column.name} ü\n"[:length]
