"""The frozen values that rooms pass to each other. Standard library only.

Document → Article → Extraction (Attribution, Unattributed) → Claim → Hit → Answer, and Digest.

A span is a half-open pair of code point offsets into `Article.text`; a tuple of spans is sorted
and its spans do not overlap. All datetimes are aware and in UTC.
"""

from __future__ import annotations

from bot.model.answer import (
    Answer,
    Context,
    Count,
    Dispute,
    DisputeOrder,
    Facets,
    Hit,
    Row,
    Section,
)
from bot.model.article import Article, ArticleCard, Coverage, Document, Headline, PubStatus
from bot.model.claim import (
    FOREIGN_PARAGRAPH,
    UNATTRIBUTED,
    Act,
    Attribution,
    AttributionType,
    Before,
    Claim,
    ClaimEntry,
    ClaimKind,
    Extraction,
    NearbyAttribution,
    Passage,
    SourceKind,
    Stance,
    Unattributed,
)
from bot.model.correction import (
    Correction,
    CorrectionState,
    EditableClaim,
    MarkedWords,
    Ruling,
    RulingKind,
)
from bot.model.digest import (
    Digest,
    DigestKind,
    DigestPreferences,
    DigestRow,
    DigestSection,
    Reason,
    ReasonKind,
    Subscription,
    Trend,
)
from bot.model.feed import AddedFeed, Feed, FeedAdder, FeedState
from bot.model.incident import Incident, IncidentKind
from bot.model.message import CurrentClaim, Gone, GoneReason, Share, ShareKind
from bot.model.review import (
    ANYONE,
    FORGOTTEN,
    FORGOTTEN_NAME,
    OPERATOR,
    Doubt,
    ReviewKind,
    is_forgotten,
    person_of,
    viewer_key,
)
from bot.model.spans import PIECE_SEPARATOR, Span, Spans, pieces
from bot.model.speaker import NameRuling, NameRulingKind, Profile, Tally
from bot.model.watch import Pace, Watch, WatchState

__all__ = [
    "ANYONE",
    "FOREIGN_PARAGRAPH",
    "FORGOTTEN",
    "FORGOTTEN_NAME",
    "OPERATOR",
    "PIECE_SEPARATOR",
    "UNATTRIBUTED",
    "Act",
    "AddedFeed",
    "Answer",
    "Article",
    "ArticleCard",
    "Attribution",
    "AttributionType",
    "Before",
    "Claim",
    "ClaimEntry",
    "ClaimKind",
    "Context",
    "Correction",
    "CorrectionState",
    "Count",
    "Coverage",
    "CurrentClaim",
    "Digest",
    "DigestKind",
    "DigestPreferences",
    "DigestRow",
    "DigestSection",
    "Dispute",
    "DisputeOrder",
    "Document",
    "Doubt",
    "EditableClaim",
    "Extraction",
    "Facets",
    "Feed",
    "FeedAdder",
    "FeedState",
    "Gone",
    "GoneReason",
    "Headline",
    "Hit",
    "Incident",
    "IncidentKind",
    "MarkedWords",
    "NameRuling",
    "NameRulingKind",
    "NearbyAttribution",
    "Pace",
    "Passage",
    "Profile",
    "PubStatus",
    "Reason",
    "ReasonKind",
    "ReviewKind",
    "Row",
    "Ruling",
    "RulingKind",
    "Section",
    "Share",
    "ShareKind",
    "SourceKind",
    "Span",
    "Spans",
    "Stance",
    "Subscription",
    "Tally",
    "Trend",
    "Unattributed",
    "Watch",
    "WatchState",
    "is_forgotten",
    "person_of",
    "pieces",
    "viewer_key",
]
