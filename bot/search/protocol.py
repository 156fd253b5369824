"""What the newsroom asks of an index of claims. `ClaimIndex` is the embedded one; any other must
pass the same contract (tests/search/test_contract.py)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.model import Entry, Facets, Spans
from bot.search.generation import State
from bot.search.query import Query
from bot.search.reading import Found, Ranked


class SearchIndex(Protocol):
    """An index that can be thrown away, and built again from the store.

    Safe to share between threads; what one process writes, the others see in their next call. All
    methods raise SearchIndexError when the index cannot be read or written.
    """

    @property
    def state(self) -> State | None:
        """Up to which change of which store it has come; None: it must be rebuilt."""

    def apply(
        self,
        removed_articles: Iterable[str],
        entries: Iterable[Entry],
        state: State,
        *,
        wait: bool = True,
    ) -> None:
        """Remove all claims of some articles, add others, and record the new state: all of it or
        nothing. The same call made twice changes nothing."""

    def rebuild(self, entries: Iterable[Entry], state: State, *, wait: bool = True) -> None:
        """Build it anew; answers come from what there was until it is done."""

    def find(self, query: Query, limit: int, offset: int = 0) -> Found:
        """Find the best `limit` claims after the first `offset`, forgiving slips; where nothing is
        found, suggest queries that would find something."""

    def much_the_same(self, sentence: Query, limit: int) -> Found:
        """Find the best `limit` claims that say much the same as a sentence."""

    def plain(self, text: str, limit: int) -> Sequence[Ranked]:
        """Find the `limit` claims that share most words with a text, best first."""

    def among(self, query: Query, claim_ids: Sequence[str]) -> set[str]:
        """Those of these claims that are there and that a query, taken as typed, finds."""

    def facets(self, query: Query) -> Facets:
        """Count what a query (as read) finds: at most ten values of each facet, commonest first."""

    def highlight(self, query: Query, text: str) -> Spans:
        """Find the words and phrases of a claim's text that a query (as read) matched."""

    def count(self) -> int:
        """How many claims it holds."""

    def ids(self) -> set[str]:
        """The ids of all claims in it."""

    def close(self) -> None:
        """Let go of what is open; the next use opens it again."""
