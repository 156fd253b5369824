"""The use cases. The only room that joins the others."""

from __future__ import annotations

from bot.newsroom.archive.export import Exporting
from bot.newsroom.articles.claims import claims_of
from bot.newsroom.articles.files import Ingesting
from bot.newsroom.articles.filing import Ingested, Outcome
from bot.newsroom.articles.imports import Importing
from bot.newsroom.articles.links import Linking
from bot.newsroom.articles.overview import Overview
from bot.newsroom.articles.reextraction import Reextracting
from bot.newsroom.articles.unfurls import Unfurling
from bot.newsroom.corrections.corrections import Correcting
from bot.newsroom.delivery.conversations import Talk
from bot.newsroom.delivery.jobs import Working
from bot.newsroom.delivery.outbox import Sending
from bot.newsroom.delivery.updates import Mending
from bot.newsroom.digests.digests import Assignment
from bot.newsroom.health import Checking, Freshness, Troubles
from bot.newsroom.search.answers import Finding
from bot.newsroom.search.form import Asking
from bot.newsroom.search.plain import Plain
from bot.newsroom.search.reports import Elsewhere
from bot.newsroom.speakers.joins import Joining
from bot.newsroom.speakers.profiles import Profiling, SpeakerNotFoundError
from bot.newsroom.speakers.trends import Trending
from bot.newsroom.watches.watches import Watching

__all__ = [
    "Assignment",
    "Freshness",
    "Ingested",
    "Newsroom",
    "Outcome",
    "Overview",
    "SpeakerNotFoundError",
    "Troubles",
    "claims_of",
]


class Newsroom(
    Asking,
    Checking,
    Reextracting,
    Ingesting,
    Importing,
    Exporting,
    Linking,
    Watching,
    Sending,
    Correcting,
    Elsewhere,
    Unfurling,
    Finding,
    Plain,
    Talk,
    Profiling,
    Joining,
    Mending,
    Trending,
    Working,
):
    """Everything that a person can ask of Claimdesk, over one data folder.

    Each parent class holds the use cases of one kind; all share the same open rooms.
    """
