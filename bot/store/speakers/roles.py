"""The roles that articles state for their speakers, stored with their claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import sqlalchemy as sa

from bot.model import Claim
from bot.store.database import delete_in_batches, insert_rows
from bot.store.schema import roles

RoleReader = Callable[[str, Iterable[Claim]], Mapping[str, Sequence[str]]]
"""Extracts the roles of the speakers, by name, from an article's text and claims."""


def no_roles(_text: str, _claims: Iterable[Claim]) -> Mapping[str, Sequence[str]]:
    """Extract no roles."""
    return {}


def write_roles(
    connection: sa.Connection,
    read_roles: RoleReader,
    articles: Iterable[tuple[str, str, Iterable[Claim]]],
) -> None:
    """Replace the stored roles of articles, each given as id, text and claims."""
    ids, rows = [], []
    for article_id, text, claims in articles:
        ids.append(article_id)
        rows += [
            {"article_id": article_id, "speaker": speaker, "roles": list(speaker_roles)}
            for speaker, speaker_roles in read_roles(text, claims).items()
        ]
    delete_in_batches(connection, roles.c.article_id, ids)
    insert_rows(connection, roles, rows)
