"""Web pages (`.html`): an article's text and what the page states of it.

The text is found by trafilatura (Barbaresi, 2021, "Trafilatura: A Web Scraping Library and
Command-Line Tool for Text Discovery and Extraction"); what no reporter wrote is taken out before
and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser
from trafilatura.settings import Document

from bot.ingest.formats import charsets
from bot.ingest.formats.html import furniture, no_article
from bot.ingest.formats.html.page import Page, without_by
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

MAX_TAGS = 250_000
MAX_ATTRIBUTES = 1_000
LONGEST_OPEN_TAG = 10_000
MAX_LEVELS = 400_000
"""The depths of all elements added up: a page of 20,000 may be 20 deep on average."""
MAX_ELEMENTS = 20_000
"""How many elements are left to judge when scripts and drawings are out: trafilatura takes a
tenth of a millisecond and 4 kB for each."""

SHORTEST_SURE = 250
"""Characters below which trafilatura's stricter reading may have missed the article."""

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_ONE_ATTRIBUTE = r"""[\s/]++[^\s>=/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_TAG = re.compile(
    rf"<[a-zA-Z][^\s>/]*+(?:{_ONE_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+({_ONE_ATTRIBUTE})?+"
)
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_IMMOVABLE = re.compile(f"{_UNREADABLE.pattern}|\x0c")
_TWO_BREAKS = re.compile(r"(?:<br\s*+/?>\s*+){2,}", re.IGNORECASE)
_ROOT = re.compile(
    rb"[\xef\xbb\xbf\xff\xfe\s]*(?:<\?xml.*?\?>\s*|<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)

_INITIALS = re.compile(r"\(\w{2,6}(?:[/,] ?\w{2,6})*\)")
"""How agencies and German papers sign: "(edm/dpa)"."""
_BLOCKS = frozenset(("p", "head", "quote", "list", "item", "table", "row", "cell", "code"))
"""What are blocks among the elements that trafilatura makes of a page's."""

_MARKS = tuple("\"'“”„‘’‚«»‹›「『")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def recognises(head: bytes) -> bool:
    """Whether a file that begins like this is a page."""
    return bool(_ROOT.match(head.replace(b"\0", b"")))


def read(raw: bytes) -> Iterator[ParsedArticle]:
    """Read the one article of a page.

    Raises Refusal for what is no page of an article, saying what it is, and for pages beyond
    MAX_TAGS, MAX_ATTRIBUTES, MAX_ELEMENTS, MAX_LEVELS or the parser's 256 levels. Paragraphs,
    headings, list items and block quotations are paragraphs of the text.
    """
    # Two line breaks are how old pages part paragraphs; in HTML a <p> ends the one that is open.
    tree = parse(_TWO_BREAKS.sub("<p>", decode(raw)))
    page = Page(tree)
    known = page.metadata()
    text = _article_text(
        tree, {page.title(), page.heading}, str(known.get("byline", "")), page.paid
    )
    if page.is_locked and len(text) < no_article.LONGEST_WALL:
        known = {**known, "excerpt": True}
    stated = _plain(page.body() or "")
    if len(text) < SHORTEST_SURE < len(stated):
        text = stated
    no_article.refuse(page, tree, text)
    yield ParsedArticle(text, known)


def decode(raw: bytes) -> str:
    """Decode a page by its byte order mark, or else as `charsets.decode` does."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    declared = _CHARSET.search(raw, 0, 4096)
    name = declared[1].decode("ascii") if declared else ""
    # A declaration that could be read as ASCII is in no UTF-16.
    return charsets.decode(raw, "" if name.lower().startswith("utf") else name)


def parse(source: str) -> HtmlElement:
    """Parse a page within bounds. Raises Refusal."""
    source = _UNREADABLE.sub("", source)
    _check_tags(source)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(source.encode(), parser=parser)
    except etree.XMLSyntaxError:
        tree = None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise Refusal("its elements are nested more than 256 deep", "Save the article's text alone")
    if tree is None:
        raise Refusal("it is empty", "Check its address, or save it again")
    _clean(tree)
    return tree


def _clean(tree: HtmlElement) -> None:
    """Blank out what the parser lets in (a form feed, `&#1;`) and lxml never lets be moved."""
    for element in tree.iter():
        for name in ("text", "tail"):
            words = getattr(element, name)
            if words and _IMMOVABLE.search(words):
                setattr(element, name, _IMMOVABLE.sub(" ", words))


def _check_tags(source: str) -> None:
    """Refuse what would keep the parser busy: its time grows as the square of a tag's attributes.

    A tag that swallows what follows is refused too.
    """
    for count, tag in enumerate(_TAG.finditer(source)):
        if tag[1]:
            raise Refusal(
                f"one of its tags has more than {MAX_ATTRIBUTES:,} attributes",
                "Save the article's text alone",
            )
        if tag.end() == len(source) > tag.start() + LONGEST_OPEN_TAG:
            raise Refusal("one of its tags never ends", "Save the page again: it may be cut off")
        if count >= MAX_TAGS:
            raise Refusal(f"it has more than {MAX_TAGS:,} tags", "Save the article's text alone")


def _article_text(
    tree: HtmlElement, titles: set[str | None], byline: str, paid: frozenset[str]
) -> str:
    """The article's paragraphs, without those that only repeat the title or the byline, and
    without initials that sign it; `paid` are the classes of what only those who paid are shown."""
    seen = deepcopy(tree)
    _print_quotation_marks(seen)
    furniture.take_out(seen, paid)
    furniture.settle_on_article(seen)
    _check_size(seen)
    paragraphs = _found(seen, strictly=True)
    if sum(map(len, paragraphs)) < SHORTEST_SURE:
        paragraphs = max(
            paragraphs, _found(seen, strictly=False), key=lambda all_: len("".join(all_))
        )
    return "\n\n".join(
        paragraph
        for paragraph in paragraphs
        if paragraph not in titles
        and without_by(paragraph) != byline
        and not _INITIALS.fullmatch(paragraph)
    )


def _check_size(tree: HtmlElement) -> None:
    """Refuse what trafilatura would take long over: it goes up from elements as well as down."""
    elements = levels = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        levels += depth if event == "start" else 0
    if elements > MAX_ELEMENTS or levels > MAX_LEVELS:
        raise Refusal(
            f"it has {elements:,} elements, {levels // elements} deep on average",
            "Save the article's text alone",
        )


def _found(tree: HtmlElement, *, strictly: bool) -> list[str]:
    found = trafilatura.bare_extraction(tree, favor_precision=strictly, include_comments=False)
    return _paragraphs(found.body) if isinstance(found, Document) else []


def _print_quotation_marks(tree: HtmlElement) -> None:
    """Put the marks into the text that browsers put around a `<q>`; trafilatura would make it a
    paragraph of its own."""
    for element in list(tree.iter("q")):
        if not element.text_content().lstrip().startswith(_MARKS):
            element.text = f"“{element.text or ''}"
            element.tail = f"”{element.tail or ''}"
        element.drop_tag()


def _paragraphs(body: etree._Element) -> list[str]:
    """The paragraphs of a tree in reading order, each on one line; two line breaks end one."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        is_block = element.tag in _BLOCKS
        if event == "start":
            pieces.append("\n\n" if is_block else "\n" if element.tag == "lb" else "")
            pieces.append(_SPACES.sub(" ", element.text or ""))
        else:
            pieces.append("\n\n" if is_block else "")
            pieces.append(_SPACES.sub(" ", element.tail or ""))
    return _lines("".join(pieces))


def _plain(text: str) -> str:
    return "\n\n".join(_lines(text))


def _lines(text: str) -> list[str]:
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n[ \t\r]*\n", text))
    return [paragraph for paragraph in paragraphs if paragraph]
