"""Whom a mistyped name may mean."""

from __future__ import annotations

import pytest

from bot.speakers.slips import near_speakers, surely_meant

NAMES = {
    name: name
    for name in (
        "Ilse Brandt", "Joris van der Hoek", "Norlink", "Ida Falk", "Ina Falk", "Xi Jinping",
        "Maria Lopez Garcia",
    )
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ilze Brand", "Ilse Brandt"),
        ("Brand", "Ilse Brandt"),  # a word of the language
        ("van der Hook", "Joris van der Hoek"),
        ("Nor link", "Norlink"),
        ("Norlnik", "Norlink"),
        ("Yoris Hoeck", "Joris van der Hoek"),
        ("Maria Garcia", "Maria Lopez Garcia"),
        ("Ia Falk", None),  # either
        ("Bland", None),  # a word two slips away
        ("Li Jinping", None),
        ("", None),
        ("the harbour wall of the old town", None),
    ],
)
def test_the_only_speaker_who_is_nearest_is_meant(typed: str, meant: str | None) -> None:
    near = near_speakers(typed, NAMES)
    assert (surely_meant(typed, near) if near else None) == meant


def test_a_long_name_is_soon_compared() -> None:
    long = " ".join(f"abc{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert near_speakers("abcx abcy abcz abcw abcv", {long: long})
