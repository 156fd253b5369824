"""Convert the settings of a channel's digest to and from its row."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.model import DigestWants, Subscription


def subscription_from_row(row: sa.Row[Any]) -> Subscription:
    """The subscription of a row."""
    values = dict(row._mapping)
    wants: dict[str, Any] = values.pop("wants") or {}
    for name in ("days", "topics", "outlets"):
        wants[name] = tuple(wants.get(name, ()))
    for name in ("skip", "paused_until"):
        wants[name] = wants.get(name) and date.fromisoformat(wants[name])
    return Subscription(**values, wants=DigestWants(**wants))


def wants_to_json(wants: DigestWants) -> dict[str, Any] | None:
    """A subscription's `wants` as JSON, or None if all are defaults."""
    if wants == DigestWants():
        return None
    values = asdict(wants)
    for name in ("skip", "paused_until"):
        values[name] = values[name] and values[name].isoformat()
    return values
