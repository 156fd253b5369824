"""A page or feed that claims to be a known outlet is believed only on that outlet's domains."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.output.json_lines import answer_json
from bot.config import FetchSettings, KnownName
from bot.model import Feed, Hit
from bot.newsroom import Newsroom
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers.citation import make_citation
from bot.wording.answers import claimed_outlet_note
from tests.outlet_site import PAGE, OutletSite, Page, entry, rss
from tests.reopen import reopen

CANONICAL = "https://www.reuters.com/world/harbour"
LINKED = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Harbour closed",
    "url": CANONICAL,
    "publisher": {"@type": "NewsMediaOrganization", "name": "Reuters", "url": CANONICAL},
}
HEADS = {
    "site_name": '<meta property="og:site_name" content="Reuters">',
    "alias": '<meta property="og:site_name" content="RTRS">',
    "dressed": '<meta property="og:site_name" content="Rеu&#8203;ters® | World">',
    "linked data": f'<script type="application/ld+json">{json.dumps(LINKED)}</script>',
    "canonical": '<meta property="og:site_name" content="Reuters"><meta property="og:url"'
    f' content="{CANONICAL}"><link rel="canonical" href="{CANONICAL}">',
    "host": '<meta property="og:site_name" content="www.reuters.com">',
}


def page(head: str) -> Page:
    return Page(PAGE.format(title="Harbour closed").replace("<head>", f"<head>{head}"))


def of_host(newsroom: Newsroom, host: str = "127.0.0.1", *, query: str = "Solvane") -> Hit:
    """Return the only claim that a query finds, after checking that nothing names Reuters."""
    for name in ("reuters", "rtrs", "reuters.com"):
        assert newsroom.search.find(f"in:{name}").total == 0
    answer = newsroom.search.find(f"{query} in:{host}")
    hit = answer.hits[0]
    [told, *_] = answer_json(answer)["hits"]
    assert told["article"]["outlet"] == host
    cited = make_citation(hit)
    shown = json.dumps(blocks.answer_message(answer, answer_id="a1", offset=0, page_size=5))
    assert host in cited.text
    assert host in shown
    for text in (cited.text, cited.markdown, shown):
        assert "reuters" not in text.lower().replace(CANONICAL, "")
    return hit


@pytest.fixture
def two_hosts(reading: Newsroom, site: OutletSite) -> str:
    """Return the site under the domain of a known outlet."""
    known = KnownName("Vellmouth Courier", domains=("localhost",))
    also = site.address.replace("127.0.0.1", "localhost")
    fetch = FetchSettings(allowed=(site.address, also), seconds=60)
    reopen(reading, fetch=fetch, outlets=(*reading.settings.outlets, known))
    return f"http://{also}"


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_page_elsewhere_that_calls_itself_reuters_is_its_hosts(
    reading: Newsroom, site: OutletSite, head: str
) -> None:
    site.pages["/harbour"] = page(head)
    [outcome] = reading.intake.links.ingest(f"{site.url}/harbour").outcomes
    assert outcome.outlet == "127.0.0.1"
    article = of_host(reading).article
    assert article.url == f"{site.url}/harbour"
    note = claimed_outlet_note(article)
    assert note == f"The article says it is from {article.claimed_outlet}; it came from 127.0.0.1."
    assert article.claimed_outlet in ("Reuters", "RTRS", "Rеuters® | World", "www.reuters.com")


def test_an_unlisted_name_is_kept_as_claimed(reading: Newsroom, site: OutletSite) -> None:
    site.pages["/harbour"] = page('<meta property="og:site_name" content="Vellmouth Courier">')
    [outcome] = reading.intake.links.ingest(f"{site.url}/harbour").outcomes
    assert outcome.outlet == "Vellmouth Courier"
    card = reading.store.archive.card(outcome.id)
    assert card.claimed_outlet == "Vellmouth Courier"
    note = claimed_outlet_note(card)
    assert note == "The article says it is from Vellmouth Courier; it came from 127.0.0.1."


def test_own_domain_decides_the_outlet_name(reading: Newsroom, site: OutletSite) -> None:
    known = KnownName("Reuters", aliases=("rtrs",), domains=("127.0.0.1",))
    reopen(reading, outlets=(known,))
    for number, name in enumerate(("Reuters News", "Reuters", "Associated Press")):
        head = f'<meta property="og:site_name" content="{name}">'
        site.pages[f"/{number}"] = page(head)
        assert reading.intake.links.ingest(f"{site.url}/{number}").outcomes[0].outlet == "Reuters"
    assert reading.search.find("in:rtrs").total


@pytest.mark.parametrize(
    ("asked", "led_to", "outlet"),
    [
        ("localhost", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "localhost", "Vellmouth Courier"),
    ],
)
def test_the_address_that_answered_decides(
    reading: Newsroom, site: OutletSite, two_hosts: str, asked: str, led_to: str, outlet: str
) -> None:
    at = {"localhost": two_hosts, "127.0.0.1": site.url}
    site.pages["/moved"] = Page("", 302, {"Location": f"{at[led_to]}/harbour"})
    site.pages["/harbour"] = page('<meta property="og:site_name" content="Vellmouth Courier">')
    [outcome] = reading.intake.links.ingest(f"{at[asked]}/moved").outcomes
    assert outcome.outlet == outlet
    site.pages["/feed"] = Page("", 302, {"Location": f"{at[led_to]}/there"})
    site.pages["/there"] = Page(
        rss(site, entry(1)).replace("The Tidewater Post", "Vellmouth Courier")
    )
    reading.polls.poll(reading.feeds.add(f"{at[asked]}/feed", added_by="cli").feed.id)
    assert reading.search.find("wall safe").hits[0].article.outlet == outlet


def feed_of(reading: Newsroom, site: OutletSite, body: str, **how: object) -> Feed:
    """Return a feed that has been polled once."""
    site.pages["/feed"] = Page(body)
    feed = reading.feeds.add(f"{site.url}/feed", added_by="cli", **how).feed
    assert reading.polls.poll(feed.id).failure is None
    return feed


TEXT = "<p>The port stays shut.</p><p>“The wall is safe,” said Ingrid Solvane.</p>"
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title>
<id>urn:planet</id><entry><id>urn:1</id><title>Story 1</title><link href="{CANONICAL}"/>
<updated>2026-11-03T01:30:00Z</updated><source><title>Reuters</title><id>{CANONICAL}</id></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{TEXT}</div></content></entry></feed>"""
SOURCE = f'<source url="{CANONICAL}">Reuters</source>'


@pytest.mark.parametrize("kind", ["title", "source", "atom"])
def test_a_feed_elsewhere_that_calls_itself_reuters_is_its_hosts(
    reading: Newsroom, site: OutletSite, kind: str
) -> None:
    named = rss(site, entry(1)).replace("The Tidewater Post", "Reuters")
    linking_there = named.replace(f"<link>{site.url}/1</link>", f"<link>{CANONICAL}</link>")
    source = rss(site, entry(1, more=SOURCE))
    feed_of(reading, site, {"title": linking_there, "source": source, "atom": ATOM}[kind])
    of_host(reading)


def test_a_feed_that_links_to_reuters_is_not_reuters(reading: Newsroom, site: OutletSite) -> None:
    named = rss(site, entry(1)).replace(f"<link>{site.url}/1</link>", f"<link>{CANONICAL}</link>")
    feed_of(reading, site, named)
    article = reading.search.find("wall safe").hits[0].article
    assert article.outlet == "The Tidewater Post"
    assert (article.url, article.claimed_url) == (None, CANONICAL)


def test_outlet_set_for_a_feed_supports_its_links(reading: Newsroom, site: OutletSite) -> None:
    named = rss(site, entry(1)).replace(f"<link>{site.url}/1</link>", f"<link>{CANONICAL}</link>")
    feed_of(reading, site, named, outlet="Reuters")
    article = reading.search.find("wall safe in:rtrs").hits[0].article
    assert (article.url, article.claimed_url) == (CANONICAL, None)


def test_the_page_of_an_excerpt_is_its_own_hosts(
    reading: Newsroom, site: OutletSite, two_hosts: str
) -> None:
    excerpt = entry(1, excerpt="The wall moved, Ida Marsh said. […]").replace("{url}", two_hosts)
    feed_of(reading, site, rss(site, excerpt).replace("The Tidewater Post", "RTRS"), full_text=True)
    listed = of_host(reading, query="Marsh").article
    assert (listed.url, listed.claimed_url) == (None, f"{two_hosts}/1")
    site.pages["/1"] = page(HEADS["site_name"])
    reading.polls.handle_page_job(reading.delivery.jobs.take("w", ["page"], None))
    fetched = reading.search.find("hand's breadth").hits[0].article
    assert (fetched.outlet, fetched.url) == ("Vellmouth Courier", f"{two_hosts}/1")
    assert fetched.claimed_url is None


def test_the_page_of_an_excerpt_elsewhere_is_not_reuters(
    reading: Newsroom, site: OutletSite
) -> None:
    feed_of(reading, site, rss(site, entry(1, excerpt="The wall moved. […]")), full_text=True)
    site.pages["/1"] = page(HEADS["canonical"])
    site.pages["/feed"] = Page(
        rss(site, entry(2, excerpt="It moved. […]")).replace("The Tidewater Post", "Reuters")
    )
    [feed] = reading.feeds.all()
    reading.polls.poll(feed.id)
    site.pages["/2"] = page(HEADS["linked data"].replace("Harbour closed", "Story 2"))
    while job := reading.delivery.jobs.take("w", ["page"], None):
        reading.polls.handle_page_job(job)
        reading.delivery.jobs.complete(job, None)
    outlets = {hit.article.title: hit.article.outlet for hit in reading.search.find("Solvane").hits}
    assert outlets == {"Story 1": "The Tidewater Post", "Story 2": "127.0.0.1"}


@pytest.mark.parametrize("kind", ["harbour.html", "harbour.xml"])
def test_saved_page_is_reuters_only_if_people_say_so(
    reading: Newsroom, tmp_path: Path, site: OutletSite, kind: str
) -> None:
    saved = tmp_path / kind
    named = rss(site, entry(1)).replace("The Tidewater Post", "Reuters")
    body = page(HEADS["canonical"]).body if kind.endswith("html") else named
    saved.write_text(str(body), encoding="utf-8")
    [read] = reading.intake.files.ingest([saved])
    assert [one.outlet for one in read.outcomes] == [None]
    assert reading.search.find("in:reuters").total == 0
    if kind.endswith("html"):
        saved.with_suffix(".yml").write_text("outlet: Reuters\n", encoding="utf-8")
        list(reading.intake.files.ingest([saved]))
        assert reading.search.find("in:reuters").total


@pytest.mark.parametrize("beside", [None, f"outlet: Reuters\nurl: {CANONICAL}\n"])
def test_only_a_file_beside_it_settles_what_front_matter_says(
    reading: Newsroom, tmp_path: Path, beside: str | None
) -> None:
    text = f"---\noutlet: Reuters\nurl: {CANONICAL}\n---\n\n“It is safe,” said Ingrid Solvane.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    if beside:
        (tmp_path / "a.yml").write_text(beside)
    [result] = reading.intake.files.ingest([tmp_path / "a.md"])
    card = reading.store.archive.card(result.outcomes[0].id)
    stated = ("Reuters", CANONICAL)
    assert (card.outlet, card.url) == (stated if beside else (None, None))
    assert (card.claimed_outlet, card.claimed_url) == ((None, None) if beside else stated)


def test_a_wires_file_at_an_address_is_its_hosts(reading: Newsroom, site: OutletSite) -> None:
    story = {
        "uri": CANONICAL,
        "type": "text",
        "versioncreated": "2026-11-03T06:30:00Z",
        "provider": {"name": "Reuters"},
        "altids": {"web": CANONICAL},
        "body_text": "The port stays shut. “The wall is safe,” said Ingrid Solvane on Monday.",
    }
    site.pages["/story.json"] = Page(json.dumps(story))
    [outcome] = reading.intake.links.ingest(f"{site.url}/story.json").outcomes
    assert outcome.outlet == "127.0.0.1"
    assert of_host(reading).article.url == f"{site.url}/story.json"


MAILED = """From: Reuters <desk@rogue.example>
To: news@post.example
Subject: Harbour closed
Date: Tue, 3 Nov 2026 06:00:00 +0000
Content-Type: text/plain; charset=utf-8

The port of Vellmouth stays shut for a third day, and nobody knows for how long it will be.

"The wall has moved by a hand's breadth," said Ingrid Solvane, the harbour master, on Monday.
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mailed.eml", MAILED),
        ("saved.html", page(HEADS["linked data"]).body),
        ("feed.xml", None),
    ],
)
def test_a_file_that_calls_itself_reuters_is_nobodys(
    reading: Newsroom, site: OutletSite, tmp_path: Path, name: str, text: str | None
) -> None:
    feed = rss(site, entry(1, more='<source url="https://www.reuters.com/">Reuters</source>'))
    (tmp_path / name).write_text(text or feed.replace("The Tidewater Post", "Reuters"))
    [result] = reading.intake.files.ingest([tmp_path / name])
    article = reading.store.archive.card(result.outcomes[0].id)
    assert (article.outlet, article.claimed_outlet) == (None, "Reuters")
    note = claimed_outlet_note(replace(article, url=None))
    assert note == "The article says it is from Reuters; it came as a file, which anybody can make."


def test_a_feed_of_feeds_cannot_make_an_entry_reuters(reading: Newsroom, site: OutletSite) -> None:
    source = '<source url="https://www.reuters.com/">Reuters</source>'
    site.pages["/feed"] = Page(rss(site, entry(1, more=source)))
    reading.polls.poll(reading.feeds.add(f"{site.url}/feed", added_by="cli").feed.id)
    article = reading.search.find("wall safe").hits[0].article
    assert (article.outlet, article.claimed_outlet) == ("127.0.0.1", "Reuters")


def test_a_file_of_metadata_settles_what_a_page_claims(reading: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_text(page(HEADS["site_name"]).body)
    (tmp_path / "saved.yml").write_text("outlet: Reuters\n")
    [result] = reading.intake.files.ingest([tmp_path / "saved.html"])
    article = reading.store.archive.card(result.outcomes[0].id)
    assert (article.outlet, article.claimed_outlet) == ("Reuters", None)
