"""Dates: the day of publication on which the page's statements agree, not that of an update."""

from __future__ import annotations

import pytest

from bot.ingest.formats.html import dates
from bot.ingest.formats.html.dates import StatedDate
from bot.ingest.timestamps import parse_date


@pytest.mark.parametrize(
    ("line", "day_first", "found"),
    [
        (
            "Published 3 November 2026, 10:40 GMT | Updated 4 Nov 2026",
            None,
            [("2026-11-03T10:40:00+00:00", "publication"), ("2026-11-04", "update")],
        ),
        ("Tuesday, November 3rd, 2026 at 8:30 a.m. EST", None, [("2026-11-03T08:30:00-05:00", "")]),
        ("10:30, 3 November 2026", None, [("2026-11-03T10:30:00", "")]),
        ("Publié le 3 novembre 2026 à 10:00", None, [("2026-11-03T10:00:00", "publication")]),
        ("3 de noviembre de 2026", None, [("2026-11-03", "")]),
        ("3. November 2026", None, [("2026-11-03", "")]),
        ("2026年11月3日", None, [("2026-11-03", "")]),
        ("03/11/2026", True, [("2026-11-03", "")]),
        ("03/11/2026", False, [("2026-03-11", "")]),
        ("03/11/2026", None, []),
        ("Aktualisiert: 3.11.2026", None, [("2026-11-03", "update")]),
        (
            "15 Feb 2026 (updated) — 11 Feb 2026",
            None,
            [("2026-02-15", "update"), ("2026-02-11", "")],
        ),
        ("Stand: 3. November 2026", None, [("2026-11-03", "update")]),
        ("11. Jänner 2026", None, [("2026-01-11", "")]),
        ("3 de noviembre del 2026", None, [("2026-11-03", "")]),
        ("El 3 de noviembre del año 2026", None, [("2026-11-03", "")]),
        ("3 d’abril del 2026", None, [("2026-04-03", "")]),
        ("3/Nov/2026", None, [("2026-11-03", "")]),
        ("2026-11-3", None, [("2026-11-03", "")]),
        ("11/18/98", None, [("1998-11-18", "")]),
        ("03/11/98", True, [("1998-11-03", "")]),
        ("03/11/98", None, []),
        ("18.11.98", None, [("1998-11-18", "")]),
        ("Nov. 18, '98", None, [("1998-11-18", "")]),
        ("18-Nov-26", None, [("2026-11-18", "")]),
        ("Of the votes on 18 November 20 were void", None, []),
        (f"{'The ferries ran late. ' * 3} The match ended 11/18/98", None, []),
        ("Chapter 3 of 2026", None, []),
    ],
)
def test_printed_dates_are_read_with_their_labels(
    line: str, day_first: bool | None, found: list[tuple[str, str]]
) -> None:
    read = dates.find_printed_dates(line, day_first=day_first)
    assert [(published.printed, kind) for published, kind in read] == found


@pytest.mark.parametrize(
    ("texts", "in_address", "modified", "chosen"),
    [
        (["2026-11-03", "2026-11-05"], None, None, "2026-11-03"),
        (
            ["2026-11-05", "2026-11-03", "2026-11-03T08:30:00Z"],
            None,
            None,
            "2026-11-03T08:30:00+00:00",
        ),
        # a system that states the last change as the publication
        (["2026-11-05", "2026-11-03"], None, "2026-11-05", "2026-11-03"),
        (["2026-11-05", "2026-11-03"], "2026-11-03", None, "2026-11-03"),
        # the same evening in two zones
        (["2026-11-04", "2026-11-03T23:40:00Z", "2026-11-01"], None, None, "2026-11-04"),
        ([], "2026-11-03", None, None),
    ],
)
def test_the_day_on_which_most_agree_is_chosen(
    texts: list[str], in_address: str | None, modified: str | None, chosen: str | None
) -> None:
    stated = [StatedDate(published) for published in filter(None, map(parse_date, texts))]
    published = dates.choose_date(stated, parse_date(in_address or ""), parse_date(modified or ""))
    assert (published and published.printed) == chosen


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://post.example/2026/11/03/gate-shut", "2026-11-03"),
        ("https://post.example/news/20261103-gate-shut", "2026-11-03"),
        ("https://post.example/2026/11/gate-shut", None),
        ("https://post.example/2026/99/99/gate-shut", None),
        (None, None),
    ],
)
def test_a_day_in_an_address_is_read(url: str | None, day: str | None) -> None:
    published = dates.date_in_address(url)
    assert (published and published.printed) == day
