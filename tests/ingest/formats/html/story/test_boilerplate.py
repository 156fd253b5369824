"""What stands on a page beside the article, and what only looks as if it did."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, document_fromstring

from bot.ingest.formats.html.story import boilerplate

BODY = "<p>The bridge stays shut until spring, the county said after divers had found cracks.</p>"


def left(markup: str, paid: frozenset[str] = frozenset()) -> str:
    tree: HtmlElement = document_fromstring(f"<html><body>{markup}{BODY * 6}</body></html>")
    boilerplate.remove_boilerplate(tree, paid)
    boilerplate.remove_links(tree)
    boilerplate.mark_main_article(tree)
    return " ".join(tree.text_content().split())


@pytest.mark.parametrize(
    "markup",
    [
        "<div><p>LEFT OUT in your inbox.</p><input type='email'></div>",
        "<blockquote class='pullquote'>LEFT OUT</blockquote>",
        "<p>Sign up for LEFT OUT. <a href='/s'>Click here.</a></p>",
        "<p>Contact LEFT OUT at <a href='mailto:e@a.example'>e@a.example</a>.</p>",
        "<p>Do you know LEFT OUT? Write to news@a.example.</p>",
        "<p>Follow LEFT OUT on X @edda.</p>",
        "<p>Our LEFT OUT: <a href='/p'>The principles</a>.</p>",
        "<p>LEFT OUT:</p><ul><li><a href='/1'>One</a></li><li><a href='/2'>Two</a></li></ul>",
        "<h2>LEFT OUT</h2><ul><li><a href='#1'>18:42 One</a></li></ul>",
        "<p>LEFT OUT</p><h1>Bridge shut</h1>",
        "<article><a href='/1'><h3>LEFT OUT</h3></a></article>",
        "<div class='paywall'>LEFT OUT</div>",
        "<div class='StoryBody__ShareBar'>LEFT OUT</div>",
        "<div class='teaser'>LEFT OUT <a href='/1'>Read</a></div>",
        "<a href='/1'><div class='teaser'>LEFT OUT</div></a>",
        f"<section class='comments'><p>LEFT OUT</p>{BODY * 30}</section>",
        "<figure><img><figcaption>LEFT OUT</figcaption></figure>",
        "<span class='sr-only'>LEFT OUT</span>",
    ],
)
def test_page_furniture_is_left_out(markup: str) -> None:
    assert "LEFT OUT" not in left(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<form><p>It STAYS.</p><input type='hidden' name='state'></form>",
        f"<form>{BODY * 9}<p>It STAYS.</p><input type='email'></form>",
        "<p>Contact with the ship STAYS <a href='/l'>lost</a>, the coastguard said.</p>",
        "<p>Have you <a href='/r'>seen what STAYS</a>?</p>",
        "<p>Residents can write to plans@a.example; it STAYS, the county said.</p>",
        "<p>It STAYS:</p><ul><li>no more lorries</li></ul>",
        "<p>It STAYS above the headline as it is longer than any label is.</p><h1>Bridge</h1>",
        "<article><h3><a href='/1'>Update</a></h3><p>It STAYS, said the county.</p></article>",
        "<p class='teaser'>It STAYS above the story.</p>",
        "<div class='has-newsletter no-comments'>It STAYS.</div>",
        f"<div class='paywall'>{BODY * 6}It STAYS.</div>",
        f"<div class='rest' style='display:none'>{BODY * 6}It STAYS until a button shows it.</div>",
        f"<aside>{BODY * 20}It STAYS.</aside>",
        "<h2><a href='#b'>What STAYS</a></h2>",
        "<figure class='wp-block-table'><table><tr><td>It STAYS</td></tr></table></figure>",
    ],
)
def test_article_text_that_resembles_furniture_stays(markup: str) -> None:
    assert "STAYS" in left(markup)


def test_subscriber_content_is_never_boilerplate() -> None:
    assert "STAYS" in left("<div class='paywall'>It STAYS</div>", frozenset({"paywall"}))


@pytest.mark.parametrize(
    ("markup", "own"),
    [
        # The updates of a live blog are parts of one.
        ("<h1>Live</h1>" + f"<article>{BODY * 3}</article>" * 4, []),
        (f"<article class='card'>{BODY}</article><article id='own'><h1>A</h1></article>", ["own"]),
        (f"<h1>A</h1><article>{BODY}</article><article id='own'>{BODY * 9}</article>", ["own"]),
        (f"<article id='own'><h1>A</h1><article>{BODY}</article></article>", ["own"]),
    ],
)
def test_the_pages_own_article_is_found(markup: str, own: list[str]) -> None:
    tree: HtmlElement = document_fromstring(f"<html><body>{markup}</body></html>")
    boilerplate.mark_main_article(tree)
    assert [article.get("id") for article in tree.iter("article")] == own
