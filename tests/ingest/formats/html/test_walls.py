"""What asks for a subscription where the rest of an article would be."""

from __future__ import annotations

import pytest

from bot.ingest.formats import html
from bot.ingest.formats.html import walls
from bot.ingest.formats.html.page import Page
from bot.ingest.formats.html.source import parse_page


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to continue reading.",
        "To read the full article, become a member.",
        "This article is for subscribers only.",
        "You have reached your monthly limit of free articles.",
        "Already a subscriber? Log in",
        "Unlock this article for £1",
        "Weiterlesen mit Plus",
        "Cet article est réservé aux abonnés",
        "Suscríbete para seguir leyendo",
    ],
)
def test_invitations_to_subscribe_are_recognised(line: str) -> None:
    assert walls.is_invitation(line)


@pytest.mark.parametrize(
    "line",
    [
        "The paper said it had lost a tenth of its subscribers.",
        "Members of the committee read the report on Tuesday.",
        "He wanted to continue the talks, the minister said.",
    ],
)
def test_sentences_about_subscribers_are_no_invitations(line: str) -> None:
    assert not walls.is_invitation(line)


@pytest.mark.parametrize(
    ("text", "stated_words", "is_locked", "is_cut"),
    [
        ("The bridge is shut. " * 20, None, False, False),
        ("The bridge is shut. " * 20, None, True, True),
        ("The bridge is shut. " * 200, None, True, False),
        ("The bridge is shut. " * 200 + "It will stay", None, True, True),
        ("The bridge is shut. " * 200 + "It will stay…", None, True, True),
        ("The bridge is shut. " * 200, 2_000, False, True),
        ("The bridge is shut. " * 200, 900, False, False),
    ],
)
def test_a_cut_text_is_an_excerpt(
    text: str, stated_words: int | None, is_locked: bool, is_cut: bool
) -> None:
    head = f'<script type="application/ld+json">{{"@type":"Article","wordCount":"{stated_words}"}}'
    page = Page(parse_page(f"<html><head>{head}</script></head><body></body></html>"))
    assert walls.is_cut(text.strip(), page, has_wall=is_locked) is is_cut


@pytest.mark.parametrize(
    ("wall", "is_excerpt"),
    [
        ("<div class='offer'><p>Subscribe to continue reading.</p></div>", True),
        ("<p>Already a subscriber? <a href='/in'>Log in</a></p>", True),
        ("<nav><p>Already a subscriber? <a href='/in'>Log in</a></p></nav>", False),
        ("", False),
    ],
)
def test_a_page_with_a_wall_below_its_start_is_an_excerpt(wall: str, is_excerpt: bool) -> None:
    body = "<p>The bridge stays shut until spring, the county said, since it has cracks.</p>" * 3
    raw = f"<html><body><article><h1>Bridge shut</h1>{body}{wall}</article></body></html>"
    (part,) = html.read(raw.encode())
    assert part.metadata.get("excerpt", False) is is_excerpt
    assert "subscribe" not in part.text.lower()
