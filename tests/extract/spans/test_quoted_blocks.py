"""Letters, tweets and statements printed as a block."""

from __future__ import annotations

import pytest

BEFORE = "The ferry runs twice a day, and the pier is open again this week.\n\n"
AFTER = "\n\nThe kiosk at the pier has been closed since the winter of 2019."


@pytest.mark.parametrize(
    ("article", "speaker", "content"),
    [
        (
            "The vicar, Ida Falk, wrote to the ringers.\n\nIda Falk, the vicar, writes:\n\n"
            "> I love the bells. I wonder if we might love them a little less.",
            "Ida Falk",
            "I love the bells. I wonder if we might love them a little less.",
        ),
        (
            '> "We got this one wrong. A review follows." — Ida Falk, 6:14 p.m.',
            "Ida Falk",
            '"We got this one wrong. A review follows."',
        ),
        ("> “She does not wave.”\nIda Falk, chief executive", "Ida Falk", "“She does not wave.”"),
    ],
)
def test_a_block_has_the_speaker_who_signs_or_introduces_it(read, article, speaker, content):
    found = read(BEFORE + article + AFTER)
    block = found.one(content[:12])
    assert (block.speaker, found.content(block), block.act) == (speaker, content, "speech")


def test_a_list_of_links_is_no_quotation(read):
    found = read(BEFORE + "> Ferry strike: what to know\n> Pier reopens in May" + AFTER)
    assert not found.attributions
