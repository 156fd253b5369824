"""The story is told from what surrounds it by the forms of its boxes, not by names or lengths."""

from __future__ import annotations

import pytest

from bot.ingest.formats import html

TITLE = "Harbour wall to be rebuilt"
STORY = [
    f"The {part} of the wall was raised in 1911 from stone that was cut on the island of Sarn, and"
    " it slipped in a gale last January, flooding forty houses and the primary school."
    for part in ("north", "south", "west", "top")
]
TEXTS = [
    f"My family left the island in 19{year}, and we took a piece of that stone to Canada with us,"
    " where it has been on my desk ever since, if anybody there would like to have it back."
    for year in range(50, 58)
]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY)
BODY = f"<h1>{TITLE}</h1><p>By Edda Marsh</p><div class=body>{PARAGRAPHS}</div>"


def text_of(body: str) -> str:
    (found,) = html.read(f"<title>{TITLE}</title><body>{body}</body>".encode())
    return found.text


@pytest.mark.parametrize(
    "comment",
    [
        "<div class=r><b>Tom {n}</b> <i>2 hours ago</i><p>{text}</p></div>",
        "<ul><li><div>Tom {n}</div><div>yesterday</div><div>{text}</div></li></ul>",
        "<table><tr><td>Tom {n}<br>5 days ago</td><td>{text}</td></tr></table>",
        "<article><h2>Story {n}</h2><p>By Tom Reyes</p><p>{text}</p></article>",
        "<div class=q onclick=go()><div>Goat on roof {n}</div><div>{text}</div></div>",
    ],
)
def test_lists_longer_than_the_story_are_left_out(comment: str) -> None:
    others = "".join(comment.format(n=n, text=text) for n, text in enumerate(TEXTS))
    assert text_of(f"<main><div>{BODY}</div><div>{others}</div></main>") == "\n\n".join(STORY)


def test_a_standfirst_above_the_byline_is_left_out() -> None:
    body = BODY.replace(
        "<p>By", "<p>A dispute of nine years has cost three leaders their jobs.</p><p>By"
    )
    assert text_of(body) == "\n\n".join(STORY)


def test_the_next_article_of_a_page_that_scrolls_on_is_left_out() -> None:
    following = "".join(f"<p>{text}</p>" for text in TEXTS)
    body = f"<div>{BODY}</div><div><h1>Goat on a roof</h1><div class=body>{following}</div></div>"
    assert text_of(body) == "\n\n".join(STORY)


def test_lists_and_quotations_inside_the_story_stay() -> None:
    items = f"<ul><li>{TEXTS[0]}</li><li>It STAYS.</li></ul>"
    body = BODY.replace("<div class=body>", f"<div class=body><p>{TEXTS[1]}</p>{items}")
    assert "It STAYS." in text_of(body)


def test_notes_in_italics_below_the_story_are_left_out() -> None:
    note = f"<p><em>{TEXTS[0]}</em></p>"
    assert text_of(BODY.replace("</div>", f"{note}</div>")) == "\n\n".join(STORY)


def test_lines_that_breaks_part_are_a_headline_a_byline_and_a_date() -> None:
    story = "<br><br>".join(STORY)
    cell = f"<font size=5><b>{TITLE}</b></font><br>By Edda Marsh<br>3 March 2024<br><br>{story}"
    (found,) = html.read(f"<table><tr><td>{cell}</td></tr></table>".encode())
    assert found.text == "\n\n".join(STORY)
    known = found.metadata
    assert (known["title"], known["byline"]) == (TITLE, "Edda Marsh")
    assert known["published"].on.isoformat() == "2024-03-03"
