"""Recognise pages without an article: front pages, lists, login walls, notices and empty pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree
from lxml.html import HtmlElement

from bot.ingest.formats.html.page import Page, line_of, split_title
from bot.ingest.formats.html.story import Story
from bot.ingest.refusal import Refusal

MIN_TEXT_LENGTH = 80
"""A text with fewer characters is a caption or a button, unless it is a sentence on a page that
declares an article."""
MAX_NOTICE_LENGTH = 600
"""A text of at most this many characters may be only a notice, so it is searched like the title."""
MAX_WALL_LENGTH = 1_500
"""Characters of a page that is named a notice and may be one; of a longer text, a list of headlines
must be part."""
MAX_TITLE_LENGTH = 300
MAX_QUOTED_LENGTH = 60
MIN_TEASERS = 4
MIN_TEASER_LENGTH = 300
"""Characters of text for each linked headline of a page; a list of headlines has fewer."""
MIN_PROSE = 350
"""Characters in sentences of an article that is less than MIN_TEXT_SHARE of its page."""
MIN_TEXT_SHARE = 0.8
MIN_PROSE_SHARE = 0.35
"""The share of the text that is sentences; of lists, tables and headings, it is smaller."""
MAX_LIST_PROSE = 1_000
"""Characters in sentences of a page that may be a list by that share."""
MIN_PROSE_PER_LINKED = 0.15
"""Characters in sentences for each in links that are in no menu; tables of contents have fewer."""

_TEASERS = etree.XPath(
    "//*[self::h2 or self::h3 or self::h4][.//a[starts-with(@href, 'http') or starts-with("
    "@href, '/') or contains(@href, '.')] or parent::a]"
    "[not(ancestor::nav or ancestor::aside or ancestor::footer)]"
)
_BESIDE_MENUS = etree.XPath(
    "//a[@href][not(ancestor::nav or ancestor::aside or ancestor::header or ancestor::footer)]"
)
_PROSE = re.compile(
    r".{40,}[.!?:…؟۔।\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff][^\w\s]*|.{10,}[。！？][^\w\s]*"
)
"""A paragraph that ends as sentences do: in Thai, Lao, Burmese and Khmer without a mark."""
_NOTICES = (
    (
        r"just a moment|are you (?:a )?(?:human|robot)|attention required",
        r"\bcaptcha\b|\byou are (?:a )?human|\bunusual traffic|\bchecking your browser",
        "it shows a check that you are human instead of an article",
        "Save the article from a browser, or ask the outlet for a feed",
    ),
    (
        r"(?:please )?(?:log|sign) ?in|this article is for subscribers",
        r"\b(?:log|sign) ?in (?:or|to) (?:register|subscribe|continue|read|view)"
        r"|\bto continue reading|\bsubscribe to (?:continue|read)|\bfor subscribers only",
        "it shows a login or subscription page instead of the article",
        "Save the article while logged in, or ask the outlet for a feed",
    ),
    (
        r"(?:(?:error|http)\W*)?[45]\d\d\W*(?:error|(?:page )?not found)?|(?:\d{3} )?(?:not found"
        r"|forbidden|access denied)|.*\bpage\b.*(?:\bnot|n[’']t) .*(?:found|here|exist).*",
        r"\b(?:this|that|the) page\b.{0,30}(?:\bnot|n[’']t) (?:be )?(?:found|here|exist)",
        "it is a site's error page, not an article",
        "Check the article's address",
    ),
    (
        r".*(?:your privacy|cookies?) (?:choices|settings|notice)"
        r"|we (?:value|use) .*(?:privacy|cookies)",
        r"\bwe\b.{0,60} (?:use|store|read|set)\w* .{0,20}cookies|\baccept (?:all )?cookies",
        "it shows a cookie notice instead of an article",
        "Answer it in a browser, then save the article",
    ),
)
"""What a short page is if a part of its title, or its text, says so, and what to do."""
_SAMPLE_LENGTH = 60
_MAX_SAMPLES = 50
_SENTENCE = re.compile(r"[^.!?。！？]{15}[.!?。！？]")
_NEEDS_SCRIPT = re.compile(r"java ?script|loading|your browser", re.IGNORECASE)


def check_is_article(page: Page, tree: HtmlElement, story: Story, text: str) -> None:
    """Raise Refusal, which says what was seen, if the extracted `text` is not an article."""
    if len(text) <= MAX_WALL_LENGTH:
        _check_is_no_notice(page, tree, text)
    if len(text) < MIN_TEXT_LENGTH and not (page.claims_article and is_sentence(text)):
        if page.has_script:
            raise _refusal(
                "its text is missing: a script in the browser would load it",
                "Save the page from a browser, or ask the outlet for a feed",
            )
        if not is_sentence(text):
            raise Refusal("it has no article text", "Check that it is the page of a single article")
    if not page.claims_article:
        _check_is_no_list(tree, story, text)


def _check_is_no_list(tree: HtmlElement, story: Story, text: str) -> None:
    """Raise Refusal for a page with little running prose, by what else its text and it consist of.

    The limits are fitted to pages of manuals, blogs and news sites (docs/decisions.md).
    """
    prose = sum(map(len, filter(_PROSE.fullmatch, story.unlinked)))
    links, linked = tree.xpath("//a[@href]"), sum(map(len, map(line_of, _BESIDE_MENUS(tree))))
    teasers = _TEASERS(tree)
    is_front = len(teasers) >= MIN_TEASERS and len(text) < MIN_TEASER_LENGTH * len(teasers)
    is_front = is_front and (len(text) < MAX_WALL_LENGTH or _are_in_text(teasers, text))
    length = sum(map(len, story.paragraphs))
    is_list = links and prose < min(MAX_LIST_PROSE, MIN_PROSE_SHARE * length)
    if is_front or is_list or prose < MIN_PROSE_PER_LINKED * linked:
        raise _refusal(
            f"it has {len(links):,} links and {len(text.split()):,} words of text: a list of"
            " headlines or contents?",
            "Give the address or the file of each article",
        )
    whole = len(" ".join(tree.text_content().split()))
    if links and prose < MIN_PROSE and len(text) < MIN_TEXT_SHARE * whole:
        raise _refusal(
            f"it has {len(text.split()):,} words of text beside menus: a search page or an index?",
            "Check that it is the page of a single article",
        )


def _check_is_no_notice(page: Page, tree: HtmlElement, text: str) -> None:
    names = [page.window_title[:MAX_TITLE_LENGTH], *page.headings[:1]]
    names = [part.strip(" .!…") for name in names for part in split_title(name)]
    is_short = len(text) <= MAX_NOTICE_LENGTH
    # What says that it is an article may be about errors or cookies, but asks for no login.
    for title, notice, cause, remedy in _NOTICES[1:2] if page.claims_article else _NOTICES:
        matches = [re.fullmatch(title, name, re.IGNORECASE) for name in names]
        matches += [re.search(notice, text, re.IGNORECASE)] if is_short else []
        if seen := next(filter(None, matches), None):
            raise _refusal(f"{cause}: “{' '.join(seen[0].split())[:MAX_QUOTED_LENGTH]}”", remedy)
    if is_short and tree.xpath("//input[@type='password']"):
        raise _refusal(*_NOTICES[1][2:])


def _are_in_text(teasers: Sequence[HtmlElement], text: str) -> bool:
    """Whether what is below the linked headlines is in the text, rather than beside the article."""
    some = teasers[:_MAX_SAMPLES]
    below = (line_of(one) for teaser in some for one in teaser.xpath("following::p[1]"))
    return sum(line[:_SAMPLE_LENGTH] in text for line in below if line) > len(some) / 2


def is_sentence(text: str) -> bool:
    """Whether a text has a sentence, and not one that asks for scripts."""
    return bool(_SENTENCE.search(text)) and not _NEEDS_SCRIPT.search(text)


def _refusal(cause: str, remedy: str) -> Refusal:
    return Refusal(cause, remedy, can_force=True)
