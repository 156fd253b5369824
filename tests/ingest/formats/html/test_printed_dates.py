"""Dates near a headline: those that scripts print, and those with a label in a line of its own."""

from __future__ import annotations

import pytest

from bot.ingest.formats.html.page import Page
from bot.ingest.formats.html.source import parse_page

STORY = (
    "<p>The county shut the gate on Tuesday because divers had found cracks in its wall.</p>" * 4
)


def published(body: str, head: str = "") -> str | None:
    title = "<h1>County shuts the old gate to lorries</h1>"
    source = f"<html lang=en><head>{head}</head><body>{title}{body}{STORY}</body></html>"
    day = Page(parse_page(source)).metadata().get("published")
    return day and day.on.isoformat()


@pytest.mark.parametrize(
    "body",
    [
        '<p><span data-datetime="2026-11-03T08:30:00Z">2 hours ago</span></p>',
        '<p><span data-timestamp="1793694600">2 hours ago</span></p>',
        '<p><span data-timestamp="1793694600000">2 hours ago</span></p>',
        '<p><relative-time datetime="2026-11-03">Tuesday</relative-time></p>',
        '<p><abbr title="3 November 2026, 10:30">2 days ago</abbr></p>',
        '<p data-time="130">3 November 2026</p>',
    ],
)
def test_dates_are_read_from_attributes(body: str) -> None:
    assert published(body) == "2026-11-03"


@pytest.mark.parametrize(
    "body",
    [
        "<dl><dt>Updated</dt><dd>5 Nov 2026</dd><dt>Published</dt><dd>3 Nov 2026</dd></dl>",
        "<dl><dt>Updated</dt><dd><time datetime=2026-11-05>Thu</time></dd>"
        "<dt>Published</dt><dd><time datetime=2026-11-03>Tue</time></dd></dl>",
        "<dl><div><dt>Changed:</dt><dd>5 Nov 2026</dd></div>"
        "<div><dt>First published:</dt><dd>3 Nov 2026</dd></div></dl>",
        "<p>Stand:</p><p>5.11.2026</p><p>Veröffentlicht:</p><p>3.11.2026</p>",
    ],
)
def test_a_label_may_be_a_line_of_its_own(body: str) -> None:
    assert published(body) == "2026-11-03"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("(end) 11/18/98 22:41 CST", "1998-11-18"),
        ("Wednesday, 18 November 1998", "1998-11-18"),
        ("The bridge of Wainscote was built on 18 November 1998", None),
        ("Updated 18 November 1998", None),
    ],
)
def test_a_line_far_below_the_headline_that_is_only_a_date_counts(
    line: str, day: str | None
) -> None:
    assert published(f"{STORY * 4}<p>{line}</p>") == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("release_date", "2026-11-03"),
        ("article.published", "2026-11-03"),
        ("article:post_date", "2026-11-03"),
        ("dcterms.available", "2026-11-03"),
        ("created_at", "2026-11-03"),
        ("lastPublished", None),
        ("date-modified", None),
        ("expires", None),
    ],
)
def test_unusual_meta_names_of_the_publication_are_known(name: str, day: str | None) -> None:
    assert published("", f'<meta name="{name}" content="2026-11-03T08:30:00Z">') == day
