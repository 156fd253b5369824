"""What people have ruled of speakers' names, and its effect on them, in one transaction."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from bot.errors import NotFoundError
from bot.model import NameRuling
from bot.store.database import Database
from bot.store.schema import name_rulings
from bot.store.speakers.names import NamingRules, SpeakerNames
from bot.store.speakers.ruling_rows import IN_ORDER, in_force, ruling_from_row
from bot.words import say

NEXT_NUMBER = sa.select(
    sa.func.coalesce(sa.func.max(name_rulings.c.number), 0) + 1
).scalar_subquery()


class NameRulings:
    """Keeps rulings for good, those taken back too, and has names follow them at once.

    The names whose blocks a ruling concerns are grouped anew in its transaction, and all that
    groups names reads the rulings in its own: no process ever groups by what no longer holds.
    """

    def __init__(self, database: Database, names: SpeakerNames) -> None:
        self._db, self._names = database, names

    def add(
        self,
        ruling: NameRuling,
        naming: NamingRules,
        *,
        follows: Callable[[Mapping[str, str]], bool],
    ) -> NameRuling | None:
        """Keep a ruling and return it, or the one that its press has made before.

        `follows` is asked whether the ruling has come to what was meant, of the names that stand
        for the speakers of its names by then; if not, nothing is kept, and None returned.
        """
        insert = self._db.insert(name_rulings).values(**asdict(ruling), number=NEXT_NUMBER)
        once = insert.on_conflict_do_nothing().returning(name_rulings.c.id)
        with contextlib.suppress(_Overruled), self._db.write() as connection:
            self._names.lock(connection)
            if not connection.execute(once).first():
                return _pressed(connection, ruling.team, ruling.press)
            self._names.regroup(connection, _names_of(ruling), naming, ruling.ruled_at)
            if not follows(self._names.standing_for(connection, _names_of(ruling))):
                raise _Overruled
            return ruling
        return None

    def by_press(self, team: str, press: str) -> NameRuling | None:
        """The ruling that a press has made, if it has."""
        with self._db.read() as connection:
            return _pressed(connection, team, press)

    def undo(
        self, ruling_id: str, *, team: str | None, by: str, now: datetime, naming: NamingRules
    ) -> NameRuling:
        """Take a ruling back, of this workspace if one is named; one that has been taken back
        stays so. Raises NotFoundError."""
        mine = name_rulings.c.id == ruling_id, *((name_rulings.c.team == team,) if team else ())
        first = sa.update(name_rulings).where(*mine, name_rulings.c.undone_at.is_(None))
        with self._db.write() as connection:
            self._names.lock(connection)
            done = connection.execute(first.values(undone_by=by, undone_at=now)).rowcount
            row = connection.execute(IN_ORDER.where(*mine)).one_or_none()
            if row is None:
                raise NotFoundError(say("speakers.no_ruling"), subject=ruling_id)
            ruling = ruling_from_row(row)
            if done:
                self._names.regroup(connection, _names_of(ruling), naming, now)
        return ruling

    def in_force(self) -> tuple[NameRuling, ...]:
        """The rulings that nobody has taken back, in the order in which they were made."""
        with self._db.read() as connection:
            return in_force(connection)

    def all(self) -> list[NameRuling]:
        """All rulings, in the order in which they were made."""
        with self._db.read() as connection:
            return list(map(ruling_from_row, connection.execute(IN_ORDER)))


class _Overruled(Exception):
    """A ruling that came to nothing: its transaction is to leave nothing behind."""


def _pressed(connection: sa.Connection, team: str, press: str) -> NameRuling | None:
    mine = name_rulings.c.team == team, name_rulings.c.press == press
    row = connection.execute(IN_ORDER.where(*mine)).one_or_none()
    return ruling_from_row(row) if row else None


def _names_of(ruling: NameRuling) -> list[str]:
    return [name for side in ruling.sides for name in side]
