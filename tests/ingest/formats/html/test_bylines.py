"""Bylines: persons only, on whom the page's statements agree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ingest.formats.html import bylines
from bot.ingest.formats.html.authors import choose_authors
from tests.soak import examples


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Edda Marsh and Tomas Rell", ["Edda Marsh", "Tomas Rell"]),
        (
            "By Edda Marsh, Tomas Rell & Jo de la Cruz",
            ["Edda Marsh", "Tomas Rell", "Jo de la Cruz"],
        ),
        ("By Edda Marsh, Political Editor", ["Edda Marsh"]),
        ("Von unserer Redaktion", []),
        ("Ein Kommentar von Edda Marsh", ["Edda Marsh"]),
        ("Stand: 03.03.2024, 17:12 Uhr | Von Edda Marsh", ["Edda Marsh"]),
        ("03.03.2024, 17:12 Uhr • Edda Marsh", ["Edda Marsh"]),
        ("Aus Harlow berichtet Edda Marsh", ["Edda Marsh"]),
        ("Edda Marsh (Text) und Tomas Rell (Fotos)", ["Edda Marsh"]),
        ("Publié par Edda Marsh le 3 mars 2024", ["Edda Marsh"]),
        ("Propos recueillis par Edda Marsh", ["Edda Marsh"]),
        ("Publicado por Edda Marsh el 3 de marzo de 2024", ["Edda Marsh"]),
        ("By Ludwig van den Berg", ["Ludwig van den Berg"]),
        ("By Mark Weber Jr.", ["Mark Weber Jr."]),
        ("By Edda Marsh | Local Democracy Reporter", ["Edda Marsh"]),
        ("Edda Marsh Staff Reporter", ["Edda Marsh"]),
        ("Political correspondent Edda Marsh", ["Edda Marsh"]),
        ("By Theresa May", ["Theresa May"]),
        ("By April Jones, 3 Nov 2026", ["April Jones"]),
        ("BY EDDA MARSH Updated 3:40 pm", ["EDDA MARSH"]),
        ("Published by Edda Marsh on November 3, 2026", ["Edda Marsh"]),
        ("Edda Marsh Tuesday, 3 November", ["Edda Marsh"]),
        ("Edda Marsh | @edda | edda@post.example", ["Edda Marsh"]),
        ("By Edda Marsh in Vellmouth", ["Edda Marsh"]),
        ("By Edda Marsh for The Post", ["Edda Marsh"]),
        ("Words by Edda Marsh; photographs by Tomas Rell", ["Edda Marsh"]),
        ("Von Käthe Strøm", ["Käthe Strøm"]),
        ("王小明", ["王小明"]),
        ("By Edda Marsh, New York", ["Edda Marsh"]),
        ("Edda Marsh and Tomas Rell, Associated Press", ["Edda Marsh", "Tomas Rell"]),
        ("Edda Marsh - Tidewater Post", ["Edda Marsh"]),
        ("3 Nov 2026 — Edda Marsh", ["Edda Marsh"]),
        ("Wainscote. Edda Marsh", ["Edda Marsh"]),
        ("By Prof. Edda Marsh", ["Prof. Edda Marsh"]),
        ("Updated by Edda Marsh", []),
        ("A plan backed by Edda Marsh", []),
        ("Written by Edda Marsh", ["Edda Marsh"]),
        ("Staff Writer", []),
        ("Associated Press", []),
        ("Web Desk", []),
        ("Follow us", []),
        ("3 November 2026", []),
        ("edda@post.example", []),
        ("https://social.example/edda", []),
        ("Updated: Tuesday", []),
    ],
)
def test_only_persons_are_in_a_byline(line: str, names: list[str]) -> None:
    assert bylines.find_persons(line) == names


@pytest.mark.parametrize(("line", "names"), [("Edda", ["Edda"]), ("admin", []), ("AFP", [])])
def test_a_single_name_counts_where_an_author_is_stated(line: str, names: list[str]) -> None:
    assert bylines.find_persons(line, may_be_single=True) == names
    assert bylines.find_persons(line) == []


EDDA, TOMAS, JO = "Edda Marsh", "Tomas Rell", "Jo Quist"


@pytest.mark.parametrize(
    ("stated", "printed", "text", "authors"),
    [
        ([[EDDA]], [[TOMAS]], f"{EDDA} {TOMAS}", [EDDA]),
        ([[EDDA], [TOMAS]], [[TOMAS]], f"{EDDA} {TOMAS}", [TOMAS]),
        ([[EDDA]], [[EDDA, TOMAS]], f"{EDDA} {TOMAS}", [EDDA, TOMAS]),
        # whoever filed it is nowhere on the page
        ([[JO]], [[EDDA]], EDDA, [EDDA]),
        ([[JO]], [[]], "", [JO]),
        ([[EDDA]], [["EDDA MARSH"]], "EDDA MARSH", [EDDA]),
        ([], [], "", []),
    ],
)
def test_the_authors_on_whom_most_agree_are_chosen(
    stated: list[list[str]], printed: list[list[str]], text: str, authors: list[str]
) -> None:
    assert choose_authors(stated, printed, text) == authors


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("By Edda Marsh, Political Editor", True),
        ("Edda Marsh", True),
        ("By Tomas Rell", False),
        (
            "Edda Marsh said that the wall would stay shut until spring, as it has cracks.",
            False,
        ),
    ],
)
def test_a_line_that_only_names_the_authors_is_a_byline(line: str, is_one: bool) -> None:
    assert bylines.is_byline(line, [EDDA]) is is_one


@settings(max_examples=examples(100))
@given(st.text(max_size=80))
def test_any_line_is_read_in_its_own_words(line: str) -> None:
    assert all(name in line for name in bylines.find_persons(line, may_be_single=True))
