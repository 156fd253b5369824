"""Which channels want a digest, and what became of each one: the ledger that makes it once.

A digest's row goes planned → posting → posted. A worker takes a planned one for as long as its
lease runs; `posting` is written before Slack is asked, with what the digest shows, so that after a
crash between asking and recording the row says `posting` with a lease that has run out. Such a one
is looked for in its channel: where it stands there it is posted, where it does not it is planned
again. Where it cannot be looked for it becomes `uncertain` and is never posted again. `missed` was
too late to post, or has been overtaken by a newer one. A digest's row never goes back from posting
by itself, only when it is known that it does not stand there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from bot.model import DigestWants, Subscription
from bot.store.database import Database
from bot.store.delivery.channels import Channels
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.posted import MessageKey, Placed, Posted
from bot.store.schema import corrections, digest_rows, digests, gone_claims, rulings, subscriptions

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

    def __init__(self, database: Database, jobs: Jobs, posted: Posted, channels: Channels) -> None:
        self._db, self._jobs, self._posted, self._channels = database, jobs, posted, channels

    # -- subscriptions

    def subscribe(self, subscription: Subscription) -> None:
        """Set or change a channel's digest, and have a worker look when the next is due; one that
        was stopped goes on."""
        values = {
            "at": subscription.at,
            "zone": subscription.zone,
            "person": subscription.person,
            "since": subscription.since,
            "wants": _wants_json(subscription.wants),
            "begun": subscription.begun,
            "stopped": None,
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

    def stop(self, connection: sa.Connection, team: str, channel: str, why: str) -> bool:
        """Let no digest be posted in a channel until it is set again; False if none would be."""
        goes_on = *_channel(team, channel), subscriptions.c.stopped.is_(None)
        change = sa.update(subscriptions).where(*goes_on).values(stopped=why)
        return connection.execute(change).rowcount > 0

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
            "retry_at": row.free_at,
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
        self,
        key: DigestKey,
        *,
        worker: str,
        shown: Sequence[Placed],
        heading: Mapping[str, Any],
        now: datetime,
        lease: timedelta,
    ) -> bool:
        """Note that Slack will be asked now for a digest that shows these claims, and what its
        `heading` is made of; False if the digest is not this worker's any more."""
        mine = digests.c.state == "planned", digests.c.worker == worker
        begun = {"state": "posting", "lease_until": now + lease, "heading": heading}
        rows = [{**asdict(key), "position": n, **one._asdict()} for n, one in enumerate(shown)]
        with self._db.write() as connection:
            if not self._moved(connection, (*_digest(key), *mine), begun):
                return False
            connection.execute(sa.delete(digest_rows).where(*_of(digest_rows, key)))
            if rows:
                connection.execute(sa.insert(digest_rows), rows)
        return True

    def record_posted(
        self, key: DigestKey, *, worker: str, ts: str, now: datetime, then: Sequence[str] = ()
    ) -> None:
        """Note that a digest stands in its channel as message `ts`, and have it mended if a claim
        that it shows has changed meanwhile; `then` are the kinds of the jobs that follow, each
        about this message. Slack lets us in, then."""
        stands = {"state": "posted", "ts": ts, "lease_until": None, "failure": None}
        mine = digests.c.state == "posting", digests.c.worker == worker
        with self._db.write() as connection:
            if self._moved(connection, (*_digest(key), *mine), stands):
                rows = sa.update(digest_rows).where(*_of(digest_rows, key))
                connection.execute(rows.values(ts=ts))
                message = MessageKey(key.team, key.channel, ts)
                self._channels.let_in(connection, key.team)
                self._posted.check(connection, message, now)
                for kind in then:
                    self._jobs.add(
                        kind,
                        "/".join(message),
                        message._asdict(),
                        due_at=now,
                        team=key.team,
                        connection=connection,
                    )

    def put_back(
        self, key: DigestKey, *, worker: str, failure: str | None, retry_at: datetime
    ) -> None:
        """Note that it does not stand in its channel; it may be tried again from `retry_at` on."""
        self._move(
            _digest(key),
            (digests.c.state.in_(("planned", "posting")), digests.c.worker == worker),
            {"state": "planned", "lease_until": None, "retry_at": retry_at, "failure": failure},
        )

    def touched(self, team: str, channel: str, since: datetime, until: datetime) -> list[str]:
        """The claims that a channel's digests have shown and that went in [since, until), or were
        corrected by people, or are so no more."""
        gone = sa.select(gone_claims.c.claim_id)
        gone = gone.where(*_within(gone_claims.c.gone_at, since, until))
        ruled = sa.select(corrections.c.claim_id).join(rulings)
        ruled = ruled.where(rulings.c.ruling != "declined")
        ruled = ruled.where(*_within(rulings.c.ruled_at, since, until))
        rows = sa.select(digest_rows.c.claim_id, digest_rows.c.place).where(
            digest_rows.c.team == team,
            digest_rows.c.channel == channel,
            digest_rows.c.ts.is_not(None),
            digest_rows.c.claim_id.in_(sa.union(gone, ruled)),
        )
        with self._db.read() as connection:
            found = connection.execute(rows).all()
        return sorted({row.claim_id for row in found if "beside" not in (row.place or {})})

    def take_open(
        self, team: str, channel: str, *, worker: str, now: datetime, lease: timedelta
    ) -> LedgerRow | None:
        """Take a channel's digest of which it is not known whether Slack has posted it, once
        nobody can be asking for it any more; None where there is none."""
        over = digests.c.state == "posting", digests.c.lease_until <= now
        where = digests.c.team == team, digests.c.channel == channel
        return self._move(where, over, {"worker": worker, "lease_until": now + lease})

    def leave_open(self, key: DigestKey, *, worker: str, until: datetime) -> None:
        """Note that it is not known what came of a digest; it is looked for at `until`."""
        mine = digests.c.state == "posting", digests.c.worker == worker
        self._move(_digest(key), mine, {"lease_until": until})

    def doubt(self, key: DigestKey, *, worker: str) -> None:
        """Mark a digest as uncertain: it may stand in its channel, and nobody can look."""
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
        with self._db.write() as connection:
            moved = self._moved(connection, (*which, *when), values)
        return _ledger_row(moved[0]) if moved else None

    @staticmethod
    def _moved(
        connection: sa.Connection, where: Any, values: dict[str, Any]
    ) -> Sequence[sa.Row[Any]]:
        change = sa.update(digests).where(*where).values(**values).returning(digests)
        return connection.execute(change).all()

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


UNCERTAIN = {"state": "uncertain", "failure": "Slack did not confirm that it was posted"}


def _channel(team: str, channel: str) -> tuple[sa.ColumnElement[bool], ...]:
    return subscriptions.c.team == team, subscriptions.c.channel == channel


def _digest(key: DigestKey) -> tuple[sa.ColumnElement[bool], ...]:
    return _of(digests, key)


def _within(
    at: sa.Column[datetime], since: datetime, until: datetime
) -> tuple[sa.ColumnElement[bool], ...]:
    return at >= since, at < until


def _of(table: sa.Table, key: DigestKey) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.team == key.team, table.c.channel == key.channel, table.c.day == key.day


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
