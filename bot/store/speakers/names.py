"""The names of speakers as articles print them, and which of them are one speaker's.

Everything here follows from the claims, and can be gathered again at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.model import NameRuling
from bot.store.database import Database
from bot.store.delivery.posted import PostedMessages
from bot.store.schema import claims, names, store_state
from bot.store.speakers.ruling_rows import in_force

BATCH = 2_000

LAST_CHANGE = sa.select(store_state.c.seq)

MAX_NAME_LENGTH = 200
"""Characters; what is longer is a sentence rather than a name, and meets no other."""

MAX_SCANS = 3
"""How often a scan of all claims is made anew because somebody wrote meanwhile."""

# Whom a claim names for certain, with the source where it is all capitals: perhaps an acronym.
CAPITALS = sa.case((sa.func.upper(claims.c.source) == claims.c.source, claims.c.source))
NAMED = (
    sa.select(
        claims.c.speaker,
        CAPITALS,
        sa.func.min(claims.c.article_id),
        sa.func.max(claims.c.article_id),
    )
    .where(
        claims.c.speaker.is_not(None),
        claims.c.source_kind == "named",
        claims.c.unsure.is_(False),
        sa.func.length(claims.c.speaker) <= MAX_NAME_LENGTH,
    )
    .group_by(claims.c.speaker, CAPITALS)
)

Articles = Mapping[str, str | None]
"""Names, each with the article that prints it, or None where several do."""


class PrintedName(NamedTuple):
    """A speaker whom claims name, the capitals that they print for it, if any ("HWU"), and two
    articles that do so, if there are two."""

    speaker: str
    capitals: str | None = None
    article: str = ""
    other: str = ""


class NamingRules(NamedTuple):
    """By which rules names meet.

    `blocks` gives what claims print as names, each with its block: names in different blocks never
    are one speaker's. `group` says of each name in a block which name stands for its speaker; it
    is handed all of them, in any order, each with the article that prints it, or None where
    several do, and what people have ruled of names, in the order of the rulings. `version` tells
    these rules from others.
    """

    blocks: Callable[[Collection[PrintedName]], Mapping[str, str]]
    group: Callable[[Articles, Sequence[NameRuling]], Mapping[str, str]]
    version: str


class SpeakerNames:
    """Keeps a row for each name: its block, and the name that stands for its speaker.

    A name that is new, or printed by a second article, has its own block grouped anew and no
    other, so that an archive with a hundred thousand names takes no longer over it than a small
    one. The messages that show names for which another one stands now are mended: their jobs are
    added in the same transaction.
    """

    def __init__(self, database: Database, posted: PostedMessages) -> None:
        self._db, self._posted = database, posted

    def add(self, article_ids: Sequence[str], naming: NamingRules, now: datetime) -> None:
        """Add the names that the claims of these articles print."""
        with self._db.read() as connection:
            printed = _printed(connection, claims.c.article_id, article_ids)
            blocks, articles = naming.blocks(printed), _articles(printed)
            if not _news(connection, blocks, articles):
                return
        with self._db.write() as connection:
            _wait_for_writers(connection)
            news = _news(connection, blocks, articles)
            mine = {name: blocks[name] for name in news}
            moved = _regroup(connection, mine, news, naming)
            self._posted.schedule_speaker_updates(connection, moved, now)

    def printed_names(self, article_ids: Sequence[str]) -> list[PrintedName]:
        """Whom the claims of these articles name."""
        with self._db.read() as connection:
            return _printed(connection, claims.c.article_id, article_ids)

    def remove_unused(
        self, printed: Collection[PrintedName], naming: NamingRules, now: datetime
    ) -> None:
        """Forget those of some names that no claim prints any more, and group their blocks anew.

        No other writer waits while all claims are looked through; if one has come between, they
        are looked through once more.
        """
        blocks = naming.blocks(printed)
        speakers = list({one.speaker for one in printed})
        for _ in range(MAX_SCANS):
            with self._db.read() as connection:
                seq = connection.scalar(LAST_CHANGE)
                left = _printed(connection, claims.c.speaker, speakers)
            with self._db.write() as connection:
                _wait_for_writers(connection)
                if connection.scalar(LAST_CHANGE) != seq:
                    continue
                gone = blocks.keys() - naming.blocks(left).keys()
                moved = _regroup(connection, blocks, _articles(left), naming, gone)
                self._posted.schedule_speaker_updates(connection, moved, now)
                return
        self.rebuild(naming, now)

    def rebuild(self, naming: NamingRules, now: datetime) -> None:
        """Gather and group the names of all claims anew; those that are gone are forgotten."""
        with self._db.write() as connection:
            _wait_for_writers(connection)
            printed = [PrintedName(*row) for row in connection.execute(NAMED)]
            articles = _articles(printed)
            blocks: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
            for name, block in naming.blocks(printed).items():
                blocks[block][name] = articles.get(name)
            before = {row.name: row for row in connection.execute(sa.select(names))}
            connection.execute(sa.delete(names))
            rows = list(_grouped(blocks, naming, in_force(connection)))
            _write(connection, rows, {})
            self._posted.schedule_speaker_updates(connection, _moved(rows, before), now)
            connection.execute(sa.update(store_state).values(naming=naming.version))

    def lock(self, connection: sa.Connection) -> None:
        """Keep every other writer from grouping names until this transaction ends."""
        _wait_for_writers(connection)

    def regroup(
        self, connection: sa.Connection, ruled: Sequence[str], naming: NamingRules, now: datetime
    ) -> None:
        """Group the blocks anew of some names, and of those for which one of these stands."""
        mine = [*_rows(connection, names.c.name, ruled), *_rows(connection, names.c.speaker, ruled)]
        rows = list(_rows(connection, names.c.block, list({row.block for row in mine})))
        blocks = {row.name: row.block for row in rows}
        articles = {row.name: row.article for row in rows}
        self._posted.schedule_speaker_updates(
            connection, _regroup(connection, blocks, articles, naming), now
        )

    def standing_for(self, connection: sa.Connection, printed: Sequence[str]) -> dict[str, str]:
        """The name that stands for the speaker of each of these names that are known."""
        return {row.name: row.speaker for row in _rows(connection, names.c.name, printed)}

    def rules_version(self) -> str | None:
        """By which rules the names are grouped; None: they have not been gathered yet."""
        with self._db.read() as connection:
            return connection.scalar(sa.select(store_state.c.naming))

    def canonical_names(self, printed: Sequence[str]) -> dict[str, str]:
        """The name that stands for the speaker of each of these names that are known."""
        with self._db.read() as connection:
            return self.standing_for(connection, printed)

    def canonical_names_in(self, blocks: Sequence[str]) -> dict[str, str]:
        """The names in these blocks, each with the one that stands for its speaker."""
        with self._db.read() as connection:
            return {row.name: row.speaker for row in _rows(connection, names.c.block, blocks)}

    def is_canonical(self, name: str) -> bool:
        """Whether a name stands for a speaker whom claims name."""
        one = sa.select(names.c.name).where(names.c.speaker == name).limit(1)
        with self._db.read() as connection:
            return connection.scalar(one) is not None

    def with_prefix(self, typed: str, limit: int) -> list[str]:
        """The speakers of up to `limit` names one of whose words begins with what was typed: those
        that several articles print first."""
        escaped = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        begins = (names.c.name.ilike(f"{at}{escaped}%", escape="\\") for at in ("", "% "))
        several = sa.case((names.c.article.is_(None), 0), else_=1)
        query = sa.select(names.c.speaker).where(sa.or_(*begins)).order_by(several, names.c.name)
        with self._db.read() as connection:
            return list(dict.fromkeys(connection.scalars(query.limit(limit))))

    def aliases_in(self, blocks: Sequence[str]) -> dict[str, str]:
        """The names in these blocks for which another one stands, each with that one."""
        return self._aliases(names.c.block, blocks)

    def aliases_of(self, speakers: Sequence[str]) -> dict[str, str]:
        """The names for which one of these stands, each with that one."""
        return self._aliases(names.c.speaker, speakers)

    def _aliases(self, column: sa.Column[Any], values: Sequence[str]) -> dict[str, str]:
        query = sa.select(names.c.name, names.c.speaker).where(
            column.in_(values), names.c.name != names.c.speaker
        )
        with self._db.read() as connection:
            return {row.name: row.speaker for row in connection.execute(query)}


def _printed(
    connection: sa.Connection, column: sa.Column[Any], values: Sequence[str]
) -> list[PrintedName]:
    printed: list[PrintedName] = []
    for start in range(0, len(values), BATCH):
        mine = NAMED.where(column.in_(values[start : start + BATCH]))
        printed.extend(PrintedName(*row) for row in connection.execute(mine))
    return printed


def _articles(printed: Iterable[PrintedName]) -> dict[str, str | None]:
    out: dict[str, str | None] = {}
    for one in printed:
        first = out.get(one.speaker, one.article)
        out[one.speaker] = one.article if first == one.article == one.other else None
    return out


def _news(
    connection: sa.Connection, blocks: Mapping[str, str], articles: Articles
) -> dict[str, str | None]:
    """Those of some names that are new, or that another article prints beside the known one."""
    known = {row.name: row.article for row in _rows(connection, names.c.name, list(blocks))}
    out: dict[str, str | None] = {}
    for name in blocks:
        article = articles.get(name)
        if name not in known:
            out[name] = article
        elif known[name] is not None and known[name] != article:
            out[name] = None
    return out


def _regroup(
    connection: sa.Connection,
    blocks: Mapping[str, str],
    articles: Articles,
    naming: NamingRules,
    gone: Collection[str] = (),
) -> list[str]:
    """Group the blocks of these names anew, with what is known now of the articles that print
    them, and without those that are gone; returns the names for which another one stands now."""
    before = {row.name: row for row in _rows(connection, names.c.block, list({*blocks.values()}))}
    by_block: dict[str, dict[str, str | None]] = {block: {} for block in blocks.values()}
    for row in before.values():
        by_block[row.block][row.name] = row.article
    for name, block in blocks.items():
        by_block[block][name] = articles.get(name)
    for name in gone:
        by_block[blocks[name]].pop(name, None)
    for start in range(0, len(gone), BATCH):
        chosen = list(gone)[start : start + BATCH]
        connection.execute(sa.delete(names).where(names.c.name.in_(chosen)))
    rows = list(_grouped(by_block, naming, in_force(connection)))
    _write(connection, rows, before)
    return _moved(rows, before)


def _rows(
    connection: sa.Connection, column: sa.Column[Any], values: Sequence[str]
) -> Iterator[sa.Row[Any]]:
    for start in range(0, len(values), BATCH):
        chosen = column.in_(values[start : start + BATCH])
        yield from connection.execute(sa.select(names).where(chosen))


def _grouped(
    by_block: Mapping[str, Articles], naming: NamingRules, rulings: Sequence[NameRuling]
) -> Iterator[dict[str, str | None]]:
    for block, together in by_block.items():
        for name, speaker in naming.group(together, rulings).items():
            yield {"name": name, "block": block, "speaker": speaker, "article": together[name]}


def _moved(
    rows: Sequence[dict[str, str | None]], before: Mapping[str | None, sa.Row[Any]]
) -> list[str]:
    """The names that were there before and for which another one stands now."""
    known = ((before.get(row["name"]), row["speaker"]) for row in rows)
    return [was.name for was, speaker in known if was and was.speaker != speaker]


def _write(
    connection: sa.Connection,
    rows: Sequence[dict[str, str | None]],
    before: Mapping[str | None, sa.Row[Any]],
) -> None:
    """Insert the rows of new names, and change those of which something is otherwise now."""
    new = [row for row in rows if row["name"] not in before]
    moved = [
        {"of": row["name"], "to": row["speaker"], "by": row["article"]}
        for row in rows
        if (was := before.get(row["name"]))
        and (was.speaker, was.article) != (row["speaker"], row["article"])
    ]
    if new:
        connection.execute(sa.insert(names), new)
    if moved:
        change = sa.update(names).where(names.c.name == sa.bindparam("of"))
        values: dict[str, Any] = {"speaker": sa.bindparam("to"), "article": sa.bindparam("by")}
        connection.execute(change.values(**values), moved)


def _wait_for_writers(connection: sa.Connection) -> None:
    """Hold the row that every writer takes, so that two never group a block side by side; on
    SQLite there is only one writer in any case."""
    connection.execute(sa.select(store_state.c.seq).with_for_update())
