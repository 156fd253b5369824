"""The index for those whose answer would be wrong while it is missing."""

from __future__ import annotations

from dataclasses import dataclass

from bot import store
from bot.errors import SearchIndexMissingError
from bot.newsroom.providers import OpenIndex
from bot.search import SearchIndex


@dataclass(frozen=True, eq=False, kw_only=True)
class BuiltIndex:
    """Opens the index, as `OpenIndex` says, unless it is still missing.

    Until a new process has fetched or built its index, that is empty: nobody would hold a role, and
    no claim would match a digest's topics. An archive without articles needs no index.
    """

    archive: store.Archive
    index: OpenIndex

    def __call__(self) -> SearchIndex:
        """Return the index. Raises SearchIndexMissingError if it is missing."""
        store_id, _, coverage = self.archive.search_state()
        index = self.index()
        state = index.searched_state
        if coverage.articles and (state is None or state.store != store_id):
            raise SearchIndexMissingError(
                "cannot search yet",
                cause="the search index is being built",
                remedy="Nothing is lost. Try again in a few minutes.",
            )
        return index
