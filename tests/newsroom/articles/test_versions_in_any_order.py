"""Versions, kills, embargoes and posts of old texts in any order, and what others forge of them:
what is visible is what a model says that is a few lines long, at every step."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot import config
from bot.model import Article, Claim, Document
from bot.newsroom import Newsroom
from bot.newsroom.articles.extraction import ExtractedArticle
from bot.store import Store
from bot.store.schema import articles, claims, jobs
from tests.soak import examples

HOUR = timedelta(hours=1)
Kind = Literal["usable", "embargoed", "withheld", "kill", "old text", "again"]


@dataclass(frozen=True)
class Post:
    """A document from the publisher: a version of a story, with a guid or only a URL."""

    story: int
    version: int
    kind: Kind
    hours: int = 1
    has_guid: bool = True


ROGUE = "https://rogue.example/feed"


@dataclass(frozen=True)
class Forgery:
    """A forged document from another feed, which must be ignored."""

    story: int
    version: int
    text: Literal["none", "its", "changed"]
    names: frozenset[Literal["guid", "url", "outlet"]]
    how: Literal["usable", "embargoed", "withheld", "kill"]
    dated: bool
    has_page: bool = False


@dataclass
class Story:
    """The expected visible state of a story."""

    killed: bool = False
    shown: int | None = None
    withheld: tuple[int, datetime | None] | None = None
    sent: set[int] = field(default_factory=set)

    @property
    def newest(self) -> int:
        return self.shown or (self.withheld[0] if self.withheld else 0)

    def take(self, post: Post, now: datetime) -> None:
        if post.kind == "old text":
            return  # it was there: as what it is by now
        if post.kind == "kill":
            self.killed, self.shown, self.withheld = True, None, None
            return
        self.sent.add(post.version)
        if post.kind == "again" and self.killed:
            self.killed = False
        elif self.killed or post.version < self.newest:
            return
        self.shown = self.withheld = None
        if post.kind == "embargoed":
            self.withheld = post.version, now + post.hours * HOUR
        elif post.kind == "withheld":
            self.withheld = post.version, None
        else:
            self.shown = post.version

    def release(self, now: datetime) -> None:
        if self.withheld and self.withheld[1] and self.withheld[1] <= now:
            self.shown, self.withheld = self.withheld[0], None


class World:
    """Return a newsroom with a manual clock."""

    numbers = itertools.count()

    def __init__(self, newsroom: Newsroom, clock: list[datetime]) -> None:
        self.newsroom, self.clock = newsroom, clock
        self.name = f"world{next(self.numbers)}x"
        self.stories = [Story() for _ in range(3)]

    def text(self, story: int, version: int) -> str:
        return f"{self.name} story{story} version{version}"

    def document(self, post: Post) -> Document:
        n, version = post.story, post.version
        known: dict[str, object] = {
            "outlet": "The Post",
            "url": f"https://post.example/{self.name}/{n}",
            "guid": f"{self.name}:{n}" if post.has_guid else None,
            "revision": version,
            "text": self.text(n, version),
        }
        if post.kind == "old text":
            known |= {"guid": f"other:{self.name}:{n}", "url": None, "revision": None}
        elif post.kind == "kill":
            known |= {"status": "canceled", "text": "", "revision": None}
        elif post.kind == "embargoed":
            known["embargo"] = self.clock[0] + post.hours * HOUR
        elif post.kind == "withheld":
            known["status"] = "withheld"
        return Document(origin="https://post.example/feed", **known)

    def forge(self, one: Forgery) -> None:
        theirs = self.document(Post(one.story, one.version, "usable"))
        text = {"none": "", "its": theirs.text, "changed": f"{theirs.text} forged"}[one.text]
        known = {name: getattr(theirs, name) for name in one.names} | {"title": "Forged"}
        known |= {"guid": f"rogue:{one.story}"} if "guid" not in known else {}
        if one.has_page and "url" not in known:
            known["url"] = f"https://rogue.example/{self.name}/{one.story}"
        if one.dated:
            known |= {"revision": 9, "modified_at": self.clock[0] + 99 * HOUR}
        if one.how == "embargoed":
            known["embargo"] = self.clock[0] + HOUR
        elif one.how == "kill" or not text:
            known["status"], text = "canceled", ""
        elif one.how == "withheld":
            known["status"] = "withheld"
        self.newsroom.intake.articles.ingest([Document(origin=ROGUE, text=text, **known)])

    def send(self, posts: Sequence[Post]) -> None:
        sent = [p for p in posts if p.kind != "old text" or p.version in self.stories[p.story].sent]
        again = bool(sent) and sent[0].kind == "again"
        sent = sent[:1] if again else [p for p in sent if p.kind != "again"]
        documents = [self.document(post) for post in sent]
        for post in sorted(sent, key=lambda p: 0 if p.kind in ("kill", "old text") else p.version):
            self.stories[post.story].take(post, self.clock[0])
        outcomes = self.newsroom.intake.articles.ingest(documents, reingest=again)
        assert len(outcomes) == len(sent)
        for post, outcome in zip(sent, outcomes, strict=True):
            story = self.stories[post.story]
            if len(sent) == 1:
                assert (outcome.status == "withdrawn") == story.killed
                assert (outcome.status == "withheld") == (story.withheld is not None)

    def tick(self, hours: int) -> None:
        self.clock[0] += hours * HOUR
        self.newsroom.intake.articles.release_due()
        for story in self.stories:
            story.release(self.clock[0])

    def check(self) -> None:
        with self.newsroom.store.database.read() as connection:
            mine = articles.c.text.startswith(self.name), articles.c.origin != ROGUE
            shown = sorted(connection.scalars(sa.select(articles.c.text).where(*mine)))
            there = sa.select(claims.c.text).join(articles).where(*mine)
            found = sorted(connection.scalars(there))
        stories = enumerate(self.stories)
        assert shown == [self.text(n, one.shown) for n, one in stories if one.shown]
        assert found == shown


POSTS = st.builds(
    Post,
    story=st.integers(0, 2),
    version=st.integers(1, 4),
    kind=st.sampled_from(
        ["usable", "usable", "usable", "embargoed", "withheld", "kill", "old text", "again"]
    ),
    hours=st.integers(1, 3),
    has_guid=st.booleans(),
)
FORGERIES = st.builds(
    Forgery,
    story=st.integers(0, 2),
    version=st.integers(1, 4),
    text=st.sampled_from(["none", "its", "changed"]),
    names=st.frozensets(st.sampled_from(["guid", "url", "outlet"])),
    how=st.sampled_from(["usable", "embargoed", "withheld", "kill"]),
    dated=st.booleans(),
    has_page=st.booleans(),
)
KILL = Post(1, 1, "kill")
STEPS = st.lists(
    st.one_of(st.lists(POSTS, min_size=1, max_size=3), st.integers(1, 2), FORGERIES), max_size=10
)


@pytest.fixture
def clock() -> list[datetime]:
    return [datetime(2026, 11, 3, 12, tzinfo=UTC)]


@pytest.fixture
def newsroom(database_url: str, tmp_path: Path, clock: list[datetime]) -> Newsroom:
    environ = {"CLAIMDESK_DATA": str(tmp_path / "data"), "DATABASE_URL": database_url}
    newsroom = Newsroom(config.load(environ), clock=lambda: clock[0])
    store = Store(newsroom.settings.database_url)
    store.database.migrate()
    store.close()
    newsroom.intake.articles.reader.read = word_for_word
    yield newsroom
    newsroom.close()


def word_for_word(articles: Sequence[Article]) -> list[ExtractedArticle]:
    """Return an extraction in which each text is one claim."""
    return [
        ExtractedArticle([Claim(id=f"{a.id}c", article_id=a.id, kind="statement", text=a.text)], ())
        for a in articles
    ]


def test_visible_articles_match_the_model(newsroom: Newsroom, clock: list[datetime]) -> None:
    is_sqlite = newsroom.store.database.is_sqlite
    catch_up, newsroom.updates.catch_up_if_free = newsroom.updates.catch_up, lambda: None

    @settings(
        max_examples=examples(40 if is_sqlite else 8),
        suppress_health_check=[HealthCheck.too_slow],
    )
    @example([Forgery(1, 1, "its", frozenset({"guid"}), "usable", dated=False), [KILL]])
    @given(STEPS)
    def lives(steps: list[list[Post] | int | Forgery]) -> None:
        world = World(newsroom, clock)
        for step in steps:
            if isinstance(step, int):
                world.tick(step)
            elif isinstance(step, Forgery):
                world.forge(step)
            else:
                world.send(step)
            world.check()
        world.tick(4)
        world.check()

    lives()
    catch_up()
    assert newsroom.updates.difference().is_empty
    with newsroom.store.database.read() as connection:
        due = connection.scalars(sa.select(jobs.c.due_at).where(jobs.c.kind == "release"))
        assert all(at <= clock[0] for at in due)
