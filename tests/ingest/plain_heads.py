"""Heads whose parts share a line, run over several, or stand below something else."""

from __future__ import annotations

from tests.ingest.plain_files import STORY, TWELFTH, PlainFile

FERRY = "Ferry stays in port"


def _headed(what: str, below: str, *, byline: str | None = "Priya Nair") -> PlainFile:
    """A file of 12 November whose headline is followed by the line."""
    return PlainFile(what, f"{FERRY}\n\n{below}\n\n{STORY}", FERRY, byline, TWELFTH)


_DAYS = [
    PlainFile(
        "a day and a street above",
        f"12 November 2026 | Quay Street\n\n{FERRY}\n\n{STORY}",
        FERRY,
        on=TWELFTH,
    ),
    PlainFile("only a day and a street", f"Quay Street | 12 November 2026\n\n{STORY}", on=TWELFTH),
    PlainFile(
        "a day and a desk above",
        f"12 November 2026 · Osk desk\n\n{FERRY}\n\n{STORY}",
        FERRY,
        on=TWELFTH,
    ),
    _headed(
        "a dateline with a time",
        "PORT SELLAN, Nov. 12, 2026, 6:45 a.m. (Meridian) - It waits.",
        byline=None,
    ),
    _headed(
        "a dateline with a short weekday",
        "PORT SELLAN, Thu 12 Nov 2026 at 18:45 GMT -- It waits.",
        byline=None,
    ),
    _headed(
        "a dateline with the day at the agency",
        "PORT SELLAN (Meridian, 12 November 2026) — It waits.",
        byline=None,
    ),
    _headed(
        "a dateline that ends in a stop", "Port Sellan, November 12th, 2026. It waits.", byline=None
    ),
    _headed(
        "a dateline that ends in a time and a stop",
        "PORT SELLAN, 12 November 2026, 6.45 p.m. It waits.",
        byline=None,
    ),
    _headed(
        "a dateline that ends in a colon", "PORT SELLAN, 12 November 2026: It waits.", byline=None
    ),
    PlainFile(
        "a headline like a dateline",
        f"Budget, 12 November 2026: What it means\n\n{STORY}",
        "Budget, 12 November 2026: What it means",
    ),
]

_BYLINES = [
    _headed("a name beside the day", "Priya Nair · 12 November 2026"),
    _headed("a name behind the day", "12 November 2026 | Priya Nair"),
    _headed("a name and a day with a comma", "Priya Nair, 12 November 2026"),
    _headed(
        "two names beside the day",
        "Priya Nair and Tom Okafor | 12 November 2026",
        byline="Priya Nair and Tom Okafor",
    ),
    _headed("fields on one line", "Published: 12 November 2026 | Author: Priya Nair | 2 min read"),
    _headed("fields with a semicolon", "Author: Priya Nair; date: 2026-11-12"),
    _headed("a field that says by whom", "Published: 12 November 2026 by Priya Nair"),
    _headed("an author with the day", "Author: Priya Nair, 12 November 2026"),
    _headed("a name of the story beside the day", "Lina Obrecht · 12 November 2026", byline=None),
    _headed("a place beside the day", "Port Sellan · 12 November 2026", byline=None),
    _headed("a place in capitals and a day", "KESTREL ROCK, 12 November 2026", byline=None),
    PlainFile(
        "a name and a day without a headline", f"Ann Lee, 12 November 2026\n\n{STORY}", on=TWELFTH
    ),
    PlainFile(
        "a subject with an upright bar", f"Subject: {FERRY} | Osk\n\n{STORY}", f"{FERRY} | Osk"
    ),
]

PLAIN_HEADS = _DAYS + _BYLINES
