"""Feeds: what an entry is as an article, and what is left of a feed that is damaged."""

from __future__ import annotations

import html
import re
import zipfile
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.sites import Sites
from bot.ingest.formats import feed
from bot.ingest.formats.feed import ParsedFeed
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from tests.ingest.formats.wire_samples import parts_or_refusals, printed, sample
from tests.ingest.packing import zipped

TIDEWATER = "https://tidewaterpost.example/feed"


def read(name: str, url: str = "") -> ParsedFeed:
    return feed.read_feed(sample(f"feed/{name}"), url=url)


def rss(items: str, url: str = TIDEWATER) -> ParsedFeed:
    raw = f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
    return feed.read_feed(raw.encode(), url=url)


def only_entry(items: str) -> ParsedArticle:
    (entry,) = rss(items).entries
    return entry


@pytest.mark.parametrize(
    ("line", "is_left_out"),
    [
        ("The post Gate shut appeared first on The Quay Post.", True),
        ("The post appeared first in 1911, Roe said.", False),
    ],
)
def test_platform_credit_lines_are_dropped(line: str, is_left_out: bool) -> None:
    markup = escape(f"<p>It leaks.</p><p>{line}</p>")
    text = only_entry(f"<item><title>A</title><description>{markup}</description></item>").text
    assert text == ("It leaks." if is_left_out else f"It leaks.\n\n{line}")


def test_feed_metadata_is_read() -> None:
    found = read("tidewater.rss", TIDEWATER)
    assert found._replace(entries=(), refusals=()) == ParsedFeed(
        title="The Tidewater Post",
        link="https://tidewaterpost.example/",
        language="en-GB",
        outlet="The Tidewater Post",
        fetch_interval=1_800,
        entries=(),
        refusals=(),
    )


def test_a_full_text_in_rss() -> None:
    entry = read("tidewater.rss", TIDEWATER).entries[0]
    assert entry.text == (
        "The council will not pay for the quay, its leader said on Tuesday.\n\n"
        "“It is the port’s wall,” said Mary Thorne.\n“It always was.”"
    )
    assert printed(entry) == "2026-11-03T23:30:00-05:00"
    assert {key: value for key, value in entry.metadata.items() if key != "published"} == {
        "guid": f"{TIDEWATER}#post-101",
        "title": "Harbour & quay: who pays?",
        "outlet": "The Tidewater Post",
        "byline": "Edda Marsh, Tom Aske",
        "modified_at": datetime(2026, 11, 4, 6, 0, tzinfo=UTC),
        "url": "https://tidewaterpost.example/2026/11/harbour?a=1&b=2",
        "language": "en-GB",
    }


def test_excerpts_links_recordings_and_what_was_taken_over() -> None:
    found = read("tidewater.rss", TIDEWATER)
    _, taste, link, over = found.entries
    assert (taste.text, taste.metadata["excerpt"]) == ("The mayor said more would follow.", True)
    assert taste.metadata["byline"] == "Ola Finn"
    assert printed(taste) == "2026-11-04T07:05:00-05:00"
    assert (link.text, link.metadata["excerpt"]) == ("", True)
    assert over.text == "First paragraph.\n\nSecond, in which the union said no.\n\nThird."
    assert "excerpt" not in over.metadata
    assert over.metadata["outlet"] == "Halyard News Agency"
    assert printed(over) == "2026-11-04T10:00:00"  # its zone is nobody's, so only the day counts
    (recording,) = found.refusals
    assert recording.is_skipped
    assert recording.place == "https://tidewaterpost.example/pod"


def test_atom() -> None:
    found = read("halyard.atom", "https://halyard.example/wire/feed.atom")
    story, plain, deleted = found.entries
    assert found.title == "Halyard Wire"
    assert story.text == "The mayor resigned on Wednesday.\n\n“I am tired,” she said."
    assert story.metadata.items() >= {
        ("title", "2 < 3, says &amp;"),
        ("byline", "Ines Carrow, Bo Rand"),
        ("url", "https://halyard.example/wire/november/one.html"),
        ("guid", "tag:halyard.example,2026:1"),
        ("modified_at", datetime(2026, 11, 4, 23, 0, tzinfo=UTC)),
    }
    assert printed(story) == "2026-11-05T00:30:00+02:00"
    assert (plain.text, plain.metadata["outlet"]) == ("a < b &amp; c", "Corran Press")
    assert plain.metadata["guid"] == "https://halyard.example/wire/2"
    assert (deleted.text, deleted.metadata) == (
        "",
        {
            "guid": "tag:halyard.example,2026:0",
            "status": "canceled",
            "modified_at": datetime(2026, 11, 5, 8, 59, tzinfo=UTC),
        },
    )


def test_rdf() -> None:
    found = read("old.rdf")
    (entry,) = found.entries
    assert entry.text == "Le ministre a dit non."
    assert entry.metadata["language"] == "fr"
    assert printed(entry) == "2026-11-03T08:00:00+01:00"


def test_a_damaged_feed_keeps_its_complete_entries() -> None:
    """Windows-1252 called UTF-8, a bare ampersand, HTML's entities, a wrong tag, a torn end."""
    found = read("torn.rss")
    assert found.title == "Torn & Co"
    assert [(one.metadata["title"], one.text) for one in found.entries] == [
        ("Café “shut”", "The owner said\u00a0so – twice."),
        ("Half", "x"),
        ("Whole", "Whole."),
    ]
    assert [one.place for one in found.refusals] == ["its end"]
    assert not any(one.is_skipped for one in found.refusals)


@pytest.mark.parametrize(
    "inside",
    ["<description><![CDATA[It leaks. <!-- ]]></description>", '<media:description type="plain"/>'],
)
def test_an_entry_swallows_no_other(inside: str) -> None:
    other = "<item><title>B</title><description>It does not.</description></item>"
    after = "<media:description>A wall.</media:description><!-- end -->"
    items = f"<item><title>A</title>{inside}<description>It is shut.</description></item>{other}"
    feed = rss(f"{items}<item><title>C</title><description>Yes.</description>{after}</item>")
    assert [entry.metadata["title"] for entry in feed.entries] == ["A", "B", "C"]
    assert [entry.text for entry in feed.entries][1:] == ["It does not.", "Yes."]


def test_an_address_is_no_part_of_a_name() -> None:
    authors = "<author>edda@post.example (Edda Marsh)</author><dc:creator>Jon Falk</dc:creator>"
    entry = only_entry(f"<item><title>A</title>{authors}<description>Yes.</description></item>")
    assert entry.metadata["byline"] == "Edda Marsh, Jon Falk"


def test_a_feed_without_entries_says_so() -> None:
    (refusal,) = rss("").refusals
    assert refusal.cause == "it is a feed without entries"
    assert refusal.is_skipped


@pytest.mark.parametrize("cut", range(1, 40))
def test_a_truncated_feed_has_no_truncated_entries(cut: int) -> None:
    raw = sample("feed/tidewater.rss")
    whole = {one.text for one in feed.read_feed(raw, url=TIDEWATER).entries}
    try:
        found = feed.read_feed(raw[: len(raw) * cut // 40], url=TIDEWATER)
    except Refusal as refusal:
        assert refusal.place
        return
    assert {one.text for one in found.entries} <= whole
    assert any(not one.is_skipped for one in found.refusals)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (sample("feed/error.html"), "HTML page"),
        (b"<html><body>Log in", "HTML page"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "only feeds in RSS"),
        (b"<opml/>", "its root is <opml>"),
        (b"Forbidden", "not well-formed XML"),
        (b"<rss", "not well-formed XML"),
        (
            b'<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss>&c;</rss>',
            "declares entities",
        ),
    ],
)
def test_what_is_no_feed(raw: bytes, why: str) -> None:
    with pytest.raises(Refusal, match=why) as caught:
        feed.read_feed(raw, url=TIDEWATER)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("id_", "guid"),
    [
        ("17", f"{TIDEWATER}#17"),
        ("https://www.tidewaterpost.example/1", "https://www.tidewaterpost.example/1"),
        ("tag:desk@news.tidewaterpost.example,2026:1", None),
        ("https://halyard.example/1", "tidewaterpost.example#https://halyard.example/1"),
        ("https://nottidewaterpost.example/1", "tidewaterpost.example#{id_}"),
        ("tag:halyard.example,2026:1", "tidewaterpost.example#{id_}"),
        ("urn:uuid:1", "tidewaterpost.example#{id_}"),
        ("http://[", "tidewaterpost.example#{id_}"),
    ],
)
def test_an_id_of_another_site_is_prefixed(id_: str, guid: str | None) -> None:
    expected = (guid or id_).format(id_=id_)
    entry = only_entry(f"<item><guid>{id_}</guid><description>Shut.</description></item>")
    assert entry.metadata["guid"] == expected
    ended = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">'
        f'<at:deleted-entry ref="{id_}" when="2026-11-05T08:00:00Z"/></feed>'
    )
    (entry,) = feed.read_feed(ended.encode(), url=TIDEWATER).entries
    assert (entry.metadata["guid"], entry.metadata["status"]) == (expected, "canceled")


def test_an_id_of_the_outlets_other_domain_is_unchanged() -> None:
    raw = b"<rss><channel><item><guid>https://www.bbc.co.uk/1</guid><link>/1</link></item></channel></rss>"
    for sites, guid in (
        (Sites([("bbc.co.uk", "bbc.com")]), "https://www.bbc.co.uk/1"),
        (None, "bbc.com#https://www.bbc.co.uk/1"),
    ):
        (entry,) = feed.read_feed(raw, url="https://feeds.bbc.com/all", sites=sites).entries
        assert entry.metadata["guid"] == guid


def test_ids_stay_the_same_when_a_feed_moves() -> None:
    raw = (
        b'<rss version="2.0"><channel><item><guid>17</guid><link>/17</link></item></channel></rss>'
    )
    found = feed.read_feed(raw, url="https://cdn.example/feed", added_as=TIDEWATER)
    assert found.entries[0].metadata["guid"] == f"{TIDEWATER}#17"
    assert found.entries[0].metadata["url"] == "https://cdn.example/17"


def test_an_id_shared_by_two_entries_is_split() -> None:
    found = rss(
        "<item><guid>same</guid><link>https://a.example/1</link><description>1</description></item>"
        "<item><guid>same</guid><link>https://a.example/2</link><description>2</description></item>"
    )
    assert [one.metadata["guid"] for one in found.entries] == [
        f"{TIDEWATER}#same",
        f"{TIDEWATER}#same#https://a.example/2",
    ]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_newer_of_two_versions_is_kept(order: tuple[int, int]) -> None:
    versions = [
        f"<item><guid>https://a.example/1</guid><pubDate>{day} Nov 2026 08:00 GMT</pubDate>"
        f"<description>Day {day}</description></item>"
        for day in (3, 4)
    ]
    assert only_entry("".join(versions[one] for one in order)).text == "Day 4"


@pytest.mark.parametrize(
    ("description", "is_excerpt"),
    [
        ("Short.", True),
        ("One.<br><br>Two.<br><br>Three.", False),
        ("One.<br><br>Two.<br><br>Three, and then …", True),
        ("word " * 400, False),
        ("word " * 400 + "[...]", True),
        ("word " * 400 + "Read more »", True),
        ("word " * 400 + "<p>Continue reading A headline</p>", True),
        ("word " * 400 + "She said he could read on.", False),
        ("word " * 400 + "<p>“Read more books,” the minister said.</p>", False),
        ("word " * 400 + "<p>Read more books, she said. They will help.</p>", False),
    ],
)
def test_what_is_an_excerpt(description: str, is_excerpt: bool) -> None:
    entry = only_entry(f"<item><description>{escape(description)}</description></item>")
    assert entry.metadata.get("excerpt", False) is is_excerpt
    assert "reading" not in entry.text


@pytest.mark.parametrize(
    ("date", "embargo", "status"),
    [
        ("2026-11-06T06:00:00+01:00", datetime(2026, 11, 6, 5, 0, tzinfo=UTC), None),
        ("2026-11-06", None, "withheld"),
    ],
)
def test_a_prism_embargo_is_read(date: str, embargo: datetime | None, status: str | None) -> None:
    entry = only_entry(
        '<item xmlns:p="http://prismstandard.org/namespaces/basic/2.0/">'
        f"<p:embargoDate>{date}</p:embargoDate><description>x</description></item>"
    )
    assert (entry.metadata.get("embargo"), entry.metadata.get("status")) == (embargo, status)


def test_entries_without_ids_are_distinguished_by_title() -> None:
    found = rss(
        "<item><title>1</title><link>https://a.example/</link></item>"
        "<item><title>2</title><link>https://a.example/</link></item>"
        "<item><title>2</title><link>https://a.example/</link></item>"
    )
    assert [one.metadata["title"] for one in found.entries] == ["1", "2"]


@pytest.mark.parametrize("written", ["windows-1252", "utf-8"])
@pytest.mark.parametrize("declared", ["klingon", "utf-8", "windows-1252", "utf-16", "iso-8859-1"])
def test_a_wrong_encoding_does_no_harm(declared: str, written: str) -> None:
    raw = (
        f'<?xml version="1.0" encoding="{declared}"?><rss><channel><title>T</title><item>'
        "<title>R & D: “é”</title><link>https://a.example/</link></item></channel></rss>"
    )
    for source in (raw, raw.replace(" & ", " &amp; ")):
        (entry,) = feed.read_feed(source.encode(written), url="").entries
        assert entry.metadata["title"] == "R & D: “é”"


def test_an_unresolvable_link_stays_as_printed() -> None:
    entry = only_entry("<item><description>x</description><link>http://[/</link></item>")
    assert entry.metadata["url"] == "http://[/"  # not an address: documents.py drops it


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(st.lists(WORDS, min_size=1), st.sampled_from(["html", "text"]))
def test_any_text_comes_out_with_its_words(words: list[str], kind: str) -> None:
    text = " ".join(words)
    content = escape(html.escape(text) if kind == "html" else text)
    raw = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://a.example/"/>'
        f'<content type="{kind}">{content}</content></entry></feed>'
    )
    found = feed.read_feed(raw.encode(), url="")
    shown = [*found.entries] or [
        ParsedArticle(text, {})
    ]  # without a link and a text it is no story
    assert re.split(r"\s+", shown[0].text) == words


NAMES = st.sampled_from(
    ["rss", "channel", "item", "title", "link", "description", "guid", "a:entry", "a:content", "p"]
)
TREES = st.recursive(
    st.text().map(escape),
    lambda inner: st.builds(
        lambda name, children: f"<{name}>{''.join(children)}</{name}>",
        NAMES,
        st.lists(inner, max_size=4),
    ),
)


@given(TREES, st.integers(min_value=0, max_value=20))
def test_any_tree_gives_articles_or_refusals(tree: str, cut: int) -> None:
    raw = f'<rss xmlns:a="http://www.w3.org/2005/Atom"><channel>{tree}</channel></rss>'
    parts_or_refusals(feed.read, raw[: len(raw) - cut].encode())


@given(st.text(st.sampled_from("<>/&;='\"! ritem")), st.sampled_from(["<rss>", "<rss><item>", ""]))
def test_any_tag_soup_gives_articles_or_refusals(soup: str, before: str) -> None:
    parts_or_refusals(feed.read, f"{before}{soup}</rss>".encode())


def test_a_zip_that_holds_a_feed_is_no_feed() -> None:
    files = {"a.rss": b"<rss version='2.0'><channel/></rss>"}
    assert not feed.recognises(zipped(files, zipfile.ZIP_STORED))
