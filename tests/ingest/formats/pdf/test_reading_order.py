"""PDF: words come out in the order in which they are read, whoever wrote the file and however."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from bot.ingest.formats import pdf
from tests.ingest.formats.pdf import pdf_habits as habits
from tests.ingest.formats.pdf.typeset import Article, Layout, Word, article, typeset, width
from tests.ingest.make_pdf import Drawn, drawn_pdf, stream

ENOUGH = 0.97

ONE = Layout()
RAGGED = Layout(size=11, font="H", justified=False)
TWO = Layout(columns=2)
TWO_RAGGED = Layout(columns=2, size=9, font="H", justified=False)
NARROW = Layout(columns=3, gutter=14, size=9)
CRAMPED = Layout(columns=4, gutter=14, size=11)
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
    (habits.shuffled_page, CRAMPED),
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


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_with_only_a_vertical_credit_has_no_text(rotate: int) -> None:
    content = "BT /F 10 Tf 0 1 -1 0 30 90 Tm (Photograph: Edda Marsh) Tj ET"
    pages = [Drawn("BT /F 10 Tf 90 500 Td (It leaks.) Tj ET"), Drawn(content)]
    drawn = [habits.as_displayed(page.content, (595, 842), rotate, 0) for page in pages]
    (part,) = pdf.read(drawn_pdf(drawn))
    assert part.text == "It leaks."


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


def test_a_gap_left_by_letter_spacing_is_a_space() -> None:
    # Ghostscript spaces out the last letter of a word and the first of the next.
    x = 100 + width("the rive", 12)
    second = width("rt", 12) + 3
    content = f"BT /F 12 Tf 100 700 Td (the rive) Tj 3 Tc {x - 100} 0 Td (rt) Tj 0 Tc {second} 0 Td"
    assert text_of(Drawn(f"{content} (own) Tj ET")) == "the river town"


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


@pytest.mark.parametrize("text", ["SLUICE SHUT", "A RIVER IS SHUT", "Il a dit : on y va", "sluice"])
@pytest.mark.parametrize("space", ["", "( )"])
def test_kerned_letters_are_words(text: str, space: str) -> None:
    pieces = [")-300(".join(word) for word in text.split()]
    kerned = f"[({f')-300{space}-550('.join(pieces) if space else ')-850('.join(pieces)})] TJ"
    assert text_of(Drawn(f"BT /F 10 Tf 50 700 Td {kerned} ET")) == text


@pytest.mark.parametrize("spacing", [1, 3, 5])
def test_individually_placed_letters_are_words(spacing: int) -> None:
    drawn, x = [], 50.0
    for letter in "THE BRIDGE IS SHUT":
        if letter != " ":
            drawn.append(f"BT /F 12 Tf {x:.2f} 700 Td ({letter}) Tj ET")
        x += width(letter, 12) + spacing
    assert text_of(Drawn(" ".join(drawn))) == "THE BRIDGE IS SHUT"


def test_a_spaced_out_byline_is_recognised() -> None:
    content = (
        "BT /F 22 Tf 50 700 Td (The sluice is shut) Tj /F 12 Tf 0 -30 Td 6 Tc (By Jane Roe) Tj"
    )
    page = Drawn(f"{content} /F 10 Tf 0 Tc 0 -30 Td (It leaks, the council said on Friday.) Tj ET")
    (part,) = pdf.read(drawn_pdf([page]))
    assert part.metadata["byline"] == "Jane Roe"


@pytest.mark.parametrize("matrix", ["1 0 0 1 0 0", ".5 0 0 .5 40 -90", "0 1 -1 0 600 0"])
def test_an_actual_text_keeps_its_position(matrix: str) -> None:
    # Browsers state so what a ligature reads, within a form if they draw it elsewhere.
    x = 100 + width("an ", 20)
    after = width("fi", 20)
    content = (
        f"BT /F 20 Tf 100 400 Td (an ) Tj {x - 100} 0 Td /Span<</ActualText(fi)>>BDC (fi) Tj EMC"
    )
    form = stream(
        f"{content} {after} 0 Td (eld and another) Tj ET",
        f"/Type/XObject/Subtype/Form/BBox[0 0 900 900]/Matrix[{matrix}]"
        "/Resources<</Font<</F 3 0 R>>>>",
    )
    rotate = 90 if matrix.startswith("0") else 0
    page = Drawn("/Form Do", rotate=rotate, resources="/XObject<</Form 5 0 R>>")
    assert text_of(page, form) == "an field and another"


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
