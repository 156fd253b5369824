"""The use cases. The only room that joins the others."""

from __future__ import annotations

from bot.newsroom.asking import Asking
from bot.newsroom.checking import Checking, Freshness, Troubles
from bot.newsroom.claims import claims_of
from bot.newsroom.correcting import Correcting
from bot.newsroom.digests import Assignment
from bot.newsroom.elsewhere import Elsewhere
from bot.newsroom.exporting import Exporting
from bot.newsroom.filing import Ingested, Outcome
from bot.newsroom.finding import Finding
from bot.newsroom.following import Followed
from bot.newsroom.importing import Importing
from bot.newsroom.ingesting import Ingesting
from bot.newsroom.joining import Joining
from bot.newsroom.linking import Linking
from bot.newsroom.mending import Mending
from bot.newsroom.overview import Overview
from bot.newsroom.plain import Plain
from bot.newsroom.profile import Profiling, SpeakerNotFoundError
from bot.newsroom.reextract import Reextracting
from bot.newsroom.sending import Sending
from bot.newsroom.talk import Talk
from bot.newsroom.trending import Trending
from bot.newsroom.unfurling import Unfurling
from bot.newsroom.watching import Watching
from bot.newsroom.working import Working

__all__ = [
    "Assignment",
    "Followed",
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
