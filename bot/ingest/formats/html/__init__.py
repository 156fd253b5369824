"""Web pages (`.html`): the article's text and the page's metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy

from bot.ingest.formats.html import non_articles
from bot.ingest.formats.html.page import Page, fold, is_byline, parse_day_line
from bot.ingest.formats.html.source import decode_page, parse_page
from bot.ingest.formats.html.story import check_size, extract_story, remove_hidden, split_paragraphs
from bot.ingest.parsed_file import ParsedArticle

MIN_RELIABLE_LENGTH = 250
"""If fewer characters are found, the article's text in JSON-LD may be all of it."""
MAX_CUT_LENGTH = 1_500
"""Characters of an article's start before a paywall; a longer text is a whole article."""
_JSON_LD_RATIO = 1.5
"""The article's text in JSON-LD is taken if it is this much longer than what the page prints."""
_MAX_HEAD_PARAGRAPHS = 5
_MAX_LINES_ABOVE = 20
_MAX_HEAD_LENGTH = 120
"""Characters of a line above the story with the byline or the day."""

_TWO_BREAKS = re.compile(r"<[bB][rR]\s*+/?>\s*+(?:<[bB][rR]\s*+/?>\s*+)++")
_ROOT = re.compile(
    rb"[\xef\xbb\xbf\xff\xfe\s]*(?:<\?xml.*?\?>\s*|<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


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
    page = Page(tree)
    remove_hidden(tree)
    check_size(tree)
    metadata = page.metadata()
    text = "\n\n".join(_drop_head(extract_story(copy(tree)), page))
    is_cut = page.is_locked and len(text) < MAX_CUT_LENGTH
    is_cut = is_cut or len(text.split()) < (page.word_count or 0) / 2
    json_ld_text = "\n\n".join(split_paragraphs(page.body() or ""))
    if len(json_ld_text) > max(MIN_RELIABLE_LENGTH, _JSON_LD_RATIO * len(text)):
        text, is_cut = json_ld_text, False
    if is_cut:
        metadata = {**metadata, "excerpt": True}
    if anyway:
        yield ParsedArticle(text or " ".join(tree.text_content().split()), metadata)
    else:
        doubt = non_articles.find_doubt(page, tree, text)
        yield ParsedArticle(text, metadata, doubt=doubt)


def _drop_head(paragraphs: list[str], page: Page) -> list[str]:
    """Drop what is above the title, the title, the byline and the day from the first paragraphs."""
    titles = {fold(page.title or ""), *map(fold, page.headings)}
    lines = list(map(fold, paragraphs[:_MAX_LINES_ABOVE]))
    start = next((index + 1 for index, line in enumerate(lines) if line in titles), 0)
    if sum(map(len, lines[:start])) - len(fold(page.title or "")) > _MAX_HEAD_LENGTH:
        start = 0
    head = paragraphs[start : start + _MAX_HEAD_PARAGRAPHS]
    kept = [
        line
        for line in head
        if fold(line) not in titles
        and (
            len(line) > _MAX_HEAD_LENGTH
            or line.endswith((".", "?", "!", "”", '"'))
            or not (parse_day_line(line) or is_byline(line, page.authors))
        )
    ]
    return kept + paragraphs[start + _MAX_HEAD_PARAGRAPHS :]
