"""Pages that hold no article: front pages, walls, error pages and empty shells."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from bot.ingest.formats.html.page import Page
from bot.ingest.refusal import Refusal

LONGEST_WALL = 1_500
"""Characters beyond which a text is an article, whatever it speaks of."""
LONGEST_NOTICE = 600
"""Characters of a text that is nothing but a notice, so that its words count as the title's do."""
LONGEST_TITLE = 300
LEAST_TEXT = 80
"""Characters below which what was found is a caption or a button, unless it is a sentence and an
article is marked."""
LEAST_TEASERS = 4

# Articles are about all of these, too, so a title has to be no more than the notice, beside the
# name of the site.
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


def refuse(page: Page, tree: HtmlElement, text: str) -> None:
    """Raise the Refusal that says what a page is, if `text`, all that was found, is no article."""
    if _is_index(page, tree):
        raise Refusal(
            "it is a front page or a list of articles, not an article",
            "Give the address or the file of each article",
        )
    if len(text) > LONGEST_WALL:
        return
    notice = text if len(text) <= LONGEST_NOTICE else ""
    titles = (one[:LONGEST_TITLE] for one in (page.window_title, page.heading or ""))
    words = "\n".join((*titles, notice))
    if not page.says_article and _CHALLENGE.search(words):
        raise Refusal(
            "it shows a check that you are human instead of an article",
            "Save the article from a browser, or ask the outlet for a feed",
        )
    if _LOGIN.search(words):
        raise Refusal(
            "it shows a login or subscription page instead of the article",
            "Save the article while logged in, or ask the outlet for a feed",
        )
    if not page.says_article and _ERROR.search(words):
        raise Refusal("it is a site's error page, not an article", "Check the article's address")
    if not page.says_article and _CONSENT.search(words):
        raise Refusal(
            "it shows a cookie notice instead of an article",
            "Answer it in a browser, then save the article",
        )
    if len(text) < LEAST_TEXT and not (_marks_article(page, tree) and _is_sentence(text)):
        _refuse_empty(tree, text)


def _is_index(page: Page, tree: HtmlElement) -> bool:
    """Whether headings that lead elsewhere make up the page, and no article is marked in it."""
    if _marks_article(page, tree):
        return False
    teasers = [
        heading
        for heading in tree.iter("h2", "h3", "h4")
        if _leads_elsewhere(heading) and not _is_in(heading, "nav", "aside", "footer")
    ]
    return len(teasers) >= LEAST_TEASERS


def _marks_article(page: Page, tree: HtmlElement) -> bool:
    """Whether the page calls itself an article, or has its only main heading in one."""
    headings = list(tree.iter("h1"))
    return page.says_article or (len(headings) == 1 and _is_in(headings[0], "article"))


def _is_in(element: HtmlElement, *tags: str) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _leads_elsewhere(heading: HtmlElement) -> bool:
    links = [*heading.iterfind(".//a"), *heading.iterancestors("a")]
    return any(not link.get("href", "#").startswith("#") for link in links)


def _is_sentence(text: str) -> bool:
    return bool(_SENTENCE.search(text)) and not _NEEDS_SCRIPT.search(text)


def _refuse_empty(tree: HtmlElement, text: str) -> None:
    if next(tree.iter("script"), None) is not None:
        raise Refusal(
            "its text is missing: a script in the browser would load it",
            "Save the page from a browser, or ask the outlet for a feed",
        )
    if not text:
        raise Refusal("it has no article text", "Check that it is the page of a single article")
