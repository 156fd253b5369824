"""Weigh how much a line of a page looks like a headline: by its element, its size, its words."""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml.html import HtmlElement

from bot.ingest.formats.html import dates
from bot.ingest.formats.html.bylines import (
    MAX_LINE_LENGTH,
    find_persons,
    is_name_line,
    names_author,
)
from bot.ingest.formats.html.prose import Block, is_named, line_of
from bot.ingest.formats.html.titles import long_words
from bot.ingest.head.days import parse_day_line
from bot.ingest.head.outlets import is_outlet

MIN_PIXELS = 20
MAX_BIG_LINE_LENGTH = 160
MAX_SECTION_WORDS = 3
MAX_DAY_LENGTH = 60

_HEADING_WEIGHTS = {"h1": 1.0, "h2": 0.5, "h3": 0.4, "h4": 0.3, "h5": 0.2}
_BIG, _BOLD, _NAMED = 0.8, 0.25, 0.5
_HEADLINE_NAME = re.compile(
    r"(?:^|[\s_-])(?:headline|hed|hl|[a-z]*heading|[a-z]*title\d?|titles?|tit|titel|titre|titular"
    r"|titulo|titolo|ttl|h1|[a-z]*headline)\d?(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_HEADLINE_NAME = re.compile(
    r"sub-?(?:title|head)|(?:site|section|widget|blog|page|box|side\w*|related|nav|menu|block"
    r"|module"
    r"|category|author|newsletter|promo|comments?)[_-]?(?:title|heading)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^\W*(?:skip|you are here|home\b.*[>»/]|this (?:web)?site|we use|cookies?\b.*(?:ok|accept)"
    r"|sign up"
    r"|subscribe|share\b|most (?:read|popular)|related\b|newsletter|weather\b|listen\b"
    r"|advert\w*|search\b"
    r"|comments?\b|log ?in|follow\b|read (?:more|next)|more (?:from|on)|also (?:in|on)|trending"
    r"|latest\b"
    r"|popular\b|breaking\b|other stories|blog archive|newer post|older post|table of contents"
    r"|sie sind hier|zum inhalt|startseite|mehr zum thema|anzeige|leser\w+|vous êtes ici|accueil"
    r"|aller au contenu|à lire|está (?:usted )?(?:aquí|en)|inicio|saltar|lo más|published\b"
    r"|posted\b"
    r"|updated\b|last updated)"
    r"|\s[>»]\s|\bcookies\b",
    re.IGNORECASE,
)
_FONT_SIZE = re.compile(r"\+[1-9]|[4-9]")
_STYLE_SIZE = re.compile(
    r"font(?:-size)?\s*:[^;]*?\b(\d{2,3}(?:\.\d+)?)\s*(?:px|pt)", re.IGNORECASE
)
_ASIDE_NAME = re.compile(
    r"(?:^|[\s_-])(?:kicker|overline|eyebrow|label|flag|pill|badge|topic|category|rubrik|dachzeile"
    r"|surtitre|antetitulo|sub-?(?:title|head(?:line)?|line)?|untertitel|sous-?titre|subtitulo"
    r"|dek|deck"
    r"|standfirst|comments?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MIN_SHARED_WORDS = 0.6


def weigh_line(block: Block, titles: Collection[str]) -> float:
    """Weigh a line from 0 (no headline) to 1 (an h1). `titles` are those that the page states."""
    element, line = block.element, block.line
    is_stated = line in titles
    is_day = len(line) <= MAX_DAY_LENGTH and parse_day_line(line)
    if is_day or not (is_stated or element.tag == "h1" or may_be_headline(line)):
        return 0.0
    weight = _HEADING_WEIGHTS.get(element.tag, 0.0)
    if element.get("role") == "heading":
        weight = 1.0 if element.get("aria-level", "1") == "1" else 0.5
    if weight or block.length > MAX_LINE_LENGTH:
        return weight
    if _has_headline_name(element) or (resembles(line, titles) and not is_lead(block)):
        return _NAMED
    return _weigh_size(element, len(line)) if len(line) <= MAX_BIG_LINE_LENGTH else 0.0


def may_be_headline(line: str) -> bool:
    """Whether a line is no byline, date, path, outlet or tool."""
    return len(line) <= MAX_LINE_LENGTH and not (
        is_name_line(line)
        or (names_author(line) and find_persons(line))
        or is_outlet(line)
        or _FURNITURE.search(line)
        or parse_day_line(line)
        or next(dates.find_printed_dates(line, day_first=True), None)
    )


def _has_headline_name(element: HtmlElement) -> bool:
    parent = element.getparent()
    around = [element] if parent is None or len(parent) > 1 else [element, parent]
    return any(
        is_named(_HEADLINE_NAME, one) and not is_named(_NO_HEADLINE_NAME, one) for one in around
    )


def _weigh_size(element: HtmlElement, length: int) -> float:
    """Weigh how large all of a line is printed: by a font, a style, or bold type."""
    weight = 0.0
    around = []
    outer = element
    while (parent := outer.getparent()) is not None and len(parent) == 1:
        if (parent.text or "").strip() or (outer.tail or "").strip():
            break
        around.append(outer := parent)
    inside = [one for one in element.iter() if len(line_of(one)) >= length]
    for one in (*around, *inside):
        size = _FONT_SIZE.fullmatch(one.get("size", "")) if one.tag in ("font", "div") else None
        pixels = _STYLE_SIZE.search(one.get("style", ""))
        if one.tag == "big" or size or (pixels and float(pixels[1]) >= MIN_PIXELS):
            return _BIG
        if one.tag in ("b", "strong"):
            weight = _BOLD
    return weight


def headline_of(block: Block) -> str:
    """Return the text of a heading without a button, or a link that counts comments."""
    line = block.line
    for part in block.element.iter("button", "a", "small", "span", "div", "em", "strong", "sup"):
        text = line_of(part)
        if not text or part is block.element or len(text) >= len(line):
            continue
        is_count = text[0].isdigit() or not any(map(str.isalpha, text))
        is_aside = (
            part.tag in ("button", "small", "sup")
            or (part.tag == "a" and is_count and len(text.split()) <= MAX_SECTION_WORDS)
            or is_named(_ASIDE_NAME, part)
        )
        rest = line.removesuffix(text).removeprefix(text).strip()
        if is_aside and len(rest.split()) > 1:
            line = rest
    return line


def is_lead(block: Block) -> bool:
    """Whether a line is the first sentence of the story, which says what the headline says."""
    return block.is_prose and block.line[-1:] in '.”"'


def resembles(line: str, titles: Collection[str]) -> bool:
    """Whether a line is one of the titles, or has most of the long words of one."""
    words = long_words(line)
    return line in titles or any(
        len(words & other) >= max(3, _MIN_SHARED_WORDS * len(other))
        for other in map(long_words, titles)
    )
