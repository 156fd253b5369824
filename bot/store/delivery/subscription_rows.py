"""What is set of a channel's digest, as its row has it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.model import DigestWants, Subscription


def subscription_from_row(row: sa.Row[Any]) -> Subscription:
    """What is set by a row."""
    known = dict(row._mapping)
    wants: dict[str, Any] = known.pop("wants") or {}
    for name in ("days", "topics", "outlets"):
        wants[name] = tuple(wants.get(name, ()))
    for name in ("skip", "paused_until"):
        wants[name] = wants.get(name) and date.fromisoformat(wants[name])
    return Subscription(**known, wants=DigestWants(**wants))


def wants_to_json(wants: DigestWants) -> dict[str, Any] | None:
    """What is wanted as JSON, None where nothing is set."""
    if wants == DigestWants():
        return None
    values = asdict(wants)
    for name in ("skip", "paused_until"):
        values[name] = values[name] and values[name].isoformat()
    return values
