"""PDF: reading order, paragraphs, hyphens, frames, and what is refused."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from bot.ingest.formats import pdf
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from tests.ingest.make_pdf import Drawn, Put, column, drawn_pdf, make_pdf

SAMPLES = Path(__file__).parents[2] / "samples" / "pdf"
EXPECTED = Path(__file__).parents[2] / "expected"


def part(raw: bytes) -> ParsedArticle:
    (found,) = pdf.read(raw)
    return found


def text_of(*lines: str) -> str:
    return part(make_pdf([column(50, 700, lines)])).text


def refused(raw: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        list(pdf.read(raw))
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("name", "title", "byline"),
    [
        ("flood.pdf", "Sluice gate failed three tests before flood, inspectors say", "Edda Marsh"),
        ("ferry.pdf", "Ferry fares to rise by a fifth in January", "Bram Oste"),
    ],
)
def test_columns_are_read_in_order_without_heads_and_numbers(
    name: str, title: str, byline: str
) -> None:
    read = part((SAMPLES / name).read_bytes())
    assert read.text == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8").removesuffix("\n")
    assert read.metadata == {"title": title, "byline": byline}


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("a hear-", "ing was held", "a hearing was held"),
        ("a well-", "known engineer", "a well-known engineer"),
        ("the Anglo-", "Dutch plan", "the Anglo-Dutch plan"),
        ("the plan of 2020-", "21 failed", "the plan of 2020-21 failed"),
        ("a hear\u00ad", "ing was held", "a hearing was held"),
        ("it failed -", "and badly", "it failed - and badly"),
    ],
)
def test_a_hyphen_at_a_lines_end(before: str, after: str, joined: str) -> None:
    assert text_of(before, after) == joined


@pytest.mark.parametrize(
    ("elsewhere", "joined"),
    [("It was a water-gate then.", "water-gate"), ("It was a watergate then.", "watergate")],
)
def test_a_hyphen_stays_if_printed_elsewhere(elsewhere: str, joined: str) -> None:
    assert text_of(elsewhere, "", "They shut the water-", "gate.").endswith(f"the {joined}.")


def test_gaps_indents_and_short_lines_split_paragraphs() -> None:
    assert text_of(
        "The first paragraph fills its line to the end and goes",
        "on to the next.",
        "The second follows a short line and fills its own too",
        "\tThe third is indented, and its line is as long as any",
        "of the others is.",
        "",
        "The fourth stands below a gap and has nothing indented.",
    ).split("\n\n") == [
        "The first paragraph fills its line to the end and goes on to the next.",
        "The second follows a short line and fills its own too",
        "The third is indented, and its line is as long as any of the others is.",
        "The fourth stands below a gap and has nothing indented.",
    ]


def test_wide_spaces_are_no_gap_between_columns() -> None:
    puts = column(50, 700, ["The council", "on Friday", "whether", "the"])
    words = ((160, "met"), (120, "to decide"), (140, "to shut"), (110, "north gate"))
    puts += [Put(x, put.y, word) for put, (x, word) in zip(puts, words, strict=True)]
    text = "The council met on Friday to decide whether to shut the north gate"
    assert part(make_pdf([puts])).text == text


def test_a_last_page_of_few_lines_has_the_columns_of_the_others() -> None:
    left, right = ["The council met", "on Friday and", "said that all"], ["the gates", "are shut."]
    full = [*column(50, 700, left * 4), *column(300, 700, left * 4)]
    last = [*column(50, 700, left), *column(300, 700, right)]
    assert part(make_pdf([full, last])).text.endswith(" ".join(left + right))


def test_a_number_in_a_line_is_no_page_number_and_ends_no_paragraph() -> None:
    last = [Put(50, 780, "at noon"), Put(180, 780, "90"), *column(50, 768, ["boats left."])]
    text = part(make_pdf([column(50, 100, ["The harbour office said"]), last])).text
    assert text == "The harbour office said at noon 90 boats left."


def test_hidden_text_is_left_out() -> None:
    content = "BT /F 10 Tf 50 700 Td (It leaks, Roe said.) Tj 3 Tr 0 -12 Td (Buy.) Tj ET"
    assert part(drawn_pdf([Drawn(content)])).text == "It leaks, Roe said."


@pytest.mark.parametrize(("above", "below"), [("The Quay Post", ""), ("", "“Nobody asked us”")])
def test_mastheads_and_pull_quotes_are_no_title(above: str, below: str) -> None:
    lines = ["The gate leaks, the harbour office said."] * 4
    puts = [*column(50, 660, lines), Put(50, 590, below, 16), *column(50, 560, lines)]
    assert "title" not in part(make_pdf([[Put(50, 700, above, 30), *puts]])).metadata
    headed = [Put(50, 730, above, 30), Put(50, 690, "Gate leaks again", 20), *puts]
    assert part(make_pdf([headed])).metadata["title"] == "Gate leaks again"


def test_a_paragraph_continues_on_the_next_page() -> None:
    first = [*column(50, 700, ["The council decided on Friday to close"]), Put(290, 30, "- 1 -")]
    second = [*column(50, 770, ["the quay to lorries."]), Put(290, 30, "Page 2 of 2")]
    assert part(make_pdf([first, second])).text == (
        "The council decided on Friday to close the quay to lorries."
    )


def test_repeated_lines_within_pages_stay() -> None:
    pages = [[Put(50, 810, "Coast Ledger"), *column(50, 450, ["It said so."])] for _ in range(3)]
    assert part(make_pdf(pages)).text == "\n\n".join(["It said so."] * 3)


def test_wide_lines_below_a_small_one_are_one_paragraph() -> None:
    wide = [Put(50, 780, "Coast Ledger", 6)]
    wide += [
        Put(50, 700 - 17 * n, f"The {n} of the lines of one paragraph is as") for n in range(4)
    ]
    assert part(make_pdf([wide])).text.count("\n\n") == 1


def test_browser_headers_and_footers_are_removed() -> None:
    above = [Put(30, 820, "11/25/26, 8:10 PM"), Put(300, 820, "Gate shut - Coast Ledger")]
    below = [Put(30, 20, "https://ledger.example/gate"), Put(500, 20, "1/1")]
    page = [*above, *column(50, 700, ["It leaks."]), *below]
    assert part(make_pdf([page])).text == "It leaks."


def test_a_first_line_hardly_larger_than_the_text_is_the_headline() -> None:
    lines = column(50, 670, ["The gate leaks, the harbour office said.", "Nobody was hurt."])
    read = part(make_pdf([[Put(50, 700, "North gate shut again", 12), *lines]]))
    assert read.metadata["title"] == "North gate shut again"
    assert read.text.startswith("The gate leaks")


def test_the_outlet_in_a_browsers_title_is_left_out() -> None:
    puts = [Put(50, 700, "North gate shut again", 20), *column(50, 660, ["The gate leaks."] * 4)]
    information = {"Title": "North gate shut again | The Quay Post"}
    read = part(make_pdf([puts], information=information))
    assert read.metadata == {"title": "North gate shut again"}


def test_a_row_of_text_far_above_is_kept() -> None:
    row = [Put(50, 815, "EMBARGOED"), Put(400, 815, "Harbour Board")]
    read = part(make_pdf([[*row, *column(50, 700, ["It leaks."])]]))
    assert read.text.startswith("EMBARGOED")
    assert read.metadata["status"] == "withheld"


def test_a_byline_may_follow_a_date() -> None:
    page = [Put(50, 760, "Gate shut", 20), Put(50, 700, "3 November 2026")]
    page += [Put(50, 660, "By Edda Marsh"), Put(50, 620, "It leaks, the board said on Friday.")]
    read = part(make_pdf([page]))
    assert read.metadata["byline"] == "Edda Marsh"
    assert read.text.endswith("\n\nBy Edda Marsh\n\nIt leaks, the board said on Friday.")


@pytest.mark.parametrize(
    ("information", "known"),
    [
        (
            {"Title": "Statement of the board", "Author": "Sanne Imhof"},
            {"title": "Statement of the board"},
        ),
        ({"Title": "Microsoft Word - a b.doc", "Author": "admin"}, {}),
        ({"Title": "front page v3.indd", "CreationDate": "D:20261103083000Z"}, {}),
    ],
)
def test_typed_properties_are_used(information: dict[str, str], known: dict[str, str]) -> None:
    raw = make_pdf([column(50, 700, ["It said so."])], information=information)
    assert part(raw).metadata == known


def test_a_release_under_embargo_is_withheld() -> None:
    raw = make_pdf([column(50, 700, ["EMBARGOED UNTIL 5 NOVEMBER", "", "Fares will rise."])])
    assert part(raw).metadata == {"status": "withheld", "note": "EMBARGOED UNTIL 5 NOVEMBER"}


LOCKED = (
    "/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<"
    + "00" * 32
    + ">/U<"
    + "11" * 32
    + ">>>/ID[<00><00>]"
)


def packed(content: bytes, filters: str) -> bytes:
    """A page whose content is packed in these ways."""
    raw = make_pdf([[Put(50, 700, "X")]])
    start = raw.index(b"<</Length")
    end = raw.index(b"endobj", start)
    head = f"<</Length {len(content)}/Filter[{filters}]>>\nstream\n".encode()
    return raw[:start] + head + content + b"\nendstream\n" + raw[end:]


ZEROS = zlib.compress(bytes(40_000_000), 9)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ((SAMPLES / "scanned.pdf").read_bytes(), "no text"),
        (make_pdf([[Put(50, 700, "X")]], trailer=LOCKED), "password"),
        (b"%PDF-1.7\n" + b"x" * 500, "damaged"),
        (b"The quay is shut.", "its name says PDF, but it is something else"),
        (b"\xff\xd8\xff\xe0", "its name says PDF, but it is a picture"),
        (b"\x80" * 40, "its name says PDF, but it is something else"),
        ((SAMPLES / "ferry.pdf").read_bytes()[:20_000], "damaged"),
        (make_pdf([[Put(50, 700, "X")]]).replace(b"/Kids[6 0 R]", b"/Kids[2 0 R]"), "damaged"),
        (make_pdf([[]] * 501), "501 pages"),
        (packed(ZEROS, "/FlateDecode"), "unpacks to far more"),
        (packed(zlib.compress(ZEROS, 9), "/FlateDecode/FlateDecode"), "unpacks to far more"),
    ],
    ids=[
        "scanned",
        "locked",
        "no pages",
        "text",
        "picture",
        "random",
        "cut",
        "circle",
        "long",
        "bomb",
        "bomb in a bomb",
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, why: str) -> None:
    assert why in refused(raw).cause


def test_recognises() -> None:
    assert pdf.recognises(b"\r\n%PDF-1.4")
    assert not pdf.recognises(b"A text about PDF")
