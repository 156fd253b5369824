"""A page's metadata, from JSON-LD, else from OpenGraph and other meta elements, else from its body.

Only stated values are used. A date is never guessed from an address, a copyright line or the day on
which the page was fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from bot.ingest.formats.html.linked_data import ARTICLE_TYPES, LinkedData, Node
from bot.ingest.metadata import Metadata, Published, check_url, drop_empty
from bot.ingest.timestamps import parse_date, parse_instant

_PUBLISHED_KEYS = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "pubdate",
    "publishdate",
    "date",
    "dc.date",
)
_MODIFIED_KEYS = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
_AUTHOR_KEYS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator")
_BY_PREFIX = re.compile(r"^\s*(?:by|von|par|por|di|door|av|af)\s+", re.IGNORECASE)
_DATE_CLASS = re.compile(r"(?:^|[\s_-])(?:date|datum|posted|published|timestamp)(?:$|[\s_-])", re.I)
_DATE_LABEL = re.compile(r"^\W*(?:published|posted|first published)(?: on)?\b\W*", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:byline|author-name|autor|auteur)(?:$|[\s_-])", re.I)
_ARTICLE_TYPE = re.compile(rf"schema\.org/(?:{'|'.join(ARTICLE_TYPES)})\s*$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_SEPARATOR = re.compile(r"\s+[|·–—-]\s+")
_MAX_BYLINE_LENGTH = 120
_MAX_DATE_PIECES = 20
_MIN_SUBHEADING_LENGTH = 15
"""Characters of an h2 or h3 that may be the headline, if the window's title repeats it."""


class Page:
    """The metadata of a parsed page; `claims_article` tells whether it declares an article."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._meta = dict(reversed(list(_read_meta(tree))))
        self._linked_data = LinkedData(tree)
        self.heading: str | None = next((_line(h1) for h1 in tree.iter("h1") if _line(h1)), None)
        self.window_title = next((_line(title) for title in tree.iter("title")), "")
        titles = (self._meta.get("og:title"), self.heading)
        self._article = next(filter(None, map(self._linked_data.article, titles)), {})
        self.is_locked = str(self._article.get("isAccessibleForFree", "")).lower() == "false"
        """Whether the article is only for subscribers."""
        self.paid_classes = frozenset(_paid_classes(self._article) if self.is_locked else ())
        """The classes of the elements that only subscribers are shown."""
        self.claims_article = (
            bool(self._article)
            or self._meta.get("og:type") == "article"
            or "article:published_time" in self._meta
            # If there are several, each is a teaser.
            or sum(bool(_ARTICLE_TYPE.search(kind)) for kind in tree.xpath("//@itemtype")) == 1
        )

    def metadata(self) -> Metadata:
        """Return the article's metadata."""
        return drop_empty(
            title=self.title(),
            outlet=self._outlet(),
            byline=self._byline(),
            published=self._published(),
            modified_at=self._modified(),
            url=self._url(),
            language=self._language(),
        )

    def body(self) -> str | None:
        """Return the article's text in JSON-LD, for pages that only show it by script."""
        value = self._article.get("articleBody")
        return value if isinstance(value, str) else None

    @property
    def word_count(self) -> int | None:
        """Return the article's number of words in JSON-LD."""
        value = str(self._article.get("wordCount", ""))
        return int(value) if re.fullmatch(r"[1-9]\d{1,5}", value) else None

    def title(self) -> str | None:
        """Return the article's title."""
        return (
            self._linked_data.text(self._article, "headline")
            or self._meta.get("og:title")
            or self.heading
            or self._subheading()
            or self._strip_outlet(self.window_title)
        )

    def _subheading(self) -> str | None:
        """Return an h2 or h3 that the window's title repeats."""
        for line in map(_line, self._tree.iter("h2", "h3")):
            if len(line) >= _MIN_SUBHEADING_LENGTH and line in self.window_title:
                return line
        return None

    def _strip_outlet(self, title: str) -> str | None:
        """Strip the outlet that most sites append to the window's title."""
        outlet = self._outlet()
        *parts, last_part = _SEPARATOR.split(title)
        if parts and (last_part == outlet or not outlet):
            title = title[: title.rindex(last_part)].rstrip(" |·–—-")
        return title or None

    def _outlet(self) -> str | None:
        publishers = self._linked_data.names(self._article, "publisher")
        name = next(iter(publishers), None) or self._meta.get("og:site_name")
        return name or self._front_page_name()

    def _front_page_name(self) -> str | None:
        """Return the end of the window's title if the link to the front page has the same text."""
        last_part = _SEPARATOR.split(self.window_title)[-1]
        links = (link for link in self._tree.iter("a") if _is_front_page(link.get("href", "")))
        return last_part if last_part != self.heading and last_part in map(_line, links) else None

    def _byline(self) -> str | None:
        """Return the authors; None if none is named, or only the outlet is."""
        names = self._linked_data.names(self._article, "author") or self._printed_byline()
        names = [strip_by(name) for name in names if "://" not in name]
        byline = ", ".join(names)
        return byline if byline and byline != self._outlet() else None

    def _printed_byline(self) -> list[str]:
        for name in _AUTHOR_KEYS:
            if (author := self._meta.get(name)) and "://" not in author:
                return [author]
        for element in self._tree.iter("a", "address", "span", "p", "div"):
            is_byline = (
                element.get("rel") == "author"
                or element.get("itemprop") == "author"
                or element.get("typeof") == "schema:Person"
                or _BYLINE_CLASS.search(element.get("class", ""))
            )
            if is_byline and 0 < len(line := _line(element)) <= _MAX_BYLINE_LENGTH:
                return [line]
        return []

    def _published(self) -> Published | None:
        return next(filter(None, map(parse_date, filter(None, self._publication_dates()))), None)

    def _publication_dates(self) -> Iterator[str | None]:
        yield self._linked_data.text(self._article, "datePublished")
        for name in _PUBLISHED_KEYS:
            yield self._meta.get(name)
        times = list(self._tree.iter("time"))
        for time in times:
            if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None:
                yield time.get("datetime")
        # A single date on the page is the article's; one of several may belong to something else.
        dates = {time.get("datetime") for time in times} or set(self._printed_dates())
        if len(dates) == 1:
            yield dates.pop()

    def _printed_dates(self) -> Iterator[str]:
        """Yield the dates printed in elements whose class says that they hold a date."""
        for element in self._tree.iter("p", "span", "div"):
            if _DATE_CLASS.search(element.get("class", "")):
                start = "".join(islice(element.itertext(), _MAX_DATE_PIECES))
                yield _ORDINAL.sub("", _DATE_LABEL.sub("", " ".join(start.split())))

    def _modified(self) -> datetime | None:
        dates = [self._linked_data.text(self._article, "dateModified")]
        dates += [self._meta.get(name) for name in _MODIFIED_KEYS]
        return next(filter(None, map(parse_instant, filter(None, dates))), None)

    def _url(self) -> str | None:
        """Return the page's own address: the canonical one, unless that is on another site.

        A canonical address on another site is that of the article that this page reprints.
        """
        links = (link for link in self._tree.iter("link") if link.get("rel") == "canonical")
        canonical = next((_article_url(link.get("href")) for link in links), None)
        own_url = _article_url(self._meta.get("og:url"))
        own_url = own_url or _article_url(self._linked_data.url(self._article))
        if canonical and own_url and _site(canonical) != _site(own_url):
            return own_url
        return canonical or own_url

    def _language(self) -> str | None:
        codes = (
            self._linked_data.text(self._article, "inLanguage"),
            self._tree.get("lang"),
            self._meta.get("content-language"),
            self._meta.get("og:locale"),
        )
        return next((code for code in codes if code and _LANGUAGE.fullmatch(code)), None)


def _paid_classes(article: Node) -> Iterator[str]:
    parts = article.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        selector = part.get("cssSelector") if isinstance(part, dict) else None
        if isinstance(selector, str):
            yield from re.findall(r"\.([\w-]+)", selector)


def _read_meta(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the page's meta elements, including microdata, with lower-case names."""
    for meta in tree.iter("meta"):
        content = " ".join(meta.get("content", "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := meta.get(attribute)):
                yield name.strip().lower(), content


def strip_by(byline: str) -> str:
    """Strip "by" from the start of a byline."""
    return _BY_PREFIX.sub("", byline)


def _is_front_page(url: str) -> bool:
    return url == "/" or bool(re.fullmatch(r"https?://[^/?#]+/?", url))


def _line(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _article_url(text: str | None) -> str | None:
    """Return an absolute http or https address, but None for a front page."""
    try:
        url = check_url((text or "").strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.path.strip("/") or parts.query else None


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
