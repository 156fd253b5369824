"""Quotations with a signature: a dash, a name, and perhaps a role."""

from __future__ import annotations

import pytest

QUOTATION = "“We waited nine weeks for an answer.”"
INTRODUCTION = "The ferry has a new timetable.\n\n"


@pytest.mark.parametrize(
    ("signature", "source"),
    [
        (" – Omar Tallis, kiosk owner", "Omar Tallis, kiosk owner"),
        (" — Omar Tallis", "Omar Tallis"),
        ("\n\n-- Omar Tallis, of the harbour union.", "Omar Tallis, of the harbour union"),
        ("\n– Omar van der Tallis Jr.", "Omar van der Tallis Jr."),
        ("\n\n- Mayor Omar Tallis", "Mayor Omar Tallis"),
    ],
)
def test_a_signature_names_the_speaker(read, signature, source):
    found = read(f"{INTRODUCTION}{QUOTATION}{signature}\n\nThe ferry runs twice a day.")
    (quoted,) = (a for a in found.attributions if "We waited" in found.content(a))
    assert "Tallis" in quoted.speaker
    assert [found.text[start:end] for start, end in quoted.source] == [source]
    assert quoted.type == "direct"


@pytest.mark.parametrize(
    "following",
    ["– but the ferry did not come.", "- The ferry runs twice a day.", "— Five boats were lost:"],
)
def test_other_lines_with_a_dash_are_no_signature(read, following):
    found = read(f"{INTRODUCTION}{QUOTATION}\n\n{following}")
    assert not [a for a in found.attributions if "We waited" in found.content(a)]


def test_a_signature_wins_over_the_speaker_before(read):
    found = read(
        f"Ida Falk said the pier was safe.\n\n{QUOTATION} – Omar Tallis\n\n“It is fine.” – Jo Lie"
    )
    assert [speaker for speaker, _ in found.claims] == ["Ida Falk", "Omar Tallis", "Jo Lie"]
