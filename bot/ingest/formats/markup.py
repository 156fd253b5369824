"""Extract text from the markup inside other formats, with a blank line between paragraphs.

The markup of a wire's or feed's body holds only the story. It is read as a stream of tags, not as a
tree, so that its depth does not matter.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from lxml import etree

from bot.text.raised import mark_raised, resolve_raised

# The last line of each list is NITF's.
_BLOCK_NAMES = """
    address article blockquote body center dd details div dl dt fieldset footer form h1 h2 h3 h4 h5
    h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul
    block body.content bq hl1 hl2
"""
_SKIPPED_NAMES = """
    aside audio button canvas caption figcaption head iframe math nav noscript object script select
    style svg template textarea title video
    body.end body.head custom-table docdata fn media note
"""
_BLOCK_ELEMENTS = frozenset(_BLOCK_NAMES.split())
_SKIPPED_ELEMENTS = frozenset(_SKIPPED_NAMES.split())
_SKIPPED_CLASS = re.compile(r"(?<![\w-])(?:wp-)?caption\b|\bpull-?quote")
_NOTE_LINK = re.compile(r"noteref|footnote-ref")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_MARK = "[\"'“”„‟‘’‚«»‹›「」『』]"
_Q_START, _Q_END = "\ue010", "\ue011"
_NEEDLESS_Q = re.compile(f"(?<={_MARK})[\ue010\ue011]|[\ue010\ue011](?={_MARK})")
"""Marks of a `<q>` whose text has its own, inside or outside."""


def extract_text(markup: str, *, skipped: frozenset[str] = frozenset()) -> str:
    """Extract the text of HTML or XHTML, however broken; a `<br>` is a line break.

    The elements named in `skipped` are left out.
    """
    if "<" not in markup and "&" not in markup:  # creating a parser takes a tenth of a millisecond
        return _fold_spaces(re.sub("[ \t\r\n\f]+", " ", _UNSTORABLE.sub("", markup)))
    parser = etree.HTMLParser(target=_TextBuilder(_SKIPPED_ELEMENTS | skipped))
    parser.feed(f"<body>{_UNSTORABLE.sub('', markup)}")
    return str(parser.close())


def extract_tree_text(element: Element, *, skipped: frozenset[str] = frozenset()) -> str:
    """Extract the text inside a parsed element, as that of its markup."""
    source = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return extract_text(source, skipped=skipped)


def clean_plain_text(text: str) -> str:
    """Normalise plain text to paragraphs between blank lines; single line breaks are kept."""
    lines = _UNSTORABLE.sub("", text).removeprefix("\ufeff").splitlines()
    return _fold_spaces("\n".join(line.strip() for line in lines))


def extract_line(markup: str) -> str:
    """Extract the text of HTML on one line, such as a headline."""
    return " ".join(extract_text(markup).split())


class _TextBuilder:
    """Builds text from the tags that lxml reports to its target; `close` returns the paragraphs."""

    def __init__(self, skipped: frozenset[str]) -> None:
        self._skipped = skipped
        self._paragraphs: list[str] = []
        self._pieces: list[str] = []
        self._skipped_tag = self._raised_tag = ""
        self._skipped_depth = self._pre_depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if self._skipped_tag:
            self._skipped_depth += tag == self._skipped_tag
        elif tag in self._skipped or _SKIPPED_CLASS.search(attributes.get("class", "")):
            if tag not in ("br", "hr", "img", "input", "body", "html"):
                self._skipped_tag, self._skipped_depth = tag, 1
        elif tag == "br":
            self._pieces.append("\n")
        elif tag == "q":
            self._pieces.append(_Q_START)
        elif tag == "sup" or (tag == "a" and _NOTE_LINK.search(" ".join(attributes.values()))):
            self._raised_tag = self._raised_tag or tag
        elif tag in _BLOCK_ELEMENTS:
            self._pre_depth += tag == "pre"
            self._end_paragraph()

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if self._skipped_tag:
            self._skipped_depth -= tag == self._skipped_tag
            if not self._skipped_depth:
                self._skipped_tag = ""
        elif tag == "q":
            self._pieces.append(_Q_END)
        elif tag == self._raised_tag:
            self._raised_tag = ""
        elif tag in _BLOCK_ELEMENTS:
            self._pre_depth -= tag == "pre"
            self._end_paragraph()

    def data(self, text: str) -> None:
        if not self._skipped_tag:
            text = re.sub("[ \t\r\f]+" if self._pre_depth > 0 else "[ \t\r\n\f]+", " ", text)
            self._pieces.append(mark_raised(text) if self._raised_tag else text)

    def close(self) -> str:
        self._end_paragraph()
        return "\n\n".join(self._paragraphs)

    def _end_paragraph(self) -> None:
        text = _NEEDLESS_Q.sub("", resolve_raised("".join(self._pieces)))
        marks = "“”" if text.count(_Q_START) == text.count(_Q_END) else ("", "")
        if text := _fold_spaces(text.replace(_Q_START, marks[0]).replace(_Q_END, marks[1])):
            self._paragraphs.append(text)
        self._pieces.clear()
        self._raised_tag = ""


def _fold_spaces(text: str) -> str:
    """Fold spaces, and fold several blank lines to one."""
    lines = (re.sub(" +", " ", line).strip() for line in text.split("\n"))
    return re.sub("\n\n+", "\n\n", "\n".join(lines)).strip()
