"""PDF: whatever the design and whoever wrote the file, words come out in order, or are doubted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest

from bot.ingest.documents import make_document
from bot.ingest.formats import pdf
from bot.ingest.refusal import Refusal
from bot.model import Document
from tests.ingest.formats.pdf import designs, fonts
from tests.ingest.formats.pdf import pdf_habits as habits
from tests.ingest.formats.pdf.typeset import set_row
from tests.ingest.make_pdf import Drawn, drawn_pdf, stream

ENOUGH = 0.97
MAX_DOUBTED = 0.05

DESIGNS: Sequence[tuple[designs.Design, Sequence[habits.Habit]]] = (
    (designs.one_column, (habits.fpdf, habits.letters)),
    (designs.two_columns, (habits.pdftex, habits.ghostscript, habits.across_columns)),
    (designs.three_columns, (habits.indesign, habits.quartz, habits.shuffled_page)),
    (designs.narrow_gutter, (habits.distiller, habits.chromium, habits.itext)),
    (designs.unequal_columns, (habits.fpdf, habits.word_processor, habits.across_columns)),
    (designs.broken_words, (habits.indesign, habits.chromium, habits.letters)),
    (designs.soft_hyphens, (habits.distiller, habits.pdftex)),
    (designs.sidebar, (habits.indesign, habits.itext, habits.shuffled_page)),
    (designs.quoted_between, (habits.quartz, habits.across_columns)),
    (designs.footnotes, (habits.pdftex,)),
    (designs.table, (habits.word_processor, habits.itext, habits.shuffled_page)),
    (designs.drop_cap, (habits.indesign, habits.chromium, habits.shuffled_page)),
    (designs.framed, (habits.distiller, habits.itext)),
    (designs.indented, (habits.fpdf, habits.letters)),
    (designs.mixed_columns, (habits.indesign, habits.chromium, habits.across_columns)),
    (designs.stairs, (habits.distiller, habits.itext, habits.shuffled_page)),
    (designs.two_stories, (habits.quartz, habits.word_processor, habits.across_columns)),
    (designs.box_at_left, (habits.quartz, habits.fpdf, habits.across_columns)),
    (designs.interview, (habits.word_processor, habits.chromium, habits.shuffled_page)),
    (designs.sides, (habits.indesign, habits.pdftex, habits.shuffled_page)),
)  # fmt: skip
FILES = [(design, habit) for design, its_habits in DESIGNS for habit in its_habits]
FONTS = [
    (designs.one_column, fonts.numbered),
    (designs.two_columns, fonts.with_ligatures),
    (designs.broken_words, fonts.with_ligatures),
]


def document_of(pages: Sequence[Drawn], *objects: str) -> Document:
    (article, *others) = pdf.read(drawn_pdf(pages, objects=objects))
    assert not others
    assert not isinstance(article, Refusal)
    return make_document(article._replace(is_fallible=True), "a.pdf")


def share_in_order(designed: designs.Designed, document: Document) -> float:
    """Of the pairs of words that follow each other in a piece of text, how many do so as read."""
    pairs = Counter(pair for piece in designed.pieces for pair in pairwise(piece))
    read = f"{document.title or ''} {document.text}".split()
    share = (pairs & Counter(pairwise(read))).total() / pairs.total()
    print(f"{share:.3f} of the pairs of words in order, doubt: {document.doubt}")
    return share


def drawn(designed: designs.Designed, habit: habits.Habit, **options: str) -> list[Drawn]:
    return [Drawn(habit(page, designs.HIGH), **options) for page in designed.pages]


@pytest.mark.parametrize(
    ("design", "habit"), FILES, ids=lambda one: getattr(one, "__name__", str(one))
)
def test_words_keep_their_order_in_any_design(design: designs.Design, habit: habits.Habit) -> None:
    designed = design(designs.story(len(habit.__name__)))
    document = document_of(drawn(designed, habit))
    assert share_in_order(designed, document) >= ENOUGH or document.doubt == "order"


@pytest.mark.parametrize(("design", "draw"), FONTS)
def test_glyphs_with_numbers_are_read_by_their_map(
    design: designs.Design, draw: habits.Habit
) -> None:
    designed = design(designs.story(7))
    pages = drawn(designed, draw, resources="/Font<</N 5 0 R>>")
    document = document_of(pages, *fonts.numbered_font())
    assert share_in_order(designed, document) >= ENOUGH
    assert document.doubt is None


def test_few_designs_are_doubted() -> None:
    doubted = [
        design.__name__
        for number, (design, habit) in enumerate(FILES)
        if document_of(drawn(design(designs.story(number)), habit)).doubt
    ]
    assert len(doubted) <= MAX_DOUBTED * len(FILES), doubted


def test_glyphs_without_a_map_are_doubted() -> None:
    designed = designs.two_columns(designs.story(3))
    pages = drawn(designed, fonts.numbered, resources="/Font<</N 5 0 R>>")
    try:
        document = document_of(pages, *fonts.numbered_font(to_unicode=False))
    except Refusal as refusal:
        assert "text recognition" in refusal.remedy
    else:
        assert document.doubt


def test_a_font_of_drawings_is_read_by_its_names() -> None:
    designed = designs.three_columns(designs.story(5))
    pages = [
        Drawn(content.replace("/F ", "/T ").replace("/H ", "/T "), resources="/Font<</T 6 0 R>>")
        for content in (habits.pdftex(page, designs.HIGH) for page in designed.pages)
    ]
    document = document_of(pages, *fonts.drawn_font())
    assert share_in_order(designed, document) >= ENOUGH
    assert document.doubt is None


def test_a_page_whose_drawn_order_reads_better_is_doubted() -> None:
    # A list of events that goes on from the left cell of a row to the right one.
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    rows = [
        set_row(words.split(), x, 700 - 20 * number, 10)
        for number, day in enumerate(days)
        for x, words in ((50, f"In the night to {day},"), (300, "the harbour wall moved a little."))
    ]
    document = document_of([Drawn(habits.fpdf(rows, designs.HIGH))])
    assert document.text.count("the harbour wall moved") == len(days)
    assert "to Monday, the harbour" in " ".join(document.text.split())
    assert document.doubt == "order"


PICTURE = stream("\0" * 3, "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB"
                 "/BitsPerComponent 8")  # fmt: skip
SCANNED = Drawn("q 595 0 0 842 0 0 cm /I Do Q", resources="/XObject<</I 5 0 R>>")


def test_scanned_pages_are_refused_with_what_to_do() -> None:
    with pytest.raises(Refusal, match="pictures of pages") as caught:
        document_of([SCANNED, SCANNED], PICTURE)
    assert "OCR" in caught.value.remedy


def test_the_text_layer_of_a_scan_is_read() -> None:
    designed = designs.two_columns(designs.story(2))
    pages = [
        Drawn(f"{SCANNED.content} 3 Tr {content}", resources=SCANNED.resources)
        for content in (habits.itext(page, designs.HIGH) for page in designed.pages)
    ]
    document = document_of(pages, PICTURE)
    assert share_in_order(designed, document) >= ENOUGH
    assert document.doubt is None


def test_a_file_of_which_half_is_pictures_is_doubted() -> None:
    designed = designs.one_column(designs.story(2, 200))
    document = document_of([*drawn(designed, habits.fpdf), SCANNED], PICTURE)
    assert document.doubt == "thin"


def test_a_line_that_is_all_of_every_page_is_the_text() -> None:
    said = (
        "BT /F 10 Tf 60 800 Td (The harbour is closed until further notice, the office said.) Tj ET"
    )
    document = document_of([Drawn(said), Drawn(said), Drawn(said)])
    assert document.text.startswith("The harbour is closed until further notice, the office said.")


def test_names_in_the_margin_stand_before_what_they_say() -> None:
    designed = designs.interview(designs.story(4))
    document = document_of(drawn(designed, habits.word_processor))
    starts = [" ".join(piece[:5]) for piece in designed.pieces[1:]]
    assert [start for start in starts if start not in document.text] == []
