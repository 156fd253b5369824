"""Recognise pages without an article, such as front pages, login walls, errors and empty pages."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from bot.ingest.formats.html.page import Page
from bot.ingest.refusal import Refusal

MAX_WALL_LENGTH = 1_500
"""Characters of a login or consent wall; a longer text is an article, whatever its subject."""
MAX_NOTICE_LENGTH = 600
"""A text of at most this many characters may be only a notice, so it is searched like the title."""
MAX_TITLE_LENGTH = 300
MIN_TEXT_LENGTH = 80
"""A text with fewer characters is a caption or a button, unless it is a sentence on a page that
declares an article."""
MIN_TEASERS = 4

# There are articles about errors and logins, so a title must consist of the notice, and perhaps
# the site's name.
_TITLE_START, _TITLE_END = r"(?:^|\s[|·–—-]\s)\W*", r"\W*(?:$|\s[|·–—-]\s)"
_ERROR = re.compile(
    rf"{_TITLE_START}(?:(?:error|http)\W{{0,3}})?[45]\d\d(?:\W*error)?{_TITLE_END}"
    rf"|{_TITLE_START}(?:\d{{3}}\W*)?(?:access denied|forbidden|not found){_TITLE_END}"
    r"|(?:^|\b(?:sorry|the|this|that|error|404)\W+)page\b.{0,30}(?:\bnot\b|n[’']t\b).{0,15}"
    r"\b(?:found|here|exist|available)\b"
    r"|seite nicht gefunden|page introuvable|página no encontrada",
    re.IGNORECASE | re.MULTILINE,
)
_CHALLENGE = re.compile(
    rf"{_TITLE_START}(?:just a moment|are you (?:a )?(?:human|robot)){_TITLE_END}"
    r"|checking your browser|(?:detected|noticed) unusual (?:traffic|activity)"
    r"|(?:complete|solve|pass|enter) (?:the|this|a) captcha|attention required!"
    r"|\b(?:verify|confirm)\w* (?:that )?you(?:[’']re| are) (?:a )?(?:human|not a robot)",
    re.IGNORECASE | re.MULTILINE,
)
_CONSENT = re.compile(
    r"\bwe\b.{0,60}\b(?:use|store|read|set)\w* cookies|\baccept (?:all )?cookies"
    r"|\b(?:value|respect|care about|about) your privacy|\byour privacy (?:choices|settings)"
    r"|cookies zustimmen|cookies akzeptieren|accepter les cookies|aceptar (?:las )?cookies",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    rf"{_TITLE_START}(?:please )?(?:log|sign) ?in(?:{_TITLE_END}|\s(?:or|to|here|first)\b)"
    r"|\b(?:log|sign) ?in (?:or (?:create|register|sign|subscribe)|to (?:continue|read|view|see))\b"
    r"|\bsubscribe (?:now )?to (?:continue|read)|\bsubscribers[ -]only\b"
    r"|\b(?:is|only) for (?:our )?subscribers\b|\bfor (?:our )?subscribers only\b"
    r"|\bnur für abonnenten|\bréservé aux abonnés|\bsolo para suscriptores",
    re.IGNORECASE | re.MULTILINE,
)
_SENTENCE = re.compile(r"[^.!?。！？]{15}[.!?。！？]")
_NEEDS_SCRIPT = re.compile(r"java ?script|loading|your browser", re.IGNORECASE)


def check_is_article(page: Page, tree: HtmlElement, text: str) -> None:
    """Raise Refusal, which says what the page is, if the extracted `text` is not an article."""
    if _is_index(page, tree):
        raise Refusal(
            "it is a front page or a list of articles, not an article",
            "Give the address or the file of each article",
        )
    if len(text) > MAX_WALL_LENGTH:
        return
    notice = text if len(text) <= MAX_NOTICE_LENGTH else ""
    titles = (title[:MAX_TITLE_LENGTH] for title in (page.window_title, page.heading or ""))
    title_and_notice = "\n".join((*titles, notice))
    if not page.claims_article and _CHALLENGE.search(title_and_notice):
        raise Refusal(
            "it shows a check that you are human instead of an article",
            "Save the article from a browser, or ask the outlet for a feed",
        )
    if _LOGIN.search(title_and_notice):
        raise Refusal(
            "it shows a login or subscription page instead of the article",
            "Save the article while logged in, or ask the outlet for a feed",
        )
    if not page.claims_article and _ERROR.search(title_and_notice):
        raise Refusal("it is a site's error page, not an article", "Check the article's address")
    if not page.claims_article and _CONSENT.search(title_and_notice):
        raise Refusal(
            "it shows a cookie notice instead of an article",
            "Answer it in a browser, then save the article",
        )
    if len(text) < MIN_TEXT_LENGTH and not (_declares_article(page, tree) and _is_sentence(text)):
        _check_is_complete(tree, text)


def _is_index(page: Page, tree: HtmlElement) -> bool:
    """Whether a page has mainly linked headings, and does not declare an article."""
    if _declares_article(page, tree):
        return False
    teasers = [
        heading
        for heading in tree.iter("h2", "h3", "h4")
        if _is_linked(heading) and not _is_inside(heading, "nav", "aside", "footer")
    ]
    return len(teasers) >= MIN_TEASERS


def _declares_article(page: Page, tree: HtmlElement) -> bool:
    """Whether the page declares itself an article, or has its only h1 inside an <article>."""
    headings = list(tree.iter("h1"))
    return page.claims_article or (len(headings) == 1 and _is_inside(headings[0], "article"))


def _is_inside(element: HtmlElement, *tags: str) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _is_linked(heading: HtmlElement) -> bool:
    """Whether a heading is linked to another page."""
    links = [*heading.iterfind(".//a"), *heading.iterancestors("a")]
    return any(not link.get("href", "#").startswith("#") for link in links)


def _is_sentence(text: str) -> bool:
    return bool(_SENTENCE.search(text)) and not _NEEDS_SCRIPT.search(text)


def _check_is_complete(tree: HtmlElement, text: str) -> None:
    if next(tree.iter("script"), None) is not None:
        raise Refusal(
            "its text is missing: a script in the browser would load it",
            "Save the page from a browser, or ask the outlet for a feed",
        )
    if not text:
        raise Refusal("it has no article text", "Check that it is the page of a single article")
