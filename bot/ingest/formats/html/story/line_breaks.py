"""Make paragraphs of lines that only line breaks separate, as in pages of tables and fonts.

A headline, a byline and a story in one cell would otherwise be one block of text.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from bot.ingest.formats.html.prose import INLINE_ELEMENTS

_WRAPPERS = frozenset(("font", "span", "big", "small"))
_SPLIT_ELEMENTS = frozenset(
    ("p", "div", "td", "th", "center", "body", "section", "article", "main", "header", "blockquote")
)
_UNSPLIT_ELEMENTS = ("h1", "h2", "h3", "h4", "h5", "h6", "a", "li", "pre", "label", "button")
_INVISIBLE = frozenset(("script", "style", "img", "input", "meta", "link", "noscript", "button"))
_INSIDE_LINES = INLINE_ELEMENTS | _INVISIBLE
_SENTENCE_ENDS = tuple('.!?:;…”"»)')


def split_lines(tree: HtmlElement) -> None:
    """Wrap each line of a block in a `<p>`: what a line break ends, unless the breaks are in the
    middle of sentences, and text beside other blocks."""
    _make_blocks(tree)
    blocks = {tree}  # elements that are blocks or hold one
    for element in tree.iter(etree.Element):
        if element.tag not in _INSIDE_LINES:
            blocks.add(element)
            ancestor = element.getparent()
            while ancestor is not None and ancestor not in blocks:
                blocks.add(ancestor)
                ancestor = ancestor.getparent()
    for block in list(tree.iter(*_SPLIT_ELEMENTS)):
        if next(block.iterancestors(*_UNSPLIT_ELEMENTS), None) is None:
            _split(block, blocks)


def _make_blocks(tree: HtmlElement) -> None:
    """Make a block of each font around lines or blocks, and of a paragraph around one."""
    for element in reversed(list(tree.iter(*_WRAPPERS, "p"))):
        is_font = element.tag != "p"
        if any(
            child.tag not in _INSIDE_LINES and (is_font or child.tag != "br") for child in element
        ):
            element.tag = "div"


def _split(block: HtmlElement, blocks: Collection[HtmlElement]) -> None:
    has_break = block.find("br") is not None
    if not has_break and not _has_stray_text(block, blocks):
        return
    lines = _find_lines(block, blocks)
    texts = [text for text in map(_text_of, lines) if text]
    if len(texts) < 2 or (has_break and _are_wrapped(texts)):
        return
    if block.tag == "p":
        block.tag = "div"
    block.text = None
    for child in list(block):
        block.remove(child)
    for line in lines:
        if len(line) == 1 and not isinstance(line[0], str) and line[0] in blocks:
            line[0].tail = None
            block.append(line[0])
        elif _text_of(line) or any(not isinstance(part, str) for part in line):
            _append(etree.SubElement(block, "p"), line)


def _has_stray_text(block: HtmlElement, blocks: Collection[HtmlElement]) -> bool:
    """Whether a block has text of its own beside other blocks."""
    if not any(child in blocks for child in block):
        return False
    texts = [block.text, *(child.tail for child in block)]
    return any(text and text.strip() for text in texts) or any(
        child not in blocks and child.tag in INLINE_ELEMENTS and child.text_content().strip()
        for child in block
    )


def _find_lines(
    block: HtmlElement, blocks: Collection[HtmlElement]
) -> list[list[HtmlElement | str]]:
    """Return the block's lines, of which each inner block is one."""
    lines: list[list[HtmlElement | str]] = [[block.text or ""]]
    for child in block:
        if child.tag == "br":
            lines.append([])
        elif child in blocks:
            lines += ([child], [])
        else:
            lines[-1].append(child)
        lines[-1].append(child.tail or "")
    return lines


def _append(paragraph: HtmlElement, line: Sequence[HtmlElement | str]) -> None:
    last: HtmlElement | None = None
    for part in line:
        if not isinstance(part, str):
            part.tail = None
            paragraph.append(part)
            last = part
        elif last is None:
            paragraph.text = (paragraph.text or "") + part
        else:
            last.tail = (last.tail or "") + part


def _text_of(line: Sequence[HtmlElement | str]) -> str:
    pieces = (part if isinstance(part, str) else part.text_content() for part in line)
    return " ".join("".join(pieces).split())


def _are_wrapped(texts: Sequence[str]) -> bool:
    """Whether half of the breaks are in the middle of sentences."""
    wraps = sum(
        not first.endswith(_SENTENCE_ENDS) and second[0].islower()
        for first, second in pairwise(texts)
    )
    return 2 * wraps >= len(texts) - 1
