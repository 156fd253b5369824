"""PDF: words come out in the order in which they are read, whoever wrote the file and however."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from bot.ingest import pdf
from bot.ingest.refusal import Refusal
from tests.ingest import pdf_habits as habits
from tests.ingest.make_pdf import Drawn, drawn_pdf
from tests.ingest.typeset import Article, Layout, article, typeset

ENOUGH = 0.97

ONE = Layout()
RAGGED = Layout(size=11, font="H", justified=False)
TWO = Layout(columns=2)
TWO_RAGGED = Layout(columns=2, size=9, font="H", justified=False)
NARROW = Layout(columns=3, gutter=14, size=9)
LANDSCAPE = Layout(paper=(842, 595), columns=3)
BROADSHEET = Layout(paper=(842, 1190), columns=5, gutter=12, size=9)

UPRIGHT = [
    (habits.fpdf, ONE),
    (habits.fpdf, TWO),
    (habits.distiller, ONE),
    (habits.distiller, NARROW),
    (habits.indesign, TWO),
    (habits.indesign, BROADSHEET),
    (habits.quartz, RAGGED),
    (habits.quartz, TWO),
    (habits.itext, ONE),
    (habits.itext, TWO_RAGGED),
    (habits.word_processor, ONE),
    (habits.word_processor, LANDSCAPE),
    (habits.chromium, RAGGED),
    (habits.chromium, TWO),
    (habits.pdftex, TWO),
    (habits.pdftex, NARROW),
    (habits.ghostscript, ONE),
    (habits.ghostscript, TWO_RAGGED),
    (habits.negative, TWO),
    (habits.letters, TWO),
    (habits.shuffled_words, NARROW),
    (habits.shuffled_page, TWO),
    (habits.across_columns, BROADSHEET),
]
TURNED = [
    (habits.distiller, TWO, 90),
    (habits.quartz, LANDSCAPE, 90),
    (habits.pdftex, ONE, 180),
    (habits.chromium, TWO_RAGGED, 180),
    (habits.itext, NARROW, 270),
    (habits.word_processor, LANDSCAPE, 270),
]


def share_in_order(written: Article, pages: list[Drawn]) -> float:
    """Of the pairs of words that follow each other as written, how many do so as read."""
    (part,) = pdf.read(drawn_pdf(pages))
    read = f"{part.known.get('title', '')} {part.text}".split()
    pairs = Counter(pairwise(written.words))
    share = (pairs & Counter(pairwise(read))).total() / pairs.total()
    print(f"{share:.3f} of the pairs of words in order")  # `pytest -rP` shows it
    return share


@pytest.mark.parametrize(
    ("habit", "layout"),
    UPRIGHT,
    ids=lambda one: getattr(one, "__name__", None) or f"{one.columns} columns",
)
def test_words_keep_their_order(habit: habits.Habit, layout: Layout) -> None:
    written = article(1)
    drawn = [
        habits.as_displayed(habit(page, layout.paper[1]), layout.paper, 0, 0)
        for page in typeset(written, layout)
    ]
    assert share_in_order(written, drawn) >= ENOUGH


@pytest.mark.parametrize(
    ("habit", "layout", "rotate"),
    TURNED,
    ids=lambda one: getattr(one, "__name__", None) or str(getattr(one, "columns", one)),
)
def test_a_page_drawn_sideways_is_read_as_displayed(
    habit: habits.Habit, layout: Layout, rotate: int
) -> None:
    written = article(2)
    drawn = [
        habits.as_displayed(habit(page, layout.paper[1]), layout.paper, rotate, -300)
        for page in typeset(written, layout)
    ]
    assert share_in_order(written, drawn) >= ENOUGH


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_displayed_sideways_is_read_as_it_is_turned(rotate: int) -> None:
    written = article(3, 300)
    drawn = [
        Drawn(habits.quartz(page, TWO.paper[1]), (0, 0, *TWO.paper), rotate)
        for page in typeset(written, TWO)
    ]
    assert share_in_order(written, drawn) >= ENOUGH


def text_of(drawn: Drawn) -> str:
    (part,) = pdf.read(drawn_pdf([drawn]))
    return part.text


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_stamp_up_an_edge_is_left_out(rotate: int) -> None:
    content = "BT /F 10 Tf 1 0 0 1 90 500 Tm (It leaks.) Tj ET BT 0 10 -10 0 30 90 Tm (STAMP) Tj ET"
    assert text_of(habits.as_displayed(content, (595, 842), rotate, 0)) == "It leaks."


def test_a_picture_with_only_a_credit_up_its_edge_has_no_text() -> None:
    with pytest.raises(Refusal, match="no text"):
        text_of(Drawn("BT /F 10 Tf 0 1 -1 0 30 90 Tm (Photograph: Edda Marsh) Tj ET"))


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_what_is_cut_off_a_page_is_left_out(rotate: int) -> None:
    content = "BT /F 10 Tf 60 400 Td (It leaks.) Tj 0 -370 Td (front v3.indd 1) Tj ET"
    drawn = habits.as_displayed(content, (595, 842), rotate, 0)
    left, bottom, right, top = drawn.box
    crop = f"/CropBox[{left + 50} {bottom + 50} {right - 50} {top - 50}]"
    assert text_of(drawn._replace(more=crop)) == "It leaks."


@pytest.mark.parametrize("tilt", [-0.02, 0.02])
def test_a_page_scanned_a_little_askew_is_read(tilt: float) -> None:
    content = f"BT /F 10 Tf 1 {tilt} {-tilt} 1 90 500 Tm (It leaks.) Tj ET"
    assert text_of(Drawn(content)) == "It leaks."
