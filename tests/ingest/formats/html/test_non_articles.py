"""Pages that are no article are refused or doubted, short articles about the same are not."""

from __future__ import annotations

import pytest

from bot.ingest.formats import html
from bot.ingest.refusal import Refusal

SHORT = "The county said on Tuesday that it had found cracks in two piers of the old bridge. " * 2


def refusal(title: str, text: str, head: str = "", body: str = "") -> str | None:
    story = "".join(f"<p>{line}{n or ''}</p>" for n, line in enumerate(text.split("\n")))
    source = f"<html><head><title>{title}</title>{head}</head><body>{story}{body}</body></html>"
    try:
        (read,) = html.read(source.encode())
    except Refusal as raised:
        return raised.cause
    return read.doubt


@pytest.mark.parametrize(
    ("title", "text", "why"),
    [
        ("Just a moment...", "", "a check that you are human"),
        ("Post", "Please complete the captcha to go on.", "a check that you are human"),
        ("Post", "We have detected unusual traffic from your network.", "you are human"),
        ("Page not found", SHORT, "error page"),
        ("404", SHORT, "error page"),
        ("Error 503", "", "error page"),
        ("403 Forbidden", SHORT, "error page"),
        ("Access denied | Post", SHORT, "error page"),
        ("Log in - Post", SHORT, "login or subscription page"),
        ("Gate shut", f"{SHORT} Subscribe to continue reading.", "login or subscription page"),
        ("Before you go on", "We and our 9 partners use cookies.", "a cookie notice"),
        ("Post", "We use cookies and similar means.", "a cookie notice"),
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
        "What the new law means for your town",
        "Hackers could log in to bank accounts, regulator says",
        "Just a moment that changed the game",
        "Access denied: women barred from the pool",
        "Forbidden city reopens",
    ],
)
def test_short_articles_about_notices_are_articles(title: str) -> None:
    assert refusal(title, SHORT * 4) is None
    assert refusal(title, SHORT) is None


def test_a_long_text_is_always_an_article() -> None:
    assert refusal("Page not found", "\n".join([SHORT] * 20)) is None


def test_a_form_for_a_password_beside_a_short_text_is_a_login() -> None:
    form = "<form><input name=user><input type=password name=word></form>"
    assert "login" in (
        refusal("Post", "Welcome back to the Post. Type your name.", body=form) or ""
    )
    assert refusal("Post", "\n".join([SHORT] * 20), body=form) is None


def test_a_sentence_is_an_article_if_one_is_declared() -> None:
    head = '<meta property="article:published_time" content="2026-11-03"><script>count()</script>'
    assert refusal("Post", "The mayor resigned on Tuesday, her office said.", head) is None
    for text in ("", "Please enable JavaScript to read this article."):
        assert "a script in the browser" in (refusal("Post", text, head) or "")


def test_a_story_beside_linked_headings_is_an_article() -> None:
    teasers = "".join(f'<h3><a href="/{n}">Story {n}</a></h3>' for n in range(9))
    assert refusal("Post", "\n".join([SHORT] * 20), body=f"<aside>{teasers}</aside>") is None
    assert refusal("Post", "\n".join([SHORT] * 12), body=f"<div>{teasers * 2}</div>") is None


def test_a_page_of_links_is_a_list() -> None:
    links = "".join(
        f'<li><a href="/{n}">The county shut bridge {n} today</a></li>' for n in range(30)
    )
    assert "30 links and" in (refusal("Post", "", body=f"<ul>{links}</ul>") or "")
    assert refusal("Post", SHORT, body=f"<ul>{links}</ul>") == "no_article"
    assert refusal("Post", "\n".join([SHORT] * 9), body=f"<nav><ul>{links}</ul></nav>") is None


@pytest.mark.parametrize(
    ("teaser", "count"),
    [
        ("<div><a href=/{n}>Bridge {n} is shut</a> {text}</div>", 9),
        ("<div><h2><a href=/{n}>Bridge {n} is shut again</a></h2><p>{text}</p></div>", 9),
        ("<h3>Bridge {n} is shut until May</h3><p>{text} <a href=/{n}>More</a></p>", 9),
        ("<h2><a href=/{n}>Bridge {n} is shut again</a></h2>" + "<p>{text} {text}</p>" * 5, 6),
    ],
)
def test_teasers_are_a_list(teaser: str, count: int) -> None:
    teasers = "".join(teaser.format(n=n, text=f"{n}: {SHORT}") for n in range(count))
    assert refusal("Post", "", body=teasers) == "no_article"
    elsewhere = teasers.replace("href=/", "href=https://shop.example/")
    body = (
        f"<h1>Nine bridges and what they cost</h1>{elsewhere}" + "<nav><a href=/>Post</a></nav>" * 9
    )
    assert refusal("Post", SHORT * 3, body=body) is None


@pytest.mark.parametrize(
    "body",
    [
        "<a href=/>Post</a><table>"
        + "<tr><td>bridge_1</td><td>2 piers</td></tr>" * 99
        + "</table>",
        "<ul>" + "<li><a href=/1>Bridge 1</a> in the north of the county</li>" * 30 + "</ul>",
        "<nav><a href=/>Post</a><ul>"
        + "<li>Section 1: the news of the town</li>" * 30
        + "</ul></nav>",
    ],
)
def test_two_sentences_beside_lists_tables_or_menus_are_doubted(body: str) -> None:
    assert refusal("Bridges", SHORT, body=body) == "no_article"
    assert refusal("Bridges", "\n".join([SHORT] * 12), body=body) is None
    head = '<meta property="og:type" content="article">'
    assert refusal("Bridge shut", SHORT, head=head, body=body) is None


def test_stories_in_scripts_without_full_stops_are_articles() -> None:
    link = "<a href=/>Post</a>"
    for story in (
        "橋は春まで閉鎖されると郡は火曜日に述べた。" * 3,
        "สะพานปิดจนถึงฤดูใบไม้ผลิ เทศมณฑลกล่าวเมื่อวันอังคาร" * 2,
    ):
        assert refusal("Post", "\n".join([story] * 9), body=link) is None


def test_a_refusal_quotes_what_was_seen() -> None:
    assert "“Page not found”" in (refusal("Page not found | Post", SHORT) or "")
