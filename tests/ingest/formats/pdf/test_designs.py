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
from tests.ingest.make_pdf import Drawn, drawn_pdf

ENOUGH = 0.97
MAX_DOUBTED = 0.1

DESIGNS: Sequence[tuple[designs.Design, Sequence[habits.Habit]]] = (
    (designs.one_column, (habits.fpdf, habits.letters, habits.shuffled_words)),
    (designs.two_columns, (habits.pdftex, habits.ghostscript, habits.across_columns)),
    (designs.three_columns, (habits.indesign, habits.quartz, habits.shuffled_page)),
    (designs.narrow_gutter, (habits.distiller, habits.chromium, habits.itext)),
    (designs.unequal_columns, (habits.fpdf, habits.word_processor, habits.across_columns)),
    (designs.broken_words, (habits.indesign, habits.chromium, habits.letters)),
    (designs.soft_hyphens, (habits.distiller, habits.pdftex)),
    (designs.sidebar, (habits.indesign, habits.itext, habits.shuffled_page)),
    (designs.quoted_between, (habits.quartz, habits.across_columns)),
    (designs.footnotes, (habits.pdftex, habits.negative)),
    (designs.table, (habits.word_processor, habits.itext, habits.shuffled_page)),
    (designs.drop_cap, (habits.indesign, habits.chromium, habits.shuffled_page)),
    (designs.framed, (habits.distiller, habits.itext)),
    (designs.indented, (habits.fpdf, habits.letters)),
    (designs.mixed_columns, (habits.indesign, habits.chromium, habits.shuffled_page)),
    (designs.stairs, (habits.distiller, habits.itext, habits.shuffled_page)),
    (designs.two_stories, (habits.quartz, habits.word_processor, habits.across_columns)),
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
    assert share_in_order(designed, document_of(drawn(designed, habit))) >= ENOUGH


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
