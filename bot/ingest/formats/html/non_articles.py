"""Recognise pages without an article, such as front pages, login walls, errors and empty pages."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from bot.ingest.formats.html.page import Page
from bot.ingest.formats.html.walls import MAX_WALL_LENGTH
from bot.ingest.refusal import Refusal

MAX_NOTICE_LENGTH = 600
"""A text of at most this many characters may be only a notice, so it is searched like the title."""
MAX_TITLE_LENGTH = 300
MIN_TEXT_LENGTH = 80
"""A text with fewer characters is a caption or a button, unless it is a sentence on a page that
declares an article."""
MIN_TEASERS = 4
STORY_SIZES = ((1_500, 0.0), (1_000, 0.4), (400, 0.6))
"""Characters of prose between two linked headings that are an article rather than a teaser, and the
share that they must have in the page's prose; of several articles, each has less."""
MIN_LINKS = 20
MIN_LINKED_SHARE = 0.7
"""A page with so many links, and this share of its text in them, is a list of links."""
MIN_LISTED_TEXT = 250
"""Characters of prose on a page of links that are an article, however short."""
MAX_CONSENT_LENGTH = 6_000
_MAX_QUOTED_LENGTH = 60

# There are articles about errors and logins, so a title must consist of the notice, and perhaps
# the site's name.
_TITLE_START, _TITLE_END = r"(?:^|\s[|·–—-]\s)\W*", r"\W*(?:$|\s[|·–—-]\s)"
_ERROR = re.compile(
    rf"{_TITLE_START}(?:(?:error|http)\W{{0,3}})?[45]\d\d(?:\W*error)?{_TITLE_END}"
    rf"|{_TITLE_START}(?:\d{{3}}\W*)?(?:access denied|forbidden|not found){_TITLE_END}"
    r"|(?:^|\b(?:sorry|the|this|that|error|404)\W+)page\b.{0,30}(?:\bnot\b|n[’']t\b).{0,15}"
    r"\b(?:found|here|exist|available)\b"
    r"|seite (?:wurde )?nicht gefunden|zugriff verweigert|(?:page|article) (?:introuvable"
    r"|non trouvée?)"
    r"|accès refusé|página no encontrada|acceso denegado",
    re.IGNORECASE | re.MULTILINE,
)
_CHALLENGE = re.compile(
    rf"{_TITLE_START}(?:just a moment|are you (?:a )?(?:human|robot)){_TITLE_END}"
    r"|checking your browser|(?:detected|noticed) unusual (?:traffic|activity)"
    r"|(?:complete|solve|pass|enter) (?:the|this|a) captcha|attention required!"
    r"|\b(?:ich bin|sind sie|dass sie) (?:ein mensch|kein roboter)\b|je ne suis pas un robot"
    r"|vérifi\w+ que vous êtes humain|no soy un robot|comprob\w+ que (?:eres|es) (?:un )?humano"
    r"|\b(?:verify|confirm)\w* (?:that )?you(?:[’']re| are) (?:a )?(?:human|not a robot)",
    re.IGNORECASE | re.MULTILINE,
)
_CONSENT = re.compile(
    r"\bwe\b.{0,60}\b(?:use|store|read|set)\w* cookies|\baccept (?:all )?cookies"
    r"|\b(?:value|respect|care about|about) your privacy|\byour privacy (?:choices|settings)"
    r"|cookies (?:zustimmen|akzeptieren)|\bwir\b.{0,80}\bcookies\b|\bmit werbung (?:und"
    r"|weiterlesen)"
    r"|\b(?:zustimmung|einwilligung|datenschutz)\b.{0,80}\b(?:cookies|partner)\b"
    r"|accepter les cookies|\b(?:nous|nos partenaires)\b.{0,80}\bcookies\b|\bvotre vie privée\b"
    r"|aceptar (?:las )?cookies|\b(?:nosotros|utilizamos|usamos"
    r"|nuestros socios)\b.{0,80}\bcookies\b"
    r"|\b(?:valoramos|respetamos) (?:tu|su) privacidad\b",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    rf"{_TITLE_START}(?:please )?(?:log|sign) ?in(?:{_TITLE_END}|\s(?:or|to|here|first)\b)"
    r"|\b(?:log|sign) ?in (?:or (?:create|register|sign|subscribe)|to (?:continue|read|view|see))\b"
    r"|\bsubscribe (?:now )?to (?:continue|read)|\bsubscribers[ -]only\b"
    r"|\b(?:is|only) for (?:our )?subscribers\b|\bfor (?:our )?subscribers only\b"
    r"|(?:bitte|jetzt) (?:anmelden|einloggen)|\banmelden, um\b|connectez-vous pour"
    r"|inici[ae] sesión para|\bnur für abonnenten|\bréservé aux abonnés|\bsolo para suscriptores",
    re.IGNORECASE | re.MULTILINE,
)
_CONSENT_TERM = re.compile(
    r"\b(?:cookies?|consent|partners|legitimate interest|personal data|vendors|privacy policy"
    r"|preferences|reject all|accept all|einwilligung|zustimmung|personenbezogene|datenschutz\w*"
    r"|partner|consentement|données personnelles|partenaires|tout (?:accepter|refuser)"
    r"|consentimiento|datos personales|socios|(?:aceptar|rechazar) todo|alle (?:akzeptieren"
    r"|ablehnen))\b",
    re.IGNORECASE,
)
_HEADINGS = ("h2", "h3", "h4")
_SENTENCE = re.compile(r"[^.!?。！？]{15}[.!?。！？]")
_NEEDS_SCRIPT = re.compile(r"java ?script|loading|your browser", re.IGNORECASE)


def check_is_article(page: Page, tree: HtmlElement, text: str) -> None:
    """Raise Refusal, which says what was seen, if the extracted `text` is not an article."""
    if _is_index(page, tree, text):
        links = sum(1 for link in tree.iter("a") if link.get("href"))
        words = len(text.split()) or _count_words_outside_links(tree)
        raise _refusal(
            f"it has {links:,} links and {words:,} words of text: a list of headlines?",
            "Give the address or the file of each article",
        )
    if len(text) <= MAX_WALL_LENGTH or _is_long_consent(page, text):
        _check_is_no_notice(page, text)
    if len(text) < MIN_TEXT_LENGTH and not (_declares_article(page, tree) and is_sentence(text)):
        _check_is_complete(tree, text)


def _count_words_outside_links(tree: HtmlElement) -> int:
    texts = tree.xpath("//body//text()[not(ancestor::a or ancestor::script or ancestor::style)]")
    return len(" ".join(texts).split())


def _check_is_no_notice(page: Page, text: str) -> None:
    notice = text if len(text) <= MAX_NOTICE_LENGTH else ""
    titles = (title[:MAX_TITLE_LENGTH] for title in (page.window_title, page.heading or ""))
    title_and_notice = "\n".join((*titles, notice))
    if not page.claims_article and (match := _CHALLENGE.search(title_and_notice)):
        raise _refusal(
            f"it shows a check that you are human instead of an article: {_quote(match)}",
            "Save the article from a browser, or ask the outlet for a feed",
        )
    if match := _LOGIN.search(title_and_notice):
        raise _refusal(
            f"it shows a login or subscription page instead of the article: {_quote(match)}",
            "Save the article while logged in, or ask the outlet for a feed",
        )
    if not page.claims_article and (match := _ERROR.search(title_and_notice)):
        raise _refusal(
            f"it is a site's error page, not an article: {_quote(match)}",
            "Check the article's address",
        )
    if not page.claims_article and (match := _CONSENT.search(title_and_notice)):
        raise _refusal(
            f"it shows a cookie notice instead of an article: {_quote(match)}",
            "Answer it in a browser, then save the article",
        )


def _refusal(cause: str, remedy: str) -> Refusal:
    return Refusal(cause, remedy, can_force=True)


def _quote(match: re.Match[str]) -> str:
    """Quote the words by which a page was recognised, with what precedes them on their line."""
    line = " ".join(match[0].strip(" |·–—-\n").split())
    return f"“{line if len(line) <= _MAX_QUOTED_LENGTH else f'{line[:_MAX_QUOTED_LENGTH]}…'}”"


def _is_long_consent(page: Page, text: str) -> bool:
    """Whether a page with a title about cookies or privacy has a text full of their terms."""
    titles = f"{page.window_title[:MAX_TITLE_LENGTH]}\n{(page.heading or '')[:MAX_TITLE_LENGTH]}"
    return (
        len(text) <= MAX_CONSENT_LENGTH
        and bool(_CONSENT.search(titles))
        and len(set(map(str.lower, _CONSENT_TERM.findall(text)))) >= 3
    )


def _is_index(page: Page, tree: HtmlElement, text: str) -> bool:
    """Whether a page has mainly linked headings or links, and does not declare an article."""
    if _declares_article(page, tree):
        return False
    length = link_length = run = longest_run = prose_length = teasers = links = 0
    for block in page.blocks:
        length, link_length = length + block.length, link_length + block.link_length
        links += block.link_length > 0
        if block.element.tag in _HEADINGS and block.link_length and _is_linked(block.element):
            teasers += not _is_inside(block.element, "nav", "aside", "footer")
            run = 0
        elif block.length >= MIN_TEXT_LENGTH and block.link_length <= block.length / 2:
            prose_length += block.length
            run += block.length
            longest_run = max(run, longest_run)
    if any(longest_run >= max(size, share * prose_length) for size, share in STORY_SIZES):
        return False
    is_list = links >= MIN_LINKS and link_length >= MIN_LINKED_SHARE * length
    return teasers >= MIN_TEASERS or (is_list and longest_run < MIN_LISTED_TEXT)


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


def is_sentence(text: str) -> bool:
    """Whether a text has a sentence, and not one that asks for scripts."""
    return bool(_SENTENCE.search(text)) and not _NEEDS_SCRIPT.search(text)


def _check_is_complete(tree: HtmlElement, text: str) -> None:
    if next(tree.iter("script"), None) is not None:
        raise _refusal(
            "its text is missing: a script in the browser would load it",
            "Save the page from a browser, or ask the outlet for a feed",
        )
    if not text:
        raise Refusal("it has no article text", "Check that it is the page of a single article")
