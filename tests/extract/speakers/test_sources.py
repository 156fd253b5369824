"""Bodies and people that a description leads to."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Norton Council met. The council said the lock leaks.", "Norton Council"),
        # The only one named, or the last to speak, may be another than the one that is meant.
        ("Zephyr Home said it was sorry. The company said the lock leaks.", "the company"),
        (
            "It was closed by Norton District Council’s Harbour Office.\n\nThe district council"
            " said the lock leaks.",
            "Norton District Council",
        ),
        ("Zephyr Foods came to Norton.\n\nThe company said the lock leaks.", "the company"),
        ("Selby Council met.\n\nThe association said the lock leaks.", "the association"),
        # A name that says what the body is stands for no other kind of body.
        ("Dalton Town lost.\n\nThe league said the lock leaks.", "the league"),
        ("Harland Water Authority met.\n\nThe company said the lock leaks.", "the company"),
        (
            "Harland Water Authority and the Ministry of Health met.\n\nThe regulator said the lock"
            " leaks.",
            "the regulator",
        ),
        ("Norton Council met Selby Council. The council said the lock leaks.", "the council"),
        # A person is no company.
        ("Greta Lund said it was sorry. The company said the lock leaks.", "the company"),
    ],
)
def test_a_noun_for_a_body_means_the_only_one(read, text, speaker):
    assert read(text).one("the lock leaks").speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It leaks,” said a foreman, Greta Lund, in May.", "Greta Lund"),
        ("Greta Lund, the only tenant to vote, said it leaks.", "Greta Lund"),
        ("One of them, the Blue councillor Greta Lund, said it leaks.", "Greta Lund"),
        ("“It leaks,” said Greta Lund, Keeper and Clerk of the Canal.", "Greta Lund"),
        ("The 30-page report by Greta Lund said it leaks.", "Greta Lund"),
        ("Its chief executive, Greta Lund, says it leaks.", "Greta Lund"),
        ("A spokeswoman for the minister, Greta Lund, said it leaks.", "Greta Lund"),
        ("The MP for Norton, Greta Lund, said it leaks.", "Greta Lund"),
        ("Engineer Greta Lund of Kestrel Glass said it leaks.", "Greta Lund"),
        ("Forecaster Greta Lund said it leaks.", "Greta Lund"),
        ("Vet Greta Lund left. The vet said it leaks.", "Greta Lund"),
        ("Anneke de Vries left. “It leaks,” said de Vries.", "Anneke de Vries"),
    ],
)
def test_a_description_beside_a_name_is_that_person(read, text, speaker):
    (found,) = {attribution.speaker for attribution in read(text).attributions}
    assert found == speaker
