"""Record what was erased on somebody's order."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from bot.store.schema import audit

AuditKind = Literal["forget", "erase", "purge"]


def record(
    connection: sa.Connection, kind: AuditKind, subject: str, *, ordered_by: str, now: datetime
) -> None:
    """Record an erasure in the transaction that erases."""
    row = {"kind": kind, "at": now, "ordered_by": ordered_by, "subject": subject}
    connection.execute(sa.insert(audit).values(row))


def salted_digest(id_: str) -> str:
    """Return a salt and a SHA-256 digest of an id of a person or an article.

    They prove to whoever knows the id that it was erased, and name it to nobody else.
    """
    salt = secrets.token_hex(16)
    return f"{salt}:{hashlib.sha256(f'{salt}{id_}'.encode()).hexdigest()}"
