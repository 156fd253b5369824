"""Speakers' names as printed in articles, and which of them refer to the same speaker.

All of this is derived from the claims and can be rebuilt at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.model import NameRuling
from bot.store.articles.visibility import IDS_IN_REVIEW, IS_CLAIM
from bot.store.database import Database, delete_in_batches, insert_rows, select_in_batches
from bot.store.delivery.posted import PostedMessages
from bot.store.schema import articles as shown_articles
from bot.store.schema import claims, names, store_state
from bot.store.speakers.ruling_rows import rulings_in_force

LAST_CHANGE_NUMBER = sa.select(store_state.c.seq)

MAX_NAME_LENGTH = 200
"""Characters; anything longer is a sentence rather than a name, and is ignored."""

MAX_SCAN_ATTEMPTS = 3
"""How often a scan of all claims is repeated because another process has written meanwhile."""

# The speakers that claims name with certainty. With each: the source if it is all capitals, as an
# acronym is, and the first and last article by id.
CAPITALS = sa.case((sa.func.upper(claims.c.source) == claims.c.source, claims.c.source))
NAMED_SPEAKERS = (
    sa.select(
        claims.c.speaker,
        CAPITALS,
        sa.func.min(claims.c.article_id),
        sa.func.max(claims.c.article_id),
    )
    .where(
        claims.c.speaker.is_not(None),
        claims.c.source_kind == "named",
        sa.func.length(claims.c.speaker) <= MAX_NAME_LENGTH,
        # Nobody must be offered a name that only an article to review prints.
        claims.c.article_id.not_in(IDS_IN_REVIEW),
        IS_CLAIM,
    )
    .group_by(claims.c.speaker, CAPITALS)
)

ArticleByName = Mapping[str, str | None]
"""Maps each name to the only article that prints it, or to None if several do."""

NameRow = dict[str, str | None]
"""A row of the `names` table."""


class PrintedName(NamedTuple):
    """A speaker's name, the acronym printed for it if any ("HWU"), and the first and last article
    that print it, by id."""

    speaker: str
    capitals: str | None = None
    first_article: str = ""
    last_article: str = ""


class NamingRules(NamedTuple):
    """The rules by which names are matched, identified by `version`.

    `blocks` maps each printed name to its block: names in different blocks never belong to the same
    speaker. `group` maps each name of a block to its speaker's canonical name; it gets all names of
    the block, in any order, each with its only article, and the rulings in order.
    """

    blocks: Callable[[Collection[PrintedName]], Mapping[str, str]]
    group: Callable[[ArticleByName, Sequence[NameRuling]], Mapping[str, str]]
    version: str


class SpeakerNames:
    """Stores the block and the canonical name of each printed name.

    When a name is new or appears in a second article, only its block is regrouped, so the cost does
    not depend on the size of the archive. Updates of the messages that show a name whose canonical
    name changes are scheduled in the same transaction.
    """

    def __init__(self, database: Database, posted: PostedMessages) -> None:
        self._db, self._posted = database, posted

    def add(self, article_ids: Sequence[str], naming: NamingRules, now: datetime) -> None:
        """Add the names printed in articles."""
        with self._db.read() as connection:
            printed = _read_printed(connection, claims.c.article_id, article_ids)
            blocks = naming.blocks(printed)
            if not _outdated_names(connection, blocks, _only_articles(printed)):
                return
        with self._db.write() as connection:
            self.lock(connection)
            renamed = _add(connection, printed, blocks, naming)
            self._posted.schedule_speaker_updates(connection, renamed, now)

    def printed_names(self, article_ids: Sequence[str]) -> list[PrintedName]:
        """The names printed in articles."""
        with self._db.read() as connection:
            return _read_printed(connection, claims.c.article_id, article_ids)

    def remove_unused(
        self, printed: Collection[PrintedName], naming: NamingRules, now: datetime
    ) -> None:
        """Delete the given names that no claim prints any more, and regroup their blocks.

        The scan of all claims does not block writers; if another process has written meanwhile, it
        is repeated.
        """
        blocks = naming.blocks(printed)
        speakers = list({name.speaker for name in printed})
        for _ in range(MAX_SCAN_ATTEMPTS):
            with self._db.read() as connection:
                seq = connection.scalar(LAST_CHANGE_NUMBER)
                remaining = _read_printed(connection, claims.c.speaker, speakers)
            with self._db.write() as connection:
                self.lock(connection)
                if connection.scalar(LAST_CHANGE_NUMBER) != seq:
                    continue
                unused = blocks.keys() - naming.blocks(remaining).keys()
                articles = _only_articles(remaining)
                renamed = _regroup(connection, blocks, articles, naming, unused)
                self._posted.schedule_speaker_updates(connection, renamed, now)
                return
        self.rebuild(naming, now)

    def rebuild(self, naming: NamingRules, now: datetime) -> None:
        """Read the names of all claims and group them from scratch.

        With ten million claims this takes minutes, in which others can write: they wait only while
        the names that have changed are written.
        """
        with self._db.read() as connection:
            seq = connection.scalar(LAST_CHANGE_NUMBER)
            printed = [PrintedName(*row) for row in connection.execute(NAMED_SPEAKERS)]
            rulings = rulings_in_force(connection)
        articles = _only_articles(printed)
        by_block: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
        for name, block in naming.blocks(printed).items():
            by_block[block][name] = articles.get(name)
        rows = list(_grouped_rows(by_block, naming, rulings))
        with self._db.write() as connection:
            self.lock(connection)
            if (ruled_since := rulings_in_force(connection)) != rulings:
                rows = list(_grouped_rows(by_block, naming, ruled_since))
            before = {row.name: row for row in connection.execute(sa.select(names))}
            blocks = {row["name"]: row["block"] for row in rows}
            kept = {name: row for name, row in before.items() if blocks.get(name) == row.block}
            delete_in_batches(connection, names.c.name, before.keys() - kept.keys())
            _write(connection, rows, kept)
            renamed = _renamed(rows, before)
            is_new = sa.select(shown_articles.c.id).where(shown_articles.c.seq > seq)
            since = _read_printed(connection, claims.c.article_id, connection.scalars(is_new))
            renamed += _add(connection, since, naming.blocks(since), naming)
            self._posted.schedule_speaker_updates(connection, renamed, now)
            connection.execute(sa.update(store_state).values(naming=naming.version))

    def lock(self, connection: sa.Connection) -> None:
        """Lock the row that every writer locks, so that no two processes regroup names at once.

        On SQLite there is only one writer anyway.
        """
        connection.execute(LAST_CHANGE_NUMBER.with_for_update())

    def regroup(
        self, connection: sa.Connection, printed: Sequence[str], naming: NamingRules, now: datetime
    ) -> None:
        """Regroup the blocks of these names and of their aliases."""
        given_rows = [
            *_rows(connection, names.c.name, printed),
            *_rows(connection, names.c.speaker, printed),
        ]
        rows = list(_rows(connection, names.c.block, {row.block for row in given_rows}))
        blocks = {row.name: row.block for row in rows}
        articles = {row.name: row.article for row in rows}
        renamed = _regroup(connection, blocks, articles, naming)
        self._posted.schedule_speaker_updates(connection, renamed, now)

    def read_canonical_names(
        self, connection: sa.Connection, printed: Sequence[str]
    ) -> dict[str, str]:
        """Like `canonical_names`, in the transaction of `connection`."""
        return {row.name: row.speaker for row in _rows(connection, names.c.name, printed)}

    def rules_version(self) -> str | None:
        """The version of the rules by which the names were last rebuilt, or None if never."""
        return self._db.fetch_value(sa.select(store_state.c.naming))

    def canonical_names(self, printed: Sequence[str]) -> dict[str, str]:
        """Map names to their canonical names; unknown names are left out."""
        with self._db.read() as connection:
            return self.read_canonical_names(connection, printed)

    def all(self) -> dict[str, str]:
        """Map all names to their canonical names."""
        return {row.name: row.speaker for row in self._db.fetch_all(sa.select(names))}

    def canonical_names_in(self, blocks: Sequence[str]) -> dict[str, str]:
        """Map the names in these blocks to their canonical names."""
        with self._db.read() as connection:
            return {row.name: row.speaker for row in _rows(connection, names.c.block, blocks)}

    def is_canonical(self, name: str) -> bool:
        """Tell whether this is the canonical name of any speaker."""
        query = sa.select(names.c.name).where(names.c.speaker == name).limit(1)
        return self._db.fetch_value(query) is not None

    def with_prefix(self, typed: str, limit: int) -> list[str]:
        """The speakers with a name in which a word starts with `typed`, of at most `limit` names;
        names printed in several articles come first."""
        escaped = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        has_prefix = (names.c.name.ilike(f"{start}{escaped}%", escape="\\") for start in ("", "% "))
        several_first = sa.case((names.c.article.is_(None), 0), else_=1)
        query = sa.select(names.c.speaker).where(sa.or_(*has_prefix))
        query = query.order_by(several_first, names.c.name).limit(limit)
        return list(dict.fromkeys(self._db.fetch_values(query)))

    def aliases_in(self, blocks: Sequence[str]) -> dict[str, str]:
        """The aliases in these blocks, mapped to their canonical names."""
        return self._aliases(names.c.block, blocks)

    def aliases_of(self, speakers: Sequence[str]) -> dict[str, str]:
        """The aliases of these speakers, mapped to their canonical names."""
        return self._aliases(names.c.speaker, speakers)

    def _aliases(self, column: sa.Column[Any], values: Sequence[str]) -> dict[str, str]:
        query = sa.select(names.c.name, names.c.speaker).where(
            column.in_(values), names.c.name != names.c.speaker
        )
        return {row.name: row.speaker for row in self._db.fetch_all(query)}


def _read_printed(
    connection: sa.Connection, column: sa.Column[Any], values: Iterable[str]
) -> list[PrintedName]:
    rows = select_in_batches(connection, NAMED_SPEAKERS, column, values)
    return [PrintedName(*row) for row in rows]


def _only_articles(printed: Iterable[PrintedName]) -> dict[str, str | None]:
    """Map each name to its only article, or to None if several print it."""
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for name in printed:
        articles[name.speaker] |= {name.first_article, name.last_article}
    return {
        speaker: next(iter(ids)) if len(ids) == 1 else None for speaker, ids in articles.items()
    }


def _add(
    connection: sa.Connection,
    printed: Sequence[PrintedName],
    blocks: Mapping[str, str],
    naming: NamingRules,
) -> list[str]:
    """Add printed names, with their blocks; returns the names whose canonical name has changed."""
    outdated = _outdated_names(connection, blocks, _only_articles(printed))
    return _regroup(connection, {name: blocks[name] for name in outdated}, outdated, naming)


def _outdated_names(
    connection: sa.Connection, blocks: Mapping[str, str], articles: ArticleByName
) -> dict[str, str | None]:
    """The names that are new or appear in a second article, with their only article."""
    stored = {row.name: row.article for row in _rows(connection, names.c.name, blocks)}
    outdated: dict[str, str | None] = {}
    for name in blocks:
        article = articles.get(name)
        if name not in stored:
            outdated[name] = article
        elif stored[name] is not None and stored[name] != article:
            outdated[name] = None
    return outdated


def _regroup(
    connection: sa.Connection,
    blocks: Mapping[str, str],
    articles: ArticleByName,
    naming: NamingRules,
    unused: Collection[str] = (),
) -> list[str]:
    """Regroup the blocks of names, given with their only articles, and delete the `unused` names.

    Returns the names whose canonical name has changed.
    """
    before = {row.name: row for row in _rows(connection, names.c.block, set(blocks.values()))}
    by_block: dict[str, dict[str, str | None]] = {block: {} for block in blocks.values()}
    for row in before.values():
        by_block[row.block][row.name] = row.article
    for name, block in blocks.items():
        by_block[block][name] = articles.get(name)
    for name in unused:
        by_block[blocks[name]].pop(name, None)
    delete_in_batches(connection, names.c.name, unused)
    rows = list(_grouped_rows(by_block, naming, rulings_in_force(connection)))
    _write(connection, rows, before)
    return _renamed(rows, before)


def _rows(
    connection: sa.Connection, column: sa.Column[Any], values: Iterable[str]
) -> Iterator[sa.Row[Any]]:
    return select_in_batches(connection, sa.select(names), column, values)


def _grouped_rows(
    by_block: Mapping[str, ArticleByName], naming: NamingRules, rulings: Sequence[NameRuling]
) -> Iterator[NameRow]:
    for block, articles in by_block.items():
        for name, speaker in naming.group(articles, rulings).items():
            yield {"name": name, "block": block, "speaker": speaker, "article": articles[name]}


def _renamed(rows: Sequence[NameRow], before: Mapping[str | None, sa.Row[Any]]) -> list[str]:
    """The names that had another canonical name before."""
    pairs = ((before.get(row["name"]), row["speaker"]) for row in rows)
    return [old_row.name for old_row, speaker in pairs if old_row and old_row.speaker != speaker]


def _write(
    connection: sa.Connection,
    rows: Sequence[NameRow],
    before: Mapping[str | None, sa.Row[Any]],
) -> None:
    """Insert the rows of new names and update the rows that have changed."""
    insert_rows(connection, names, [row for row in rows if row["name"] not in before])
    changed = [
        {"key": row["name"], "new_speaker": row["speaker"], "new_article": row["article"]}
        for row in rows
        if (old_row := before.get(row["name"]))
        and (old_row.speaker, old_row.article) != (row["speaker"], row["article"])
    ]
    if changed:
        update = sa.update(names).where(names.c.name == sa.bindparam("key"))
        values: dict[str, Any] = {
            "speaker": sa.bindparam("new_speaker"),
            "article": sa.bindparam("new_article"),
        }
        connection.execute(update.values(**values), changed)
