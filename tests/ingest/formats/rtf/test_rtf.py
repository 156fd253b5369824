"""Rich Text, as Word, LibreOffice, TextEdit and agencies' systems write it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ingest.formats import rtf
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from tests.soak import examples

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fswiss\fcharset204 Arial;}"
    r"{\f2\fnil\fcharset128 MS Mincho;}}"
)


def document(body: str, head: str = r"\ansi\ansicpg1252\deff0") -> bytes:
    return (
        rf"{{\rtf1{head}{FONTS}{{\colortbl;\red0;}}{{\stylesheet{{\s0 Normal;}}}}{body}}}".encode(
            "latin-1"
        )
    )


FILES = {
    "paragraphs": (
        r"\pard The gate leaks.\par Nobody was hurt.\par",
        "The gate leaks.\n\nNobody was hurt.",
    ),
    "formatting": (r"The {\b gate} \i leaks\i0 .", "The gate leaks."),
    "lines of the file": ("The ga\r\nte leaks.", "The gate leaks."),
    "a line break": (r"The gate\line leaks.", "The gate\nleaks."),
    "quotation marks": (
        r"\ldblquote It leaks,\rdblquote  Roe said \emdash  again.",
        "“It leaks,” Roe said — again.",
    ),
    "Unicode with a fallback": (r"\u8220\'93It leaks\u8221\'94", "“It leaks”"),
    "Unicode without a fallback": (r"\uc0\u8220 It leaks\u8221 ", "“It leaks”"),
    "Unicode beyond the first plane": (r"A \u-10179?\u-8704? gate", "A 😀 gate"),
    "Windows-1252": (r"Br\'fccke", "Brücke"),
    "a Cyrillic font": (r"{\f1 \'cc\'ee\'f1\'f2} \f0 leaks", "Мост leaks"),
    "a Japanese font": (r"{\f2 \'8b\'b4}", "橋"),
    "a hidden word": (r"The gate {\v never }leaks.", "The gate leaks."),
    "a deleted word": (r"The gate {\deleted never }{\revised leaks}.", "The gate leaks."),
    "a picture": (
        r"The gate{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict 00}} leaks.",
        "The gate leaks.",
    ),
    "a field": (
        r'{\field{\*\fldinst HYPERLINK "https://a.example"}{\fldrslt The gate}} leaks.',
        "The gate leaks.",
    ),
    "headers": (r"{\header Quay Ltd}{\footer Page 1}The gate leaks.", "The gate leaks."),
    "a footnote": (
        r"The gate{\super\chftn}{\footnote\pard {\super\chftn} Built in 1908.} leaks.",
        "The gate leaks.\n\nBuilt in 1908.",
    ),
    "a number raised by hand": (
        r"The gate{\super 1} leaks,\super 2\nosupersub  on 9 km{\super 2}.",
        "The gate leaks, on 9 km².",
    ),
    "a text box": (
        r"The gate{\shp{\*\shpinst\shpleft0{\sp{\sn a}{\sv 1}}{\shptxt In figures\par}}"
        r"{\shprslt{\*\do\dptxbx{\dptxbxtext In figures}}}} leaks.",
        "The gate leaks.\n\nIn figures",
    ),
    "a table": (r"\trowd\intbl The gate\cell leaks.\cell\row", "The gate\n\nleaks."),
    "a list": (r"{\listtext\'b7\tab}The gate leaks.\par", "The gate leaks."),
    "a drop cap": (r"\pard\dropcapli3\dropcapt1 T\par\pard he gate leaks.\par", "The gate leaks."),
    "braces": (r"The \{gate\} leaks\~now.", "The {gate} leaks\xa0now."),
    "binary data": (r"The gate{\pict\bin3 {}\ } leaks.", "The gate leaks."),
}


def article(raw: bytes) -> ParsedArticle:
    found, *_ = rtf.read(raw)
    assert isinstance(found, ParsedArticle)
    return found


@pytest.mark.parametrize(("body", "text"), FILES.values(), ids=FILES)
def test_a_document(body: str, text: str) -> None:
    assert article(document(body)).text == text


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (r"\mac", "Brücke"),
        (r"\ansi\ansicpg65001", "Brücke"),
        (r"\ansi\ansicpg99999", "Brücke"),
    ],
)
def test_the_code_page_is_the_documents(head: str, text: str) -> None:
    encoding = {r"\mac": "mac-roman", r"\ansi\ansicpg65001": "utf-8"}.get(head, "cp1252")
    coded = "".join(rf"\'{byte:02x}" for byte in "ü".encode(encoding))
    assert article(rf"{{\rtf1{head} Br{coded}cke}}".encode()).text == text


def test_the_properties_are_read() -> None:
    info = r"{\info{\title Gate shut again}{\author Ida Falk}{\operator Ola Roe}}"
    assert article(document(f"{info}The gate leaks.")) == ParsedArticle(
        "The gate leaks.", {"title": "Gate shut again", "byline": "Ida Falk"}
    )


def test_comments_left_out_are_mentioned() -> None:
    body = r"The gate{\*\atnid IF}{\*\atnauthor Ida}\chatn{\*\annotation{\*\atnref 1}Is it?} leaks."
    found, refusal = rtf.read(document(body))
    assert isinstance(found, ParsedArticle)
    assert found.text == "The gate leaks."
    assert isinstance(refusal, Refusal)
    assert refusal.cause == "1 comment is not part of the text"


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (b"Shut.", "its name says document in Rich Text Format, but it is text"),
        (b"{\\rtf1" + b"{" * 6_000, "nested more than"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, cause: str) -> None:
    with pytest.raises(Refusal) as caught:
        list(rtf.read(raw))
    assert cause in caught.value.cause


@settings(max_examples=examples(60))
@given(words=st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1))
def test_any_words_come_out(words: list[str]) -> None:
    coded = " ".join("".join(_escape(letter) for letter in word) for word in words)
    assert article(document(coded)).text == " ".join(words)


def _escape(letter: str) -> str:
    units = letter.encode("utf-16-le")
    codes = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
    return "".join(rf"\u{code - 0x10000 if code > 0x7FFF else code}?" for code in codes)
