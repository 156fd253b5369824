"""Which of a page's large lines is the headline."""

from __future__ import annotations

import pytest

from bot.ingest.formats import html

HEADLINE = "Harbour gate stays shut until spring"
STORY = "".join(
    f"<p>The harbour board said on Tuesday that gate {name} of the lock would stay shut until the"
    " survey of its pillars had been read.</p>"
    for name in ("one", "two", "three", "four", "five")
)
TITLE = f"<title>{HEADLINE} | The Quay Post</title>"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", f"<aside><h1>Subscribe to our newsletter today</h1></aside><h1>{HEADLINE}</h1>"),
        (TITLE, f"<h1>Get the briefing every morning</h1><h2>{HEADLINE}</h2><p>By Edda Marsh</p>"),
        (TITLE, f"<h2>Storm shuts both lines to Ness</h2><h3>{HEADLINE}</h3><p>By Edda Marsh</p>"),
        (TITLE, f"<div>{HEADLINE}</div><div><big>“It leaks and it always will leak”</big></div>"),
        # a path of sections with the page's title, above a headline in other words
        (
            "<title>Wainscote lock closure explained</title>",
            f"<p>Wainscote lock closure explained</p><h1>{HEADLINE}</h1>",
        ),
    ],
    ids=["aside", "newsletter", "breaking news", "pull quote", "path"],
)
def test_the_headline_is_not_the_largest_line_in_other_words(head: str, body: str) -> None:
    (article,) = html.read(f"<html><head>{head}</head><body>{body}{STORY}</body></html>".encode())
    assert article.metadata["title"] == HEADLINE


def test_a_headline_in_the_same_separate_box_as_its_story_counts() -> None:
    page = f"<p>The Quay Post</p><aside><h1>{HEADLINE}</h1><p>By Edda Marsh</p>{STORY}</aside>"
    (article,) = html.read(f"<html><body>{page}</body></html>".encode(), anyway=True)
    assert article.metadata["title"] == HEADLINE
