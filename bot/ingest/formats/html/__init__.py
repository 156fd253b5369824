"""Web pages (`.html`): the article's text and the page's metadata.

trafilatura finds the text (Barbaresi, 2021, "Trafilatura: A Web Scraping Library and Command-Line
Tool for Text Discovery and Extraction"). Before that, what no reader of the page sees is removed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document, Extractor

from bot.ingest.formats.html import non_articles
from bot.ingest.formats.html.page import Page, fold, is_byline, parse_day_line
from bot.ingest.formats.html.source import decode_page, parse_page
from bot.ingest.metadata import to_one_line
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.languages.table import bylines
from bot.text.raised import print_raised

MAX_CUT_LENGTH = 1_500
"""Characters of an article's start before a paywall; a longer text is a whole article."""
MAX_PAYWALL_LENGTH = 300
"""Characters of a line that asks its reader to subscribe."""
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

MAX_PAGE_ELEMENTS = 20_000
"""The maximum number of elements, without scripts and drawings. Trafilatura takes a tenth of a
millisecond and 4 kB for each."""
MAX_TOTAL_DEPTH = 400_000
"""The sum of the depths of all elements: with 20,000 elements, they may be 20 deep on average."""
MIN_SHOWN_LENGTH = 250
"""Characters beside menus. If fewer are shown, the article is in what is hidden."""

MAX_SHARE_BESIDE_LINKS = 0.05
"""The share of a page's unlinked text in an element that is no part of a story, since most of it is
links."""

_OPTIONS = Extractor(recall=True, comments=False)
_OPTIONS_FOR_FEW_LINES = copy(_OPTIONS)
_OPTIONS_FOR_FEW_LINES.min_extracted_size = 40
_UNSEEN_ELEMENTS = ("script", "style", "svg", "template", "noscript", "iframe", "object", "dialog")
_HIDDEN = etree.XPath(
    "//body//*[@hidden or @aria-hidden='true' or @style and re:test(@style,"
    r" '(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden|(font-size|opacity|width|height)\s*:"
    r"\s*0*\.?0+(px|pt|em|rem|%)?\s*(;|!|$))', 'i')"
    " or @class and re:test(@class,"
    r" '(^|\s)(sr-only|(visually|screen)-?(hidden|reader)\S*)(\s|$)', 'i')]",
    namespaces={"re": "http://exslt.org/regular-expressions"},
)
_MENUS = etree.XPath(
    "//*[self::nav or self::header or self::footer or self::aside][not(ancestor::nav or"
    " ancestor::header or ancestor::footer or ancestor::aside)]"
)
_BLOCKS = frozenset(("p", "head", "quote", "list", "item", "table", "row", "cell", "code", "div"))
"""The block elements in trafilatura's output."""
_QUOTATION_MARKS = tuple("\"'“”„‘’‚«»‹›「『")
_SPACES = re.compile(r"[ \t\r\n\f]+")


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
    _remove_hidden(tree)
    _check_size(tree)
    lines, is_cut = _cut_at_paywall(_drop_head(_extract_story(copy(tree)), page), tree)
    text = "\n\n".join(lines)
    is_cut = is_cut or (page.is_locked and len(text) < MAX_CUT_LENGTH)
    doubt = None if anyway else non_articles.find_doubt(page, tree, text, is_cut=is_cut)
    metadata = {**page.metadata(), **({"excerpt": True} if is_cut else {})}
    yield ParsedArticle(text or " ".join(tree.text_content().split()), metadata, doubt=doubt)


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


def _cut_at_paywall(lines: list[str], tree: HtmlElement) -> tuple[list[str], bool]:
    """Cut the text where it asks its reader to subscribe, unless most of it is below.

    Returns whether it was cut, or is asked right below the text.
    """
    for index, line in enumerate(lines):
        if len(line) <= MAX_PAYWALL_LENGTH and _is_paywall(line, lines[index + 1 : index + 2]):
            above, below = lines[:index], lines[index + 1 :]
            is_cut = sum(map(len, below)) <= sum(map(len, above))
            return (above, True) if is_cut else (above + below, False)
    if not lines or sum(map(len, lines)) > MAX_CUT_LENGTH:
        return lines, False
    below_text = to_one_line(tree.text_content()).rpartition(lines[-1])[2]
    return lines, _is_paywall(below_text[:MAX_PAYWALL_LENGTH], ())


def _is_paywall(line: str, next_lines: Iterable[str]) -> bool:
    line = line.lower()
    is_paywall = bylines.PAYWALL.search(line) and "“" not in line and '"' not in line
    return bool(is_paywall and bylines.JOINING.search(" ".join((line, *next_lines)).lower()))


def _extract_story(tree: HtmlElement) -> list[str]:
    """Extract the story of a tree that has nothing hidden, and change the tree."""
    _drop_links(tree)
    _print_marks(tree)
    for element in list(tree.iter("code", "tt", "kbd", "samp", "var")):
        # Trafilatura makes a paragraph of each code.
        if next(element.iterancestors("pre"), None) is None and "\n" not in element.text_content():
            element.drop_tag()
    # Trafilatura takes the first article. The page's own has most of the prose; a live blog's
    # updates and teasers are none.
    articles = tree.xpath("//article[not(ancestor::article)]")
    lengths = [sum(len(one.text_content()) for one in article.iter("p")) for article in articles]
    for article, length in zip(articles, lengths, strict=True):
        if length <= sum(lengths) / 2:
            article.tag = "div"
    result = trafilatura.bare_extraction(tree, options=_OPTIONS)
    if isinstance(result, Document) and len(result.body) == 1:
        # Of an article of fewer than 250 characters, it takes all of the page as one paragraph.
        result = trafilatura.bare_extraction(tree, options=_OPTIONS_FOR_FEW_LINES)
    return _collect_paragraphs(result.body) if isinstance(result, Document) else []


def _split_paragraphs(text: str) -> list[str]:
    """Split a text at its empty lines."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n[ \t\r]*\n", text))
    return [paragraph for paragraph in paragraphs if paragraph]


def _remove_hidden(tree: HtmlElement) -> None:
    """Remove the elements that a browser does not show, unless hardly anything is shown without
    them: then a script shows them."""
    for element in list(tree.iter(*_UNSEEN_ELEMENTS)):
        element.drop_tree()
    shown = len(tree.text_content()) - sum(len(one.text_content()) for one in _MENUS(tree))
    for element in _HIDDEN(tree):
        if element.getroottree().getroot() is not tree:  # inside one that was removed
            continue
        length = len(element.text_content())
        if shown - length >= MIN_SHOWN_LENGTH:
            shown -= length
            element.drop_tree()


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


def _drop_links(tree: HtmlElement) -> None:
    """Drop what is mostly links to other pages, such as the headlines below a story."""
    lengths: Counter[HtmlElement] = Counter()
    linked: Counter[HtmlElement] = Counter()
    elements = list(tree.iter())
    for element in reversed(elements):
        lengths[element] += len((element.text or "").strip())
        if element.tag == "a" and not element.get("href", "#").startswith("#"):
            linked[element] = lengths[element]
        if (parent := element.getparent()) is not None:
            lengths[parent] += lengths[element] + len((element.tail or "").strip())
            linked[parent] += linked[element]
    most = MAX_SHARE_BESIDE_LINKS * (lengths[tree] - linked[tree])
    for element in elements:
        beside = lengths[element] - linked[element]
        if element.tag in ("div", "table") and beside < min(linked[element], most):
            element.drop_tree()


def _print_marks(tree: HtmlElement) -> None:
    """Print what browsers add or raise: the marks around a `<q>`, and exponents.

    The raised marks of notes are dropped. A plain text in a page, such as a wire's, has paragraphs.
    """
    for element in list(tree.iter("q")):
        if not element.text_content().lstrip().startswith(_QUOTATION_MARKS):
            element.text = f"“{element.text or ''}"
            element.tail = f"”{element.tail or ''}"
        element.drop_tag()
    for element in list(tree.iter("sup")):
        before, parent = element.getprevious(), element.getparent()
        if parent is None:  # was raised inside another
            continue
        text = (parent.text if before is None else before.tail or before.text_content()) or ""
        printed = print_raised(element.text_content(), text, (element.tail or "")[:1])
        for child in list(element):
            element.remove(child)
        element.tag, element.text = "span", printed
    for element in list(tree.iter("pre")):
        paragraphs = _split_paragraphs(element.text or "")
        if len(element) == 0 and len(paragraphs) > 1:
            element.tag, element.text = "div", None
            for paragraph in paragraphs:
                etree.SubElement(element, "p").text = paragraph


def _collect_paragraphs(body: etree._Element) -> list[str]:
    """Collect the paragraphs in reading order, each on one line; two line breaks end one."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        mark = "\n\n" if element.tag in _BLOCKS else ""
        is_break = element.tag == "lb" and event == "start"
        text = element.text if event == "start" else element.tail
        pieces += (mark or ("\n" if is_break else ""), _SPACES.sub(" ", text or ""))
    return _split_paragraphs("".join(pieces))
