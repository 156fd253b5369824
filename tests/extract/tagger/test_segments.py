"""The segments that the tagger reads, and turns of transcripts, which it does not."""

from __future__ import annotations

import pytest

from bot.extract.paragraphs import paragraphs_of
from bot.extract.tagger.segments import list_segments


def read_at_once(text: str) -> list[str]:
    return [text[at.start : at.end] for at in list_segments(text, paragraphs_of(text), ())]


def test_a_quotation_is_tagged_with_its_introduction(read):
    text = "Falk made the following statement:\n\n“The lock leaks.”\n\nNobody answered her."
    assert read_at_once(text) == [text[: text.index("\n\nNobody")], "Nobody answered her."]
    assert read(text).claims == [("Falk", "“The lock leaks.”")]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor named three dams.\n\n“The lock leaks.”",  # no colon
        "They say these leak:\n\nthe lower lock, as divers found.",  # no quotation
        "“Note this:\n\n“The lock leaks.”",  # a quotation that goes on
    ],
)
def test_other_paragraphs_are_tagged_separately(text):
    assert read_at_once(text) == text.split("\n\n")


def test_headings_and_furniture_are_not_tagged():
    assert read_at_once("Lock shut in May\n\nSubscribe to our newsletter") == []


@pytest.mark.parametrize("mark", ["", "“"])
def test_each_turn_has_its_own_speaker(read, mark):
    found = read(
        f"{mark}FALK: It leaks. It always did.\n\n{mark}TALLIS: Who says so?\n\n{mark}FALK: I do."
    )
    assert found.claims == [
        ("FALK", "It leaks. It always did."),
        ("TALLIS", "Who says so?"),
        ("FALK", "I do."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE: The lower lock was closed on Monday.\n\nIt opened in 1950, before the war.",
        "UPDATE: The lower lock was closed on Monday.\n\nUPDATE: It was opened again on Friday.",
        "LONDON: Shares fell by a tenth.\n\nPARIS: The lower lock was closed on Monday.",
        "WHAT: The locks.\n\nWHEN: On Monday.\n\nWHAT: The canal.\n\nWHEN: On Friday.",
    ],
)
def test_labels_and_datelines_are_not_turns(read, text):
    assert read(text).claims == []


def test_quotation_paragraphs_have_the_speaker_of_the_one_before(read):
    found = read(
        "“The lock leaks,” Ida Falk said.\n\n“Nobody listened to us.”\n\n“It will fail.”\n\nIt did."
    )
    assert found.claims == [
        ("Ida Falk", "“The lock leaks,”"),
        ("Ida Falk", "“Nobody listened to us.”"),
        ("Ida Falk", "“It will fail.”"),
    ]
