"""Heads whose parts share a line, run over several, or stand below something else."""

from __future__ import annotations

from tests.ingest.head.plain_files import LONG, STORY, TWELFTH, PlainFile

FERRY = "Ferry stays in port"
SIGNED = f"By Priya Nair\n12 November 2026\n\n{STORY}"


def _headed(what: str, below: str, *, byline: str | None = "Priya Nair") -> PlainFile:
    """A file of 12 November whose headline is followed by the line."""
    return PlainFile(what, f"{FERRY}\n\n{below}\n\n{STORY}", FERRY, byline, TWELFTH)


def _signed(what: str, above: str, title: str | None) -> PlainFile:
    return PlainFile(what, f"{above}\n\n{SIGNED}", title, "Priya Nair", TWELFTH)


_LINES = [
    _signed(
        "a deck below a headline that ends in who said it",
        "Ferry stuck for a week, operator says\nForty boats wait outside",
        "Ferry stuck for a week, operator says",
    ),
    PlainFile(
        "the same in capitals of a title",
        f"Ferry Stuck for a Week, Operator Says\nForty Boats Wait Outside\n\n{STORY}",
        "Ferry Stuck for a Week, Operator Says",
    ),
    _signed("two decks", f"{FERRY}\nOperator waits for a part\nNo date for sailing yet", FERRY),
    PlainFile(
        "three lines that nobody signed",
        f"Rudder late\nCrew at home\nTickets unsold\n\n{STORY}",
    ),
    _signed(
        "a headline of three lines, with a verb of a story",
        "Operator knew of the rudder\nfor a year before passengers\nwere told, watchdog finds",
        "Operator knew of the rudder for a year before passengers were told, watchdog finds",
    ),
    PlainFile(
        "a headline that breaks before a name",
        f"Ferry stays in port until\nMarrick finds a rudder\n\n{STORY}",
        "Ferry stays in port until Marrick finds a rudder",
    ),
    PlainFile(
        "a headline that ends in who was told",
        f"Rudder of ferry was unsafe, inquiry told\n\n{STORY}",
        "Rudder of ferry was unsafe, inquiry told",
    ),
    PlainFile(
        "told, in a quotation",
        f"“Nobody told us”: Osk waits\n\n{STORY}",
        "“Nobody told us”: Osk waits",
    ),
    PlainFile(
        "told of", f"Inquiry told of rudder fault\n\n{STORY}", "Inquiry told of rudder fault"
    ),
    _signed(
        "a signed line that says who was told",
        "Passengers were told ferry was safe",
        "Passengers were told ferry was safe",
    ),
    PlainFile("a name below a paragraph", f"{LONG}\nBy Priya Nair\n\n{STORY}"),
    PlainFile("a title without words", f"Title: ...\n\n{STORY}"),
    _signed("a byline below a sentence", "The ferry stays in port.", None),
]

_DAYS = [
    PlainFile(
        "a day and a desk above",
        f"12 November 2026 · Osk desk\n\n{FERRY}\n\n{STORY}",
        FERRY,
        on=TWELFTH,
    ),
    PlainFile(
        "a headline like a dateline",
        f"Budget, 12 November 2026: What it means\n\n{STORY}",
        "Budget, 12 November 2026: What it means",
    ),
]

_BYLINES = [
    _headed("a name or a place beside the day", "Lower Arle · 12 November 2026", byline=None),
    _headed("fields on one line", "Published: 12 November 2026 | Author: Priya Nair | 2 min read"),
    _headed("fields with a semicolon", "Author: Priya Nair; date: 2026-11-12"),
    _headed("a field that says by whom", "Published: 12 November 2026 by Priya Nair"),
    _headed("an author with the day", "Author: Priya Nair, 12 November 2026"),
    PlainFile(
        "a subject with an upright bar", f"Subject: {FERRY} | Osk\n\n{STORY}", f"{FERRY} | Osk"
    ),
]

_MARKDOWN = [
    _signed("a quotation above a second-level heading", f"> “Ships sail.”\n\n## {FERRY}", FERRY),
    _signed("a ruled quotation", f"> “Ships sail.”\n---\n\n# {FERRY}", FERRY),
    PlainFile("only a ruled quotation", f"> “Ships sail.”\n---\n\n{STORY}"),
    _signed("a list above the heading", f"- Rudder late\n- Crew at home\n\n## {FERRY}", FERRY),
    PlainFile(
        "a table above the heading",
        f"| a | b |\n|---|---|\n\n# {FERRY}\n\n{STORY}",
        FERRY,
    ),
    _signed("a caption above the heading", f"![](a.jpg)\n*The ferry in 2019*\n\n# {FERRY}", FERRY),
    PlainFile(
        "a byline and a day in marks",
        f"# {FERRY}\n\n*By Priya Nair* · _12 November 2026_\n\n{STORY}",
        FERRY,
        "Priya Nair",
        TWELFTH,
    ),
    PlainFile(
        "fields in marks",
        f"# {FERRY}\n\n**Date:** 12 November 2026 | **By:** [Priya Nair](b)\n\n{STORY}",
        FERRY,
        "Priya Nair",
        TWELFTH,
    ),
    PlainFile(
        "a heading of two sentences", f"# It sails. Perhaps.\n\n{STORY}", "It sails. Perhaps."
    ),
    PlainFile("an underlined line without words", f". .\n===\n\n{STORY}"),
    PlainFile("a heading without words", f"# . .\n\n{LONG}"),
]

PLAIN_HEADS = [
    *(_LINES + _DAYS + _BYLINES),
    *(one._replace(is_markdown=True) for one in _MARKDOWN),
]
