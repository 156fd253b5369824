"""What documents say of themselves: a person's words, a program's, and an embargo."""

from __future__ import annotations

import pytest

from bot.ingest.formats.properties import drop_program_default, find_embargo


@pytest.mark.parametrize(
    ("stated", "taken"),
    [
        ("Statement of  the board ", "Statement of the board"),
        ("Microsoft Word - flood.docx", None),
        ("gate reports final.indd", None),
        ("Untitled document", None),
        ("Enscript Output", None),
        ("admin", None),
        ("", None),
        (None, None),
    ],
)
def test_program_defaults_are_dropped(stated: str | None, taken: str | None) -> None:
    assert drop_program_default(stated) == taken


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGOED UNTIL 5 NOVEMBER, 06:00",
        "Under embargo until Thursday",
        "Embargo: 5 November",
        "Not for publication before 06:00",
        "Sperrfrist: Donnerstag, 6 Uhr",
    ],
)
def test_an_embargo_withholds(line: str) -> None:
    withheld = {"status": "withheld", "note": line}
    assert find_embargo(line, "Fares rise.") == withheld
    assert find_embargo(None, f"Fares rise.\n\n{line}\n\nMore.") == withheld


@pytest.mark.parametrize(
    "line",
    [
        "The EU extends its oil embargo",
        "Embargo on grain hits the harbour",
        "The embargo has been lifted: embargoed copy is free",
    ],
)
def test_other_embargoes_do_not(line: str) -> None:
    assert find_embargo(line, "Fares rise.") == {}


def test_an_embargo_far_down_does_not_withhold() -> None:
    assert find_embargo(None, "\n\n".join(["Fares rise."] * 8 + ["It was embargoed."])) == {}
