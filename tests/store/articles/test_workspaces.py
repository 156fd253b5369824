"""An article stays in its workspace, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.model import Article, Claim, Document
from bot.store import FiledArticle, HistoryUpdate, Store
from bot.store.schema import articles

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
ARTICLE = Article(id="a1", origin="a.txt", text="The port stays shut, Ada Roe said.")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with closing(Store(database_url)) as store:
        store.database.migrate()
        apply(store, filed(ARTICLE))
        store.database.execute(sa.update(articles).values(workspace="T1"))
        yield store


def filed(article: Article, **more: object) -> FiledArticle:
    claim = Claim(
        id=f"{article.id}c{article.version}",
        article_id=article.id,
        kind="attribution",
        text="The port stays shut",
        source_kind="named",
    )
    return FiledArticle(article, [claim], **more)  # type: ignore[arg-type]


def apply(store: Store, *steps: FiledArticle | HistoryUpdate) -> None:
    assert store.archive.apply_steps(steps, arrival="single", now=lambda: NOON) == set()


def workspaces(store: Store) -> set[str]:
    """The workspaces in what the index gets of the article and its claims."""
    headlines = {headline.workspace for headline in store.headlines.all()}
    return headlines | {entry.workspace for entry in store.archive.all_entries()}


def test_a_new_version_stays_in_the_workspace(store: Store) -> None:
    assert workspaces(store) == {"T1"}
    apply(store, filed(replace(ARTICLE, version=2, text="The port opens."), is_known=True))
    assert workspaces(store) == {"T1"}


def test_a_withdrawn_article_that_is_shown_again_stays_in_the_workspace(store: Store) -> None:
    apply(store, HistoryUpdate(article_id="a1", demoted_to="withdrawn", reason="wrong"))
    assert workspaces(store) == set()
    apply(store, filed(ARTICLE, reinstates=True))
    assert workspaces(store) == {"T1"}


def test_a_version_under_embargo_stays_in_the_workspace(store: Store) -> None:
    document = Document(origin="a.txt", text="The port opens on Thursday.")
    apply(
        store,
        HistoryUpdate(
            article_id="a1",
            document=document,
            number=2,
            state="withheld",
            release_at=NOON,
            demoted_to="withheld",
        ),
    )
    assert workspaces(store) == set()
    released = Article(id="a1", version=2, origin="a.txt", text=document.text)
    apply(store, filed(released, released_number=2))
    assert workspaces(store) == {"T1"}


def test_an_article_of_nobody_is_everyones(store: Store) -> None:
    apply(store, filed(replace(ARTICLE, id="a2", text="The ferry was sold.")))
    assert workspaces(store) == {"", "T1"}
