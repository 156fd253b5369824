"""PDF: raised numbers of footnotes are no part of a word, and footnotes follow the text."""

from __future__ import annotations

import pytest

from bot.ingest.formats import pdf
from bot.ingest.parsed_file import ParsedArticle
from tests.ingest.formats.pdf.typeset import width
from tests.ingest.make_pdf import Put, make_pdf

LINES = [
    "The north gate has leaked for years, the harbour office told reporters on",
    "Monday, after divers had looked at it for the first time since it was built.",
    "Nobody had asked for that, said Ida Falk, who was the pilot of the harbour",
    "until May. The council will meet on Thursday to speak about what it costs.",
]
NOTE = "Falk was dismissed in May."


def read(*pages: list[Put]) -> ParsedArticle:
    (article,) = pdf.read(make_pdf(pages))
    assert isinstance(article, ParsedArticle)
    return article


def printed(mark: str, *, after: str = "Falk", size: float = 7, apart: bool = False) -> list[Put]:
    """The lines, with a mark raised after a word; `apart` from the rest of its line in the file."""
    puts = [Put(60, 700 - 14 * number, line) for number, line in enumerate(LINES)]
    (index,) = (number for number, line in enumerate(LINES) if after in line)
    before, rest = LINES[index].split(after)
    before += after
    x, y = 60 + width(before, 10), puts[index].y
    line = [
        Put(60, y, before),
        Put(x, y + 3.5, mark, size),
        Put(x + width(mark, size), y, rest),
    ]
    puts[index : index + 1] = [line[0], line[2], line[1]] if apart else line
    return puts


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("size", [6, 9])
@pytest.mark.parametrize("after", ["Falk,", "built.", "pilot of the harbour", "Thursday"])
def test_a_raised_number_is_not_glued_to_a_word(after: str, size: float, *, apart: bool) -> None:
    article = read(printed("1", after=after, size=size, apart=apart))
    assert article.text == " ".join(LINES)


def test_an_exponent_is_raised() -> None:
    puts = [
        Put(60, 700, "They dug out 40 km"),
        Put(60 + width("They dug out 40 km", 10), 704, "2", 7),
    ]
    assert read([*puts, Put(60, 686, "of mud, the harbour office said.")]).text == (
        "They dug out 40 km² of mud, the harbour office said."
    )


@pytest.mark.parametrize("start", ["1 ", "1. ", "[1] "])
def test_a_footnote_follows_the_text(start: str) -> None:
    first = [*printed("1"), Put(60, 80, start + NOTE, 8), Put(60, 71, "She has appealed.", 8)]
    second = [Put(60, 700, "and what the town would have to pay for it.")]
    first = [put._replace(text=put.text.removesuffix(".")) if "costs" in put.text else put
             for put in first]  # fmt: skip
    text = f"{' '.join(LINES).removesuffix('.')} {second[0].text}"
    assert read(first, second).text == f"{text}\n\n{NOTE} She has appealed."


def test_small_print_without_a_mark_stays_where_it_is() -> None:
    article = read([*printed("1"), Put(60, 80, f"2 {NOTE}", 8)])
    assert article.text.endswith(f"2 {NOTE}")
