"""Word files as newsrooms get them: what is printed beside the text follows it."""

from __future__ import annotations

import pytest

from bot.ingest.formats.packages import docx
from bot.ingest.refusal import Refusal
from tests.ingest.make_docx import STRICT_WORD, make_docx, paragraph, run
from tests.ingest.packing import zipped

LEAKS = paragraph("The gate leaks.")
DRAWING = "<w:r><mc:AlternateContent>{}</mc:AlternateContent></w:r>"


def drop_cap(letter: str) -> str:
    frame = '<w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>'
    return f"<w:p>{frame}{run(letter)}</w:p>"


def box(*paragraphs: str) -> str:
    """A text box in the two copies that Word writes."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    choice = f"<mc:Choice><w:drawing><w:txbx>{content}</w:txbx></w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><w:textbox>{content}</w:textbox></w:pict></mc:Fallback>"
    return DRAWING.format(choice + fallback)


def notes(kind: str, *texts: str) -> str:
    """The notes, after the lines that separate them from the text."""
    separators = "".join(
        f'<w:{kind} w:type="{name}" w:id="{number}"><w:p>{run("—")}</w:p></w:{kind}>'
        for number, name in enumerate(("separator", "continuationSeparator"))
    )
    return separators + "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r>{run(f" {text}")}</w:p>'
        f"</w:{kind}>"
        for number, text in enumerate(texts, start=2)
    )


REFERENCE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
COMMENTED = (
    f"<w:p><w:commentRangeStart/>{run('The gate leaks.')}<w:commentRangeEnd/>"
    "<w:r><w:commentReference/></w:r></w:p>"
)
FILES = {
    "a drop cap": (drop_cap("T") + paragraph("he gate leaks."), {}, "The gate leaks."),
    "a drop cap below a heading": (
        paragraph("Gate", "Title") + drop_cap("T") + paragraph("he gate leaks.") + LEAKS,
        {},
        "The gate leaks.\n\nThe gate leaks.",
    ),
    "a drop cap at the end": (LEAKS + drop_cap("T"), {}, "The gate leaks.\n\nT"),
    "a footnote": (
        f"<w:p>{run('The gate')}{REFERENCE}{run(' leaks.')}</w:p>{LEAKS}",
        {"footnotes": notes("footnote", "The north gate, built in 1908.")},
        "The gate leaks.\n\nThe gate leaks.\n\nThe north gate, built in 1908.",
    ),
    "a number raised by hand": (
        f'<w:p>{run("The gate leaks,")}<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        f'<w:t>1</w:t></w:r>{run(" over 9 km")}<w:r><w:rPr><w:vertAlign w:val="superscript"/>'
        f"</w:rPr><w:t>2</w:t></w:r>{run('.')}</w:p>",
        {},
        "The gate leaks, over 9 km².",
    ),
    "two footnotes": (
        LEAKS,
        {"footnotes": notes("footnote", "One.", "Two.")},
        "The gate leaks.\n\nOne.\n\nTwo.",
    ),
    "an endnote": (
        LEAKS,
        {"endnotes": notes("endnote", "See the report.")},
        "The gate leaks.\n\nSee the report.",
    ),
    "footnotes before endnotes": (
        LEAKS,
        {"endnotes": notes("endnote", "End."), "footnotes": notes("footnote", "Foot.")},
        "The gate leaks.\n\nFoot.\n\nEnd.",
    ),
    "an empty footnote": (LEAKS, {"footnotes": notes("footnote", "")}, "The gate leaks."),
    "a tracked change in a footnote": (
        LEAKS,
        {
            "footnotes": '<w:footnote w:id="2"><w:p><w:del><w:r><w:delText>No</w:delText></w:r>'
            f"</w:del><w:ins>{run('Yes')}</w:ins></w:p></w:footnote>"
        },
        "The gate leaks.\n\nYes",
    ),
    "a text box": (
        f"<w:p>{run('The gate ')}{box(paragraph('The gate in figures'))}{run('leaks.')}</w:p>"
        f"{LEAKS}",
        {},
        "The gate leaks.\n\nThe gate leaks.\n\nThe gate in figures",
    ),
    "a text box of two paragraphs": (
        f"<w:p>{box(paragraph('One.'), paragraph('Two.'))}</w:p>{LEAKS}",
        {},
        "The gate leaks.\n\nOne.\n\nTwo.",
    ),
    "an old text box": (
        f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('One.')}</w:txbxContent></w:pict></w:r></w:p>"
        f"{LEAKS}",
        {},
        "The gate leaks.\n\nOne.",
    ),
    "a text box in a table": (
        f"<w:tbl><w:tr><w:tc>{LEAKS}<w:p>{box(paragraph('One.'))}</w:p></w:tc></w:tr></w:tbl>",
        {},
        "The gate leaks.\n\nOne.",
    ),
    "a text box before a footnote": (
        f"<w:p>{run('The gate leaks.')}{box(paragraph('Box.'))}</w:p>",
        {"footnotes": notes("footnote", "Foot.")},
        "The gate leaks.\n\nBox.\n\nFoot.",
    ),
    "a content control": (
        f"<w:sdt><w:sdtContent>{LEAKS}</w:sdtContent></w:sdt>",
        {},
        "The gate leaks.",
    ),
    "a picture with its caption": (
        f"<w:p><w:r><w:drawing/></w:r></w:p>{paragraph('The gate in May')}{LEAKS}",
        {},
        "The gate in May\n\nThe gate leaks.",
    ),
    "a comment": (
        COMMENTED,
        {"comments": f'<w:comment w:id="0">{paragraph("Is that so?")}</w:comment>'},
        "The gate leaks.",
    ),
}


@pytest.mark.parametrize(("body", "beside", "text"), FILES.values(), ids=FILES)
@pytest.mark.parametrize("namespace", [None, STRICT_WORD], ids=["transitional", "strict"])
def test_a_word_file(body: str, beside: dict[str, str], text: str, namespace: str | None) -> None:
    kind = {"namespace": namespace} if namespace else {}
    article, *comments = docx.read(make_docx(body, beside=beside, **kind))
    assert article.text == text
    assert len(comments) == ("comments" in beside)


def test_another_office_file_is_no_text_document() -> None:
    parts = {
        "_rels/.rels": '<Relationships><Relationship Type="a/officeDocument" Target="a.xml"/>'
        "</Relationships>",
        "a.xml": "<workbook/>",
    }
    with pytest.raises(Refusal, match="it is not a text document"):
        list(docx.read(zipped(parts)))
