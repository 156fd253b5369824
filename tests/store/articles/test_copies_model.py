"""Which article is whose copy, against a model that compares every text with every other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles import copies
from bot.model import Article
from bot.store import FiledArticle, Store
from tests.soak import examples

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


def words(seed: int, length: int) -> str:
    return " ".join(f"w{n * n * seed}" for n in range(length))


ONE, OTHER = words(7, 100).split(), words(11, 60).split()
TEXTS = (
    " ".join(ONE),
    " ".join(ONE[:50]),
    " ".join(ONE[50:]),  # a copy of the whole, and not of the other half
    f"LATE {' '.join(ONE)} {' '.join(OTHER)}",
    " ".join(OTHER),
    "Ships wait.",
    "",
)


def near(one: int, other: int) -> bool:
    """Whether texts are much the same, and have a band in common, as nearly all of those have."""
    shared = set(copies.bands(TEXTS[one])) & set(copies.bands(TEXTS[other]))
    return bool(shared) and copies.is_near_duplicate(TEXTS[one], TEXTS[other])


NEAR = {(one, other): near(one, other) for one in range(7) for other in range(7)}

Filing = list[tuple[str, int]]
"""Articles that are filed together, each with its text's number."""

filings = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(0, len(TEXTS) - 1)),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one[0],
)
removals = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=2, unique=True)


@dataclass
class Model:
    """The rules, said plainly."""

    texts: dict[str, int] = field(default_factory=dict)
    order: dict[str, tuple[int, int]] = field(default_factory=dict)
    firsts: dict[str, str | None] = field(default_factory=dict)
    count: int = 0

    def file(self, filing: Filing) -> None:
        self.count += 1
        for place, (one, text) in enumerate(filing):
            arrived = self.order.get(one, (self.count, 0))[0]
            self.order[one] = arrived, 10 * self.count + place
            self.texts[one] = text
            self.firsts.pop(one, None)
        for one, _ in filing:
            self._place(one)
        self._again([one for one, _ in filing])

    def remove(self, ids: Sequence[str]) -> None:
        for one in ids:
            for kept in (self.texts, self.order, self.firsts):
                kept.pop(one)
            self._again([one])

    def _again(self, ids: Sequence[str]) -> None:
        for one in self._in_order(one for one, first in self.firsts.items() if first in ids):
            self._place(one)

    def _place(self, one: str) -> None:
        firsts = [o for o, first in self.firsts.items() if first is None and o != one]
        near = (o for o in self._in_order(firsts) if NEAR[self.texts[o], self.texts[one]])
        self.firsts[one] = next(near, None)

    def _in_order(self, ids: Iterator[str] | list[str]) -> list[str]:
        return sorted(ids, key=self.order.__getitem__)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("firsts")
    opened = Store(f"sqlite:///{folder / 'store.sqlite3'}")
    opened.database.migrate()
    yield opened
    opened.close()


def empty(store: Store) -> None:
    there = {change.article_id for change in store.archive.changes(0, 10_000)}
    present = [one for one in there if store.history.arrival_time(one)]
    store.archive.remove(present, reason="x", block_reimport=False, removed_at=NOON)


@settings(max_examples=examples(60))
@given(st.lists(filings | removals, min_size=2, max_size=8))
def test_copies_match_the_model_after_any_changes(
    store: Store, steps: list[Filing | list[str]]
) -> None:
    empty(store)
    model = Model()
    for step in steps:
        if isinstance(step[0], tuple):
            known = model.texts
            filed = [
                FiledArticle(
                    Article(id=one, origin=one, text=TEXTS[text]), (), is_known=one in known
                )
                for one, text in step
            ]
            now = NOON + timedelta(minutes=model.count)
            assert not store.archive.apply_steps(filed, arrival="single", now=lambda now=now: now)
            model.file(step)
        elif gone := [one for one in step if one in model.texts]:
            store.archive.remove(gone, reason="x", block_reimport=False, removed_at=NOON)
            model.remove(gone)
        there = {one: store.archive.article(one).copy_of for one in model.texts}
        assert there == model.firsts
        for one, first in there.items():
            alike = [
                other
                for other, of in there.items()
                if of is None and other != one and NEAR[model.texts[one], model.texts[other]]
            ]
            # No chains; a copy is much the same as its first; no two firsts are.
            assert first in alike if first else not alike
