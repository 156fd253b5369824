"""The rows of the digest ledger: subscriptions, and digests with the states of their messages."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal, cast

import sqlalchemy as sa

from bot.model import DigestPreferences, Subscription
from bot.store.delivery.payloads import DigestPayload

DigestState = Literal["planned", "sending", "sent", "uncertain", "missed"]

MESSAGE_STATES = ("sending", "sent", "uncertain")
"""The states that a digest takes from its message."""


@dataclass(frozen=True, slots=True)
class DigestKey:
    """Identifies a digest by workspace, channel and local date."""

    team: str
    channel: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A digest and its state."""

    key: DigestKey
    state: DigestState
    window_start: datetime
    posting_time: datetime
    failure: str | None = None
    retry_at: datetime | None = field(default=None, compare=False)
    """The earliest time to queue it again after Slack has refused it."""
    is_queued: bool = field(default=False, compare=False)
    """Whether its message waits in the outbox."""


def outbox_key(key: DigestKey) -> str:
    """The outbox key of a digest's message, by which it is also found in its channel."""
    return f"{key_prefix(key.channel)}{key.day}"


def key_prefix(channel: str) -> str:
    """The start of the outbox keys of a channel's digests."""
    return f"{DigestPayload.kind}/{channel}/"


def digest_key(team: str, key: str) -> DigestKey:
    """Return the digest's key for the outbox key of its message.

    The message's own channel and payload are not reliable: Slack may report another channel, and
    the payload may be unreadable.
    """
    _, channel, day = key.split("/")
    return DigestKey(team, channel, date.fromisoformat(day))


def digest_key_from_row(row: sa.Row[Any]) -> DigestKey:
    """The key of a row of `digests`."""
    return DigestKey(row.team, row.channel, row.day)


def ledger_row(row: sa.Row[Any], message_state: str | None) -> LedgerRow:
    """Combine a row of `digests` with the state of its message, if there is one."""
    state = message_state if message_state in MESSAGE_STATES else row.state
    return LedgerRow(
        key=digest_key_from_row(row),
        state=cast(DigestState, state),
        window_start=row.window_start,
        posting_time=row.posting_time,
        failure=row.failure,
        retry_at=row.retry_at,
        is_queued=message_state == "waiting",
    )


def subscription_from_row(row: sa.Row[Any]) -> Subscription:
    """The subscription of a row."""
    values = dict(row._mapping)
    wants: dict[str, Any] = values.pop("wants") or {}
    for name in ("days", "topics", "outlets"):
        wants[name] = tuple(wants.get(name, ()))
    for name in ("skip", "paused_until"):
        wants[name] = wants.get(name) and date.fromisoformat(wants[name])
    values["switched_on_at"], values["stop_reason"] = values.pop("begun"), values.pop("stopped")
    return Subscription(**values, preferences=DigestPreferences(**wants))


def wants_to_json(wants: DigestPreferences) -> dict[str, Any] | None:
    """A subscription's `wants` as JSON, or None if all are defaults."""
    if wants == DigestPreferences():
        return None
    values = asdict(wants)
    for name in ("skip", "paused_until"):
        values[name] = values[name] and values[name].isoformat()
    return values
