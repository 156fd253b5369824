"""Short names of bodies, and the full names that they mean."""

from __future__ import annotations

import pytest

from bot.extract.speakers.names import Names


@pytest.mark.parametrize(
    ("text", "noun", "full"),
    [
        ("The Department of Locks met.", "Department", "Department of Locks"),
        ("The Royal Trust for Weirs met.", "Trust", "Royal Trust for Weirs"),
        ("They asked the Norton Harbour Board.", "Board", "Norton Harbour Board"),
        (
            "The Ministry of Food and Rural Affairs met.",
            "ministry",
            "Ministry of Food and Rural Affairs",
        ),
        ("The Institute for Locks and Ida Falk met.", "Institute", "Institute for Locks"),
        ("They joined the Lock Keepers’ Union.", "Union", "Lock Keepers’ Union"),
        ("They met Norton Council’s Lock Committee.", "Council", "Norton Council"),
        ("The Department of Locks met the Department of Weirs.", "Department", None),
    ],
)
def test_the_noun_means_the_only_body_that_has_it(text, noun, full):
    assert Names(text).bodies.described(f"the {noun}") == full


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("The Institute for Fiscal Studies met.", "Institute for Fiscal Studies"),
        ("The Institute for Fiscal Studies met the Institute for Food Safety.", None),
        ("The Idle Folk of Selby (IFS) met.", "Idle Folk of Selby"),
    ],
)
def test_initials_mean_the_only_body_that_has_them(text, full):
    assert Names(text).bodies.with_initials("IFS") == full


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("Dyke Water Ltd closed it.", "Dyke Water", "Dyke Water Ltd"),
        (
            "The Royal Society of Norton Weirs met.",
            "Royal Society",
            "Royal Society of Norton Weirs",
        ),
        ("Dyke Water Ltd closed it in Dyke.", "Dyke", None),
        ("Dyke Water Ltd met Dyke Water Holdings.", "Dyke Water", None),
        ("Dyke Water Falls is a place.", "Dyke Water", None),
    ],
)
def test_a_name_is_completed_by_what_says_more_of_a_body(text, short, full):
    assert Names(text).bodies.longer(short) == full
