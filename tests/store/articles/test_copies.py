"""Which article is whose copy, on both databases, whatever comes, changes and goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.model import Article
from bot.store import FiledArticle, Store
from bot.store.articles.copies import SIMILAR_IDS
from bot.store.schema import bands

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
WORDS = ("harbour", "wall", "crack", "ship", "diver", "crane", "quay", "pilot", "storm", "tide")


def text(seed: int, length: int = 120) -> str:
    """Words in an order of their own."""
    return " ".join(f"{WORDS[n * seed % 10]}{n * n * seed}" for n in range(length))


@pytest.fixture
def store(database_url: str) -> Store:
    store = Store(database_url)
    store.database.migrate()
    yield store
    store.close()


def article(id_: str, body: str, version: int = 1) -> Article:
    return Article(id=id_, origin=f"{id_}.txt", text=body, version=version)


def file(store: Store, *filed: Article, is_known: bool = False) -> None:
    steps = [FiledArticle(one, (), is_known=is_known) for one in filed]
    assert store.archive.apply_steps(steps, arrival="single", now=lambda: NOON) == set()


def remove(store: Store, *ids: str) -> None:
    store.archive.remove(ids, reason="test", block_reimport=False, removed_at=NOON)


def firsts(store: Store, ids: str) -> list[str | None]:
    return [store.archive.article(id_).copy_of for id_ in ids]


def test_a_copy_points_to_its_original(store: Store) -> None:
    file(store, article("a", text(1)), article("b", f"LOCAL DATELINE {text(1)}"))
    file(store, article("c", text(2)))
    file(store, article("d", text(1)[:600]), article("e", f"{text(2)} and more"))
    assert firsts(store, "abcde") == [None, "a", None, "a", "c"]


def test_a_copy_of_a_copy_points_to_the_original(store: Store) -> None:
    file(store, article("a", text(1)))
    file(store, article("b", f"{text(1)} {text(5, 40)}"))
    file(store, article("c", f"{text(1)} {text(5, 40)}"))
    assert firsts(store, "abc") == [None, "a", "a"]


def test_when_an_original_goes_its_first_copy_replaces_it(store: Store) -> None:
    for id_ in "abc":
        file(store, article(id_, text(1)))
    remove(store, "a")
    assert firsts(store, "bc") == [None, "b"]
    remove(store, "b")
    assert firsts(store, "c") == [None]


def test_copies_of_different_parts_separate_without_the_whole(store: Store) -> None:
    whole = text(1, 200).split()
    file(store, article("a", " ".join(whole)))
    for id_, half in (("b", whole[:100]), ("c", whole[100:]), ("d", whole[10:100])):
        file(store, article(id_, " ".join(half)))
    assert firsts(store, "abcd") == [None, "a", "a", "a"]
    remove(store, "a")
    assert firsts(store, "bcd") == [None, None, "b"]


def test_copies_of_a_changed_text_are_rechecked(store: Store) -> None:
    for id_ in "abc":
        file(store, article(id_, text(1)))
    file(store, article("x", text(2)))
    file(store, article("b", f"{text(2)} indeed", version=2), is_known=True)
    assert firsts(store, "abcx") == [None, "x", "a", None]
    file(store, article("a", text(3), version=2), is_known=True)
    assert firsts(store, "abcx") == [None, "x", None, None]


def test_a_corrected_original_stays_the_original(store: Store) -> None:
    for id_ in "ab":
        file(store, article(id_, text(1)))
    corrected = replace(store.archive.article("a"), text=f"CORRECTED {text(1)}", version=2)
    file(store, corrected, is_known=True)
    assert firsts(store, "ab") == [None, "a"]


def test_removed_articles_leave_no_bands(store: Store) -> None:
    file(store, article("a", text(1)), article("b", ""))
    with store.database.read() as connection:
        of = set(connection.scalars(sa.select(bands.c.article_id)))
    assert of == {"a"}
    remove(store, "a", "b")
    with store.database.read() as connection:
        assert connection.execute(sa.select(bands)).first() is None


def test_sqlite_starts_from_the_bands(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    asked = SIMILAR_IDS.params(bands=[1, 2], article_id="a")
    compiled = asked.compile(store.database.engine, compile_kwargs={"literal_binds": True})
    with store.database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
    assert plan[0].detail.startswith("SEARCH bands USING COVERING INDEX")
    store.close()
