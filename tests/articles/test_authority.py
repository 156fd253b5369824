"""Who may say what becomes of an article, and what others can do about it: nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import config
from bot.articles.authority import speaks_for
from bot.articles.sites import Sites
from bot.model import Document
from bot.newsroom import Newsroom
from bot.newsroom.articles.extraction import ExtractedArticle
from bot.store import Store

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED, URL = "https://feeds.post.example/all", "https://www.post.example/wall"
ROGUE = "https://rogue.example/feed"


def a_document(origin: str, **known: object) -> Document:
    return Document(**{"origin": origin, "text": "The wall is safe today."} | known)


POST = a_document(FEED, url=URL, guid="g", outlet="Post")
HOSTED = a_document("https://feeds.feedburner.com/post", url=URL, guid="g", outlet="Post")
WIRE = a_document("wire/3/1.xml", guid="w", outlet="Wire")
BARE = a_document("wire/3/2.txt", guid="w")


@pytest.mark.parametrize(
    ("document", "article", "is_heard"),
    [
        (a_document(FEED), POST, True),
        (a_document(HOSTED.origin), HOSTED, True),
        (a_document("http://amp.post.example/x"), POST, True),
        (a_document("https://www.post.example/other"), HOSTED, True),
        (a_document("https://post.example:8443/x"), a_document("a.html", url=URL), True),
        (replace(POST, origin=ROGUE), POST, False),
        (replace(HOSTED, origin="https://feeds.feedburner.com/rogue"), HOSTED, False),
        (replace(POST, origin="https://post.example.rogue.example/x"), POST, False),
        (replace(POST, origin="https://apost.example/x"), POST, False),
        (replace(POST, origin="https://post.example@rogue.example/x"), POST, False),
        (a_document("https://b.github.io/x"), a_document("https://a.github.io/x"), False),
        (a_document("https://b.co.uk/x"), a_document("https://a.co.uk/x"), False),
        (a_document("http://127.0.0.1:1/x"), a_document("http://127.0.0.1:1/y"), True),
        (a_document("http://127.0.0.1:2/x"), a_document("http://127.0.0.1:1/y"), False),
        (a_document(ROGUE), a_document("a.txt"), False),
        (replace(WIRE, origin=ROGUE), WIRE, False),
        (a_document("wire/3/1.xml#part 2"), WIRE, True),
        (a_document("wire/3/9.xml"), WIRE, True),
        (a_document("wire/4/9.xml"), WIRE, False),
        (replace(WIRE, origin="wire/4/9.xml"), WIRE, True),
        (replace(WIRE, origin="wire/4/9.xml", outlet="Else"), WIRE, False),
        (replace(WIRE, origin="wire/4/9.xml", outlet=None), WIRE, False),
        (replace(BARE, origin="wire/4/9.xml"), BARE, True),
        (replace(WIRE, origin="a.xml"), replace(WIRE, origin=FEED), True),
        (replace(BARE, origin="a.xml"), replace(BARE, origin=FEED), False),
        (replace(POST, origin="a.html", guid=None), POST, False),
    ],
)
def test_who_is_heard(document: Document, article: Document, is_heard: bool) -> None:
    assert speaks_for(document, article, Sites()) == is_heard


# -- what others can do


@pytest.fixture
def clock() -> list[datetime]:
    return [NOON]


@pytest.fixture
def newsroom(database_url: str, tmp_path: Path, clock: list[datetime]) -> Newsroom:
    environ = {"CLAIMDESK_DATA": str(tmp_path / "data"), "DATABASE_URL": database_url}
    newsroom = Newsroom(config.load(environ), clock=lambda: clock[0])
    store = Store(newsroom.settings.database_url)
    store.database.migrate()
    store.close()
    newsroom.intake.articles.reader.read = lambda articles: (
        [ExtractedArticle((), ())] * len(articles)
    )
    newsroom.updates.catch_up_if_free = lambda: None
    yield newsroom
    newsroom.close()


def came(newsroom: Newsroom, *documents: Document) -> list[tuple[str, str]]:
    """What became of documents that came one after the other, each with its article."""
    return [(one.status, one.id) for d in documents for one in newsroom.intake.articles.ingest([d])]


def rogue(**known: object) -> Document:
    return replace(POST, origin=ROGUE, **known)


ATTACKS = [
    rogue(text="", status="canceled"),
    rogue(text="", status="canceled", guid=None),
    rogue(text="The wall is not safe today."),
    rogue(text="The wall is not safe today.", guid="other"),
    rogue(text="The wall is not safe today.", guid=None, embargo=NOON + HOUR),
    rogue(text="Quite another story."),
    rogue(status="withheld"),
    rogue(embargo=NOON + HOUR, url=None, guid="other"),
    rogue(title="Forged", revision=99, modified_at=NOON + 99 * HOUR, guid="other", note="Forged"),
    rogue(text="The wall…", excerpt=True, guid="other"),
    rogue(text=f"{POST.text} Nobody was hurt.", guid="other", modified_at=NOON + 99 * HOUR),
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nobody_can_end_hold_back_or_rewrite_what_is_anothers(
    newsroom: Newsroom, attack: Document
) -> None:
    there = replace(POST, title="Wall safe", revision=None)
    ((_, article_id),) = came(newsroom, there)
    for _ in range(2):
        came(newsroom, attack)
    assert newsroom.store.archive.article(article_id).text == POST.text
    assert [one.state for one in newsroom.articles.histories.load(article_id).versions] == ["shown"]
    # What its own outlet says is heard as before.
    second = replace(there, text="The wall is safe again today.", modified_at=NOON)
    assert came(newsroom, second) == [("updated", article_id)]
    assert newsroom.store.archive.article(article_id).title == "Wall safe"
    ended = replace(second, text="", status="canceled", url=None)
    assert came(newsroom, ended, second) == [("withdrawn", article_id)] * 2


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("then", [None, rogue(text="", status="canceled")])
def test_nobody_can_keep_out_what_is_anothers_by_being_first(
    newsroom: Newsroom, attack: Document, then: Document | None
) -> None:
    came(newsroom, attack)
    if then:
        came(newsroom, replace(then, guid=attack.guid))
    ((status, article_id),) = came(newsroom, POST)
    assert status in ("new", "updated")
    again = replace(POST, text="The wall is safe again today.", revision=2)
    assert came(newsroom, POST, again) == [("unchanged", article_id), ("updated", article_id)]
    assert newsroom.store.archive.article(article_id).text == again.text
    ended = replace(POST, text="", status="canceled", url=None)
    assert came(newsroom, ended, again) == [("withdrawn", article_id)] * 2


def test_withdrawing_a_copy_keeps_the_others(newsroom: Newsroom) -> None:
    ((_, article_id),) = came(newsroom, POST)
    mine = rogue(guid="mine", url="https://www.post.example/mine")
    came(newsroom, mine, replace(mine, text="", status="canceled"))
    assert newsroom.store.archive.article(article_id).text == POST.text
    assert newsroom.store.archive.coverage().articles == 1


def test_links_do_not_bring_hidden_articles_back(newsroom: Newsroom, clock: list[datetime]) -> None:
    for state, how in (
        ("withheld", {"embargo": NOON + HOUR}),
        ("withdrawn", {"status": "canceled"}),
    ):
        ((_, article_id),) = came(newsroom, replace(POST, **how))
        quoted = rogue(text="The wall is safe today, they say.", guid="other")
        assert came(newsroom, quoted) == [(state, article_id)]
        assert newsroom.store.archive.coverage().articles == 0
    clock[0] += 2 * HOUR
    assert newsroom.intake.articles.release_due() == []


def test_a_text_from_elsewhere_adds_only_what_describes_it(newsroom: Newsroom) -> None:
    ((_, article_id),) = came(newsroom, replace(POST, guid=None))
    more = rogue(title="Wall", byline="A. Brook", guid="x", note="n", sample=True)
    assert came(newsroom, more, more) == [("updated", article_id), ("unchanged", article_id)]
    article = newsroom.store.archive.article(article_id)
    assert (article.title, article.byline) == ("Wall", "A. Brook")
    assert (article.guid, article.note, article.sample, article.origin) == (None, None, False, FEED)


def test_a_site_takes_over_its_own_story(newsroom: Newsroom) -> None:
    early = rogue(text="The wall is safe today, says the Post.", guid="theirs", outlet="Rogue")
    early = replace(early, revision=9, modified_at=NOON + HOUR)
    ((_, article_id), _) = came(newsroom, early, replace(early, text=f"{POST.text} So they say."))
    excerpt = replace(POST, text="The wall is safe…", excerpt=True)
    assert came(newsroom, excerpt, POST) == [("updated", article_id)] * 2
    late = replace(early, text="The wall is safe today, says nobody.")
    ((status, other),) = came(newsroom, late)
    assert (status, other != article_id) == ("new", True)
    assert newsroom.store.archive.article(article_id).outlet == "Post"
    assert came(newsroom, replace(late, text="", status="canceled"))[0][1] != article_id
    assert newsroom.store.archive.article(article_id).text == POST.text


def test_a_kill_applies_to_its_own_site(newsroom: Newsroom) -> None:
    ((_, article_id),) = came(newsroom, rogue(guid="theirs"))
    kill = replace(POST, text="", status="canceled", guid=None)
    assert came(newsroom, kill) == [("withdrawn", article_id)]
    elsewhere = replace(POST, guid="new", url="https://www.post.example/new")
    listed = [POST, replace(POST, text="The wall is safe again today."), rogue(guid="theirs")]
    assert came(newsroom, *listed, elsewhere) == [("withdrawn", article_id)] * 4
    assert newsroom.store.archive.coverage().articles == 0
    (back,) = newsroom.intake.articles.ingest([POST], reingest=True)
    assert (back.status, back.id) == ("new", article_id)


def test_a_kill_removes_its_own_copies(newsroom: Newsroom) -> None:
    came(newsroom, rogue(guid="theirs"), replace(POST, guid="n", url="https://post.example/new"))
    assert newsroom.store.archive.coverage().articles == 2
    came(newsroom, replace(POST, text="", status="canceled", guid=None))
    assert newsroom.store.archive.coverage().articles == 0


@pytest.mark.parametrize("is_file_first", [True, False])
def test_a_feed_and_a_wire_file_share_an_article(newsroom: Newsroom, is_file_first: bool) -> None:
    listed = replace(WIRE, origin="https://wire.example/feed", url="https://wire.example/wall")
    both = [WIRE, listed] if is_file_first else [listed, WIRE]
    ((_, article_id), (_, other)) = came(newsroom, *both)
    assert other == article_id
    assert newsroom.store.archive.coverage().articles == 1


@pytest.mark.parametrize("text", [POST.text, "The wall…"])
def test_another_sites_page_is_another_article(newsroom: Newsroom, text: str) -> None:
    page = "https://rogue.example/wall"
    ((_, article_id),) = came(newsroom, POST)
    ((status, copy),) = came(newsroom, rogue(url=page, text=text, excerpt=text != POST.text))
    assert (status, copy != article_id) == ("new", True)
    assert came(newsroom, replace(POST, text="", status="canceled")) == [("withdrawn", article_id)]
    assert newsroom.store.archive.article(copy).text == text


def test_all_domains_of_an_outlet_speak_for_its_articles(newsroom: Newsroom) -> None:
    bbc = replace(POST, origin="https://feeds.bbc.co.uk/news", url="https://www.bbc.co.uk/wall")
    ((_, article_id),) = came(newsroom, bbc)
    moved = replace(bbc, origin="https://www.bbc.com/rss", text="The wall is safe again today.")
    assert came(newsroom, moved) == [("updated", article_id)]
    ended = replace(moved, text="", status="canceled", url=None)
    assert came(newsroom, ended, bbc) == [("withdrawn", article_id)] * 2


def test_a_file_that_was_moved_can_still_be_edited(newsroom: Newsroom) -> None:
    file = a_document("in/a.txt", title="T")
    ((_, article_id),) = came(newsroom, file)
    moved = replace(file, origin="done/a.txt")
    edited = replace(moved, text="The wall was safe.")
    assert came(newsroom, moved, edited) == [("unchanged", article_id), ("updated", article_id)]
