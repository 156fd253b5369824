"""What stands beside an article is known by its structure where no class names it."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, document_fromstring

from bot.ingest.formats.html.story import boxes

BODY = (
    "<p>The bridge stays shut until spring, the county said on Tuesday after divers had found"
    " cracks in two of its piers, which carry more lorries than they were built for.</p>"
)
TITLE = "Bridge shut until spring"


def left(markup: str) -> str:
    story = f"<div><h1>{TITLE}</h1>{BODY * 8}"
    markup = markup.replace("STORY", f"{story}</div>").replace("START", story)
    tree: HtmlElement = document_fromstring(f"<html><body>{markup}</body></html>")
    boxes.remove_boxes(tree, TITLE)
    return " ".join(tree.text_content().split())


def cards(form: str, count: int = 4) -> str:
    return "".join(form.format(number) for number in range(count))


@pytest.mark.parametrize(
    "markup",
    [
        # cards: a title and a short text, at least three times
        "STORY<div>" + cards("<div><b>LEFT OUT number {}</b><p>Short text.</p></div>") + "</div>",
        "STORY<ul>" + cards("<li><a href='/'>A story LEFT OUT, number {}</a> Text.</li>") + "</ul>",
        "STORY<p>" + cards("<div><b>A story LEFT OUT, number {}</b><br>Text.</div>"),
        # boxes below a label
        "STORY<div><div>More from Politics</div><p>LEFT OUT</p></div>",
        "STORY<div><span>Mehr zum Thema</span><p>LEFT OUT</p></div>",
        f"STORY<section><h3>12 comments</h3><p>LEFT OUT</p>{BODY * 5}</section>",
        # outside of the story, or beside it in short lines
        f"<div><p>LEFT OUT</p>{BODY * 3}</div>STORY",
        "<div>STORY<div class='side'>" + "<p>LEFT OUT</p>" * 3 + "</div></div>",
    ],
)
def test_what_stands_beside_the_story_is_left_out(markup: str) -> None:
    text = left(markup)
    assert "LEFT OUT" not in text
    assert text.count("The bridge stays shut") == 8


@pytest.mark.parametrize(
    "markup",
    [
        # two are no group
        "START" + cards("<div><b>It STAYS, number {}</b><p>Short.</p></div>", 2) + "</div>",
        # the posts of a live blog
        "START" + cards("<div><i>14:0{}</i><b>It STAYS</b><p>Short.</p></div>") + "</div>",
        # the items of an article
        "START<ol>" + cards("<li><strong>It STAYS.</strong> Item {}.</li>") + "</ol></div>",
        "START<p>More from the county said it STAYS, in a statement of some length.</p></div>",
        "START<table>" + "<tr><td>It STAYS</td><td>41</td></tr>" * 4 + "</table></div>",
    ],
)
def test_what_belongs_to_the_story_stays(markup: str) -> None:
    assert "STAYS" in left(markup)


def test_a_page_of_cards_is_left_alone() -> None:
    posts = cards(f"<div><h3>Post {{}}</h3>{BODY}</div>", 6)
    tree: HtmlElement = document_fromstring(f"<html><body><h1>Blog</h1>{posts}</body></html>")
    boxes.remove_boxes(tree, "Blog")
    assert tree.text_content().count("The bridge stays shut") == 6
