"""Remove titles with texts that no boxes hold together: pairs of lines, and texts that end with
"Read more"."""

from __future__ import annotations

import re
from collections import defaultdict

from lxml.html import HtmlElement

from bot.ingest.formats.html.prose import line_of

MIN_CARDS = 3
MAX_CARD_LENGTH = 330
MIN_TITLE_LENGTH = 20

_MORE = re.compile(
    r"\W*(?:(?:read|see|find out) )?(?:more|on)\W*|\W*full (?:story|article)\W*"
    r"|\W*continue reading\W*"
    r"|\W*(?:mehr|weiter(?:lesen)?|lire (?:la suite|plus)|leer más|seguir leyendo)\W*",
    re.IGNORECASE,
)


def drop_flat_cards(tree: HtmlElement) -> None:
    """Drop three or more linked titles in one element with the text below each, and as many texts
    that end with "Read more"."""
    groups: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    for title in tree.iter("h2", "h3", "h4", "h5", "p"):
        text = title.getnext()
        if text is not None and text.tag == "p" and _is_linked_title(title):
            groups[title.getparent()] += (title, text)
        elif title.tag == "p" and _ends_with_more(title):
            groups[title.getparent()] += (title, title)
    for group in groups.values():
        if len(group) >= 2 * MIN_CARDS:
            for element in dict.fromkeys(group):
                if element.getparent() is not None and _length(element) <= MAX_CARD_LENGTH:
                    element.drop_tree()


def _is_linked_title(element: HtmlElement) -> bool:
    links = list(element.iter("a"))
    if len(links) != 1 or links[0].get("href", "#").startswith("#"):
        return False
    return len(line_of(links[0]).split()) > 2 and _length(links[0]) == _length(element)


def _ends_with_more(element: HtmlElement) -> bool:
    link = element[-1] if len(element) else None
    if link is None or link.tag != "a" or (link.tail or "").strip():
        return False
    return bool(_MORE.fullmatch(line_of(link))) and _length(element) > MIN_TITLE_LENGTH


def _length(element: HtmlElement) -> int:
    return len(element.text_content().strip())
