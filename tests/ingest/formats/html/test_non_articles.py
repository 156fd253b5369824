"""Pages that are no article are refused, and short articles about the same things are not."""

from __future__ import annotations

import pytest

from bot.ingest.formats.html import non_articles
from bot.ingest.formats.html.page import Page
from bot.ingest.formats.html.source import parse_page
from bot.ingest.refusal import Refusal

SHORT = "The county said on Tuesday that it had found cracks in two piers of the old bridge. " * 2


def refusal(title: str, text: str, head: str = "", body: str = "") -> str | None:
    tree = parse_page(f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>")
    try:
        non_articles.check_is_article(Page(tree), tree, text)
    except Refusal as raised:
        return raised.cause
    return None


@pytest.mark.parametrize(
    ("title", "text", "why"),
    [
        ("Just a moment...", "", "a check that you are human"),
        ("Post", "Please complete the captcha to go on.", "a check that you are human"),
        ("Page not found", SHORT, "error page"),
        ("404", SHORT, "error page"),
        ("Error 503", "", "error page"),
        ("Seite nicht gefunden", SHORT, "error page"),
        ("Log in - Post", SHORT, "login or subscription page"),
        ("Gate shut", f"{SHORT} Subscribe to continue reading.", "login or subscription page"),
        ("Are you a robot? | Post", "", "a check that you are human"),
        (
            "Post",
            "We have detected unusual traffic from your network.",
            "a check that you are human",
        ),
        ("403 Forbidden", SHORT, "error page"),
        ("Access denied | Post", SHORT, "error page"),
        ("Before you go on", "We and our 9 partners use cookies.", "a cookie notice"),
        ("Post", "We use cookies and similar means.", "a cookie notice"),
        ("Post", "Wir und unsere Partner verwenden Cookies.", "a cookie notice"),
        ("Post", "Nous et nos partenaires utilisons des cookies.", "a cookie notice"),
        ("Post", "Utilizamos cookies propias y de terceros.", "a cookie notice"),
        ("Zugriff verweigert", SHORT, "error page"),
        ("Post", "Bitte bestätigen Sie, dass Sie kein Roboter sind.", "a check that you are human"),
        ("Post", "Connectez-vous pour lire la suite.", "login or subscription page"),
        ("Post", "", "no article text"),
    ],
)
def test_notices_are_not_articles(title: str, text: str, why: str) -> None:
    assert why in (refusal(title, text) or "")


@pytest.mark.parametrize(
    "title",
    [
        "404 homes flooded at Marrow Point",
        "Boy not found after the flood",
        "Paper loses subscribers",
        "Register of interests to be published",
        "What the new law on cookies says",
        "EU tells sites how to use cookies",
        "What the new law means for your privacy",
        "Hackers could log in to bank accounts, regulator says",
        "Most pages are for subscribers now",
        "Captcha is dead, Google says",
        "Are you a robot? Labour asks the chancellor",
        "Crash causes unusual traffic on the A1",
        "Just a moment that changed the game",
        "Access denied: women barred from the pool",
        "Forbidden city reopens",
        "Error 404: how a joke began",
        "Front page was not available to all, broadcaster says",
    ],
)
def test_short_articles_about_notices_are_articles(title: str) -> None:
    assert refusal(title, SHORT * 4) is None
    assert refusal(title, SHORT) is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2026-11-03">', "<h1>Mayor quits</h1>"),
        ("", "<article><h1>Mayor quits</h1></article>"),
        ("", '<div itemtype="https://schema.org/NewsArticle"><h1>Mayor quits</h1></div>'),
    ],
)
def test_a_sentence_is_an_article_if_one_is_declared(head: str, body: str) -> None:
    body += "<script>count()</script>"
    for text in (
        "The mayor resigned on Tuesday, her office said.",
        "市长办公室周二表示,市长已经辞职。会议公开。",
    ):
        assert refusal("Post", text, head, body) is None
    for text in ("", "Share", "Please enable JavaScript to read this article."):
        assert "a script in the browser" in (refusal("Post", text, head, body) or "")
    assert "a script in the browser" in (
        refusal("Post", "Read all that the mayor said.", body="<script>") or ""
    )


def test_a_long_text_is_always_an_article() -> None:
    assert refusal("Page not found", SHORT * 20) is None


def test_a_page_of_linked_headings_is_a_front_page() -> None:
    teasers = "".join(f'<h2><a href="/{n}">Story {n}</a></h2>' for n in range(5))
    assert "a list of headlines" in (refusal("Post", SHORT, body=teasers) or "")
    assert refusal("Post", SHORT, body=f"<aside>{teasers}</aside>") is None
    assert refusal("Post", SHORT, body=f"<article><h1>Shut</h1></article>{teasers}") is None
    assert refusal("Post", SHORT, body='<h2><a href="#1">At noon</a></h2>' * 5) is None
    marked = '<div itemtype="https://schema.org/NewsArticle"></div>'
    assert refusal("Post", SHORT, body=marked + teasers) is None
    assert "a list of headlines" in (refusal("Post", SHORT, body=marked * 5 + teasers) or "")
    head = '<meta property="og:type" content="article">'
    assert refusal("Post", SHORT, head=head, body=teasers) is None


def test_a_story_among_linked_headings_is_an_article() -> None:
    teasers = "".join(f'<h3><a href="/{n}">Story {n}</a></h3>' for n in range(9))
    assert refusal("Post", SHORT * 9, body=f"<p>{SHORT}</p>" * 9 + teasers) is None
    assert refusal("Post", SHORT * 4, body=teasers + f"<p>{SHORT}</p>" * 4) is None
    several = "".join(f'<h2><a href="/{n}">Story {n}</a></h2><p>{SHORT}</p>' for n in range(20))
    assert "20 links and 680 words" in (refusal("Post", SHORT * 20, body=several) or "")


def test_a_page_of_links_is_a_list() -> None:
    links = "".join(
        f'<li><a href="/{n}">The county shut bridge {n} today</a></li>' for n in range(30)
    )
    assert "30 links and 0 words" in (refusal("Post", "", body=f"<ul>{links}</ul>") or "")
    assert refusal("Post", SHORT * 2, body=f"<ul>{links}</ul><p>{SHORT * 2}</p>") is None


def test_a_refusal_quotes_what_was_seen() -> None:
    assert "“Page not found”" in (refusal("Page not found | Post", SHORT) or "")
    assert "“Log in”" in (refusal("Log in - Post", SHORT) or "")


def test_a_long_consent_page_is_no_article() -> None:
    text = "We and our partners store personal data and cookies with your consent. " * 30
    assert "a cookie notice" in (refusal("We value your privacy", text) or "")
    assert refusal("Minister resigns", text) is None
