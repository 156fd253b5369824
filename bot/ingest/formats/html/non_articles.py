"""Recognise pages without an article: front pages, lists, login walls, notices and empty pages.

What is certainly none is refused; what may be one is read with a doubt.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree
from lxml.html import HtmlElement

from bot.ingest.formats.html.page import MIN_TITLE_WORDS, Page, split_title
from bot.ingest.metadata import to_one_line
from bot.ingest.refusal import Refusal
from bot.model import Doubt

MIN_TEXT_LENGTH = 80
"""A text with fewer characters is a caption or a button, unless it is a sentence on a page that
declares an article."""
MAX_NOTICE_LENGTH = 600
"""A text of at most this many characters may be only a notice, so it is searched like the title."""
MAX_WALL_LENGTH = 1_500
"""Characters of a page that is named a notice and may be one; a longer text is none."""
MAX_TITLE_LENGTH = 300
MAX_QUOTED_LENGTH = 60
MIN_PROSE = 400
"""Characters in sentences of an article on a page with links. It needs more of them for ..."""
PROSE_PER_LINKED = 0.35
"""... each character in links,"""
PROSE_PER_FIELD = 100
"""... each field or button of a form,"""
PROSE_PER_TEASER = 300
"""... and each teaser after the first MAX_TEASERS."""
MAX_TEASERS = 4
"""A page with more of them and no headline of its own is a list, however long they are."""
MIN_TEASER, LINE_START = 12, 25
"""Characters of a linked headline, and at the start of a line by which it is known in the page."""
MIN_SHARE = 0.05
"""A page with less than this share of the prose that it needs is refused, others are doubted."""
MIN_SENTENCE, MAX_SENTENCE = 20, 400
"""Characters; of a longer one, which is a list or code, only so many count."""

_SITE = re.compile(r"\A\s*(?:https?:)?//([^/?#]*)", re.IGNORECASE)
_FIELDS = etree.XPath("//*[self::input[not(@type='hidden')] or self::select or self::textarea]")
_UNMARKED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""The scripts whose sentences end without a mark: Thai, Lao, Burmese and Khmer."""
_PIECE = re.compile(r"([^.!?:…؟۔।。！？\n]++)([。！？]|[.!?:…؟۔।](?=\W|$))?")
"""A sentence, if a mark ends it; a piece before a mark inside a name, number or code, if not."""
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
_SENTENCE = re.compile(
    r"(?!.*(?:java ?script|loading|your browser)).*[^.!?。！？]{15}[.!?。！？]",
    re.DOTALL | re.IGNORECASE,
)
"""A sentence, but not one that asks for scripts."""


def find_doubt(page: Page, tree: HtmlElement, text: str, *, is_cut: bool) -> Doubt | None:
    """Return the doubt that the extracted `text`, which may be cut off at a paywall, is an article.

    Raises Refusal, which says what was seen, if it is none.
    """
    if len(text) <= MAX_WALL_LENGTH:
        _check_is_no_notice(page, tree, text, is_cut=is_cut)
    is_sentence = len(text) >= MIN_TEXT_LENGTH or bool(_SENTENCE.match(text))
    if len(text) < MIN_TEXT_LENGTH and not (page.claims_article and is_sentence):
        if page.has_script:
            raise _refusal(
                "its text is missing: a script in the browser would load it",
                "Save the page from a browser, or ask the outlet for a feed",
            )
        if not is_sentence:
            raise Refusal("it has no article text", "Check that it is the page of a single article")
    if is_cut or page.claims_article:
        return "cut" if is_cut else None
    # The weights are fitted to pages of manuals, blogs, news sites, shops and forums
    # (docs/change/decisions.md).
    links = {link: to_one_line(link.text_content()) for link in tree.xpath("//a[@href]")}
    teasers = _count_teasers(tree, links, text) if links else 0
    prose = sum(
        min(len(piece), MAX_SENTENCE)
        for piece, mark in _PIECE.findall(text)
        if len(piece) >= MIN_SENTENCE and (mark or _UNMARKED.search(piece))
    )
    needed = (
        (MIN_PROSE if links else 0)
        + PROSE_PER_LINKED * sum(map(len, links.values()))
        + PROSE_PER_FIELD * len(_FIELDS(tree))
        + PROSE_PER_TEASER * max(0, teasers - MAX_TEASERS)
    )
    if prose < MIN_SHARE * needed:
        raise _refusal(
            f"it has {len(links):,} links and {len(text.split()):,} words of text: a front page,"
            " a list or a search page?",
            "Give the address or the file of each article",
        )
    headlines = [one for one in page.headings if len(one.split()) >= MIN_TITLE_WORDS]
    is_list = len(headlines) != 1 and teasers > MAX_TEASERS
    return "no_article" if is_list or prose < needed else None


def _count_teasers(tree: HtmlElement, links: dict[HtmlElement, str], text: str) -> int:
    """Count the pages of the same site to which a link leads that starts one of the extracted
    lines, or stands right before it: a headline, or one of several links such as "Read more"."""
    repeated = Counter(links.values())
    sites = ["".join(_SITE.findall(link.get("href"))) for link in links]
    ((own_site, _),) = Counter(sites).most_common(1)
    starts = {line[:LINE_START] for line in text.split("\n\n")}
    printed, end, targets = to_one_line(tree.text_content()), 0, set[str]()
    for (link, name), site in zip(links.items(), sites, strict=True):
        start = max(printed.find(name, end), end)
        end = start + len(name)
        if site == own_site and (len(name) >= MIN_TEASER or repeated[name] > MAX_TEASERS):
            places = (start, end + printed.startswith(" ", end))
            if any(printed[place : place + LINE_START] in starts for place in places):
                targets.add(link.get("href").partition("#")[0])
    return len(targets)


def _check_is_no_notice(page: Page, tree: HtmlElement, text: str, *, is_cut: bool) -> None:
    titles = [page.window_title[:MAX_TITLE_LENGTH], *page.headings[:1]]
    names = [part.strip(" .!…") for title in titles for part in split_title(title)]
    is_short = len(text) <= MAX_NOTICE_LENGTH
    # What says that it is an article may be about errors or cookies, but asks for no login.
    for title, notice, cause, remedy in _NOTICES[1:2] if page.claims_article else _NOTICES:
        matches = [re.fullmatch(title, name, re.IGNORECASE) for name in names]
        matches += [re.search(notice, text, re.IGNORECASE)] if is_short else []
        if seen := next(filter(None, matches), None):
            raise _refusal(f"{cause}: “{' '.join(seen[0].split())[:MAX_QUOTED_LENGTH]}”", remedy)
    has_password = is_short and not is_cut and tree.xpath("//input[@type='password']")
    if has_password or (is_cut and len(text) < MIN_TEXT_LENGTH):
        raise _refusal(*_NOTICES[1][2:])


def _refusal(cause: str, remedy: str) -> Refusal:
    return Refusal(cause, remedy, can_force=True)
