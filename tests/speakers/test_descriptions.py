"""Descriptions that an article prints next to a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.speakers.descriptions import descriptions, mentions

NAME = "Ida Falk"


def described(text: str, name: str = NAME) -> list[tuple[str, bool]]:
    return [(one.text, one.is_title) for one in descriptions(text, name)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ida Falk, director of the Quay Program at the Norton Center, said so.",
         "director of the Quay Program at the Norton Center"),
        ("Ida Falk, the mayor of Norton, Virginia, said so.", "the mayor of Norton, Virginia"),
        ("so, said Ida Falk, a senior fellow at the Quay Institute.",
         "a senior fellow at the Quay Institute"),
        ("Ida Falk, 43, a former U.S. attorney, said so.", "a former U.S. attorney"),
        ("Ida Falk – the union’s president – said so.", "the union’s president"),
        ("Ida Falk, who heads the dockers' union, said so.", "who heads the dockers' union"),
        ("Ida Falk, who was the bill’s manager, said so.", "who was the bill’s manager"),
        ("Ida Falk, the harbour master, said so.", "the harbour master"),
        ("Ida Falk, chair of the quay board, said so.", "chair of the quay board"),
        ("Ida Falk, managing director of Quay Lines, said so.", "managing director of Quay Lines"),
        ("Ida Falk, an economist who served under two ministers, said so.",
         "an economist who served under two ministers"),
    ],
)  # fmt: skip
def test_descriptions_after_a_name(text: str, what: str) -> None:
    assert described(text) == [(what, False)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Foreign Minister Ida Falk said so.", "Foreign Minister"),
        ("On Monday Norwegian Foreign Minister Ida Falk said so.", "Norwegian Foreign Minister"),
        ("They saw Sen. Ida Falk (D-Wis.) there.", "Sen."),
        ("It was said by the campaign manager Ida Falk.", "campaign manager"),
        ("Norton’s campaign manager Ida Falk said so.", "Norton’s campaign manager"),
        ("They saw retired Air Force general Ida Falk.", "retired Air Force general"),
        ("By former U.N. secretary general Ida Falk.", "former U.N. secretary general"),
        ("Said former Norton quay board chairman Ida Falk.", "former Norton quay board chairman"),
        ("Along the way Gov. Ida Falk said so.", "Gov."),
        ("He sat alongside Vice President Ida Falk then.", "Vice President"),
        ("Harbour master Ida Falk said so.", "Harbour master"),
        ("“It is safe,” harbour master Ida Falk said.", "harbour master"),
        ("They saw Harbour Master Ida Falk.", "Harbour Master"),
        ("They were on the Halyard Moon. Captain Ida Falk said so.", "Captain"),
        ("Asked about it, spokeswoman Ms. Ida Falk said so.", "spokeswoman"),
    ],
)
def test_titles_before_a_name(text: str, what: str) -> None:
    assert described(text) == [(what, True)]


def test_descriptions_before_a_name() -> None:
    assert described("Gone. The mayor of Norton, Ida Falk, said so.") == [
        ("mayor of Norton", False)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ida Falk said so.",
        "Mr. Ida Falk said so.",
        "Master Ida Falk said so.",
        "According to Ida Falk, the president of Norton has left.",
        "According to Ida Falk, the president of Norton, Omar Tallis, has left.",
        "Ida Falk, left alone, said so.",
        "Ida Falk, hosting the mayor, said so.",
        "The Halyard Moon. Ida Falk said so.",
        "Ida Falk, in November, said so.",
        "With Ida Falk, several groups granted Mr. Tallis more time.",
        "Ida Falk, his wife, said so.",
        "Ida Falk, Omar Tallis and the mayor said so.",
        "“Ida Falk, the worst mayor ever, is gone,” he said.",
        "The mayor, Ida Falk said, is gone.",
        "Ida Falk, who left on Monday, said so.",
        "So he said, Ida Falk, not a lawyer, being away.",
        "Ida Falkner, the mayor, said so.",
        "The Sailing League suspended its president, Ida Falk, on Monday.",
    ],
)
def test_doubtful_descriptions_are_left_out(text: str) -> None:
    assert described(text) == []


def test_descriptions_are_in_the_order_of_mentions() -> None:
    text = "Mayor Ida Falk came.\nLater Ida Falk, a lawyer, left. Ida Falk stayed."
    assert described(text) == [("Mayor", True), ("a lawyer", False)]


def test_organisations_have_descriptions() -> None:
    text = "Quay Watch, a nonprofit in Norton, said so. Quay Watch, a letter, said so."
    assert described(text, "Quay Watch") == [("a nonprofit in Norton", False)]


PARTS = (
    f"{NAME}|Ida|Falk|the|a|mayor|of|Norton|,|.|“|”|said|who|Sen.|Minister|heads|43|–|\n|(|)|former"
    "|lawyer|and|U.S."
)
WORDS = st.lists(st.sampled_from(PARTS.split("|")), max_size=30)


@given(WORDS)
def test_descriptions_are_printed_next_to_the_name(parts: list[str]) -> None:
    text = " ".join(parts).replace(" ,", ",")
    for one in descriptions(text, NAME):
        start, end = one.name
        assert text[start:end] == NAME
        assert one.text == one.text.strip()
        assert "\n" not in one.text
        near = text[max(0, start - 250) : end + 250]
        assert " ".join(one.text.split()) in " ".join(near.split())


@given(st.text(alphabet='IdaFlk \n“”"', max_size=60))
def test_mentions_are_whole_words_outside_quotations(around: str) -> None:
    text = f"{around}{NAME}{around}"
    for start, end in mentions(text, NAME):
        assert text[start:end] == NAME
        assert not text[end : end + 1].isalnum()
