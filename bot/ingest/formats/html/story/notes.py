"""Drop the raised numbers of a page that refer to notes, and print its exponents."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from bot.ingest.formats.html.prose import INLINE_ELEMENTS
from bot.text.raised import print_raised

_MAX_STEPS = 8
"""Empty elements before a mark, or elements that begin with it."""
_NOTE_LINK = " or ".join(
    f"contains({attributes}, 'noteref') or contains({attributes}, 'footnote-ref')"
    for attributes in ("@class", "@role", "@*[name()='epub:type']")
)
_RAISED = etree.XPath(
    f"//*[self::sup or (self::a and ({_NOTE_LINK}))]"
    f"[not(ancestor::sup or ancestor::a[{_NOTE_LINK}])]"
)


def resolve_notes(tree: HtmlElement) -> None:
    """Drop the marks of notes from a page, as `resolve_raised` does from a text."""
    for element in _RAISED(tree):
        if element.getparent() is None:
            continue  # a part of the raised text before it
        raised = _join_run(element)
        printed = print_raised(raised, _text_before(element), (element.tail or "")[:1])
        if printed != raised:
            for child in list(element):
                element.remove(child)
            element.text = printed
            element.drop_tag()


def _join_run(element: HtmlElement) -> str:
    """Move the raised text right after an element into it; return all of its text."""
    raised = str(element.text_content())
    while not element.tail and (after := element.getnext()) is not None and after.tag == "sup":
        raised += str(after.text_content())
        element.tail = after.tail
        after.getparent().remove(after)
    if len(raised) > len(element.text_content()):
        for child in list(element):
            element.remove(child)
        element.text = raised
    return raised


def _text_before(element: HtmlElement) -> str:
    """Return the text right before an element, in its block."""
    for _ in range(_MAX_STEPS):
        previous, parent = element.getprevious(), element.getparent()
        if previous is not None:
            if text := f"{previous.text_content()}{previous.tail or ''}":
                return text
            element = previous
        elif parent is None or parent.text or parent.tag not in INLINE_ELEMENTS:
            return "" if parent is None else parent.text or ""
        else:
            element = parent
    return ""
