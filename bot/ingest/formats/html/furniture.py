"""What stands on a page beside the article: menus, boxes, teasers, calls to subscribe."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_UNSEEN = ("script", "style", "svg", "template", "noscript", "iframe", "object", "button", "select")
_APART = ("figure", "figcaption", "aside", "nav", "footer", "dialog")
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:newsletter|cookie|consent|related|read-?more|recommend\w*|promo|teaser"
    r"|caption|credit|share|sharing|social|comments?|byline|dateline|timestamp|breadcrumbs?"
    r"|advert\w*|sponsored|paywall|subscribe|signup|most-?read|tags|pull-?quotes?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\W*(?:sign up|subscribe|follow|contact|e-?mail|write to|reach|do you|have you|got an?)\b",
    re.IGNORECASE,
)
"""How a line begins that tells readers what to do."""
_CALLING = re.compile(r"\W*(?:click |tap )?here\b|\W*(?:sign up|subscribe|join)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\S@\S+\.\w|(?:^|\s)@\w")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LARGEST_FURNITURE = 1 / 3
_LONGEST_LINK = 120
_LINKED = 0.9
_LONGEST_LABEL = 60
_LONGEST_CALL = 250
_LONGEST_BOX = 500
"""Characters of a box around a form; whole pages stand in forms too."""
_BOXES = ("div", "section", "form", "p", "ul", "ol", "span", "header", "blockquote")


def settle_on_article(tree: HtmlElement) -> None:
    """Leave only the page's own article marked as one: trafilatura takes the first.

    It is the one with the headline, or the one with most of what all of them say; the updates of a
    live blog are none, and teasers, which are links as a whole, are taken out.
    """
    for article in list(tree.iter("article")):
        if _is_one_link(article):
            _drop(article)
    articles = list(tree.iter("article"))
    own = next((one for one in articles if one.find(".//h1") is not None), None)
    if own is None and articles:
        outermost = [one for one in articles if next(one.iterancestors("article"), None) is None]
        sizes = [_in_paragraphs(one) for one in outermost]
        largest = max(sizes)
        if largest > max(sum(sizes) / 2, _in_paragraphs(tree) / 4):
            own = outermost[sizes.index(largest)]
    for article in articles:
        if article is not own:
            article.tag = "div"


def _in_paragraphs(element: HtmlElement) -> int:
    return sum(len(line.text_content()) for line in element.iter("p"))


def _is_one_link(element: HtmlElement) -> bool:
    linked = sum(len(_said(link)) for link in element.iter("a"))
    return linked > _LINKED * len(_said(element))


def take_out(tree: HtmlElement, paid: frozenset[str]) -> None:
    """Take out what stands on the page beside the article, and the lines that only link away.

    `paid` are the classes of what only those who paid are shown, which some name as if it were
    furniture.
    """
    for element in list(tree.iter(*_UNSEEN, *_APART)):
        _drop(element)
    whole = len(tree.text_content())
    for element in list(tree.iter(*_BOXES)):
        if not paid.isdisjoint(element.get("class", "").split()):
            continue
        names = f"{element.get('class', '')} {element.get('id', '')}"
        is_hidden = "hidden" in element.attrib or _HIDDEN.search(element.get("style", ""))
        is_furniture = is_hidden or _FURNITURE.search(names) or _asks_for_address(element)
        if is_furniture and _is_small(element, whole):
            _drop(element)
    for element in list(tree.iter("p", "li", "td", "h2", "h3", "h4")):
        if _only_links(element) or _calls(element):
            _drop(element)
    for links in list(tree.iter("ul", "ol")):
        _drop_label(links)
    for headline in list(tree.iter("h1")):
        _drop_kicker(headline)


def _asks_for_address(element: HtmlElement) -> bool:
    """Whether this is a box that holds a form for one's e-mail address and little else."""
    asks = element.find(".//input[@type='email']") is not None
    return asks and len(element.text_content()) <= _LONGEST_BOX


def _calls(element: HtmlElement) -> bool:
    """Whether a line only tells readers to write, to follow or to subscribe, and where."""
    printed = _said(element)
    if len(printed) > _LONGEST_CALL or not _CALL.match(printed):
        return False
    links = element.iterfind(".//a")
    return bool(_ADDRESS.search(printed)) or any(_CALLING.match(_said(link)) for link in links)


def _drop_label(links: HtmlElement) -> None:
    """Drop the label, such as "Read more:", before a list of which nothing is left."""
    label = links.getprevious()
    if label is not None and _is_label(label) and not _said(links):
        _drop(label)


def _is_label(element: HtmlElement) -> bool:
    printed = _said(element)
    is_label = printed.endswith(":") or element.tag in ("h2", "h3", "h4")
    return is_label and len(printed) < _LONGEST_LABEL


def _said(element: HtmlElement) -> str:
    return str(element.text_content()).strip()


def _drop_kicker(headline: HtmlElement) -> None:
    """Drop the line right above a headline: it is the section or the place."""
    above = headline.getprevious()
    if above is not None and len(_said(above)) < _LONGEST_LABEL:
        _drop(above)


def _is_small(element: HtmlElement, whole: int) -> bool:
    """Whether an element is a small part of the page: some mark the whole article by such names."""
    is_small = len(element.text_content()) < whole * _LARGEST_FURNITURE
    return is_small and element.find(".//h1") is None


def _only_links(element: HtmlElement) -> bool:
    """Whether a line is links alone, or links behind a label such as "Read more:"."""
    links = element.findall(".//a")
    linked = "".join(link.text_content() for link in links).strip()
    if not linked or len(linked) > _LONGEST_LINK * len(links):
        return False
    printed = element.text_content().strip()
    if len(links) == 1:
        label, found, after = printed.partition(linked)
        is_whole = bool(found) and after in ("", ".")
        return is_whole and (not label or label.rstrip().endswith(":"))
    return len(printed) - len(linked) <= 3 * len(links)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
