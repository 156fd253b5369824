"""Edges of cues and contents."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Ida Falk told the board that the lock leaked; a diver looked at it on Friday.",
            "the lock leaked",
        ),
        (
            "Ida Falk said that the lock leaked; that it would fail; and that nobody cared.",
            "the lock leaked; that it would fail; and that nobody cared",
        ),
        ("Ida Falk said “the lock leaks; the dam does not”.", "“the lock leaks; the dam does not”"),
    ],
)
def test_a_semicolon_ends_what_somebody_said_unless_it_goes_on(read, text, content):
    assert read(text).claims == [("Ida Falk", content)]
