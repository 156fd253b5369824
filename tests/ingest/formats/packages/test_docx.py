"""Word documents: what is printed comes out, what is deleted, hidden or beside the text doesn't."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ingest.formats.packages import docx, package
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from tests.ingest.make_docx import make_docx, paragraph, run
from tests.ingest.packing import zipped
from tests.soak import examples

SAMPLES = Path(__file__).parents[2] / "samples" / "docx"
EXPECTED = Path(__file__).parents[2] / "expected"


def part(raw: bytes) -> ParsedArticle:
    (found,) = docx.read(raw)
    return found


def refused(raw: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        list(docx.read(raw))
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("name", "known"),
    [
        (
            "speech.docx",
            {
                "title": "Speech of the mayor at the reopening of the library",
                "modified_at": datetime(2026, 11, 2, 14, 30, tzinfo=UTC),
            },
        ),
        (
            "tracked.docx",
            {
                "title": "Ministry silent on gate reports",
                "modified_at": datetime(2026, 11, 3, 10, 0, tzinfo=UTC),
            },
        ),
        (
            "strict.docx",
            {"status": "withheld", "note": "EMBARGOED UNTIL 5 NOVEMBER, 06:00"},
        ),
    ],
)
def test_the_samples(name: str, known: dict[str, object]) -> None:
    read = part((SAMPLES / name).read_bytes())
    assert read.text == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8").removesuffix("\n")
    assert read.metadata == known


def test_tracked_changes_count_as_accepted() -> None:
    body = (
        f"<w:p>{run('The ministry ')}<w:del><w:r><w:delText>refused</w:delText></w:r></w:del>"
        f"<w:ins>{run('declined')}</w:ins>{run(' to comment.')}</w:p>"
    )
    assert part(make_docx(body)).text == "The ministry declined to comment."


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:tab/></w:r>", "a b"),
        ("<w:r><w:br/></w:r>", "a\nb"),
        ("<w:r><w:noBreakHyphen/></w:r>", "a\u2011b"),
        ("<w:r><w:softHyphen/></w:r>", "ab"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>", "ab"),
        ('<w:r><w:rPr><w:vanish w:val="1"/></w:rPr><w:t>x</w:t></w:r>', "ab"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>x</w:t></w:r>', "axb"),
        ('<w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>x</w:t></w:r>', "axb"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", "ab"),
        (f"<w:hyperlink>{run('x')}</w:hyperlink>", "axb"),
    ],
)
def test_breaks_between_runs_are_read(inside: str, text: str) -> None:
    assert part(make_docx(f"<w:p>{run('a')}{inside}{run('b')}</w:p>")).text == text


def test_the_title_is_not_a_paragraph() -> None:
    body = paragraph("Gate shut", "Title") + paragraph("It leaks.")
    assert part(make_docx(body)) == ParsedArticle("It leaks.", {"title": "Gate shut"})
    below_a_letterhead = paragraph("Harbour board") + body
    assert part(make_docx(below_a_letterhead)) == ParsedArticle(
        "Harbour board\n\nIt leaks.", {"title": "Gate shut"}
    )
    later = paragraph("It leaks.") + paragraph("Gate shut", "Heading1")
    assert part(make_docx(later)) == ParsedArticle("It leaks.\n\nGate shut", {})


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "a document of Office from before 2007"),
        (make_docx(paragraph("a"))[:400], "part of it is missing"),
        (b"\x8b\x02\xff" * 50, "its name says Word document, but it is something"),
        (b"Shut.", "its name says Word document, but it is something else"),
        (b"%PDF-1.7\n", "its name says Word document, but it is a PDF"),
        (zipped({"a.txt": "b"}), "_rels/.rels cannot be read"),
        (make_docx("<w:p>"), "not well-formed XML"),
        (make_docx("<w:sdt>" * 1000), "Excessive depth"),
        (make_docx("&a;", prologue='<!DOCTYPE a [<!ENTITY a "b">]>'), "declares entities"),
        (make_docx(" " * (package.MAX_PART_BYTES + 1)), "unpacks to more than"),
    ],
    ids=["old", "cut", "random", "text", "pdf", "zip", "malformed", "deep", "entities", "bomb"],
)
def test_what_cannot_be_read_says_why(raw: bytes, why: str) -> None:
    assert why in refused(raw).cause


def test_an_office_document_is_recognised_by_its_first_entry() -> None:
    assert docx.recognises((SAMPLES / "speech.docx").read_bytes()[:100])
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as package:
        package.writestr("a.docx", (SAMPLES / "tracked.docx").read_bytes())
    assert not docx.recognises(outer.getvalue())


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@settings(max_examples=examples(60))
@given(paragraphs=st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=5))
def test_any_words_come_out(paragraphs: list[list[str]]) -> None:
    body = "".join(paragraph(" ".join(words)) for words in paragraphs)
    assert part(make_docx(body)).text.split("\n\n") == [" ".join(words) for words in paragraphs]
