"""The use cases. The only room that joins the others."""

from __future__ import annotations

from bot.newsroom.articles.article_intake import IngestResult, Outcome
from bot.newsroom.articles.claims import claims_of
from bot.newsroom.articles.overview import Overview
from bot.newsroom.digests.digests import Assignment
from bot.newsroom.health import Freshness, Troubles
from bot.newsroom.services import Newsroom
from bot.newsroom.speakers.profiles import SpeakerNotFoundError

__all__ = [
    "Assignment",
    "Freshness",
    "IngestResult",
    "Newsroom",
    "Outcome",
    "Overview",
    "SpeakerNotFoundError",
    "Troubles",
    "claims_of",
]
