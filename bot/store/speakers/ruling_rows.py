"""Read the rulings on speakers' names."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from bot.model import NameRuling
from bot.store.schema import name_rulings

COLUMNS = tuple(field.name for field in fields(NameRuling))
ALL_RULINGS = sa.select(*(name_rulings.c[name] for name in COLUMNS)).order_by(name_rulings.c.number)
RULINGS_IN_FORCE = ALL_RULINGS.where(name_rulings.c.undone_at.is_(None))


def rulings_in_force(connection: sa.Connection) -> tuple[NameRuling, ...]:
    """The rulings that have not been undone, in order."""
    return tuple(map(ruling_from_row, connection.execute(RULINGS_IN_FORCE)))


def ruling_from_row(row: sa.Row[Any]) -> NameRuling:
    """The ruling of a row."""
    values = row._asdict()
    return NameRuling(**values | {"sides": tuple(map(tuple, values["sides"]))})
