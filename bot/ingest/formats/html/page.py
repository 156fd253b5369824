"""A page's metadata: JSON-LD, Open Graph, microdata and other meta elements, else what it prints.

`PLACES` says in which order they count. What none of them states, trafilatura and htmldate look for
in what the page prints. Nothing is read from an address or a copyright line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.metadata import extract_title

from bot.ingest.formats.html.linked_data import ORGANISATIONS, LinkedData, Node, text_of
from bot.ingest.head.lines import find_day
from bot.ingest.metadata import Metadata, Published, check_url, drop_empty
from bot.ingest.timestamps import parse_date, parse_instant

PLACES = {
    "title": ("ld:headline", "og:title", "headline", "twitter:title", "dc.title", "citation_title"),
    "byline": (
        *("ld:author", "author", "article:author", "authors", "dc.creator", "citation_author"),
        *("printed:author", "printed:by"),
    ),
    "published": (
        *("ld:datePublished", "article:published_time", "datepublished", "dc.date.issued"),
        *("citation_publication_date", "pubdate", "publish-date", "date", "dc.date"),
    ),
    "modified_at": ("ld:dateModified", "article:modified_time", "datemodified", "dcterms.modified"),
    "outlet": ("ld:publisher", "og:site_name", "application-name"),
    "url": ("canonical", "og:url"),
    "language": ("ld:inLanguage", "lang", "content-language", "og:locale"),
}
"""Where a page states each field, the most reliable first: keys of its article in JSON-LD (`ld:`),
names of meta elements and microdata, and for the byline what is printed: elements with the class
of an author, or links to an author's page, whichever come first, and lines that start with "By"."""

MAX_TITLE_LENGTH = 250
MAX_WINDOW_TITLE = 500
MAX_HEADINGS = 50
MAX_LINE_LENGTH = 1_000
MAX_PIECES = 100
"""Pieces of text of which a line is made; more are no heading or byline."""
MAX_BYLINE_LENGTH = 200
MAX_BYLINES = 50
MIN_TITLE_LENGTH = 6
"""Letters and digits that a heading and the window's title have in common."""
MIN_TITLE_WORDS = 4
"""Words of a heading that is more likely a headline than the name of a section or a site."""

_STATED = etree.XPath("//*[@itemprop or @property or (self::meta and @content)]")
_AUTHORS = etree.XPath(
    "//*[contains(@class, 'author') or contains(@class, 'byline') or contains(@class, 'fn')"
    " or contains(@typeof, 'Person') or self::a[@rel='author' or contains(@href, '/author')]]"
    "[not(ancestor::*[self::nav or self::aside or contains(@class, 'omment')"
    " or contains(@id, 'omment') or self::footer[not(ancestor::article)]])]"
)
_AUTHOR_CLASS = re.compile(r"(?:^|\s)(?:\S*[-_])?(?:author|byline|fn)s?(?:[-_]?name)?(?:\s|$)")
_SEPARATOR = re.compile(r"\s+(?:[|·–—•«»‹›-]|::|//)\s+|\s*\|\s*")
_LAST = re.compile(r"\b(?:last (?:updated|modified|change)|generated)\b", re.IGNORECASE)
_NO_TEXT = ("pre", "code", "img", "video")
_NUMBER = re.compile(r"[\d.]+\s+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_HOST_PREFIX = re.compile(r"^(?:www|m|mobile|amp)\.")
MAX_NAME_WORDS = 6
_NAME_SEPARATOR = re.compile(r"\s*(?:[,;|•·/]|&|\b(?:and|und|et)\b)\s*")
_AFTER_NAME = re.compile(r"\s*(?:\(|<|\S*@|https?:|\s[–—-]\s).*")
_BY = re.compile(
    r"\W*(?:(?:written|words|text|story)\s+)?(?:by|von|par|por)\b[\s:]*", re.IGNORECASE
)
_PART = re.compile(r"\s*(?:[|·•]|,?\s(?=updated\b))\s*", re.IGNORECASE)
_LABEL = re.compile(r"(?:first )?(?:published|posted)(?: on| at)?:?\s*", re.IGNORECASE)
_FRONT_LINK = etree.XPath(
    "boolean(.//a[re:test(@href, '^(https?://[^/]+)?[./]*(index\\.\\w+)?$')])",
    namespaces={"re": "http://exslt.org/regular-expressions"},
)
_BELOW = etree.XPath("following::text()[normalize-space()][position() <= 9]", smart_strings=False)
_AFTER_BY = etree.XPath(
    "//text()[starts-with(concat(normalize-space(), ' '), 'By ') or"
    " starts-with(concat(normalize-space(), ' '), 'Von ')]/parent::*"
)
_BYLINE = re.compile(r"(?:By|BY|Von|Par|Por)[\s:]+[^\W\d_a-z]")
_NAME = re.compile(r"(?:(?![a-z]{5,})[^\s\d@/_]+ ?)+")
_HANDLE = re.compile(r"(?!www\.)[^\W\d_][\w.-]{2,}")
_NO_PERSON = re.compile(
    r"\b(?:staff|team|desk|news\w*|editors?|editorial|redaktion|rédaction|redacción|admin"
    r"|agency|agencies|press|reuters|afp|dpa|author|unknown|contributors?"
    r"|reporters?|correspondents?|writers?|user)\b",
    re.IGNORECASE,
)


class Page:
    """The metadata of a parsed page. Scripts may be removed from the tree once it is made."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._stated = _read_stated(tree)
        self._linked_data = LinkedData(tree)
        self.has_script = tree.find(".//script") is not None
        titles = (line_of(title) for title in tree.iter("title"))
        self.window_title = next(titles, "")[:MAX_WINDOW_TITLE]

    @cached_property
    def headings(self) -> list[str]:
        """The lines of the headings of the first level that lead to no front page."""
        headings = islice(self._tree.iter("h1"), MAX_HEADINGS)
        lines = (line_of(one) for one in headings if not _FRONT_LINK(one))
        return [line for line in lines if line]

    @cached_property
    def _article(self) -> Node:
        return self._linked_data.article([*self._stated.get("og:title", ()), *self.headings])

    @property
    def is_locked(self) -> bool:
        """Whether the page says that only subscribers may read it."""
        return str(self._article.get("isAccessibleForFree", "")).lower() == "false"

    @cached_property
    def claims_article(self) -> bool:
        """Whether the page declares that it is an article."""
        return (
            bool(self._article)
            or "article" in self._stated.get("og:type", ())
            or "article:published_time" in self._stated
        )

    def metadata(self) -> Metadata:
        """Return the article's metadata."""
        return drop_empty(
            title=self.title,
            outlet=next(iter(self._outlets), None),
            byline=", ".join(self.authors),
            published=self._published,
            modified_at=next(filter(None, map(parse_instant, self._values("modified_at"))), None),
            url=self._url,
            language=next(filter(_LANGUAGE.fullmatch, self._values("language")), None),
        )

    @cached_property
    def title(self) -> str | None:
        """The headline as printed, if it is what is stated or in the window's title; else the
        first statement. The site's name is left out."""
        stated = [self._without_site(title) for title in self._values("title")]
        stated = [title for title in stated if title and len(title) <= MAX_TITLE_LENGTH]
        window = self._without_site(self.window_title)
        parts = split_title(window)
        titles = [*stated, window, *parts]
        lower = list(map(line_of, islice(self._tree.iter("h2", "h3", "h4"), MAX_HEADINGS)))
        printed = {fold(line): line for line in reversed([*self.headings, *lower])}
        for title in titles:
            if heading := printed.get(fold(title)):
                return heading
        if stated:
            return stated[0]
        name = fold(window)
        near = {fold(_NUMBER.sub("", one)): one for one in reversed([*self.headings, *lower])}
        shared_keys = (
            key
            for key in near
            if name.startswith(key)
            or name.endswith(key)
            or (len(parts) > 1 and key.endswith(fold(parts[0])))
        )
        if len(key := max(shared_keys, key=len, default="")) >= MIN_TITLE_LENGTH:
            return near[key]
        if len(parts) == 1 and not self.headings:
            return window or None
        shown = window if self._outlets else max(parts, key=len)
        is_clear = self._outlets or len(shown.split()) >= MIN_TITLE_WORDS
        return (is_clear and shown) or extract_title(self._tree) or window or None

    def _without_site(self, title: str) -> str:
        *_, mark = None, *_SEPARATOR.finditer(title)
        is_site = mark and fold(title[mark.end() :]) in self._site_keys
        return title[: mark.start()] if mark and is_site else title

    @cached_property
    def _site_keys(self) -> set[str]:
        host = _HOST_PREFIX.sub("", urlsplit(self._url or "").hostname or "")
        return {*map(fold, (*self._outlets, host, host.partition(".")[0]))} - {""}

    @cached_property
    def _outlets(self) -> list[str]:
        return [name for name in self._values("outlet") if "://" not in name]

    @cached_property
    def authors(self) -> list[str]:
        """The persons who wrote the article."""
        for place in PLACES["byline"]:
            min_words = 2 if place == "printed:by" else 1
            if names := self._persons(self._values_at(place), min_words):
                return names
        return []

    def _persons(self, lines: Iterable[str], min_words: int) -> list[str]:
        """Return the names in lines that name authors, without organisations."""
        names = (
            _AFTER_NAME.sub("", name).strip(" .,:;'\"-–—|")
            for line in lines
            if len(line) <= MAX_BYLINE_LENGTH and "://" not in line
            for name in _NAME_SEPARATOR.split(_BY.sub("", line))
        )
        persons = (
            name
            for name in names
            if min_words <= len(name.split()) <= MAX_NAME_WORDS
            and (_HANDLE if min_words == 1 and " " not in name else _NAME).fullmatch(name)
            and not _NO_PERSON.search(name)
            and fold(name) not in self._site_keys
        )
        return list({fold(name): name for name in persons}.values())

    @property
    def _published(self) -> Published | None:
        if stated := next(filter(None, map(parse_date, self._values("published"))), None):
            return stated
        times = map(parse_date, self._tree.xpath("//time/@datetime"))
        by_day = {time.on: time for time in times if time}
        if len(by_day) == 1:
            return by_day.popitem()[1]
        tree = copy(self._tree)
        for element in [one for one in tree.iterdescendants() if _LAST.search(one.text or "")]:
            element.drop_tree()
        headings = list(islice(tree.iter("h1", "h2", "h3", "h4"), MAX_HEADINGS))
        headline = next((one for one in headings if line_of(one) == self.title), None)
        below = _BELOW(headings[0] if headline is None else headline) if headings else []
        for line in below:
            day = find_day(line) if len(line) <= MAX_BYLINE_LENGTH else None
            if printed := parse_day_line(line) or (day and parse_date(day.isoformat())):
                return printed
        # A day in the story or in code, or of a picture's address, is not the article's. An
        # extensive search would take a year for the first of January.
        for element in list(tree.iter("p", "li", "dd", "td", "pre", "code", "img", "video")):
            if element.tag in _NO_TEXT or len(element.text_content()) > MAX_BYLINE_LENGTH:
                element.drop_tree()
        found = find_date(tree, original_date=True, extensive_search=False)
        return parse_date(found) if found else None

    @cached_property
    def _url(self) -> str | None:
        """The canonical address, which a mobile or AMP page has too, or else the page's own."""
        return next(filter(None, map(_read_address, self._values("url"))), None)

    @cached_property
    def _printed(self) -> dict[str, list[str]]:
        """The lines of authors, once what is hidden was removed from the tree."""
        lines, beside = [], None
        authors = _AUTHORS(self._tree)[:MAX_BYLINES]
        around = {ancestor for element in authors for ancestor in element.iterancestors()}
        for element in authors:
            line = line_of(element)
            is_named = element.get("typeof") or _AUTHOR_CLASS.search(element.get("class", ""))
            if element.tag != "a" and not (is_named and " " in line and element not in around):
                continue
            # Authors in other places stand beside other headlines.
            beside = beside or element.xpath("../..")
            if element.xpath("../..") == beside:
                lines.append(line)
        after = map(line_of, _AFTER_BY(self._tree)[:MAX_BYLINES])
        by = list(filter(_BYLINE.match, after))[:1]
        return {"printed:author": lines, "printed:by": by}

    def _values(self, field: str) -> Iterator[str]:
        return (value for place in PLACES[field] for value in self._values_at(place))

    def _values_at(self, place: str) -> list[str]:
        """Return what is stated at a place of `PLACES`."""
        if not place.startswith("ld:"):
            stated = self._printed if place.startswith("printed:") else self._stated
            return stated.get(place, [])
        key = place.removeprefix("ld:")
        if key == "publisher":
            return self._linked_data.names(self._article, key)
        if key == "author":
            return self._linked_data.names(self._article, key, without=ORGANISATIONS)
        return list(filter(None, [text_of(self._article.get(key))]))


def line_of(element: HtmlElement) -> str:
    """Return the start of an element's text on one line."""
    pieces = islice(element.itertext(), MAX_PIECES)
    return " ".join(" ".join(piece[:MAX_LINE_LENGTH] for piece in pieces).split())[:MAX_LINE_LENGTH]


def split_title(title: str) -> list[str]:
    """Split a window's title at its separators: the headline, a section, the site."""
    return _SEPARATOR.split(title)


def fold(line: str) -> str:
    """Return what is compared of a line: its letters and digits."""
    return "".join(filter(str.isalnum, line.casefold()))


def parse_day_line(line: str) -> Published | None:
    """Return the day in a short line that has it alone or beside a byline."""
    parts = _PART.split(line[:MAX_BYLINE_LENGTH])
    return next(filter(None, (parse_date(_LABEL.sub("", part)) for part in parts)), None)


def is_byline(line: str, authors: Iterable[str]) -> bool:
    """Whether a short line names one of the authors, or starts as a byline does."""
    named = (re.search(rf"{re.escape(name)}(?![a-z])", line) for name in authors)
    return bool(_BYLINE.match(line)) or any(named)


def _read_stated(tree: HtmlElement) -> dict[str, list[str]]:
    """Return what meta elements and microdata state, by their names in lower case."""
    wanted = {place for places in PLACES.values() for place in places} | {"og:type"}
    stated: dict[str, list[str]] = {}
    for element in _STATED(tree):
        for name in {
            element.get(one, "") for one in ("property", "itemprop", "name", "http-equiv")
        }:
            key = name.strip().lower().removeprefix("schema:").replace("dc:", "dc.")
            if key in wanted:
                line = element.get("content") or element.get("datetime") or line_of(element)
                if line := " ".join(line.split()):
                    stated.setdefault(key, []).append(line)
    for link in tree.xpath("//link[@rel='canonical']/@href"):
        stated.setdefault("canonical", []).append(link)
    if language := tree.get("lang"):
        stated["lang"] = [language]
    return stated


def _read_address(text: str) -> str | None:
    """Return an absolute http or https address, but None for a front page."""
    try:
        url = check_url(text.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.path.strip("/") or parts.query else None
