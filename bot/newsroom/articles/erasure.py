"""Erase articles for good, on somebody's order or because they are old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import store
from bot.errors import NotFoundError
from bot.newsroom.providers import Clock
from bot.newsroom.search.index_updates import IndexUpdates
from bot.store import ErasureCounts

BATCH_SIZE = 200
"""Articles erased in one transaction, so that other writers soon have their turn."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Erasure:
    """Erases articles from the store, the index and the vectors."""

    archive: store.Archive
    erasure: store.Erasure
    updates: IndexUpdates
    now: Clock

    def count(self, article_ids: Sequence[str]) -> ErasureCounts:
        """Count what the erasure of articles would erase and change.

        Raises NotFoundError if any of them does not exist. Those removed before do.
        """
        if missing := sorted(set(article_ids) - self.erasure.known_ids(article_ids)):
            raise NotFoundError(
                "no article has this id",
                subject=", ".join(missing),
                remedy="claimdesk articles lists the ids. Nothing was erased.",
            )
        return self.erasure.count(article_ids)

    def sample_ids(self) -> list[str]:
        """The ids of all samples. Raises NotFoundError if there are none."""
        if article_ids := self.archive.sample_ids():
            return article_ids
        raise NotFoundError("there are no samples", remedy="Nothing was erased.")

    def ids_from_before(self, moment: datetime) -> list[str]:
        """The ids of the articles that were published before a day or, if it isn't known when,
        arrived before."""
        return self.erasure.ids_from_before(moment)

    def erase(
        self, article_ids: Sequence[str], *, reason: str, block_reimport: bool, ordered_by: str
    ) -> None:
        """Erase articles everywhere. Idempotent: one that was interrupted can be repeated."""
        self.erasure.erase(
            article_ids,
            reason=reason,
            block_reimport=block_reimport,
            ordered_by=ordered_by,
            now=self.now(),
        )
        self._clean_up(article_ids)

    def purge(
        self, article_ids: Sequence[str], *, moment: datetime, ordered_by: str
    ) -> Iterator[int]:
        """Erase the articles from before a moment, a batch at a time; yields how many in each."""
        origin = f"from before {moment:%Y-%m-%d}"
        try:
            for start in range(0, len(article_ids), BATCH_SIZE):
                batch = article_ids[start : start + BATCH_SIZE]
                self.erasure.erase(
                    batch,
                    reason=f"purged: {origin}",
                    block_reimport=True,
                    purge=f"{len(batch)} articles {origin}",
                    ordered_by=ordered_by,
                    now=self.now(),
                )
                yield len(batch)
        finally:  # also if it is interrupted
            self._clean_up(article_ids)

    def _clean_up(self, article_ids: Sequence[str]) -> None:
        """Take what was erased out of the files, in which deleted records may stay for long."""
        self.updates.vectors.delete(article_ids)
        try:
            # This also groups the speakers' names again, now without those that were erased.
            self.updates.reindex()
        finally:
            self.erasure.compact()
