"""The system of record: SQLite by default, PostgreSQL by URL, one schema, migrations."""

from __future__ import annotations

from bot.articles.sites import Sites
from bot.config import StoreSettings
from bot.model.statement import StatementRules
from bot.store.articles.archive import Archive, Arrival, Change, FiledArticle, HistoryUpdate
from bot.store.articles.arrivals import ArrivalCounts, ClaimArrivals
from bot.store.articles.article_list import ArticleList, ListedArticle
from bot.store.articles.extractor_versions import ExtractorVersions, StaleArticle
from bot.store.articles.headlines import Headlines
from bot.store.articles.history import History, Version
from bot.store.articles.reviews import ArticleInReview, Reviews
from bot.store.articles.shown import FoundClaim
from bot.store.articles.statements import Statements
from bot.store.clock import ClockRecords
from bot.store.conversations import Conversation, Conversations
from bot.store.corrections import Corrections
from bot.store.database import Database, make_private_folder
from bot.store.deliveries import Deliveries
from bot.store.delivery.channels import Channels
from bot.store.delivery.counts import DeliveryCounts
from bot.store.delivery.dead_letters import DeadLetters
from bot.store.delivery.jobs import Job, JobCount, Jobs
from bot.store.delivery.ledger import Ledger
from bot.store.delivery.ledger_row import DigestKey, LedgerRow
from bot.store.delivery.outbox import Outbox
from bot.store.delivery.outbox_message import ANY_TEAM, OutboxMessage
from bot.store.delivery.posted import (
    DigestClaim,
    MessageClaim,
    MessageKey,
    PostedDigest,
    PostedMessages,
    is_same_wording,
    wording_hash,
)
from bot.store.erasure import Erasure, ErasureCounts
from bot.store.export import Exports
from bot.store.feeds.feeds import Feeds, OwnerNotice
from bot.store.feeds.hosts import Hosts
from bot.store.incidents import Incidents
from bot.store.integrity import Integrity
from bot.store.notices import Notices
from bot.store.personal_data import PersonalData
from bot.store.postgres import awaited_by_a_person
from bot.store.retention import Retention
from bot.store.speakers.name_rulings import NameRulings
from bot.store.speakers.names import NamingRules, PrintedName, SpeakerNames
from bot.store.speakers.roles import RoleReader, no_roles
from bot.store.speakers.speaker_claims import QuotingArticle, SpeakerClaims
from bot.store.watches.watches import Watches

__all__ = [
    "ANY_TEAM",
    "Archive",
    "Arrival",
    "ArrivalCounts",
    "ArticleInReview",
    "ArticleList",
    "Change",
    "Channels",
    "ClaimArrivals",
    "ClockRecords",
    "Conversation",
    "Conversations",
    "Corrections",
    "DeadLetters",
    "Deliveries",
    "DeliveryCounts",
    "DigestClaim",
    "DigestKey",
    "Erasure",
    "ErasureCounts",
    "Exports",
    "ExtractorVersions",
    "Feeds",
    "FiledArticle",
    "FoundClaim",
    "Headlines",
    "History",
    "HistoryUpdate",
    "Hosts",
    "Incidents",
    "Integrity",
    "Job",
    "JobCount",
    "Jobs",
    "Ledger",
    "LedgerRow",
    "ListedArticle",
    "MessageClaim",
    "MessageKey",
    "NameRulings",
    "NamingRules",
    "Outbox",
    "OutboxMessage",
    "OwnerNotice",
    "PersonalData",
    "PostedDigest",
    "PostedMessages",
    "PrintedName",
    "QuotingArticle",
    "Retention",
    "Reviews",
    "SpeakerClaims",
    "SpeakerNames",
    "StaleArticle",
    "Statements",
    "Store",
    "Version",
    "Watches",
    "awaited_by_a_person",
    "is_same_wording",
    "make_private_folder",
    "wording_hash",
]


class Store:
    """Everything that is stored, in one database.

    A SQLite store is migrated when it is opened. PostgreSQL is not, since processes of different
    versions may share it: run `claimdesk migrate`. `sites` tells which sites have one publisher,
    `roles` extracts speakers' roles from articles, and `statement_rules` decide which statement a
    claim reports; without them, none does. Raises StoreError.
    """

    def __init__(
        self,
        url: str,
        sites: Sites | None = None,
        roles: RoleReader = no_roles,
        settings: StoreSettings | None = None,
        statement_rules: StatementRules | None = None,
    ) -> None:
        self.database = Database(url, settings)
        self.statements = Statements(self.database, statement_rules)
        self.jobs = Jobs(self.database)
        self.posted = PostedMessages(self.database, self.jobs)
        self.archive = Archive(
            self.database, self.jobs, self.posted, sites or Sites(), roles, self.statements
        )
        self.arrivals = ClaimArrivals(self.database)
        self.channels = Channels(self.database)
        self.clock = ClockRecords(self.database)
        self.conversations = Conversations(self.database)
        self.deliveries = Deliveries(self.database)
        self.delivery_counts = DeliveryCounts(self.database)
        self.erasure = Erasure(self.database, self.archive)
        self.outbox = Outbox(self.database, self.jobs, self.posted, self.channels)
        self.dead_letters = DeadLetters(self.database, self.jobs)
        self.corrections = Corrections(
            self.database, self.posted, self.outbox, roles, self.statements
        )
        self.feeds = Feeds(self.database, self.jobs, self.outbox)
        self.headlines = Headlines(self.database)
        self.article_list = ArticleList(self.database)
        self.history = History(self.database)
        self.hosts = Hosts(self.database)
        self.incidents = Incidents(self.database)
        self.integrity = Integrity(self.database)
        self.ledger = Ledger(self.database, self.jobs, self.outbox)
        self.names = SpeakerNames(self.database, self.posted)
        self.name_rulings = NameRulings(self.database, self.names, self.statements)
        self.extractor_versions = ExtractorVersions(
            self.database, self.posted, roles, self.statements
        )
        self.notices = Notices(self.database)
        self.personal_data = PersonalData(self.database)
        self.retention = Retention(self.database)
        self.reviews = Reviews(self.database, self.jobs, self.posted, self.statements)
        self.speaker_claims = SpeakerClaims(self.database)
        self.watches = Watches(self.database, self.jobs, self.outbox)
        if self.database.is_sqlite:
            self.database.migrate()

    def close(self) -> None:
        """Close all connections."""
        self.conversations.close()
        self.database.close()
