"""Pages that hold no article: front pages, walls, error pages and empty shells."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from bot.ingest.page_metadata import Page
from bot.ingest.refusal import Refusal

LONGEST_WALL = 1_500
"""Characters beyond which a text is an article, whatever it speaks of."""
LONGEST_NOTICE = 600
"""Characters of a text that is nothing but a notice, so that its words count as the title's do."""
LEAST_TEXT = 80
"""Characters below which what was found is a caption or a button, in any language."""
LEAST_TEASERS = 4

_ERROR = re.compile(
    r"\bpage\b.{0,30}(?:\bnot\b|n[’']t\b).{0,15}\b(?:found|here|exist|available)\b"
    r"|\berror\W{0,3}[45]\d\d\b|^\W*[45]\d\d\W*(?:error|$)|^\W*(?:access denied|forbidden)\b"
    r"|seite nicht gefunden|page introuvable|página no encontrada",
    re.IGNORECASE | re.MULTILINE,
)
_CHALLENGE = re.compile(
    r"^\W*just a moment|checking your browser|\bare you (?:a )?(?:human|robot)\b|\bcaptcha\b"
    r"|unusual traffic",
    re.IGNORECASE | re.MULTILINE,
)
_CONSENT = re.compile(
    r"\b(?:accept|use|store|read|set)\w* (?:all )?cookies|\byour privacy|privacy choices"
    r"|cookies zustimmen|cookies akzeptieren|accepter les cookies|aceptar (?:las )?cookies",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\b(?:log|sign) ?in (?:or|to)\b|^\W*(?:please )?(?:log|sign) ?in\b"
    r"|\bsubscribe to (?:continue|read)|\b(?:for|only) subscribers\b|\bsubscribers[ -]only\b"
    r"|\bnur für abonnenten|\bréservé aux abonnés|\bsolo para suscriptores",
    re.IGNORECASE | re.MULTILINE,
)


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
    words = "\n".join((page.window_title, page.heading or "", notice))
    if _CHALLENGE.search(words):
        raise Refusal(
            "it asks whether a person is there, in place of an article",
            "Save the article from a browser, or ask the outlet for a feed",
        )
    if _LOGIN.search(words):
        raise Refusal(
            "it asks to log in or subscribe, in place of the article",
            "Save the article while logged in, or ask the outlet for a feed",
        )
    if not page.says_article and _ERROR.search(words):
        raise Refusal("it is a site's error page, not an article", "Check the article's address")
    if not page.says_article and _CONSENT.search(words):
        raise Refusal(
            "it asks for consent to cookies, in place of an article",
            "Save the article from a browser after answering",
        )
    if len(text) < LEAST_TEXT:
        _refuse_empty(tree, text)


def _is_index(page: Page, tree: HtmlElement) -> bool:
    """Whether headings that are links make up the page, and it does not call itself an article."""
    if page.says_article:
        return False
    linked = (
        heading
        for heading in tree.iter("h2", "h3", "h4")
        if heading.find(".//a") is not None or heading.getparent().tag == "a"
    )
    teasers = [
        heading
        for heading in linked
        if not any(above.tag in ("nav", "aside", "footer") for above in heading.iterancestors())
    ]
    return len(teasers) >= LEAST_TEASERS


def _refuse_empty(tree: HtmlElement, text: str) -> None:
    if next(tree.iter("script"), None) is not None:
        raise Refusal(
            "its text is not in it: the page is made by a script in the reader's browser",
            "Save the page from a browser, or ask the outlet for a feed",
        )
    if not text:
        raise Refusal("it holds no article's text", "Check that it is the page of one article")
