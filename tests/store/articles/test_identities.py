"""By what articles are known again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from bot.articles.identity import canonical_url, document_keys
from bot.articles.known_article import KnownArticle
from bot.model import Article, Claim, Document
from bot.store import FiledArticle, HistoryUpdate, Store
from tests.store.test_store import a_document

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
FEED = "https://post.example/feed"
URL = "https://post.example/wall"


@pytest.fixture
def store(database_url: str) -> Store:
    store = Store(database_url)
    store.database.migrate()
    yield store
    store.close()


@pytest.mark.parametrize(
    "same",
    [
        "http://Post.Example/wall",
        "https://post.example:443/wall/",
        "https://post.example/wall?utm_source=feed&fbclid=1#comments",
        " https://post.example./wall ",
    ],
)
def test_spellings_of_one_url_are_one_key(same: str) -> None:
    assert canonical_url(same) == canonical_url(URL)


@pytest.mark.parametrize(
    "other",
    [
        "https://post.example/Wall",
        "https://post.example:8443/wall",
        "https://post.example/wall?id=2",
        "https://news.example/wall",
    ],
)
def test_other_addresses(other: str) -> None:
    assert canonical_url(other) != canonical_url(URL)


@pytest.mark.parametrize(
    "none", ["https://post.example/", "https://post.example", "x", "http://[", ""]
)
def test_urls_of_no_article_are_no_keys(none: str) -> None:
    assert canonical_url(none) is None
    assert document_keys(Document(origin=FEED, text="x", url=none)) == {}


def test_only_a_stable_position_in_a_file_is_a_key() -> None:
    lasting = ("a.txt", "wire.zip#story.xml", "in #3/a.txt")
    moving = ("a.jsonl#line 3", FEED, f"{FEED}#guid")
    assert all("origin" in document_keys(Document(origin=one, text="x")) for one in lasting)
    assert not any("origin" in document_keys(Document(origin=one, text="x")) for one in moving)


# -- how documents stand


def show(store: Store, document: Document, article_id: str, *claims: Claim) -> Article:
    article = Article(id=article_id, **asdict(document))
    filed = FiledArticle(article, claims, keys=list(document_keys(document).values()))
    store.archive.apply_steps([filed], arrival="single", now=lambda: NOON)
    return article


def standing(store: Store, document: Document) -> KnownArticle:
    return store.archive.look_up([document]).known_articles[0]


def known(store: Store, **of: object) -> tuple[str | None, str | None]:
    one = standing(store, a_document(**{"origin": FEED} | of))
    return (one.matched_by, one.article_id) if one.matched_by else (None, None)


def test_a_withdrawal_covers_the_outlets_other_postings(
    store: Store,
) -> None:
    for n, outlet in enumerate(("Post", "Post", "Herald")):
        show(store, a_document("Text.", origin=FEED, url=f"{URL}{n}", outlet=outlet), f"a{n}")
    kill = HistoryUpdate(article_id="a0", demoted_to="withdrawn", reason="killed")
    store.archive.apply_steps([kill], arrival="single", now=lambda: NOON)
    assert store.archive.coverage().articles == 1
    assert store.archive.article("a2").outlet == "Herald"
    ids = [change.article_id for change in store.archive.changes(0, 9)]
    assert sorted(ids) == ["a0", "a1", "a2"]


def test_steps_on_changed_articles_are_skipped(
    store: Store,
) -> None:
    one, two = (a_document(f"{n}.", origin=f"{n}.txt", url=f"{URL}{n}") for n in "12")
    seen = store.archive.look_up([one, two])
    show(store, a_document("Other.", url=f"{URL}1"), "other")  # at the first one's address
    steps = [
        FiledArticle(Article(id=how.article_id, **asdict(document)), (), keys=how.new_keys)
        for document, how in zip((one, two), seen.known_articles, strict=True)
    ]
    left = store.archive.apply_steps(steps, arrival="single", now=lambda: NOON, lookup=seen)
    assert left == {seen.known_articles[0].article_id}
    assert store.archive.coverage().articles == 2
    assert known(store, text="2.", url=f"{URL}2")[1] == seen.known_articles[1].article_id


def test_a_release_happens_once_and_not_after_a_withdrawal(store: Store) -> None:
    document = a_document("Text.", origin=FEED, guid="g")
    held = HistoryUpdate(
        article_id="a1", document=document, number=1, state="withheld", release_at=NOON,
        keys=list(document_keys(document).values()),
    )  # fmt: skip
    store.archive.apply_steps([held], arrival="bulk", now=lambda: NOON)
    assert store.history.due_for_release(NOON) == ["a1"]
    release = FiledArticle(Article(id="a1", **asdict(document)), (), released_number=1)
    for left in (set(), {"a1"}):
        assert store.archive.apply_steps([release], arrival="bulk", now=lambda: NOON) == left
    assert store.history.versions("a1") == []
    kill = HistoryUpdate(article_id="a1", demoted_to="withdrawn", reason="killed")
    store.archive.apply_steps([kill], arrival="single", now=lambda: NOON)
    assert store.archive.apply_steps([release], arrival="bulk", now=lambda: NOON) == {"a1"}
    assert store.archive.coverage().articles == 0


def file_at(store: Store, article_id: str, **known: object) -> None:
    article = Article(id=article_id, **asdict(a_document(**known)))
    filed = FiledArticle(article, [], keys=frozenset(document_keys(article).values()))
    store.archive.apply_steps([filed], arrival="single", now=lambda: NOON)


def test_an_article_is_found_by_its_current_url(store: Store) -> None:
    file_at(store, "a1", url=URL, title="Wall")
    file_at(store, "a2", url=f"{URL}?page=2", text="another text")
    for url in (URL, "http://post.example/wall/?utm_source=slack#top"):
        found = store.archive.card_at(url)
        assert found
        assert (found.id, found.title) == ("a1", "Wall")
    for url in ("https://post.example/", "https://news.example/wall", f"{URL}/2", "x", "http://["):
        assert store.archive.card_at(url) is None
    store.archive.remove(["a1"], reason="by hand", block_reimport=True, removed_at=NOON)
    assert store.archive.card_at(URL) is None


WALL = "https://www.post.example/2026/wall.html"


@pytest.mark.parametrize(
    "other",
    [
        "http://post.example/2026/wall.html/?fbclid=1&utm_medium=x#top",
        "https://m.post.example/2026/wall.html",
        "https://amp.post.example/2026/wall.html?gclid=4",
        "https://www.post.example/2026/wall.amp.html",
        "https://www.post.example/amp/2026/wall.html",
        "https://post.example/2026/wall.html/amp",
        "https://post.example/2026/wall.html?outputType=amp",
        "https://www.google.com/amp/s/post.example/2026/wall.html",
        "https://post-example.cdn.ampproject.org/c/s/www.post.example/2026/wall.html?amp",
    ],
)
def test_all_urls_of_a_page_lead_to_one_article(store: Store, other: str) -> None:
    file_at(store, "a1", url=WALL)
    file_at(store, "a2", url="https://www.post.example/2026/wall", text="another text")
    found = store.archive.card_at(other)
    assert found
    assert found.id == "a1"


def test_an_article_is_found_by_its_other_urls(store: Store) -> None:
    mobile = "https://m.post.example/wall"
    file_at(store, "a1", url=mobile)
    file_at(store, "a2", url="https://post.example/walls", text="another text")
    for url in ("https://www.post.example/wall/amp?utm_source=x", "http://post.example/wall"):
        assert [card.id for card in [store.archive.card_at(url)] if card] == ["a1"]
    file_at(store, "a3", url="https://post.example/wall", text="a third text")
    assert [card.id for card in [store.archive.card_at(mobile)] if card] == ["a1"]


@pytest.mark.parametrize(
    "url", ["https://m.co/wall", "https://post.example/amp", "https://am.post.example/wall", "x"]
)
def test_urls_of_other_pages_lead_nowhere(store: Store, url: str) -> None:
    file_at(store, "a1", url="https://post.example/wall")
    assert store.archive.card_at(url) is None
    assert store.archive.card_fetched_from(url) is None


def test_an_article_is_found_by_the_url_it_was_fetched_from(store: Store) -> None:
    file_at(store, "a1", url=URL, origin="https://m.post.example/story?id=7")
    file_at(store, "a2", origin="https://post.example/story?id=71", text="another text")
    for url in ("http://post.example/story?id=7&utm_source=x", "https://m.post.example/wall"):
        found = store.archive.card_fetched_from(url)
        assert found
        assert found.id == "a1"
    assert store.archive.card_fetched_from("https://post.example/story") is None
    store.archive.remove(["a1"], reason="by hand", block_reimport=True, removed_at=NOON)
    assert store.archive.card_fetched_from(URL) is None
