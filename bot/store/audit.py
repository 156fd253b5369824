"""Record what was erased or withdrawn on somebody's order."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.schema import audit

AuditKind = Literal["forget", "erase", "purge", "withdraw"]


def record(
    connection: sa.Connection, kind: AuditKind, subject: str, *, ordered_by: str, now: datetime
) -> None:
    """Record an erasure, or the withdrawal of a message, in the transaction that does it."""
    row = {"kind": kind, "at": now, "ordered_by": ordered_by, "subject": subject}
    connection.execute(sa.insert(audit).values(row))


def has_record(database: Database, kind: AuditKind, id_: str) -> bool:
    """Tell whether an erasure of this kind of the person or article with this id is recorded."""
    subjects = database.fetch_values(sa.select(audit.c.subject).where(audit.c.kind == kind))
    return any(subject == _digest(subject.partition(":")[0], id_) for subject in subjects)


def salted_digest(id_: str) -> str:
    """Return a salt and a SHA-256 digest of an id of a person or an article.

    They prove to whoever knows the id that it was erased, and name it to nobody else.
    """
    return _digest(secrets.token_hex(16), id_)


def _digest(salt: str, id_: str) -> str:
    return f"{salt}:{hashlib.sha256(f'{salt}{id_}'.encode()).hexdigest()}"
