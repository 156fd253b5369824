"""The roles that an article gives its speakers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model import Claim
from bot.newsroom.speakers.roles import extract_roles, is_person_noun

CLAIM = Claim(id="c", article_id="a", kind="attribution", text="t", speaker="Ines Breen",
              source="Breen", source_kind="named")  # fmt: skip


def roles(text: str, speaker: str = "Ines Breen", source: str | None = None) -> list[str]:
    claim = replace(CLAIM, speaker=speaker, source=source or speaker)
    return list(extract_roles(text, [claim]).get(speaker, ()))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Governor Ines Breen came. Breen said no.", ["Governor"]),
        ("Ines Breen came. “No,” Governor Breen said.", ["Governor"]),
        ("Ines Breen, governor of the central bank, said no.", ["governor of the central bank"]),
        ("Ines Breen, chair of the harbour board, said no.", ["chair of the harbour board"]),
        ("Ines Breen, who is the mayor of Norton, said no.", ["mayor of Norton"]),
        ("Ines Breen is the governor of the central bank.", ["governor of the central bank"]),
        ("Ines Breen became mayor of Norton last year.", ["mayor of Norton"]),
        ("Ines Breen was elected mayor of Norton.", ["mayor of Norton"]),
        ("It was said by the mayor, Dr Ines Breen, who left.", ["mayor"]),
        ("The league suspended its president, Ines Breen, on Monday.", ["president"]),
        ("Norton’s mayor, Ines Breen, said no.", ["mayor"]),
        ("The acting president, Ines Breen, said no.", ["acting president"]),
        ("Ines Breen, director and founder of the mint, said no.",
         ["director", "founder of the mint"]),
        ("Ines Breen, a former mayor and minister, said no.", ["former mayor", "former minister"]),
        ("Ines Breen (governor) said no.", ["governor"]),
        ("Ines Breen, the bank’s governor since 2019, said no.", ["bank’s governor"]),
        ("Ines Breen, who has been governor since 2019, said no.", ["governor"]),
        ("Minister of Finance Ines Breen said no.", ["Minister of Finance"]),
        ("The governor — Ines Breen — said no.", ["governor"]),
        ("Ines Breen came. In the end the governor, Ms Breen, said no.", ["governor"]),
        ("Mayor-elect Ines Breen said no.", ["Mayor-elect"]),
        ("Vice-chancellor Ines Breen said no.", ["Vice-chancellor"]),
        ("Under questioning by the mayor, Ines Breen, he said no.", ["mayor"]),
        ("Ines Breen, a former mayor and a lawyer, said no.", ["former mayor", "lawyer"]),
        ("Judge Ines Breen, who chairs the board, said no.", ["Judge"]),
        ("Candidate Gov. Ines Breen said no.", ["Candidate", "Gov."]),
        ("The former mayor Ines Breen said no.", ["former mayor"]),
        ("Director Ines Breen came. The sales director, Ines Breen, said no.", ["sales director"]),
    ],
)  # fmt: skip
def test_role_is_printed_for_a_name(text: str, found: list[str]) -> None:
    assert roles(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "A spokesman for the governor met Ines Breen.",
        "Ines Breen met the governor. The governor said no.",
        "Ines Breen is not the governor.",
        "Ines Breen, who was governor until 2016, said no.",
        "Ines Breen, mayor of Norton from 2008 to 2016, said no.",
        "Ines Breen, Norton’s mayor until last year, said no.",
        "Unlike the mayor, Ines Breen, who is tired, said no.",
        "Thanks to the mayor, Ines Breen, 62, could stay.",
        "Ines Breen, speaking for the governor, said no.",
        "Ines Breen, who succeeded Governor Tallis, said no.",
        "“Ines Breen, the worst mayor ever, is gone,” he said.",
        "Governor Philip Breen met Ines Breen.",
        "His wife, Ines Breen, said no.",
        "Mr Breen and Ines Breen said no.",
        "The mayor, Ines Breen and the sheriff met.",
        "According to Ines Breen, the mayor, Omar Nasser, has left.",
        "Nobody believes Ines Breen is the governor.",
        "A post falsely said that Ines Breen was elected mayor.",
    ],
)
def test_doubtful_roles_are_left_out(text: str) -> None:
    assert roles(text) == []


def test_role_next_to_the_source_counts() -> None:
    assert roles("Nothing.", source="the harbour master, Ines Breen") == ["harbour master"]
    assert roles("Nothing.", source="Ines Breen, also a trustee,") == ["trustee"]


def test_uncertain_or_described_speakers_have_no_roles() -> None:
    text = "Governor Ines Breen came."
    for claim in (replace(CLAIM, speaker=None), replace(CLAIM, source_kind="described")):
        assert extract_roles(text, [claim]) == {}


def test_organisations_have_no_roles() -> None:
    assert roles("The ship’s builder, Corrigan Yards, said no.", "Corrigan Yards") == []
    assert roles("The Minister of Finance said no.", "The Minister of Finance") == []


def test_person_nouns_differ_from_organisations() -> None:
    nouns = ("governor", "spokeswoman", "ministry", "breen")
    assert [*map(is_person_noun, nouns)] == [True, True, False, False]
