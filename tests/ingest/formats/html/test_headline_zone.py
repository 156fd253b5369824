"""Bylines around a headline and below the story, beside names that are not the author's."""

from __future__ import annotations

import pytest

from bot.ingest.formats.html.page import Page
from bot.ingest.formats.html.source import parse_page

STORY = (
    "<p>The county shut the gate on Tuesday, as asked by divers who saw cracks in its wall.</p>" * 5
)


def byline(below_headline: str = "", *, above: str = "", below_story: str = "") -> str | None:
    title = "<h1>County shuts the old gate to lorries</h1>"
    body = f"{above}<main>{title}{below_headline}<div>{STORY}</div>{below_story}</main>"
    return Page(parse_page(f"<html><body>{body}</body></html>")).metadata().get("byline")


@pytest.mark.parametrize(
    "body",
    [
        "<figure><figcaption>Rolf Adler at the gate</figcaption></figure><p>Edda Marsh</p>",
        "<blockquote>“It leaks.”<p>Rolf Adler</p></blockquote><p>Edda Marsh</p>",
        "<ul><li><a href=/tags/adler>Rolf Adler</a></li></ul><p>Edda Marsh</p>",
        "<p>Rolf Adler at the gate / Ines Falk</p><p>Edda Marsh</p>",
        "<p>Ines Falk/Getty Images</p><p>Edda Marsh</p>",
        "<p>A plan backed by Rolf Adler</p><p>Edda Marsh</p>",
        "<p>Updated by Ines Falk, 5 November 2026</p><p>By Edda Marsh</p>",
        "<p>Read by Ines Falk</p><p>Edda Marsh</p>",
        "<dl><dt>Photos</dt><dd>Ines Falk</dd><dt>Text</dt><dd>Edda Marsh</dd></dl>",
        "<p>Edda Marsh</p><p>Reporter</p><p>Ines Falk</p><p>Photographer</p>",
        "<p>3 Nov 2026 — Edda Marsh</p>",
        "<p>Wainscote, 3 November 2026 – Edda Marsh</p>",
        "<p>Wainscote. Edda Marsh</p>",
    ],
)
def test_other_names_near_the_headline_are_not_the_authors(body: str) -> None:
    assert byline(body) == "Edda Marsh"


@pytest.mark.parametrize(
    "above", ["<nav><a>Rolf Adler</a></nav>", "<p>Our columnists</p><p>Rolf Adler</p>"]
)
def test_names_above_the_headline_do_not_join_those_below(above: str) -> None:
    assert byline("<p>Edda Marsh</p>", above=above) == "Edda Marsh"


@pytest.mark.parametrize(
    ("below", "author"),
    [
        ("<p>Edda Marsh is the harbour correspondent of The Post.</p>", "Edda Marsh"),
        ("<h4>About the author</h4><p>Edda Marsh</p>", "Edda Marsh"),
        ("<p>— Edda Marsh</p>", "Edda Marsh"),
        ("<p>By Edda Marsh</p>", "Edda Marsh"),
        ("<h3>More</h3><p>Ferry late again</p><p>By Tomas Rell</p>", None),
    ],
)
def test_an_author_below_the_story_is_read(below: str, author: str | None) -> None:
    assert byline(below_story=below) == author
