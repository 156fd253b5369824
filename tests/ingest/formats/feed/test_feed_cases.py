"""One story, written in every way that feeds write one, gives one article."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.formats import feed
from bot.ingest.parsed_file import ParsedArticle
from tests.ingest.formats.feed.broken_feeds import BROKEN
from tests.ingest.formats.feed.story_feeds import (
    ATOM_03,
    ATOM_NAMESPACE,
    BODY,
    FORMS,
    URL,
    Case,
    Story,
    atom,
    rdf,
    rss,
)
from tests.ingest.formats.feed.well_formed_feeds import WELL_FORMED
from tests.ingest.formats.wire_samples import parts_or_refusals, printed

CASES = [*FORMS, *WELL_FORMED, *BROKEN]


def story_of(article: ParsedArticle) -> Story:
    title, url, byline, guid = (
        str(article.metadata.get(key, "")) for key in ("title", "url", "byline", "guid")
    )
    return Story(title, article.text, url, printed(article) or "", byline, guid)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_a_feed_gives_its_story(case: Case) -> None:
    found = feed.read_feed(case.raw, url=URL)
    assert [story_of(one) for one in found.entries] == [case.story]
    assert found.refusals == ()
    assert feed.recognises(case.raw[:8192])


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case.what)
@pytest.mark.parametrize("part", range(1, 12))
def test_a_cut_off_feed_never_gives_half_a_story(case: Case, part: int) -> None:
    cut = case.raw[: len(case.raw) * part // 12]
    for found in parts_or_refusals(feed.read, cut):
        if isinstance(found, ParsedArticle):
            assert (found.metadata["title"], found.text) == (case.story.title, case.story.text)


NAMES = st.sampled_from(
    [
        *("title", "link", "guid", "id", "description", "summary", "content", "content:encoded"),
        *("pubDate", "published", "updated", "author", "name", "dc:creator", "dc:date", "source"),
        *("media:group", "media:description", "media:content", "category", "item", "entry"),
        *("nowhere:text", "p", "br", "b"),
    ]
)
TEXTS = st.sampled_from(
    [
        BODY,
        "Quay",
        "https://tidewater.example/quay",
        "3 Nov 2026",
        "Rk9P",
        "&",
        "<",
        "&nbsp;",
        "&#xd8zz;&#xdc00;",
    ]
) | st.text(max_size=30).map(escape)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["type", "mode", "rel", "href", "src", "isPermaLink", "xml:base", "xml:lang"]),
    st.sampled_from(["html", "xhtml", "base64", "escaped", "image/png", "self", "//[", "/quay"]),
    max_size=2,
)
ELEMENTS = st.recursive(
    TEXTS,
    lambda inner: st.builds(
        lambda name, attributes, children: (
            f"<{name}{''.join(f' {key}={quoteattr(value)}' for key, value in attributes.items())}>"
            f"{''.join(children)}</{name}>"
        ),
        NAMES,
        ATTRIBUTES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)
WIRES = st.sampled_from(
    [
        rss,
        lambda item: rss(item, declared=""),
        lambda item: rdf(item, "http://purl.org/rss/1.0/"),
        atom,
        lambda item: atom(item, attributes=ATOM_03),
        lambda item: atom(item, attributes=f'{ATOM_NAMESPACE} xml:base="http://["'),
    ]
)
CUTS = st.tuples(st.integers(0, 900), st.integers(0, 30), st.sampled_from(["", "<", '"', "]]>"]))


@given(WIRES, st.lists(ELEMENTS, max_size=6).map("".join), st.lists(CUTS, max_size=3))
def test_any_feed_gives_articles_or_refusals(
    wire: object, item: str, cuts: list[tuple[int, int, str]]
) -> None:
    assert callable(wire)
    raw = wire(item.encode("utf-8", "replace").decode())
    for start, length, other in cuts:
        raw = raw[:start] + other.encode() + raw[start + length :]
    assert parts_or_refusals(feed.read, raw)
