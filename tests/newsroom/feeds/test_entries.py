"""The keys of feed entries, and their metadata on the way to their pages."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.metadata import parse_iso_date
from bot.ingest.parsed_file import ParsedArticle
from bot.model import Document
from bot.newsroom.feeds.entries import content_hash, merge_page, page_request, parsed_by_key

texts = st.text(max_size=30)
knowns = st.fixed_dictionaries(
    {}, optional={"guid": texts, "url": texts, "title": texts, "excerpt": st.booleans()}
)
parts = st.builds(
    ParsedArticle,
    text=texts,
    metadata=knowns,
    place=st.just(""),
    doubt=st.none(),
    is_fallible=st.just(False),
)


def test_entry_key_is_its_id_or_else_its_url() -> None:
    first = ParsedArticle("a", {"guid": "g", "url": "u"})
    assert (
        parsed_by_key([first]).keys()
        == parsed_by_key([ParsedArticle("b", {"guid": "g", "url": "elsewhere"})]).keys()
    )
    assert (
        parsed_by_key([ParsedArticle("a", {"url": "u"})]).keys()
        == parsed_by_key([ParsedArticle("b", {"url": "u"})]).keys()
    )
    assert list(parsed_by_key([first, ParsedArticle("older", {"guid": "g"})]).values()) == [first]
    assert len(parsed_by_key([ParsedArticle("a", {}), ParsedArticle("b", {})])) == 2


@given(parts, parts)
def test_an_entry_has_changed_when_anything_of_it_has(
    one: ParsedArticle, other: ParsedArticle
) -> None:
    assert (content_hash(one) == content_hash(other)) == (one == other)
    moved = one._replace(metadata=dict(reversed(one.metadata.items())), place="entry 7")
    assert content_hash(moved) == content_hash(one)
    assert parsed_by_key([moved]).keys() == parsed_by_key([one]).keys()


def test_feed_metadata_overrides_page_metadata() -> None:
    published = parse_iso_date("2026-11-03T06:30:00+01:00")
    about = Document(
        origin="https://post.example/feed",
        text="…",
        guid="g1",
        url="https://post.example/1",
        title="Harbour closed",
        revision=2,
        excerpt=True,
        modified_at=datetime(2026, 11, 3, 8, tzinfo=UTC),
        published=published.printed,
        published_on=published.on,
        published_at=published.at,
    )
    page = Document(
        origin="https://post.example/1",
        text="All of it.",
        title="The Post | Harbour closed",
        byline="Edda Marsh",
        published="2026-11-04",
    )
    asked = json.loads(json.dumps(page_request(about, characters=7)))
    whole = merge_page(asked, page)
    assert whole == replace(
        about, origin=page.origin, text=page.text, byline="Edda Marsh", excerpt=False
    )


def test_page_metadata_fills_gaps() -> None:
    about = Document(origin="https://post.example/feed", text="…", url="https://post.example/1")
    page = Document(origin="x", text="All of it.", title="Harbour closed", published="2026-11-04")
    whole = merge_page(page_request(about, characters=0), page)
    assert (whole.title, whole.published, whole.url) == ("Harbour closed", "2026-11-04", about.url)
