"""The roles that articles state for their speakers, stored with their claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import sqlalchemy as sa

from bot.model import Claim
from bot.store.schema import claims

RoleReader = Callable[[str, Iterable[Claim]], Mapping[str, Sequence[str]]]
"""Extracts the roles of the speakers, by name, from an article's text and claims."""


def no_roles(_text: str, _claims: Iterable[Claim]) -> Mapping[str, Sequence[str]]:
    """Extract no roles."""
    return {}


def rewrite_roles(
    connection: sa.Connection, article_id: str, roles: Mapping[str, Sequence[str]]
) -> None:
    """Replace the roles, by speaker, that are stored with the claims of an article."""
    of_article = claims.c.article_id == article_id
    connection.execute(sa.update(claims).where(of_article).values(roles=sa.null()))
    for speaker, speaker_roles in roles.items():
        update = sa.update(claims).where(of_article, claims.c.speaker == speaker)
        connection.execute(update.values(roles=list(speaker_roles)))
