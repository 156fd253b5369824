"""What has come in lately is counted, on each kind of database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model import Article, Claim
from bot.store import Arrival, ArrivalCounts, FiledArticle, Store

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLAIM = Claim(id="c", article_id="a", kind="attribution", text="It leaks")


def file(store: Store, id_: str, at: datetime, arrival: Arrival, *kinds: str) -> None:
    article = Article(id=id_, origin=id_, text=f"It leaks. {id_}")
    claims = [
        replace(CLAIM, id=f"{id_}{n}", article_id=id_, kind=kind)  # type: ignore[arg-type]
        for n, kind in enumerate(kinds)
    ]
    store.archive.apply_steps([FiledArticle(article, claims)], arrival=arrival, now=lambda: at)


def test_recent_arrivals_are_counted_like_the_coverage(database_url: str) -> None:
    # No passages; of claims that name no article, the claims alone.
    store = Store(database_url)
    store.database.migrate()
    assert store.arrivals.counts_since(NOON) == ArrivalCounts(None, 0, 0)
    file(store, "a1", NOON - HOUR, "single", "attribution")
    file(store, "a2", NOON, "bulk", "attribution", "statement", "passage")
    file(store, "a3", NOON + HOUR, "loose", "attribution")
    assert store.arrivals.counts_since(NOON) == ArrivalCounts(NOON, 1, 3)
    assert store.arrivals.counts_since(NOON - HOUR) == ArrivalCounts(NOON, 2, 4)
    assert store.archive.coverage().claims == 4
    assert store.arrivals.counts_since(NOON + 2 * HOUR) == ArrivalCounts(NOON, 0, 0)
    store.close()
