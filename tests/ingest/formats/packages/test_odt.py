"""OpenDocument texts: what is printed comes out, and what is beside the text follows it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ingest.formats.packages import odt
from bot.ingest.refusal import Refusal
from tests.ingest.make_books import make_odt


def p(text: str, style: str = "P1") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def style(name: str, parent: str = "", inside: str = "") -> str:
    names = f'style:name="{name}" style:parent-style-name="{parent}"'
    return f"<style:style {names}>{inside}</style:style>"


LEAKS = p("The gate leaks.")
HIDDEN = style("H", inside='<style:text-properties text:display="none"/>')
NOTE = "<text:note><text:note-citation>1</text:note-citation>{}</text:note>"
FILES = {
    "paragraphs": (LEAKS + p("Nobody was hurt."), "", "The gate leaks.\n\nNobody was hurt."),
    "spaces": (p('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d'), "", "a b c\nd"),
    "spans": (
        p("The <text:span>ga<text:span>t</text:span>e</text:span>\n  leaks."),
        "",
        "The gate leaks.",
    ),
    "a title": (p("Gate shut", "T1") + LEAKS, style("T1", "Title"), "The gate leaks."),
    "a heading": (
        '<text:h text:outline-level="1">Gate shut</text:h>' + LEAKS,
        "",
        "The gate leaks.",
    ),
    "a footnote": (
        p(
            "The gate"
            + NOTE.format(f"<text:note-body>{p('Built in 1908.')}</text:note-body>")
            + " leaks."
        ),
        "",
        "The gate leaks.\n\nBuilt in 1908.",
    ),
    "a number raised by hand": (
        p('The gate<text:span text:style-name="S">1</text:span> leaks.'),
        style("S", inside='<style:text-properties style:text-position="super 58%"/>'),
        "The gate leaks.",
    ),
    "a text box": (
        p(
            "The gate <draw:frame><draw:text-box>"
            + p("In figures")
            + "</draw:text-box></draw:frame>leaks."
        ),
        "",
        "The gate leaks.\n\nIn figures",
    ),
    "a tracked change": (
        f"<text:tracked-changes><text:changed-region><text:deletion>{p('No.')}</text:deletion>"
        "</text:changed-region></text:tracked-changes>" + p("The <text:change/>gate leaks."),
        "",
        "The gate leaks.",
    ),
    "a list": (
        f"<text:list><text:list-item>{LEAKS}</text:list-item></text:list>",
        "",
        "The gate leaks.",
    ),
    "a table": (
        f"<table:table><table:table-row><table:table-cell>{LEAKS}</table:table-cell>"
        f"<table:table-cell>{p('Shut.')}</table:table-cell></table:table-row></table:table>",
        "",
        "The gate leaks.\n\nShut.",
    ),
    "hidden words": (
        p('The gate <text:span text:style-name="H">never </text:span>leaks.'),
        HIDDEN,
        "The gate leaks.",
    ),
    "contents": (
        f"<text:table-of-content><text:index-body>{p('Gate 1')}</text:index-body>"
        f"</text:table-of-content>{LEAKS}",
        "",
        "The gate leaks.",
    ),
    "a section": (f"<text:section>{LEAKS}</text:section>", "", "The gate leaks."),
}


@pytest.mark.parametrize(("body", "styles", "text"), FILES.values(), ids=FILES)
def test_a_document(body: str, styles: str, text: str) -> None:
    (article,) = odt.read(make_odt(body, styles=styles))
    assert article.text == text


def test_the_properties_are_read() -> None:
    meta = "<dc:title>Gate shut again</dc:title><dc:creator>Ida Falk</dc:creator>"
    meta += "<dc:date>2026-11-03T10:00:00Z</dc:date>"
    (article,) = odt.read(make_odt(LEAKS, meta=meta))
    assert article.metadata == {
        "title": "Gate shut again",
        "modified_at": datetime(2026, 11, 3, 10, tzinfo=UTC),
    }


def test_a_comment_is_left_out() -> None:
    body = p(f"The gate <office:annotation>{p('Is that so?')}</office:annotation>leaks.")
    article, comments = odt.read(make_odt(body))
    assert article.text == "The gate leaks."
    assert comments.cause == "1 comment is not part of the text"


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (make_odt("", kind="spreadsheet"), "it is not a text document"),
        (
            make_odt(LEAKS, manifest="<file-entry><encryption-data/></file-entry>"),
            "locked by a password",
        ),
        (make_odt(LEAKS)[:200], "part of it is missing"),
        (b"Shut.", "its name says OpenDocument text, but it is something else"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, cause: str) -> None:
    with pytest.raises(Refusal) as caught:
        list(odt.read(raw))
    assert cause in caught.value.cause
    assert caught.value.remedy
