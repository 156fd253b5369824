"""Which channels want a digest, and what became of each one: the ledger that makes it once.

A digest's row goes planned → posting → posted. A worker takes a planned one for as long as its
lease runs; `posting` is written before Slack is asked, so that after a crash between asking and
recording the row says `posting` with a lease that has run out. Whether that one was posted cannot
be known: it becomes `uncertain` and is never posted again. `missed` was too late to post, or has
been overtaken by a newer one. A digest's row never goes back from posting by itself, only when
Slack has said that it did not post.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from bot.model import Claim, DigestWants, Subscription
from bot.store.database import Database
from bot.store.jobs import Jobs
from bot.store.posted import MessageKey, Posted, wording_of
from bot.store.schema import digest_rows, digests, subscriptions

DIGEST = "digest"
"""The kind of the jobs, one for each channel, that look what is due there."""

DigestState = Literal["planned", "posting", "posted", "uncertain", "missed"]


@dataclass(frozen=True, slots=True)
class DigestKey:
    """What makes a digest one: workspace, channel and local date."""

    team: str
    channel: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """What is known of one digest."""

    key: DigestKey
    state: DigestState
    window_start: datetime
    posting_time: datetime
    failure: str | None = None
    free_at: datetime | None = field(default=None, compare=False)
    """Before this nobody can take it: somebody has it, or Slack has refused it just now."""


class Ledger:
    """Subscriptions and digests of all workspaces."""

    def __init__(self, database: Database, jobs: Jobs, posted: Posted) -> None:
        self._db, self._jobs, self._posted = database, jobs, posted

    # -- subscriptions

    def subscribe(self, subscription: Subscription) -> None:
        """Set or change a channel's digest, and have a worker look when the next is due."""
        values = {
            "at": subscription.at,
            "zone": subscription.zone,
            "person": subscription.person,
            "since": subscription.since,
            "wants": _wants_json(subscription.wants),
        }
        key = {"team": subscription.team, "channel": subscription.channel}
        with self._db.write() as connection:
            self._put(connection, subscriptions, key, values)
            self._look(subscription, subscription.since, connection)

    def look(self, subscription: Subscription, at: datetime) -> None:
        """Have a worker look what is due in a channel."""
        with self._db.write() as connection:
            self._look(subscription, at, connection)

    def _look(self, subscription: Subscription, at: datetime, connection: sa.Connection) -> None:
        team, channel = subscription.team, subscription.channel
        key, payload = f"{team}/{channel}", {"team": team, "channel": channel}
        self._jobs.add(DIGEST, key, payload, due_at=at, team=team, connection=connection)

    def unsubscribe(self, team: str, channel: str) -> bool:
        """End a channel's digest; False if there was none."""
        with self._db.write() as connection:
            gone = connection.execute(sa.delete(subscriptions).where(*_channel(team, channel)))
        return gone.rowcount > 0

    def subscription(self, team: str, channel: str) -> Subscription | None:
        """What is set for a channel."""
        with self._db.read() as connection:
            row = connection.execute(
                sa.select(subscriptions).where(*_channel(team, channel))
            ).one_or_none()
        return _subscription(row) if row else None

    def subscriptions(self, team: str | None = None) -> list[Subscription]:
        """The channels that want a digest, in one workspace or in all."""
        query = sa.select(subscriptions).order_by(subscriptions.c.team, subscriptions.c.channel)
        if team is not None:
            query = query.where(subscriptions.c.team == team)
        with self._db.read() as connection:
            return [_subscription(row) for row in connection.execute(query)]

    # -- digests

    def rows(self, team: str, channel: str, *, limit: int = 60) -> list[LedgerRow]:
        """A channel's latest digests, oldest first."""
        query = sa.select(digests).where(digests.c.team == team, digests.c.channel == channel)
        query = query.order_by(digests.c.posting_time.desc()).limit(limit)
        with self._db.read() as connection:
            return [_ledger_row(row) for row in connection.execute(query)][::-1]

    def plan(self, row: LedgerRow) -> bool:
        """Enter a digest, unless this channel's day has one already (then False).

        One that was missed gives way to one of the same day that comes later: where a channel's
        digest is set anew after a failure, the day still gets its one.
        """
        values = {
            "state": row.state,
            "window_start": row.window_start,
            "posting_time": row.posting_time,
            "worker": None,
            "lease_until": None,
            "retry_at": None,
            "failure": row.failure,
        }
        earlier = sa.and_(digests.c.state == "missed", digests.c.posting_time < row.posting_time)
        with self._db.write() as connection:
            return self._put(connection, digests, asdict(row.key), values, where=earlier)

    def take(
        self, key: DigestKey, *, worker: str, now: datetime, lease: timedelta
    ) -> LedgerRow | None:
        """Take a planned digest that is nobody's at the moment; None if it can't be had."""
        free = sa.or_(digests.c.lease_until.is_(None), digests.c.lease_until <= now)
        ripe = sa.or_(digests.c.retry_at.is_(None), digests.c.retry_at <= now)
        return self._move(
            _digest(key),
            (digests.c.state == "planned", free, ripe),
            {"worker": worker, "lease_until": now + lease},
        )

    def start_posting(
        self, key: DigestKey, *, worker: str, now: datetime, lease: timedelta
    ) -> bool:
        """Note that Slack will be asked now; False if the digest is not this worker's any more."""
        started = self._move(
            _digest(key),
            (digests.c.state == "planned", digests.c.worker == worker),
            {"state": "posting", "lease_until": now + lease},
        )
        return started is not None

    def record_posted(
        self,
        key: DigestKey,
        *,
        worker: str,
        ts: str,
        shown: Sequence[Claim],
        heading: Mapping[str, Any],
        now: datetime,
    ) -> None:
        """Note that a digest stands in its channel, which claims it shows and what its `heading`
        was made of, and have it mended if a claim has changed meanwhile."""
        with self._db.write() as connection:
            connection.execute(
                sa.update(digests)
                .where(*_digest(key), digests.c.worker == worker)
                .values(state="posted", ts=ts, lease_until=None, failure=None, heading=heading)
            )
            rows = [
                asdict(key)
                | {"position": n, "claim_id": claim.id, "ts": ts, "wording": wording_of(claim)}
                for n, claim in enumerate(shown)
            ]
            if rows:
                connection.execute(sa.insert(digest_rows), rows)
            self._posted.check(connection, MessageKey(key.team, key.channel, ts), now)

    def put_back(self, key: DigestKey, *, worker: str, failure: str, retry_at: datetime) -> None:
        """Note that Slack did not post it; it may be tried again from `retry_at` on."""
        self._move(
            _digest(key),
            (digests.c.state.in_(("planned", "posting")), digests.c.worker == worker),
            {"state": "planned", "lease_until": None, "retry_at": retry_at, "failure": failure},
        )

    def doubt(self, now: datetime) -> None:
        """Mark as uncertain what has been in the middle of posting for longer than its lease."""
        self._move((), (digests.c.state == "posting", digests.c.lease_until <= now), UNCERTAIN)

    def doubt_one(self, key: DigestKey, *, worker: str) -> None:
        """Mark a digest as uncertain: Slack's answer was lost."""
        self._move(
            _digest(key),
            (digests.c.state == "posting", digests.c.worker == worker),
            UNCERTAIN,
        )

    def miss(self, key: DigestKey, *, now: datetime) -> bool:
        """Give up a planned digest; False if somebody is working on it, or it is not planned."""
        free = sa.or_(digests.c.lease_until.is_(None), digests.c.lease_until <= now)
        given_up = self._move(
            _digest(key), (digests.c.state == "planned", free), {"state": "missed"}
        )
        return given_up is not None

    def _move(self, which: Any, when: Any, values: dict[str, Any]) -> LedgerRow | None:
        """Change the digests that are in a state to be changed; the first of them, if any."""
        change = sa.update(digests).where(*which, *when).values(**values).returning(digests)
        with self._db.write() as connection:
            moved = connection.execute(change).all()
        return _ledger_row(moved[0]) if moved else None

    def _put(
        self,
        connection: sa.Connection,
        table: sa.Table,
        key: dict[str, Any],
        values: dict[str, Any],
        *,
        where: sa.ColumnElement[bool] | None = None,
    ) -> bool:
        """Insert a row; where its key is there already, change that one, unless it is not as
        `where` says (then False)."""
        insert = self._db.insert(table).values(**key, **values)
        insert = insert.on_conflict_do_update(index_elements=list(key), set_=values, where=where)
        return connection.execute(insert.returning(table.c.team)).first() is not None


UNCERTAIN = {"state": "uncertain", "failure": "it is not known whether Slack posted it"}


def _channel(team: str, channel: str) -> tuple[sa.ColumnElement[bool], ...]:
    return subscriptions.c.team == team, subscriptions.c.channel == channel


def _digest(key: DigestKey) -> tuple[sa.ColumnElement[bool], ...]:
    return digests.c.team == key.team, digests.c.channel == key.channel, digests.c.day == key.day


def _subscription(row: sa.Row[Any]) -> Subscription:
    known = dict(row._mapping)
    wants: dict[str, Any] = known.pop("wants") or {}
    for name in ("days", "topics", "outlets"):
        wants[name] = tuple(wants.get(name, ()))
    for name in ("skip", "paused_until"):
        wants[name] = wants.get(name) and date.fromisoformat(wants[name])
    return Subscription(**known, wants=DigestWants(**wants))


def _wants_json(wants: DigestWants) -> dict[str, Any] | None:
    """What is wanted as JSON, None where nothing is set."""
    if wants == DigestWants():
        return None
    values = asdict(wants)
    for name in ("skip", "paused_until"):
        values[name] = values[name] and values[name].isoformat()
    return values


def _ledger_row(row: sa.Row[Any]) -> LedgerRow:
    return LedgerRow(
        key=DigestKey(row.team, row.channel, row.day),
        state=row.state,
        window_start=row.window_start,
        posting_time=row.posting_time,
        failure=row.failure,
        free_at=max((at for at in (row.lease_until, row.retry_at) if at), default=None),
    )
