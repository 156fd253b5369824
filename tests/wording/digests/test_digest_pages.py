"""A digest as Markdown, text, HTML and Atom: all of it there, and nothing in it becomes markup."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from bot.model import CurrentClaim, Digest, DigestRow, DigestSection, Gone, Hit
from bot.wording.digests.digest_head import head_sentences
from bot.wording.digests.digest_pages import ATOM, FORMATS, to_atom, to_html, to_markdown, to_text
from tests.samples import card, claim, denied_by, digest, hit, hits, row
from tests.soak import examples


class Reader(HTMLParser):
    """Reads a page's tags and what it shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.shown = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.shown += data


def a_day(shown: Hit) -> Digest:
    gone = CurrentClaim(gone=Gone(reason="withdrawn", on=digest().day, outlet="The Post"))
    denies = {"speaker": "Jon Lund", "source": "Jon Lund", "cue": "denied", "stance": "denied"}
    denial = hit(claim(id="d", text="the quay wall stood still", **denies), card(id="a2"))
    first = DigestSection(kind="disputed", rows=(row(shown, disputes=denied_by(denial)),))
    last = DigestSection(kind="changes", rows=(DigestRow(claim_id="g", current=gone),))
    return digest(sections=(first, last), claims=41, articles=17, omitted_count=39)


def test_each_has_heading_sections_rows_and_the_rest() -> None:
    made = a_day(hit(article=card(url="https://example.org/a?b=1&c=2")))
    for words in (
        "Tuesday 24 November: 41 claims in 17 articles",
        "Disputed, unclear which came first · Ida Marsh said",
        "the quay wall had moved",
        "the quay wall stood still",
        "Jon Lund denied",
        "This claim was withdrawn by The Post on 24 Nov 2026",
        "and 39 more, not shown",
    ):
        assert words in to_text(made)
        assert words in Reader(to_html(made)).shown
        assert words in to_markdown(made).replace("**", "")
    assert Reader(to_html(made)).links == ["https://example.org/a?b=1&c=2"]
    assert "[The Tidewater Post](<https://example.org/a?b=1&c=2>)" in to_markdown(made)
    assert "**Ida Marsh** said" in to_markdown(made)


def test_an_atom_feed_has_the_digest_as_its_entry() -> None:
    feed = ElementTree.fromstring(to_atom(a_day(hit())).encode())
    ns = {"a": ATOM}
    assert feed.findtext("a:entry/a:title", namespaces=ns) == (
        "Tuesday 24 November: 41 claims in 17 articles"
    )
    assert feed.findtext("a:entry/a:updated", namespaces=ns) == "2026-11-24T08:30:00+00:00"
    content = feed.findtext("a:entry/a:content", namespaces=ns) or ""
    assert "the quay wall had moved" in Reader(content).shown


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_each_has_its_dates_in_the_digests_language(form: str) -> None:
    made = FORMATS[form](replace(a_day(hit()), language="fr"))
    made = made.replace("\\", "")
    assert "mardi 24 novembre 2026: 41 claims in 17 articles" in made
    assert "3 nov. 2026" in made
    assert "withdrawn by The Post on 24 nov. 2026" in made
    assert "Nov 2026" not in made


@settings(max_examples=examples(40))
@given(hits())
def test_article_text_never_becomes_markup(found: Hit) -> None:
    made = a_day(found)
    plain = a_day(hit())
    read, usual = Reader(to_html(made)), Reader(to_html(plain))
    assert set(read.tags) <= {*usual.tags, "a", "b", "br"}
    assert all(link.startswith(("http://", "https://")) for link in read.links)
    paragraphs = [
        len(to_markdown(one).split("\n\n")) - len(head_sentences(one)) for one in (made, plain)
    ]
    assert paragraphs[0] == paragraphs[1]
    ElementTree.fromstring(to_atom(made).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_each_format_shows_a_quiet_day(form: str) -> None:
    made = FORMATS[form](digest(sections=(), claims=0, articles=0, feeds=12))
    assert "No new claims since yesterday at 08:30" in made.replace("\\", "")
    assert "m reading 12 feeds" in made


def test_markdown_of_an_article_is_shown_as_it_is() -> None:
    made = to_markdown(a_day(hit(claim(text="# *Not* [a](link) <b>\n\n- list"))))
    assert r"\# \*Not\* \[a\]\(link\) \<b\> \- list" in made
