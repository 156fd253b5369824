"""Recognise pages without an article: front pages, lists, login walls, notices and empty pages."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from bot.ingest.formats.html.page import Page
from bot.ingest.refusal import Refusal

MIN_TEXT_LENGTH = 80
"""A text with fewer characters is a caption or a button, unless it is a sentence on a page that
declares an article."""
MAX_NOTICE_LENGTH = 600
"""A text of at most this many characters may be only a notice, so it is searched like the title."""
MAX_WALL_LENGTH = 1_500
"""Characters of a page that is named a notice and may be one."""
MIN_TEASERS = 4
MIN_TEASER_LENGTH = 300
"""Characters of text for each linked headline of a page; a list of headlines has fewer."""
MIN_LINKS = 20
MIN_LINKED_SHARE = 0.6
"""A page with so many links, and this share of its text in them, is a list of links."""

_TEASERS = etree.XPath(
    "count(//*[self::h2 or self::h3 or self::h4][.//a[starts-with(@href, 'http') or starts-with("
    "@href, '/') or contains(@href, '.')] or parent::a]"
    "[not(ancestor::nav or ancestor::aside or ancestor::footer)])"
)
_NOTICE = re.compile(
    r"^\W*(?:(?:error|http)\W+)?[45]\d\d\b(?! \w+ed\b)|\b(?:page|site) (?:was |is |could )?not"
    r" (?:be )?found|^just a moment|\bcaptcha\b|you are (?:a )?human|^\W*(?:log|sign) ?in\b"
    r"|\b(?:log|sign) ?in (?:or|to) \w+|\bsubscribers? (?:only|to)\b|\bcookies\b|\bour partners\b"
    r"|your privacy|^(?:access denied|forbidden)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?。！？]{15}[.!?。！？]")
_NEEDS_SCRIPT = re.compile(r"java ?script|loading|your browser", re.IGNORECASE)


def check_is_article(page: Page, tree: HtmlElement, text: str, link_length: int) -> None:
    """Raise Refusal, which says what was seen, if the extracted `text` is not an article."""
    links = len(tree.xpath("//a[@href]"))
    teasers = int(_TEASERS(tree))
    is_list = teasers >= MIN_TEASERS and len(text) < MIN_TEASER_LENGTH * teasers
    is_linked = links >= MIN_LINKS and link_length >= MIN_LINKED_SHARE * len(text)
    if (is_list or is_linked) and not page.claims_article:
        raise _refusal(
            f"it has {links:,} links and {len(text.split()):,} words of text: a list of headlines?",
            "Give the address or the file of each article",
        )
    names = [page.window_title[:300], *page.headings[:1]]
    names += [text] if len(text) <= MAX_NOTICE_LENGTH else []
    seen = next(filter(None, map(_NOTICE.search, names)), None)
    has_password = bool(tree.xpath("//input[@type='password']"))
    if len(text) <= MAX_WALL_LENGTH and (seen or has_password) and not page.claims_article:
        words = f": “{seen[0].strip()}”" if seen else ""
        raise _refusal(
            f"it shows a notice or a login instead of an article{words}",
            "Answer it in a browser, then save the article, or ask the outlet for a feed",
        )
    if len(text) < MIN_TEXT_LENGTH and not (page.claims_article and is_sentence(text)):
        if next(tree.iter("script"), None) is not None:
            raise _refusal(
                "its text is missing: a script in the browser would load it",
                "Save the page from a browser, or ask the outlet for a feed",
            )
        if not text:
            raise Refusal("it has no article text", "Check that it is the page of a single article")


def is_sentence(text: str) -> bool:
    """Whether a text has a sentence, and not one that asks for scripts."""
    return bool(_SENTENCE.search(text)) and not _NEEDS_SCRIPT.search(text)


def _refusal(cause: str, remedy: str) -> Refusal:
    return Refusal(cause, remedy, can_force=True)
