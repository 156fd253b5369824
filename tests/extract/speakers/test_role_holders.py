"""Descriptions that fit only one person of the article."""

from __future__ import annotations

import pytest


def speakers_of(found):
    return [attribution.speaker for attribution in found.attributions if not attribution.inside]


@pytest.mark.parametrize(
    "text",
    [
        "The premier of Westmark said the bridge was safe. Premier Ida Falk left.",
        "The union's president said talks had failed.\n\nIda Falk, president of the Dockers Union,"
        " went home.",
        "School board chair Ida Falk opened the meeting. The school board’s chair said no.",
        "Ida Falk, the club's head coach, stood by. The club’s coach said it was a good day.",
        "Dr. Ida Falk runs the clinic. The doctor said patients were turned away.",
        "A swimming teacher says she was told to leave.\n\nIda Falk, a teacher at Ferris pool,"
        " had finished a lesson.",
    ],
)
def test_a_description_means_its_only_holder(read, text):
    assert speakers_of(read(text)) == ["Ida Falk"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (
            "The premier of Westmark said the bridge was safe. Eastmark Premier Ida Falk left.",
            "the premier of Westmark",
        ),
        (
            "The company's president said it was late. Ida Falk, president of the Dockers Union,"
            " left.",
            "the company's president",
        ),
        (
            "The former finance minister said the books were closed. Finance minister Ida Falk"
            " left.",
            "the former finance minister",
        ),
        (
            "The finance minister said the books were closed. Foreign minister Ida Falk left.",
            "the finance minister",
        ),
        ("The head nurse said it was over. Ida Falk, a nurse at Selby, left.", "the head nurse"),
        (
            "The harbour pilot said it was over. Harbour pilot Ida Falk and harbour pilot Jo Lie"
            " left.",
            "the harbour pilot",
        ),
        ("A coach said the day was good. Ida Falk, a coach, left.", "a coach"),
        ("The club lost.\n\nA coach said the day was good.\n\nIda Falk, a coach, left.", "a coach"),
    ],
)
def test_a_description_with_a_difference_stays(read, text, printed):
    assert speakers_of(read(text)) == [printed]
