"""The system of record: SQLite by default, PostgreSQL by URL, one schema, migrations."""

from __future__ import annotations

from bot.store.archive import Archive, Arrival, Change, Filed
from bot.store.conversations import Conversations
from bot.store.database import Database
from bot.store.ledger import DigestKey, Ledger, LedgerRow
from bot.store.names import Naming, Printed, SpeakerNames
from bot.store.readings import Readings, Unread

__all__ = [
    "Archive",
    "Arrival",
    "Change",
    "DigestKey",
    "Filed",
    "LedgerRow",
    "Naming",
    "Printed",
    "SpeakerNames",
    "Store",
    "Unread",
]


class Store:
    """All that is kept, over one database.

    SQLite is brought up to date when it is opened; PostgreSQL is not, since several processes of
    different versions may share it: there `claimdesk migrate` does it. Raises StoreError.
    """

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.archive = Archive(self.database)
        self.conversations = Conversations(self.database)
        self.ledger = Ledger(self.database)
        self.names = SpeakerNames(self.database)
        self.readings = Readings(self.database)
        if self.database.is_sqlite:
            self.database.migrate()

    def close(self) -> None:
        """Give all connections back."""
        self.database.close()
