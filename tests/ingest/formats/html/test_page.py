"""What a page states of its article, in all the ways in which pages state it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ingest.formats import html
from bot.ingest.formats.html.page import Page
from bot.ingest.formats.html.source import parse_page
from tests.soak import examples

PROSE = "<p>The county shut the gate on Tuesday because divers had found cracks in its wall.</p>"


def known(head: str = "", body: str = "", *, attributes: str = "") -> dict[str, Any]:
    source = f"<html {attributes}><head>{head}</head><body>{body}</body></html>"
    return dict(Page(parse_page(source)).metadata())


def linked(*blocks: Any) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(block)}</script>' for block in blocks
    )


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("Edda Marsh", "Edda Marsh"),
        ("By Edda Marsh", "Edda Marsh"),
        ({"@type": "Person", "name": "Edda Marsh"}, "Edda Marsh"),
        ([{"name": "Edda Marsh"}, "Tomas Rell", {"name": "Edda Marsh"}], "Edda Marsh, Tomas Rell"),
        ({"name": ["Edda Marsh"]}, "Edda Marsh"),
        ({"name": "Ros&eacute; Marsh &amp; Tomas Rell"}, "Rosé Marsh, Tomas Rell"),
        ({"@type": "Organization", "name": "Edda Marsh"}, None),
        ("Edda Marsh, Political Editor", "Edda Marsh"),
        ("Edda Marsh (edda@post.example)", "Edda Marsh"),
        ("Staff", None),
        ("Associated Press", None),
        ("https://social.example/edda", None),
        ({"@type": "Person"}, None),
        (17, None),
        ([[]], None),
    ],
)
def test_byline_of_linked_data(author: Any, byline: str | None) -> None:
    head = linked({"@type": "NewsArticle", "author": author})
    assert known(head).get("byline") == byline


@pytest.mark.parametrize(
    ("body", "byline"),
    [
        ('<p class="byline">By Edda Marsh</p>', "Edda Marsh"),
        ('<a rel="author" href="/e">Edda Marsh</a>', "Edda Marsh"),
        ('<span itemprop="author">Edda Marsh</span>', "Edda Marsh"),
        (f'<div class="byline">{"long " * 60}</div>', None),
        ('<p>By <a href="/author/edda.html">edda7</a></p>', "edda7"),
        ('<span class="post-author">Edda Marsh</span>', "Edda Marsh"),
        ('<div class="byline">By <span class=fn>Edda deMarsh</span>, 3 Nov</div>', "Edda deMarsh"),
        ('<span class="author">Newsroom</span>', None),
        ('<div id="comments"><a rel="author" href="/r">Tomas Rell</a></div>', None),
    ],
)
def test_byline_of_the_body(body: str, byline: str | None) -> None:
    assert known(body=body).get("byline") == byline


def test_linked_data_uses_the_article_with_the_pages_title() -> None:
    others = [{"@type": "NewsArticle", "headline": f"Other {n}", "author": "X"} for n in range(3)]
    own = {
        "@type": "http://schema.org/ReportageNewsArticle",
        "headline": "Own",
        "author": "Edda Roe",
    }
    assert known(linked([*others, own]), "<h1>Own</h1>")["byline"] == "Edda Roe"
    assert "byline" not in known(linked(others), "<h1>None of them</h1>")


def test_invalid_json_ld_blocks_are_skipped() -> None:
    broken = '<script type="application/ld+json">{"@type": oops</script>'
    next_one = (
        '<script type="application/ld+json">{"@type": "Article", "headline": "Two\nlines"}</script>'
    )
    assert known(broken + next_one)["title"] == "Two lines"


@pytest.mark.parametrize(
    ("body", "byline"),
    [
        ("<h1>Gate shut</h1><p>By Edda Marsh, Political Editor</p>", "Edda Marsh"),
        (
            "<h1>A</h1><div class='byline'><a rel='author'>Edda Marsh</a><span>3 Nov 2026</span>"
            "<a rel='author'>Tomas Rell</a></div>",
            "Edda Marsh, Tomas Rell",
        ),
    ],
)
def test_a_byline_is_read_near_the_headline(body: str, byline: str | None) -> None:
    assert known(body=body).get("byline") == byline


def test_the_bylines_of_other_headlines_are_left_out() -> None:
    teaser = "<div><h3>Other</h3><p><span class='byline'>By Tomas Rell</span></p></div>"
    body = f"<h1>Gate shut</h1><div><p class='byline'>By Edda Marsh</p></div>{teaser * 3}"
    assert known(body=body)["byline"] == "Edda Marsh"


def test_the_outlets_name_is_not_a_byline() -> None:
    named = {"@type": "NewsArticle", "author": "Post", "publisher": {"name": "Post"}}
    assert "byline" not in known(linked(named))


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ('<meta property="og:site_name" content="Coast Post">', "Coast Post"),
        ('<meta property="og:site_name" content="post.example">', "post.example"),
        ("<title>Gate shut | Coast Post</title>", None),
        ("", None),
    ],
)
def test_the_outlet_is_what_the_page_states(head: str, outlet: str | None) -> None:
    assert known(head, "<h1>Gate shut</h1>").get("outlet") == outlet


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ('<title>T | Post</title><meta property="og:title" content="OG">', "<h1>H</h1>", "OG"),
        ("<title>The gate is shut | Post</title>", "<h1>Opinion</h1>", "The gate is shut"),
        ("<title>Gate | shut | Post</title>", "", "Gate | shut"),
        (
            '<title>Gate - shut</title><meta property="og:site_name" content="Post">',
            "",
            "Gate - shut",
        ),
        ("<title>Post</title>", "", "Post"),
        ("<title>Gate shut - Post</title>", "<h1>Post</h1><h2>Gate shut</h2>", "Gate shut"),
        ("<title>The gate is shut</title>", "<h2>Most read</h2>", "The gate is shut"),
        ("<title>Upgrade</title>", "<h2>Settings</h2>", "Upgrade"),
        (
            "<title>Post - Gate shut</title>",
            "<h1><a href=/>Post</a></h1><h2>Gate shut</h2>",
            "Gate shut",
        ),
        (
            "<title>Gate shut - Coast Post</title>",
            "<h1>Coast Post</h1><h1>Gate shut</h1>",
            "Gate shut",
        ),
        ("<title>Gate manual: 4.2 Shutting</title>", "<h2>4.2 Shutting</h2>", "4.2 Shutting"),
        ("<title>Shutting (Gate manual)</title>", "<h3>4.2 Shutting</h3>", "4.2 Shutting"),
    ],
)
def test_title(head: str, body: str, title: str) -> None:
    assert known(head, body)["title"] == title


@pytest.mark.parametrize(
    ("head", "body", "printed"),
    [
        ('<meta itemprop="datePublished" content="2026-11-03">', "", "2026-11-03"),
        (
            '<meta name="pubdate" content="Tue, 03 Nov 2026 08:30:00 +0100">',
            "",
            "2026-11-03T08:30:00+01:00",
        ),
        ("", '<time datetime="2026-11-03T08:30Z">Tuesday</time>', "2026-11-03T08:30:00+00:00"),
        (
            "",
            '<time datetime="2026-11-04">b</time><time pubdate datetime="2026-11-03">a</time>',
            "2026-11-03",
        ),
        ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', "", None),
        ("", '<p class="news-date">Published: Tuesday, 3rd November 2026</p>', "2026-11-03"),
        ('<meta name="date" content="yesterday">', "© 2026 Post, 3 November 2026", None),
        ("", "<h1>A</h1><p>Edda Marsh in Kettle on 3 November 2026</p>", "2026-11-03"),
        ("", "<h1>A</h1><div class=date>Last updated <i>2026-11-04</i></div>", None),
        (
            "",
            f"<h1>A</h1>{PROSE * 9}<pre>2026-11-03</pre>",
            None,
        ),
        (
            "",
            "<h1>A</h1><p>Updated <time datetime='2026-11-04'>4 Nov</time></p>"
            "<p>Published <time datetime='2026-11-03'>3 Nov</time></p>",
            "2026-11-03",
        ),
    ],
)
def test_a_date_is_taken_only_where_it_is_stated(head: str, body: str, printed: str | None) -> None:
    published = known(head, body).get("published")
    assert (published and published.printed) == printed


@pytest.mark.parametrize(
    "line",
    [
        "3 November 2026",
        "Published on 3 November 2026, updated 5 November 2026",
        "By Edda Marsh | Tuesday, 3 November 2026",
    ],
)
def test_a_printed_day_is_read_above_the_story(line: str) -> None:
    source = f"<html><article><h1>Gate shut</h1><div>{line}</div>{PROSE * 4}</article></html>"
    (found,) = html.read(source.encode())
    assert found.metadata["published"].printed == "2026-11-03"
    assert found.text.startswith("The county shut")


def test_what_is_stated_counts_in_the_order_of_the_table() -> None:
    article = {"@type": "NewsArticle", "headline": "Gate is shut", "author": "Edda Marsh"}
    head = (
        '<meta property="og:title" content="Shut gate"><meta name="author" content="Tom Rell">'
        '<meta property="article:published_time" content="2026-11-03">'
        '<meta name="dc.title" content="Other"><meta name="pubdate" content="2026-11-01">'
    )
    assert known(head)["title"] == "Shut gate"
    assert known(head)["byline"] == "Tom Rell"
    assert known(head)["published"].printed == "2026-11-03"
    assert known(linked(article) + head)["title"] == "Gate is shut"
    assert known(linked(article) + head)["byline"] == "Edda Marsh"


@pytest.mark.parametrize(
    ("canonical", "own", "url"),
    [
        ("https://a.example/x", "", "https://a.example/x"),
        ("https://a.example/x", "https://www.a.example/x?y", "https://a.example/x"),
        ("https://a.example/", "", None),
        ("/x", "https://a.example/x", "https://a.example/x"),
        # Mobile and AMP pages lead to the canonical one.
        ("https://www.a.example/x", "https://m.a.example/x", "https://www.a.example/x"),
        ("https://a.example/x", "https://amp.a.example/x", "https://a.example/x"),
        ("javascript:alert(1)", "", None),
        ("http://[", "", None),
    ],
)
def test_url(canonical: str, own: str, url: str | None) -> None:
    head = f'<link rel="canonical" href="{canonical}"><meta property="og:url" content="{own}">'
    assert known(head).get("url") == url


@pytest.mark.parametrize(
    ("head", "attributes", "language"),
    [
        (linked({"@type": "Article", "inLanguage": "de-AT"}), 'lang="en"', "de-AT"),
        ("", 'lang="pt-BR"', "pt-BR"),
        ('<meta property="og:locale" content="en_GB">', "", "en_GB"),
        ("", 'lang="english"', None),
    ],
)
def test_language(head: str, attributes: str, language: str | None) -> None:
    assert known(head, attributes=attributes).get("language") == language


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "@graph", "author", "name", "url", "mainEntityOfPage", "headline"]
            ),
            inner | st.just("NewsArticle"),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=examples(150))
@given(block=JSON)
def test_any_linked_data_is_read_or_passed_over(block: Any) -> None:
    page = Page(parse_page(f"<html><head>{linked(block)}</head></html>"))
    assert all(isinstance(value, str) and value for value in page.metadata().values())


def test_linked_data_inside_itself_ends() -> None:
    deep: Any = {"@type": "NewsArticle", "headline": "Deep"}
    for _ in range(400):
        deep = {"@graph": [deep]}
    assert known(linked(deep))["title"] == "Deep"


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{'a' * 1_000_000}</p>",
        f"{'<div class=date>' * 100}{'<time datetime=2026-11-03>3 Nov</time>' * 4_000}",
        f"{'<div class=date>' * 100}{'<span data-date=2026-11-03>3 Nov</span>' * 4_000}",
    ],
    ids=["one endless word", "thousands of times in nested dates", "the same as attributes"],
)
def test_hostile_lines_below_a_headline_are_soon_read(body: str) -> None:
    tree = parse_page(f"<h1>Bridge shut until spring</h1><p>By Edda Marsh</p>{body}")
    assert Page(tree).metadata()["byline"] == "Edda Marsh"
