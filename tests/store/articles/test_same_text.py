"""Whose claims are taken for another article of the same text, and how they are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.model import Article, Claim
from bot.store import FiledArticle, Store

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
FIRST = Article(id="a", origin="a", text="Mills pay.", language="en", published_on=NOON.date())
PAYS = Claim(id="c", article_id="a", kind="statement", text="Mills pay.", spans=((0, 10),))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    store.database.migrate()
    yield store
    store.close()


def file(store: Store, article: Article, *claims: Claim) -> None:
    one = FiledArticle(article, claims, paragraphs=((0, 10),), extractor="x")
    assert not store.archive.apply_steps([one], arrival="single", now=lambda: NOON)


def test_only_claims_of_the_same_text_day_and_language_are_reused(store: Store) -> None:
    file(store, FIRST, PAYS)
    copy = replace(FIRST, id="b", outlet="Herald")
    assert store.extractor_versions.claims_of_same_text(copy, "x") == ([PAYS], ((0, 10),), None)
    assert store.extractor_versions.claims_of_same_text(copy, "y") is None
    other = {"text": "Mills pay!", "published_on": date(2026, 11, 4), "language": "fr"}
    for change in [*([name, value] for name, value in other.items()), ["published_on", None]]:
        assert (
            store.extractor_versions.claims_of_same_text(replace(copy, **dict([change])), "x")
            is None
        )


def test_undated_articles_with_the_same_text_match(store: Store) -> None:
    undated = replace(FIRST, published_on=None, language=None)
    file(store, undated, PAYS)
    assert store.extractor_versions.claims_of_same_text(replace(undated, id="b"), "x")
    assert not store.extractor_versions.claims_of_same_text(
        replace(FIRST, id="b", language=None), "x"
    )


def test_sqlite_starts_from_the_text(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    store.database.migrate()
    asked: list[tuple[str, object]] = []

    @sa.event.listens_for(store.database.engine, "before_cursor_execute")
    def ask(_c: object, _k: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT") and "text_sha" in statement:
            asked.append((statement, parameters))

    for one in (FIRST, replace(FIRST, published_on=None, language=None)):
        store.extractor_versions.claims_of_same_text(one, "x")
    assert len(asked) == 2
    with store.database.engine.connect() as connection:
        for statement, parameters in list(asked):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            assert "USING INDEX ix_articles_text_sha" in plan[0].detail
    store.close()
