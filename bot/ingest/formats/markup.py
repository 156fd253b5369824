"""Markup inside other formats to text: paragraphs parted by a blank line, no furniture.

For markup that holds the story and nothing else, as a wire's or a feed's body does. It is read as
a stream of tags, never as a tree, so that its depth doesn't matter.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from lxml import etree

from bot.ingest.formats.xml import local

_BLOCK_NAMES = """
    address article blockquote body center dd details div dl dt fieldset footer form h1 h2 h3 h4 h5
    h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul
    block body.content bq hl1 hl2
"""  # the last line of each are NITF's
_SKIPPED_NAMES = """
    aside audio button canvas caption figcaption head iframe math nav noscript object script select
    style svg template textarea title video
    body.end body.head custom-table docdata fn media note
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_SKIPPED_CLASS = re.compile(
    r"(?:^|\s)(?!(?:has|no|with)-)(?:[\w-]*-)?(?:caption(?:-text)?|pull-?quote)(?:\s|$)",
    re.IGNORECASE,
)
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_MARKS = "\"'“”„‟‘’‚«»‹›「」『』"


def read(markup: str) -> str:
    """Take the text out of HTML or XHTML, however broken; a `<br>` is a line end."""
    if not markup.strip():
        return ""  # a parser is a tenth of a millisecond
    text = _Text(_SKIPPED)
    parser = etree.HTMLParser(target=text)
    parser.feed(f"<body>{_UNKEEPABLE.sub('', markup)}")
    return str(parser.close())


def read_tree(element: Element, *, without: frozenset[str] = frozenset()) -> str:
    """Take the text out of an element that is parsed already, except the elements `without`."""
    text = _Text(_SKIPPED | without)
    _walk(element, text)
    return text.close()


def read_plain(text: str) -> str:
    """ParsedArticle plain text at its blank lines, as `read` does; other line ends stay."""
    lines = _UNKEEPABLE.sub("", text).removeprefix("\ufeff").splitlines()
    return _paragraphs("\n".join(line.strip() for line in lines))


def one_line(markup: str) -> str:
    """Take the text out of HTML that stands for a line, such as a headline."""
    return " ".join(read(markup).split())


class _Text:
    """What lxml calls with each tag and text (its "target"); `close` gives the paragraphs."""

    def __init__(self, skipped: frozenset[str]) -> None:
        self._skipped = skipped
        self._done: list[str] = []
        self._pieces: list[str] = []
        self._quotations: list[int] = []
        self._inside = ""
        self._nested = 0
        self._preformatted = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._inside:
            self._nested += tag == self._inside
        elif tag in self._skipped or _SKIPPED_CLASS.search(attributes.get("class", "")):
            if tag not in ("br", "hr", "img", "input", "body", "html"):
                self._inside, self._nested = tag, 1
        elif tag == "br":
            self._pieces.append("\n")
        elif tag == "q":
            self._quotations.append(len(self._pieces))
            self._pieces.append("")
        elif tag in _BLOCKS:
            self._break()
            self._preformatted += tag == "pre"

    def end(self, tag: str) -> None:
        if self._inside:
            self._nested -= tag == self._inside
            if not self._nested:
                self._inside = ""
        elif tag == "q" and self._quotations:
            self._quote(self._quotations.pop())
        elif tag in _BLOCKS:
            self._break()
            self._preformatted -= tag == "pre"

    def data(self, text: str) -> None:
        if not self._inside:
            pattern = "[ \t\r\f]+" if self._preformatted > 0 else "[ \t\r\n\f]+"
            self._pieces.append(re.sub(pattern, " ", text))

    def close(self) -> str:
        self._break()
        return "\n\n".join(self._done)

    def _quote(self, opening: int) -> None:
        """Print the marks that a browser would, unless the text has its own."""
        before = self._pieces[opening - 1][-1:] if opening else ""
        first = self._pieces[opening + 1][:1] if opening + 1 < len(self._pieces) else ""
        if not ((first and first in _MARKS) or (before and before in _MARKS)):
            self._pieces[opening] = "“"
            self._pieces.append("”")

    def _break(self) -> None:
        if paragraphs := _paragraphs("".join(self._pieces)):
            self._done.append(paragraphs)
        self._pieces.clear()
        self._quotations.clear()


def _paragraphs(text: str) -> str:
    """Fold spaces, and part what stands between blank lines."""
    lines = (re.sub(" +", " ", line).strip() for line in text.split("\n"))
    return re.sub("\n\n+", "\n\n", "\n".join(lines)).strip()


def _walk(element: Element, text: _Text) -> None:
    tag = local(element).lower()
    text.start(tag, element.attrib)
    if element.text:
        text.data(element.text)
    for child in element:
        _walk(child, text)
        if child.tail:
            text.data(child.tail)
    text.end(tag)
