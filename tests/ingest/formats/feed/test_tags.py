"""Tags that are not well-formed: each element ends where a reader would end it."""

from __future__ import annotations

from xml.etree.ElementTree import Element, canonicalize, tostring
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.formats import xml
from bot.ingest.formats.feed.tags import balance, clean_start_tag


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<a>1<b>2</a>", "<a>1<b>2</b></a>"),
        ("<a><b>1</a>2</b>", "<a><b>1</b></a>2"),
        ("<a>1</b></a>", "<a>1</a>"),
        ("<a>1<br>2<IMG src=x>3</a>", '<a>1<br/>2<IMG src="x"/>3</a>'),
        ("<a><p>1<p>2</a>", "<a><p>1</p><p>2</p></a>"),
        ("<a>1 < 2 <3</a>", "<a>1 &lt; 2 &lt;3</a>"),
        ("<a b='1' b=2 c>3</A>", '<a b="1">3</a>'),
        ('<a b="1>2">3</a>', '<a b="1>2">3</a>'),
        ('<a b="1>3</a>', "<a>3</a>"),
        ("<a>1]]>2</a>", "<a>1]]&gt;2</a>"),
        ("<item><title>1<link>2</link></item>", "<item><title>1</title><link>2</link></item>"),
        (
            "<item><description>1<link>2<guid>3</guid></item>",
            "<item><description>1<link>2</link></description><guid>3</guid></item>",
        ),
        (
            "<entry><author><name>1</name><id>2</id></author></entry>",
            "<entry><author><name>1</name><id>2</id></author></entry>",
        ),
    ],
)
def test_tags_are_closed_and_quoted(source: str, expected: str) -> None:
    assert balance(source).xml == expected


def test_what_is_open_at_the_end_is_named() -> None:
    assert balance("<item><b>1</b>").unclosed == ("item",)
    assert balance("<item><b>1").unclosed == ("item", "b")


def test_depth_is_limited() -> None:
    xml.parse(balance("<a>" + "<b>" * 100_000 + "</b>" * 100_000).xml)


def test_a_start_tag_is_cleaned() -> None:
    assert clean_start_tag("<rss version=2.0 version='2.0' x:y>") == '<rss version="2.0">'


TREES = st.recursive(
    st.text(st.characters(exclude_categories=["C"])).map(escape),
    lambda inner: st.builds(
        lambda name, children: f"<{name}>{''.join(children)}</{name}>",
        st.sampled_from(["a", "b", "x:c", "item", "link", "B"]),
        st.lists(inner, max_size=4),
    ),
)


@given(TREES)
def test_well_formed_xml_stays_the_same(tree: str) -> None:
    source = f'<r xmlns:x="x">{tree}</r>'
    assert canonicalize(balance(source).xml) == canonicalize(source)


@given(st.text(st.sampled_from("<>/=\"' ab:]"), max_size=40))
def test_any_tags_become_well_formed(soup: str) -> None:
    root: Element = xml.parse(f'<r xmlns:a="a" xmlns:b="b">{balance(soup).xml}</r>')
    assert tostring(root)
