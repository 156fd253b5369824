"""The use cases. The only room that joins the others."""

from __future__ import annotations

from bot.newsroom.claims import claims_of
from bot.newsroom.digests import Assignment, Digests
from bot.newsroom.filing import Ingested
from bot.newsroom.finding import Finding
from bot.newsroom.plain import Plain
from bot.newsroom.reextract import Reextracting
from bot.newsroom.talk import Talk

__all__ = ["Assignment", "Ingested", "Newsroom", "claims_of"]


class Newsroom(Reextracting, Finding, Plain, Talk, Digests):
    """Everything that a person can ask of Claimdesk, over one data folder.

    Each parent class holds the use cases of one kind; all share the same open rooms.
    """
