"""The system of record: SQLite by default, PostgreSQL by URL, one schema, migrations."""

from __future__ import annotations

from bot.sites import Sites
from bot.store.archive import Archive, Arrival, Change, Filed, Kept
from bot.store.conversations import Conversations
from bot.store.database import Database, make_private
from bot.store.exchange import Exchange
from bot.store.feeds import Feeds, Tidings
from bot.store.fitting import Row
from bot.store.history import History, Version
from bot.store.hosts import Hosts
from bot.store.jobs import Job, JobCount, Jobs
from bot.store.ledger import DigestKey, Ledger, LedgerRow
from bot.store.names import Naming, Printed, SpeakerNames
from bot.store.posted import MessageKey, Posted, PostedDigest, PostedShare, Shown, wording_of
from bot.store.readings import Readings, Unread

__all__ = [
    "Archive",
    "Arrival",
    "Change",
    "DigestKey",
    "Filed",
    "Job",
    "JobCount",
    "Kept",
    "LedgerRow",
    "MessageKey",
    "Naming",
    "PostedDigest",
    "PostedShare",
    "Printed",
    "Row",
    "Shown",
    "SpeakerNames",
    "Store",
    "Tidings",
    "Unread",
    "Version",
    "make_private",
    "wording_of",
]


class Store:
    """All that is kept, over one database.

    SQLite is brought up to date when it is opened; PostgreSQL is not, since several processes of
    different versions may share it: there `claimdesk migrate` does it. `sites` tell which addresses
    are one publisher's. Raises StoreError.
    """

    def __init__(self, url: str, sites: Sites | None = None) -> None:
        self.database = Database(url)
        self.jobs = Jobs(self.database)
        self.posted = Posted(self.database, self.jobs)
        self.archive = Archive(self.database, self.jobs, self.posted, sites or Sites())
        self.conversations = Conversations(self.database, self.posted)
        self.exchange = Exchange(self.database, self.jobs)
        self.feeds = Feeds(self.database, self.jobs)
        self.history = History(self.database)
        self.hosts = Hosts(self.database)
        self.ledger = Ledger(self.database, self.jobs, self.posted)
        self.names = SpeakerNames(self.database)
        self.readings = Readings(self.database, self.posted)
        if self.database.is_sqlite:
            self.database.migrate()

    def close(self) -> None:
        """Give all connections back."""
        self.database.close()
