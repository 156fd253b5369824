"""Disputes for tests."""

from __future__ import annotations

from bot.model import Dispute, Hit


def denied_by(*denials: Hit) -> tuple[Dispute, ...]:
    """The disputes of a row that some claims deny."""
    return tuple(Dispute(hit=denial, is_denial=True) for denial in denials)
