"""Pages that are no article are refused, and short articles about the same things are not."""

from __future__ import annotations

import pytest

from bot.ingest import html, no_article
from bot.ingest.page_metadata import Page
from bot.ingest.refusal import Refusal

SHORT = "The county said on Tuesday that it had found cracks in two piers of the old bridge. " * 2


def refusal(title: str, text: str, head: str = "", body: str = "") -> str | None:
    tree = html.parse(f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>")
    try:
        no_article.refuse(Page(tree), tree, text)
    except Refusal as raised:
        return raised.cause
    return None


@pytest.mark.parametrize(
    ("title", "text", "why"),
    [
        ("Just a moment...", "", "whether a person is there"),
        ("Post", "Please complete the captcha to go on.", "whether a person is there"),
        ("Page not found", SHORT, "error page"),
        ("404", SHORT, "error page"),
        ("Error 503", "", "error page"),
        ("Seite nicht gefunden", SHORT, "error page"),
        ("Log in - Post", SHORT, "log in or subscribe"),
        ("Gate shut", f"{SHORT} Subscribe to continue reading.", "log in or subscribe"),
        ("Post", "We use cookies and similar means.", "consent to cookies"),
        ("Post", "", "no article's text"),
    ],
)
def test_notices(title: str, text: str, why: str) -> None:
    assert why in (refusal(title, text) or "")


@pytest.mark.parametrize(
    "title",
    [
        "404 homes flooded at Marrow Point",
        "Boy not found after the flood",
        "Paper loses subscribers",
        "Register of interests to be published",
        "What the new law on cookies says",
    ],
)
def test_short_articles_about_such_things_are_articles(title: str) -> None:
    assert refusal(title, SHORT * 4) is None
    assert refusal(title, SHORT) is None


def test_a_long_text_is_an_article_whatever_its_title() -> None:
    assert refusal("Page not found", SHORT * 20) is None


def test_linked_headings_make_a_front_page_unless_it_says_that_it_is_an_article() -> None:
    teasers = "".join(f'<h2><a href="/{n}">Story {n}</a></h2>' for n in range(5))
    assert "front page" in (refusal("Post", SHORT, body=teasers) or "")
    assert refusal("Post", SHORT, body=f"<aside>{teasers}</aside>") is None
    head = '<meta property="og:type" content="article">'
    assert refusal("Post", SHORT, head=head, body=teasers) is None
