"""PDF: words come out in the order in which they are read, whoever wrote the file and however."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from bot.ingest.formats import pdf
from tests.ingest.formats.pdf import pdf_habits as habits
from tests.ingest.formats.pdf.typeset import Article, Layout, Word, article, typeset
from tests.ingest.make_pdf import Drawn, drawn_pdf, stream

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
    (habits.letters, TWO),
    (habits.across_columns, BROADSHEET),
]
TURNED = [
    (habits.distiller, TWO, 90),
    (habits.quartz, LANDSCAPE, 90),
    (habits.pdftex, ONE, 180),
    (habits.chromium, TWO_RAGGED, 180),
    (habits.letters, ONE, 180),
    (habits.itext, NARROW, 270),
    (habits.word_processor, LANDSCAPE, 270),
]


def share_in_order(written: Article, pages: list[Drawn]) -> float:
    """Of the pairs of words that follow each other as written, how many do so as read."""
    (part,) = pdf.read(drawn_pdf(pages))
    read = f"{part.metadata.get('title', '')} {part.text}".split()
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
def test_a_rotated_page_is_read_as_displayed(rotate: int) -> None:
    written = article(3, 300)
    drawn = [
        Drawn(habits.letters(page, TWO.paper[1]), (0, 0, *TWO.paper), rotate)
        for page in typeset(written, TWO)
    ]
    assert share_in_order(written, drawn) >= ENOUGH


def text_of(drawn: Drawn, *objects: str) -> str:
    (part,) = pdf.read(drawn_pdf([drawn], objects=objects))
    return part.text


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_vertical_stamp_is_left_out(rotate: int) -> None:
    content = "BT /F 10 Tf 1 0 0 1 90 500 Tm (It leaks.) Tj ET BT 0 10 -10 0 30 90 Tm (STAMP) Tj ET"
    assert text_of(habits.as_displayed(content, (595, 842), rotate, 0)) == "It leaks."


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_sideways_file_of_one_sentence_is_read(rotate: int) -> None:
    content = "BT /F 10 Tf 90 500 Td (It leaks.) Tj ET"
    assert text_of(Drawn(content, rotate=rotate)) == "It leaks."


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", ["700 900 900 1000", "0 842 595 900"])
def test_a_crop_box_outside_the_page_cuts_nothing_off(crop: str, rotate: int) -> None:
    content = "BT /F 10 Tf 60 400 Td (It leaks.) Tj ET"
    drawn = habits.as_displayed(content, (595, 842), rotate, 0)
    assert text_of(drawn._replace(more=f"/CropBox[{crop}]")) == "It leaks."


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_text_outside_the_crop_box_is_left_out(rotate: int) -> None:
    content = "BT /F 10 Tf 60 400 Td (It leaks.) Tj 0 -370 Td (front v3.indd 1) Tj ET"
    drawn = habits.as_displayed(content, (595, 842), rotate, 0)
    left, bottom, right, top = drawn.box
    crop = f"/CropBox[{left + 50} {bottom + 50} {right - 50} {top - 50}]"
    assert text_of(drawn._replace(more=crop)) == "It leaks."


def test_a_page_with_an_inverted_box_is_read_whole() -> None:
    content = "BT /F 10 Tf 60 800 Td (It leaks.) Tj ET"
    page = Drawn(content, (595, 842, 0, 0), more="/CropBox[700 900 900 1000]")
    assert text_of(page) == "It leaks."


@pytest.mark.parametrize("tilt", [-0.02, 0.02])
def test_a_page_scanned_a_little_askew_is_read(tilt: float) -> None:
    content = f"BT /F 10 Tf 1 {tilt} {-tilt} 1 90 500 Tm (It leaks.) Tj ET"
    assert text_of(Drawn(content)) == "It leaks."


def test_the_last_page_of_a_sideways_document_is_read_too() -> None:
    written = article(3, 300)
    pages = [*typeset(written, TWO), [[Word(50, 700, "Corrected.", 10)]]]
    drawn = [Drawn(habits.quartz(page, 842), (0, 0, 595, 842), 90) for page in pages]
    (part,) = pdf.read(drawn_pdf(drawn))
    assert part.text.endswith("Corrected.")


@pytest.mark.parametrize(
    "text",
    [
        "Il a dit : \xab non \xbb",
        "J. R. R. Marsh",
        "x = y + z",
        "1 2 3 4 5 6",
        "Goals: 3 0 1",
        "20 : 15 Uhr",
    ],
)
def test_spaces_that_are_only_kerns_stay(text: str) -> None:
    kerned = f"[({text.replace(' ', ')-250(')})] TJ"
    assert text_of(Drawn(f"BT /F 12 Tf 50 700 Td {kerned} ET")) == text


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Il y a : A B", "(Il)-250(y)-250(a)-250(:)-700(A)-250(B)"),
        ("3 0 1 5 2", "(3)-250(0)-250(1)-700(5)-250(2)"),
    ],
)
def test_spaces_next_to_a_wider_one_stay(text: str, pieces: str) -> None:
    assert text_of(Drawn(f"BT /F 12 Tf 50 700 Td [{pieces}] TJ ET")) == text


def test_a_bitmap_font_without_size_is_read() -> None:
    # TeX's: a font of size 1 in dots of 300 to the inch, each character 20 wide and high.
    letters = [f"/{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    drawing = stream("20 0 0 0 20 20 d1 0 0 20 20 re f")
    font = (
        "<</Type/Font/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/FontBBox[0 0 20 20]/FirstChar 97"
        f"/LastChar 122/Widths[{'20 ' * 26}]"
        f"/CharProcs<<{' '.join(f'{x} 5 0 R' for x in letters)}>>"
        f"/Encoding<</Differences[97 {' '.join(letters)}]>>/Resources<<>>>>"
    )
    rows = [
        f"{x} {2000 - 28 * row} Td [({text.replace(' ', ')-15000(')})] TJ {-x} {28 * row - 2000} Td"
        for row in range(4)
        for x, text in ((300, "the left row goes on"), (900, "and so does the right"))
    ]
    form = stream(
        f".24 0 0 .24 0 0 cm BT /T 1 Tf {' '.join(rows)} ET",
        "/Type/XObject/Subtype/Form/BBox[0 0 900 900]/Resources<</Font<</T 6 0 R>>>>",
    )
    read = text_of(Drawn("/Form Do", resources="/XObject<</Form 7 0 R>>"), drawing, font, form)
    assert read == " ".join(["the left row goes on"] * 4 + ["and so does the right"] * 4)


@pytest.mark.parametrize(
    ("text", "operators"),
    [
        ("The EU NATO said it.", "/F 12 Tf (The EU ) Tj 1.6 Tc (NATO) Tj 0 Tc ( said it.) Tj"),
        ("The EU said it.", "/F 12 Tf (The ) Tj 2 Tc (EU) Tj 0 Tc ( said it.) Tj"),
        ("NEWS", "/F 12 Tf 1.8 Tc (NEWS) Tj"),
        ("SPORT", "/F 12 Tf 5 Tc (SPORT) Tj"),
        ("3 NOV 2026", "/F 10 Tf 2 Tc (3 NOV 2026) Tj"),
        ("24/11/2026", "/F 8 Tf 1.2 Tc (24/11/2026) Tj"),
        ("THE BRIDGE IS SHUT", "/F 12 Tf 6 Tc (THE BRIDGE IS SHUT) Tj"),
        ("SLUICE SHUT", "/F 10 Tf 3 Tc (SLUICE SHUT) Tj"),
    ],
)
def test_letter_spaced_words_stay_whole(text: str, operators: str) -> None:
    assert text_of(Drawn(f"BT 50 700 Td {operators} ET")) == text


def test_spaces_guessed_in_letter_spaced_words_are_left_out() -> None:
    spaced = ")-145(".join("Here is some text").replace(")-145( )-145(", ")-600(")
    assert text_of(Drawn(f"BT /F 12 Tf 50 700 Td [({spaced})] TJ ET")) == "Here is some text"
