"""Remove what surrounds the article on a page: menus, boxes, teasers, calls to subscribe."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from lxml.html import HtmlElement

from bot.ingest.formats.html.prose import measure_prose

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
    r"(?:^|[_-])(?:newsletter|cookies?|consent|caption|credits?|share|sharing|social|byline"
    r"|dateline"
    r"|timestamp|breadcrumbs?|advert\w*|sponsored|subscribe|subscription|signup|pull-?quotes?"
    r"|modal|pop-?up|toolbar|donat\w+|(?:author-?)?bio|about-the-author|author-box"
    r"|side-?bar|rail|rhs|lhs|secondary|outbrain|taboola|visually-hidden|sr-only"
    r"|screen-reader-text|skip-link)(?:$|[_-])",
    re.IGNORECASE,
)
_LINKED_BOILERPLATE = re.compile(
    r"(?:^|[_-])(?:related|read-?(?:more|next|also)|recommend\w*|promos?|teasers?|most-?(?:read"
    r"|popular)|tags"
    r"|trending|popular|more-(?:from|on|stories)|further-reading|see-also|up-next|widget)(?:$"
    r"|[_-])",
    re.IGNORECASE,
)
"""Names of boxes about other articles, if they have links: a "teaser" may be the article's own."""
_CAPTION = re.compile(
    r"(?:^|[_-])(?:photo\w*|image|img|picture|fig|figure|gallery|bild\w*|foto\w*|legende|tools)"
    r"(?:$|[_-])",
    re.IGNORECASE,
)
_MAX_CAPTION_LENGTH = 350
_COMMENTS = re.compile(
    r"(?:^|[_-])(?:comments?|comment-?list|disqus|replies|respond)(?:$|[_-])", re.IGNORECASE
)
_PAYWALL = re.compile(r"(?:^|[_-])pay-?wall(?:$|[_-])", re.IGNORECASE)
_STATE_PREFIX = re.compile(r"(?:has|no|with|without|show|hide|is|js|can|allow)-", re.IGNORECASE)
"""What precedes a name that says what a box has, not what it is: "has-comments"."""
_NAME_ATTRIBUTES = ("class", "id", "data-component", "data-testid", "data-module", "data-type")
_OTHER_ROLES = ("navigation", "complementary", "contentinfo", "search", "dialog", "alertdialog")
_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
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
_MAX_PROSE_SHARE = 1 / 3
_MIN_COMMENTED_LENGTH = 400
"""Characters of prose beside readers' comments, which may be longer than the article."""
_MIN_HIDDEN_PROSE = 250
"""Characters of prose in a hidden box that a "Read on" button may show."""
_HEADINGS = ("h2", "h3", "h4")
_MAX_LINK_LENGTH = 120
MIN_SENTENCE_WORDS = 6
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
    """Remove what surrounds the article on the page.

    `paid_classes` are the classes of elements that only subscribers see. These are kept even if
    they are named like boilerplate. So is what has much of the page's prose, whatever its name.
    """
    for element in list(tree.iter(*_INVISIBLE_ELEMENTS)):
        _drop(element)
    lengths = measure_prose(tree)
    _drop_comments(tree, lengths)
    for element in list(tree.iter(*_SEPARATE_ELEMENTS)):
        if _is_small(element, tree, lengths):
            _drop_separate(element)
    for element in list(tree.iter(*_BOX_ELEMENTS)):
        if _is_boilerplate(element, paid_classes, lengths) and _is_small(element, tree, lengths):
            _drop(element)


def remove_links(tree: HtmlElement) -> None:
    """Remove lines that are only links, with their labels, and appeals to readers."""
    for paragraph in tree.iter("p", "li"):
        _unlink_sentence(paragraph)
    for element in list(tree.iter("p", "li", "td", "h2", "h3", "h4")):
        if _is_only_links(element) or _is_appeal(element):
            _drop(element)
    for list_element in list(tree.iter("ul", "ol")):
        _drop_label(list_element)
    for headline in list(tree.iter("h1")):
        _drop_kicker(headline)


def _drop_comments(tree: HtmlElement, lengths: Counter[HtmlElement]) -> None:
    """Drop readers' comments, unless hardly any prose is left without them."""
    for element in list(tree.iter(*_BOX_ELEMENTS, "article")):
        if (
            _is_named(_COMMENTS, element)
            and lengths[tree] - lengths[element] >= _MIN_COMMENTED_LENGTH
            and element.find(".//h1") is None
        ):
            for ancestor in element.iterancestors():
                lengths[ancestor] -= lengths[element]
            _drop(element)


def _drop_separate(element: HtmlElement) -> None:
    """Drop a figure, an aside or the like, but keep the table or quotation in a figure."""
    for content in element.iterchildren("table", "blockquote"):
        if element.tag == "figure" and not _is_named(_BOILERPLATE, content, element):
            element.addprevious(content)
    _drop(element)


def _is_boilerplate(
    element: HtmlElement, paid_classes: frozenset[str], lengths: Counter[HtmlElement]
) -> bool:
    if not element.attrib:
        return _is_email_form(element)
    if not paid_classes.isdisjoint(element.get("class", "").split()):
        return False
    if "hidden" in element.attrib or _HIDDEN_STYLE.search(element.get("style", "")):
        return lengths[element] < _MIN_HIDDEN_PROSE or _is_named(_BOILERPLATE, element)
    if _is_email_form(element) or _is_named(_BOILERPLATE, element):
        return True
    if element.get("role") in _OTHER_ROLES:
        return True
    if _is_named(_CAPTION, element):
        is_short = len(element.text_content().strip()) <= _MAX_CAPTION_LENGTH
        return is_short and element.find(".//p") is None and element.find(".//h2") is None
    if _is_named(_PAYWALL, element):
        return lengths[element] < _MIN_HIDDEN_PROSE
    if _is_named(_LINKED_BOILERPLATE, element):
        return element.find(".//a") is not None or element.getparent().tag == "a"
    return False


def _is_named(names: re.Pattern[str], *elements: HtmlElement) -> bool:
    """Whether a class or id of one of the elements says that it is such a box."""
    return any(
        _are_names(names, " ".join(filter(None, map(element.get, _NAME_ATTRIBUTES))))
        for element in elements
        if element.attrib
    )


@lru_cache(maxsize=4_096)
def _are_names(names: re.Pattern[str], attributes: str) -> bool:
    """Whether one of an element's names is such a name, and does not only say what a box has."""
    tokens = _CAMEL_CASE.sub("-", attributes).split()
    return any(names.search(token) and not _STATE_PREFIX.match(token) for token in tokens)


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


def _is_small(element: HtmlElement, tree: HtmlElement, lengths: Counter[HtmlElement]) -> bool:
    """Whether an element has a small part of the page's prose: some sites name the whole article
    like boilerplate."""
    is_small = lengths[element] <= lengths[tree] * _MAX_PROSE_SHARE
    return is_small and element.find(".//h1") is None


def _is_only_links(element: HtmlElement) -> bool:
    """Whether a line is only links, or a link after a label such as "Read more:"."""
    links = element.findall(".//a")
    if element.tag in _HEADINGS and any(link.get("href", "#")[:1] == "#" for link in links):
        return False  # a heading that can be linked to
    link_text = "".join(link.text_content() for link in links).strip()
    if not link_text or len(link_text) > _MAX_LINK_LENGTH * len(links):
        return False
    text = _text_of(element)
    if len(links) == 1:
        label, link, text_after = text.partition(link_text)
        is_at_end = bool(link) and text_after in ("", ".")
        return is_at_end and (not label or label.rstrip().endswith(":"))
    return len(text) - len(link_text) <= 3 * len(links)


def _unlink_sentence(paragraph: HtmlElement) -> None:
    """Remove the link of a paragraph that is one linked sentence, as in a round-up of links."""
    if len(paragraph) == 1 and paragraph[0].tag == "a":
        link = paragraph[0]
        is_sentence = (link.tail or "").strip() == "."
        if is_sentence and len(_text_of(link).split()) >= MIN_SENTENCE_WORDS:
            link.drop_tag()


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
