"""What articles say that their speakers are, filed with their claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import sqlalchemy as sa

from bot.model import Claim
from bot.store.schema import roles

RoleReader = Callable[[str, Iterable[Claim]], Mapping[str, Sequence[str]]]
"""Reads from an article's text and claims the roles of those who speak in it, by their names."""

BATCH = 500


def no_roles(_text: str, _claims: Iterable[Claim]) -> Mapping[str, Sequence[str]]:
    """Read no roles."""
    return {}


def write_roles(
    connection: sa.Connection,
    read: RoleReader,
    filed: Iterable[tuple[str, str, Iterable[Claim]]],
) -> None:
    """Put the roles that articles give their speakers in the place of those that are filed; each
    article comes by its id, with its text and its claims as they read now."""
    rows, ids = [], []
    for article_id, text, claims in filed:
        ids.append(article_id)
        rows += [
            {"article_id": article_id, "speaker": speaker, "roles": list(several)}
            for speaker, several in read(text, claims).items()
        ]
    for start in range(0, len(ids), BATCH):
        some = roles.c.article_id.in_(ids[start : start + BATCH])
        connection.execute(sa.delete(roles).where(some))
    if rows:
        connection.execute(sa.insert(roles), rows)
