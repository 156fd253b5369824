"""Remove what surrounds the article on a page: menus, boxes, teasers, calls to subscribe."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_INVISIBLE_ELEMENTS = (
    "script",
    "style",
    "svg",
    "template",
    "noscript",
    "iframe",
    "object",
    "button",
    "select",
)
_SEPARATE_ELEMENTS = ("figure", "figcaption", "aside", "nav", "footer", "dialog")
_BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(?:newsletter|cookie|consent|related|read-?more|recommend\w*|promo|teaser"
    r"|caption|credit|share|sharing|social|comments?|byline|dateline|timestamp|breadcrumbs?"
    r"|advert\w*|sponsored|paywall|subscribe|signup|most-?read|tags|pull-?quotes?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_APPEAL_START = re.compile(
    r"\W*(?:sign up|subscribe|follow|contact|e-?mail|write to|reach|do you|have you|got an?)\b",
    re.IGNORECASE,
)
"""The start of a line that asks readers to do something."""
_APPEAL_LINK = re.compile(
    r"\W*(?:click |tap )?here\b|\W*(?:sign up|subscribe|join)\b", re.IGNORECASE
)
_EMAIL_OR_HANDLE = re.compile(r"\S@\S+\.\w|(?:^|\s)@\w")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_MAX_PAGE_SHARE = 1 / 3
_MAX_LINK_LENGTH = 120
_MIN_LINKED_SHARE = 0.9
_MAX_LABEL_LENGTH = 60
_MAX_APPEAL_LENGTH = 250
_MAX_FORM_BOX_LENGTH = 500
"""Characters of a box around a form; a larger one may be the whole page."""
_BOX_ELEMENTS = ("div", "section", "form", "p", "ul", "ol", "span", "header", "blockquote")


def mark_main_article(tree: HtmlElement) -> None:
    """Keep only the page's own article marked as `<article>`, since trafilatura takes the first.

    It is the one with the headline, or the one with most of the text. The updates of a live blog
    are not marked. Teasers, which consist of a link, are removed.
    """
    for article in list(tree.iter("article")):
        if _is_mostly_links(article):
            _drop(article)
    articles = list(tree.iter("article"))
    main = next((article for article in articles if article.find(".//h1") is not None), None)
    if main is None and articles:
        outermost = [
            article for article in articles if next(article.iterancestors("article"), None) is None
        ]
        sizes = [_paragraphs_length(article) for article in outermost]
        max_size = max(sizes)
        if max_size > max(sum(sizes) / 2, _paragraphs_length(tree) / 4):
            main = outermost[sizes.index(max_size)]
    for article in articles:
        if article is not main:
            article.tag = "div"


def _paragraphs_length(element: HtmlElement) -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _is_mostly_links(element: HtmlElement) -> bool:
    link_length = sum(len(_text_of(link)) for link in element.iter("a"))
    return link_length > _MIN_LINKED_SHARE * len(_text_of(element))


def remove_boilerplate(tree: HtmlElement, paid_classes: frozenset[str]) -> None:
    """Remove what surrounds the article on the page, and lines that are only links.

    `paid_classes` are the classes of elements that only subscribers see. These are kept even if
    they are named like boilerplate.
    """
    for element in list(tree.iter(*_INVISIBLE_ELEMENTS, *_SEPARATE_ELEMENTS)):
        _drop(element)
    page_length = len(tree.text_content())
    for element in list(tree.iter(*_BOX_ELEMENTS)):
        if not paid_classes.isdisjoint(element.get("class", "").split()):
            continue
        names = f"{element.get('class', '')} {element.get('id', '')}"
        is_hidden = "hidden" in element.attrib or _HIDDEN_STYLE.search(element.get("style", ""))
        is_boilerplate = is_hidden or _BOILERPLATE.search(names) or _is_email_form(element)
        if is_boilerplate and _is_small(element, page_length):
            _drop(element)
    for element in list(tree.iter("p", "li", "td", "h2", "h3", "h4")):
        if _is_only_links(element) or _is_appeal(element):
            _drop(element)
    for list_element in list(tree.iter("ul", "ol")):
        _drop_label(list_element)
    for headline in list(tree.iter("h1")):
        _drop_kicker(headline)


def _is_email_form(element: HtmlElement) -> bool:
    """Whether a box has a form for an e-mail address and little else."""
    has_input = element.find(".//input[@type='email']") is not None
    return has_input and len(element.text_content()) <= _MAX_FORM_BOX_LENGTH


def _is_appeal(element: HtmlElement) -> bool:
    """Whether a line only asks readers to write, to follow or to subscribe, and says where."""
    text = _text_of(element)
    if len(text) > _MAX_APPEAL_LENGTH or not _APPEAL_START.match(text):
        return False
    links = element.iterfind(".//a")
    has_appeal_link = any(_APPEAL_LINK.match(_text_of(link)) for link in links)
    return has_appeal_link or bool(_EMAIL_OR_HANDLE.search(text))


def _drop_label(list_element: HtmlElement) -> None:
    """Drop the label, such as "Read more:", before a list that is now empty."""
    label = list_element.getprevious()
    if label is not None and _is_label(label) and not _text_of(list_element):
        _drop(label)


def _is_label(element: HtmlElement) -> bool:
    text = _text_of(element)
    is_label = text.endswith(":") or element.tag in ("h2", "h3", "h4")
    return is_label and len(text) < _MAX_LABEL_LENGTH


def _text_of(element: HtmlElement) -> str:
    return str(element.text_content()).strip()


def _drop_kicker(headline: HtmlElement) -> None:
    """Drop the short line directly above a headline: a section or a place."""
    kicker = headline.getprevious()
    if kicker is not None and len(_text_of(kicker)) < _MAX_LABEL_LENGTH:
        _drop(kicker)


def _is_small(element: HtmlElement, page_length: int) -> bool:
    """Whether an element is a small part of the page: some sites name the whole article like
    boilerplate."""
    is_small = len(element.text_content()) < page_length * _MAX_PAGE_SHARE
    return is_small and element.find(".//h1") is None


def _is_only_links(element: HtmlElement) -> bool:
    """Whether a line is only links, or a link after a label such as "Read more:"."""
    links = element.findall(".//a")
    link_text = "".join(link.text_content() for link in links).strip()
    if not link_text or len(link_text) > _MAX_LINK_LENGTH * len(links):
        return False
    text = _text_of(element)
    if len(links) == 1:
        label, link, text_after = text.partition(link_text)
        is_at_end = bool(link) and text_after in ("", ".")
        return is_at_end and (not label or label.rstrip().endswith(":"))
    return len(text) - len(link_text) <= 3 * len(links)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
