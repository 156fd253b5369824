"""Bodies and people that a description leads to."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Zephyr Home said it was sorry. The company said the lock leaks.", "Zephyr Home"),
        ("Norton Council met. The council said the lock leaks.", "the Norton Council"),
        # Two may be meant.
        (
            "Zephyr Home said it was. Kestrel Glass said no. The company said the lock leaks.",
            "the company",
        ),
        ("Norton Council met Selby Council. The council said the lock leaks.", "the council"),
        # A person is no company.
        ("Greta Lund said it was sorry. The company said the lock leaks.", "the company"),
        # The parent company is another one.
        (
            "Zephyr Home said it was sorry. The parent company was silent. The company said the"
            " lock leaks.",
            "the company",
        ),
    ],
)
def test_a_noun_for_a_body_means_the_only_one(read, text, speaker):
    assert read(text).one("the lock leaks").speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It leaks,” said a foreman, Greta Lund, in May.", "Greta Lund"),
        ("Its chief executive, Greta Lund, says it leaks.", "Greta Lund"),
        ("A spokeswoman for the minister, Greta Lund, said it leaks.", "Greta Lund"),
        ("The MP for Norton, Greta Lund, said it leaks.", "Greta Lund"),
        ("Engineer Greta Lund of Kestrel Glass said it leaks.", "Greta Lund"),
        ("Forecaster Greta Lund said it leaks.", "Greta Lund"),
        ("Greta Lund, 44, left. The 44-year-old said it leaks.", "Greta Lund"),
        ("Greta Lund, 44, met Ida Roe, 44. The 44-year-old said it leaks.", "the 44-year-old"),
        ("Vet Greta Lund left. The vet said it leaks.", "Greta Lund"),
        ("Anneke de Vries left. “It leaks,” said de Vries.", "Anneke de Vries"),
    ],
)
def test_a_description_beside_a_name_is_that_person(read, text, speaker):
    (found,) = {attribution.speaker for attribution in read(text).attributions}
    assert found == speaker
