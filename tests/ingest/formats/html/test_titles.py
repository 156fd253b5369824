"""Titles: the printed headline, unless the page's statements agree on another."""

from __future__ import annotations

import pytest

from bot.ingest.formats.html import titles
from bot.ingest.formats.html.titles import Printed

LONG = "Harbour wall to stay shut until spring"


@pytest.mark.parametrize(
    ("stated", "headings", "window", "title"),
    [
        # the headline as printed, if anything repeats it
        ([f"{LONG} | Coast Post"], [LONG], "", LONG),
        (["Why the wall is shut"], ["News", LONG], f"{LONG} - Coast Post", LONG),
        ([LONG], ["Coast Post"], f"{LONG} - Coast Post", LONG),
        ([LONG], [f"Exclusive {LONG}"], "", LONG),
        ([LONG], [f"Exclusive: {LONG}"], "", f"Exclusive: {LONG}"),
        # a title for search engines has the headline's words
        (["Harbour wall stays shut: all you need to know"], [LONG], "Harbour wall news", LONG),
        # without agreement: a long heading, else what is stated
        (["Wall stays shut"], ["Opinion"], "", "Wall stays shut"),
        ([], ["Opinion"], "", "Opinion"),
        ([], [], f"{LONG} | Coast Post", LONG),
        ([], [], f"Coast Post: {LONG}", f"Coast Post: {LONG}"),
        # two agree against a slogan
        ([LONG, LONG], ["Your daily paper for the whole coast"], "", LONG),
        # cut to fit, or as long as a description
        (["Harbour wall to stay shut un…", LONG], [], "", LONG),
        (["The county says " * 20, LONG], [], "", LONG),
        ([], [], "", None),
    ],
)
def test_the_headline_is_chosen(
    stated: list[str], headings: list[str], window: str, title: str | None
) -> None:
    printed = [Printed(heading, 1.5 if " " in heading else 1.0) for heading in headings]
    assert titles.choose_title(stated, printed, window, ["The Coast Post"]) == title


def test_the_headline_right_above_the_story_is_the_title_whatever_is_stated() -> None:
    printed = [Printed("Coast Post", 1.0), Printed("A wall for fifty people", 2.5)]
    assert titles.choose_title([LONG, LONG], printed, LONG, []) == "A wall for fifty people"


@pytest.mark.parametrize(
    ("title", "left"),
    [
        (f"{LONG} | Coast Post", LONG),
        (f"{LONG} – The Coast Post", LONG),
        (f"Coast Post | {LONG}", LONG),
        (f"{LONG} – live", f"{LONG} – live"),
        ("Coast Post", "Coast Post"),
        (f"{LONG} | News | Coast Post", f"{LONG} | News"),
    ],
)
def test_site_names_are_stripped_from_both_ends(title: str, left: str) -> None:
    assert titles.strip_site(title, {titles.site_key("The Coast Post")}) == left
