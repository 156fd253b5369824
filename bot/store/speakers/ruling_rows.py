"""The rows of rulings on speakers' names."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from bot.model import NameRuling
from bot.store.schema import name_rulings

COLUMNS = tuple(field.name for field in fields(NameRuling))
IN_ORDER = sa.select(*(name_rulings.c[name] for name in COLUMNS)).order_by(name_rulings.c.number)
IN_FORCE = IN_ORDER.where(name_rulings.c.undone_at.is_(None))


def in_force(connection: sa.Connection) -> tuple[NameRuling, ...]:
    """The rulings that nobody has taken back, in the order in which they were made."""
    return tuple(map(ruling_from_row, connection.execute(IN_FORCE)))


def ruling_from_row(row: sa.Row[Any]) -> NameRuling:
    """A ruling as its row has it."""
    values = row._asdict()
    return NameRuling(**values | {"sides": tuple(map(tuple, values["sides"]))})
