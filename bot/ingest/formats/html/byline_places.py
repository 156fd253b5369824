"""Tell where on a page a byline may be."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from bot.ingest.formats.html.prose import is_named

NO_BYLINE_NAME = re.compile(r"bio|avatar|comment|related|photo|image|count|social|more", re.I)
_NO_BYLINE_BOXES = ("nav", "figure", "blockquote")
_NO_BYLINE_TAGS = ("td", "th", "dt", *_NO_BYLINE_BOXES, "figcaption")
_TAG_ADDRESS = re.compile(
    r"/(?:tags?|topics?|subjects?|keywords?|themen?|thema|sujets?|temas?|etiquetas?)/",
    re.IGNORECASE,
)


def may_name(element: HtmlElement) -> bool:
    """Whether an element may name the author: no cell, caption or tag, and not in a quotation."""
    is_inside = next(element.iterancestors(*_NO_BYLINE_BOXES), None) is not None
    link = element if element.tag == "a" else element.find(".//a")
    is_tag = link is not None and bool(_TAG_ADDRESS.search(link.get("href", "")))
    return element.tag not in _NO_BYLINE_TAGS and not is_inside and not is_tag


def is_elsewhere(element: HtmlElement) -> bool:
    """Whether an element is in a box about other articles, comments or the like."""
    return any(
        ancestor.tag in ("nav", "aside")
        or (ancestor.tag == "footer" and next(ancestor.iterancestors("article"), None) is None)
        or is_named(NO_BYLINE_NAME, ancestor)
        for ancestor in element.iterancestors()
        if ancestor.tag not in ("body", "html")
    )


def grandparent(element: HtmlElement) -> HtmlElement | None:
    """Return the grandparent of an element."""
    parent = element.getparent()
    return parent.getparent() if parent is not None else None


def has_form_of(element: HtmlElement, other: HtmlElement) -> bool:
    """Whether an element is like another one beside it, or in a like box beside it."""
    return (element.tag, element.get("class")) == (other.tag, other.get("class")) and (
        element.getparent() is other.getparent() or grandparent(element) is grandparent(other)
    )
