"""Web pages (`.html`): the article's text and the page's metadata.

trafilatura finds the text (Barbaresi, 2021, "Trafilatura: A Web Scraping Library and Command-Line
Tool for Text Discovery and Extraction"). Boilerplate is removed before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document, Extractor

from bot.ingest.formats.html import non_articles, walls
from bot.ingest.formats.html.bylines import is_byline
from bot.ingest.formats.html.page import Page
from bot.ingest.formats.html.prose import (
    MIN_PROSE_LENGTH,
    collect_lines,
    collect_paragraphs,
    fill_gaps,
    find_blocks,
    line_of,
    split_paragraphs,
)
from bot.ingest.formats.html.source import decode_page, parse_page
from bot.ingest.formats.html.story import boilerplate, boxes
from bot.ingest.formats.html.story.line_breaks import split_lines
from bot.ingest.formats.html.story.notes import resolve_notes
from bot.ingest.formats.html.story.reader_lines import strip_reader_lines
from bot.ingest.head.days import find_day, parse_day_line
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

MAX_TOTAL_DEPTH = 400_000
"""The sum of the depths of all elements: with 20,000 elements, they may be 20 deep on average."""
MAX_PAGE_ELEMENTS = 20_000
"""The maximum number of elements, without scripts and drawings. Trafilatura takes a tenth of a
millisecond and 4 kB for each."""

MIN_RELIABLE_LENGTH = 250
"""If trafilatura's stricter mode finds fewer characters, it may have missed the article."""

_STRICT = Extractor(precision=True, fast=True, comments=False)
_LENIENT = Extractor(comments=False)
_COMPLETE_LIKENESS = 0.85
"""If the stricter mode has less in common with the story's prose, other readings are tried."""
_MIN_GAIN = 0.05
_JSON_LD_RATIO = 1.5
"""The article's text in JSON-LD is taken if it is this much longer than what the page prints."""
_MAX_HEAD_PARAGRAPHS = 5
"""Paragraphs at the start of which one may be only the day of publication."""

_TWO_BREAKS = re.compile(r"<[bB][rR]\s*+/?>\s*+(?:<[bB][rR]\s*+/?>\s*+)++")
_ROOT = re.compile(
    rb"[\xef\xbb\xbf\xff\xfe\s]*(?:<\?xml.*?\?>\s*|<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)

_AGENCY_INITIALS = re.compile(r"\(\w{2,6}(?:[/,] ?\w{2,6})*\)")
"""A signature of agencies and German papers: "(edm/dpa)"."""
_TOOLS = re.compile(
    r"(?:(?>facebook|twitter|x|\(twitter\)|whatsapp|e-?mail|print|linkedin|copy link|pinterest"
    r"|reddit|telegram|bluesky|threads|messenger|share|tweet|save|bookmark|comments?|listen"
    r"|merken|teilen|drucken|vorlesen|partager|imprimer|compartir|guardar|this|link|on"
    r"|\d{1,2}[:.]\d\d(?: [A-Z]{2,4})?|\d++)[ ,|·•/]*+)++",
    re.IGNORECASE,
)
"""Buttons, and the times of a live blog's posts."""
_MAX_KICKER_LENGTH = 30
_BLOCKS = frozenset(("p", "head", "quote", "list", "item", "table", "row", "cell", "code"))
"""The block elements in trafilatura's output."""

_QUOTATION_MARKS = tuple("\"'“”„‘’‚«»‹›「『")


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is a web page."""
    return bool(_ROOT.match(head.replace(b"\0", b"")))


def read(raw: bytes, *, anyway: bool = False) -> Iterator[ParsedArticle]:
    """Read the one article of a page; with `anyway`, whatever text it has.

    Paragraphs, headings, list items and block quotations are paragraphs of the text. Raises Refusal
    for a page without an article, and for pages beyond MAX_TAGS, MAX_ATTRIBUTES, MAX_PAGE_ELEMENTS,
    MAX_TOTAL_DEPTH or the parser's 256 levels.
    """
    # Old pages separate paragraphs by two line breaks; a <p> ends the paragraph that is open.
    tree = parse_page(_TWO_BREAKS.sub("<p>", decode_page(raw)))
    _held = list(tree.iter())  # lxml makes elements that nobody holds anew at each visit
    _split_preformatted(tree)
    resolve_notes(tree)
    split_lines(tree)
    page = Page(tree)
    metadata = page.metadata()
    paragraphs = walls.strip_appeals(_drop_head(_extract_paragraphs(tree, page), page))
    paragraphs = strip_reader_lines(paragraphs, page.authors)
    text = "\n\n".join(walls.strip_invitations(paragraphs))
    has_wall = page.is_locked or text != "\n\n".join(paragraphs)
    is_cut = walls.is_cut(text, page, has_wall=has_wall)
    json_ld_text = "\n\n".join(split_paragraphs(page.body() or ""))
    if len(json_ld_text) > max(MIN_RELIABLE_LENGTH, _JSON_LD_RATIO * len(text)):
        text, paragraphs = json_ld_text, [json_ld_text]
        is_cut = False
    if is_cut:
        metadata = {**metadata, "excerpt": True}
    if anyway:
        text = text or "\n\n".join(block.line for block in page.blocks)
    else:
        seen = text if non_articles.is_sentence(text) else "\n\n".join(paragraphs)
        non_articles.check_is_article(page, tree, seen)
    yield ParsedArticle(text, metadata)


def _split_preformatted(tree: HtmlElement) -> None:
    """Make paragraphs of a plain text in a page, such as a wire's, which empty lines separate."""
    for element in list(tree.iter("pre")):
        paragraphs = split_paragraphs(element.text or "")
        if len(element) == 0 and len(paragraphs) > 1:
            element.tag, element.text = "div", None
            for paragraph in paragraphs:
                etree.SubElement(element, "p").text = paragraph


def _extract_paragraphs(tree: HtmlElement, page: Page) -> list[str]:
    tree = deepcopy(tree)
    _held = list(tree.iter())
    _print_quotation_marks(tree)
    boilerplate.remove_boilerplate(tree, page.paid_classes)
    story = boxes.remove_boxes(tree, page.title, is_live=page.is_live)
    boilerplate.mark_main_article(tree)
    _check_size(tree)
    return _find_paragraphs(tree, page.title, story)


def _drop_head(paragraphs: list[str], page: Page) -> list[str]:
    """Drop the title, the byline, the day and initials from an article's paragraphs."""
    titles = {page.title, page.heading}
    return [
        paragraph
        for index, paragraph in enumerate(paragraphs)
        if paragraph not in titles
        and not is_byline(paragraph, page.authors)
        and not (index < _MAX_HEAD_PARAGRAPHS and find_day(paragraph) and parse_day_line(paragraph))
        and not _AGENCY_INITIALS.fullmatch(paragraph)
        and not _TOOLS.fullmatch(paragraph)
        and not (index == 0 and paragraph.isupper() and len(paragraph) <= _MAX_KICKER_LENGTH)
    ]


def _check_size(tree: HtmlElement) -> None:
    """Raise Refusal for a tree that is too large or deep for trafilatura, which walks up it too."""
    element_count = total_depth = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        element_count += event == "start"
        total_depth += depth if event == "start" else 0
    if element_count > MAX_PAGE_ELEMENTS or total_depth > MAX_TOTAL_DEPTH:
        raise Refusal(
            f"it has {element_count:,} elements, {total_depth // element_count} deep on average",
            "Save the article's text alone",
        )


def _find_paragraphs(tree: HtmlElement, title: str | None, story: list[HtmlElement]) -> list[str]:
    """Find the article's paragraphs, strictly unless that misses much of the `story`'s prose.

    Then the lenient mode or all lines of the page are taken, if they have clearly more in common
    with the story. The lenient mode takes as long again, so it is used only then.
    """
    strict = _run_trafilatura(tree, is_strict=True)
    lines = collect_lines(tree, title)
    items = {line_of(item) for item in tree.iter("li", "dt", "dd")}
    in_story = {block.line for element in story for block in find_blocks(element)}
    gaps = [line for line in lines if line in in_story]
    best, likeness = strict, _likeness(strict, gaps)
    if _length(strict) < MIN_RELIABLE_LENGTH or likeness < _COMPLETE_LIKENESS:
        lenient = _run_trafilatura(tree, is_strict=False)
        if _length(strict) < min(MIN_RELIABLE_LENGTH, _length(lenient)):
            best, likeness = lenient, _likeness(lenient, gaps)
        for reading in (lenient, lines):
            if (other := _likeness(reading, gaps)) > likeness + _MIN_GAIN:
                best, likeness = reading, other
    return fill_gaps(best, gaps, items)


def _likeness(paragraphs: list[str], story: list[str]) -> float:
    """Return the F1 of the characters of a reading, if only the story's lines are right; other
    short lines do not count."""
    text = "\n".join(paragraphs)
    shared = sum(len(line) for line in story if line in text)
    excess = sum(len(one) for one in {*paragraphs} - {*story} if len(one) >= MIN_PROSE_LENGTH)
    return 2 * shared / max(1, _length(story) + shared + excess)


def _is_block(element: etree._Element) -> bool:
    return element.tag in _BLOCKS


def _length(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))


def _run_trafilatura(tree: HtmlElement, *, is_strict: bool) -> list[str]:
    result = trafilatura.bare_extraction(tree, options=_STRICT if is_strict else _LENIENT)
    return collect_paragraphs(result.body, _is_block) if isinstance(result, Document) else []


def _print_quotation_marks(tree: HtmlElement) -> None:
    """Put the marks around a `<q>` into the text, as browsers print them.

    Otherwise trafilatura would make the quotation a paragraph of its own.
    """
    for element in list(tree.iter("q")):
        if not element.text_content().lstrip().startswith(_QUOTATION_MARKS):
            element.text = f"“{element.text or ''}"
            element.tail = f"”{element.tail or ''}"
        element.drop_tag()
