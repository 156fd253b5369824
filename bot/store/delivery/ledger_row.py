"""A digest as its row in the ledger has it, with what its message in the outbox says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, cast

import sqlalchemy as sa

from bot.store.delivery.payloads import DigestPayload

DigestState = Literal["planned", "sending", "sent", "uncertain", "missed"]

OF_MESSAGE = ("sending", "sent", "uncertain")
"""The states of a message that are its digest's."""


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
    retry_at: datetime | None = field(default=None, compare=False)
    """It is not asked for before this: Slack has refused it just now."""
    is_queued: bool = field(default=False, compare=False)
    """Whether it waits in the outbox."""


def outbox_key(key: DigestKey) -> str:
    """The key of a digest's message in the outbox, by which it is found in its channel, too."""
    return f"{key_prefix(key.channel)}{key.day}"


def key_prefix(channel: str) -> str:
    """What the keys of a channel's digests begin with."""
    return f"{DigestPayload.kind}/{channel}/"


def digest_key(team: str, key: str) -> DigestKey:
    """The digest of the message with a key: whether or not its payload can be read, and wherever
    Slack says that it stands."""
    _, channel, day = key.split("/")
    return DigestKey(team, channel, date.fromisoformat(day))


def digest_key_from_row(row: sa.Row[Any]) -> DigestKey:
    """The digest of a row."""
    return DigestKey(row.team, row.channel, row.day)


def ledger_row(row: sa.Row[Any], message: str | None) -> LedgerRow:
    """A digest by its row, and by the state of its `message` where it has one."""
    state = cast(DigestState, message if message in OF_MESSAGE else row.state)
    return LedgerRow(
        key=digest_key_from_row(row),
        state=state,
        window_start=row.window_start,
        posting_time=row.posting_time,
        failure=row.failure,
        retry_at=row.retry_at,
        is_queued=message == "waiting",
    )
