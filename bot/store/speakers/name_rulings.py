"""People's rulings on speakers' names, applied to the names in the same transaction."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from bot.errors import NotFoundError
from bot.model import NameRuling
from bot.store.articles.article_writer import reserve_change_numbers
from bot.store.articles.statements import Statements
from bot.store.database import Database
from bot.store.schema import articles, name_rulings
from bot.store.speakers.names import NamingRules, SpeakerNames
from bot.store.speakers.ruling_rows import ALL_RULINGS, ruling_from_row, rulings_in_force
from bot.words import say

NEXT_NUMBER = sa.select(
    sa.func.coalesce(sa.func.max(name_rulings.c.number), 0) + 1
).scalar_subquery()


class NameRulings:
    """Stores rulings for ever, including undone ones, and regroups the names they concern and the
    statements of their speakers.

    Code that groups names reads the rulings in its own transaction, under the same lock, so no
    process groups by outdated rulings.
    """

    def __init__(self, database: Database, names: SpeakerNames, statements: Statements) -> None:
        self._db, self._names, self._statements = database, names, statements

    def add(
        self,
        ruling: NameRuling,
        naming: NamingRules,
        *,
        is_effective: Callable[[Mapping[str, str]], bool],
    ) -> NameRuling | None:
        """Store a ruling and return it, or return the earlier ruling of the same press.

        `is_effective` gets the new canonical names of the ruling's names and tells whether they are
        as intended. If not, nothing is stored and None is returned.
        """
        insert = self._db.insert(name_rulings).values(**asdict(ruling), number=NEXT_NUMBER)
        insert = insert.on_conflict_do_nothing().returning(name_rulings.c.id)
        names = _names_in(ruling)
        with contextlib.suppress(_WithoutEffectError), self._db.write() as connection:
            self._names.lock(connection)
            if not connection.execute(insert).first():
                return _read_by_press(connection, ruling.team, ruling.press)
            self._names.regroup(connection, names, naming, ruling.ruled_at)
            if not is_effective(self._names.read_canonical_names(connection, names)):
                raise _WithoutEffectError
            self._refile(connection, ruling)
            return ruling
        return None

    def by_press(self, team: str, press: str) -> NameRuling | None:
        """Read the ruling of a press: the click or modal in which it was made."""
        with self._db.read() as connection:
            return _read_by_press(connection, team, press)

    def undo(
        self, ruling_id: str, *, team: str | None, person: str, now: datetime, naming: NamingRules
    ) -> NameRuling:
        """Undo a ruling, of this workspace if `team` is given; idempotent. Raises NotFoundError."""
        is_ruling = [name_rulings.c.id == ruling_id]
        if team:
            is_ruling.append(name_rulings.c.team == team)
        undo = sa.update(name_rulings).where(*is_ruling, name_rulings.c.undone_at.is_(None))
        with self._db.write() as connection:
            self._names.lock(connection)
            is_undone = connection.execute(undo.values(undone_by=person, undone_at=now)).rowcount
            row = connection.execute(ALL_RULINGS.where(*is_ruling)).one_or_none()
            if row is None:
                raise NotFoundError(say("speakers.no_ruling"), subject=ruling_id)
            ruling = ruling_from_row(row)
            if is_undone:
                self._names.regroup(connection, _names_in(ruling), naming, now)
                self._refile(connection, ruling)
        return ruling

    def _refile(self, connection: sa.Connection, ruling: NameRuling) -> None:
        ids = self._statements.refile(connection, _names_in(ruling))
        # The index learns of claims with another statement by the numbers of their articles.
        for number, id_ in enumerate(ids, start=reserve_change_numbers(connection, len(ids))):
            is_it = articles.c.id == id_
            connection.execute(sa.update(articles).where(is_it).values(seq=number))

    def in_force(self) -> tuple[NameRuling, ...]:
        """The rulings that have not been undone, in order."""
        with self._db.read() as connection:
            return rulings_in_force(connection)

    def all(self) -> list[NameRuling]:
        """All rulings, in order."""
        return list(map(ruling_from_row, self._db.fetch_all(ALL_RULINGS)))


class _WithoutEffectError(Exception):
    """Rolls back a ruling that does not group the names as intended."""


def _read_by_press(connection: sa.Connection, team: str, press: str) -> NameRuling | None:
    is_press = name_rulings.c.team == team, name_rulings.c.press == press
    row = connection.execute(ALL_RULINGS.where(*is_press)).one_or_none()
    return ruling_from_row(row) if row else None


def _names_in(ruling: NameRuling) -> list[str]:
    return [name for side in ruling.sides for name in side]
