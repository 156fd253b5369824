"""What a page says of its article: JSON-LD first, then OpenGraph and other meta, then its body.

Only what is stated is taken. A date is never guessed from an address, a copyright line or the
day on which the page was fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from bot.ingest.formats.html.linked_data import ARTICLE_TYPES, LinkedData, Node
from bot.ingest.metadata import Metadata, Published, Value, web_address
from bot.ingest.timestamps import instant, stated

_PUBLISHED = (
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
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator")
_BY = re.compile(r"^\s*(?:by|von|par|por|di|door|av|af)\s+", re.IGNORECASE)
_POSTED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|datum|posted|published|timestamp)(?:$|[\s_-])", re.I
)
_POSTED = re.compile(r"^\W*(?:published|posted|first published)(?: on)?\b\W*", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:byline|author-name|autor|auteur)(?:$|[\s_-])", re.I)
_ARTICLE_TYPE = re.compile(rf"schema\.org/(?:{'|'.join(ARTICLE_TYPES)})\s*$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_SEPARATED = re.compile(r"\s+[|·–—-]\s+")
_LONGEST_BYLINE = 120
_MOST_PIECES = 20
_LEAST_HEADING = 15
"""Characters of a lesser heading that the window's title has to repeat to be the headline."""


class Page:
    """A parsed page, asked for what it states; `says_article` is whether it calls itself one."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._meta = dict(reversed(list(_meta(tree))))
        self._linked = LinkedData(tree)
        self.heading: str | None = next((_line(h1) for h1 in tree.iter("h1") if _line(h1)), None)
        self.window_title = next((_line(title) for title in tree.iter("title")), "")
        titles = (self._meta.get("og:title"), self.heading)
        self._article = next(filter(None, map(self._linked.article, titles)), {})
        self.is_locked = str(self._article.get("isAccessibleForFree", "")).lower() == "false"
        """Whether the whole article is only for those who have paid."""
        self.paid = frozenset(_paid(self._article)) if self.is_locked else frozenset()
        """The classes of what only those who have paid are shown."""
        self.says_article = (
            bool(self._article)
            or self._meta.get("og:type") == "article"
            or "article:published_time" in self._meta
            # Of several, each is a teaser.
            or sum(bool(_ARTICLE_TYPE.search(kind)) for kind in tree.xpath("//@itemtype")) == 1
        )

    def metadata(self) -> Metadata:
        """What is known of the article, with the keys that `metadata.Metadata` has."""
        values: dict[str, Value | None] = {
            "title": self.title(),
            "outlet": self._outlet(),
            "byline": self._byline(),
            "published": self._published(),
            "modified_at": self._modified(),
            "url": self._url(),
            "language": self._language(),
        }
        return {key: value for key, value in values.items() if value}

    def body(self) -> str | None:
        """The article's text as JSON-LD repeats it, for a page that shows it by script alone."""
        value = self._article.get("articleBody")
        return value if isinstance(value, str) else None

    def title(self) -> str | None:
        """The article's title."""
        headline = self._linked.text(self._article, "headline")
        return (
            headline
            or self._meta.get("og:title")
            or self.heading
            or self._lesser_heading()
            or self._window_headline()
        )

    def _lesser_heading(self) -> str | None:
        """A heading below the first level that the window's title repeats."""
        lesser = map(_line, self._tree.iter("h2", "h3"))
        titled = (one for one in lesser if len(one) >= _LEAST_HEADING and one in self.window_title)
        return next(titled, None)

    def _window_headline(self) -> str | None:
        """The window's title without the outlet that most append to it."""
        outlet = self._outlet()
        *parts, last = _SEPARATED.split(self.window_title)
        if parts and (last == outlet or not outlet):
            return self.window_title[: self.window_title.rindex(last)].rstrip(" |·–—-") or None
        return self.window_title or None

    def _outlet(self) -> str | None:
        publishers = self._linked.names(self._article, "publisher")
        named = next(iter(publishers), None) or self._meta.get("og:site_name")
        return named or self._named_at_home()

    def _named_at_home(self) -> str | None:
        """What the window's title ends with, if the link to the front page is of that name."""
        last = _SEPARATED.split(self.window_title)[-1]
        home = (link for link in self._tree.iter("a") if _is_home(link.get("href", "")))
        return last if last != self.heading and last in map(_line, home) else None

    def _byline(self) -> str | None:
        """Who wrote it; an outlet's own name in this place says nothing."""
        names = self._linked.names(self._article, "author") or self._printed_byline()
        names = [without_by(name) for name in names if "://" not in name]
        byline = ", ".join(names)
        return byline if byline and byline != self._outlet() else None

    def _printed_byline(self) -> list[str]:
        for name in _AUTHORS:
            if (author := self._meta.get(name)) and "://" not in author:
                return [author]
        for element in self._tree.iter("a", "address", "span", "p", "div"):
            is_byline = (
                element.get("rel") == "author"
                or element.get("itemprop") == "author"
                or element.get("typeof") == "schema:Person"
                or _BYLINE_CLASS.search(element.get("class", ""))
            )
            if is_byline and 0 < len(line := _line(element)) <= _LONGEST_BYLINE:
                return [line]
        return []

    def _published(self) -> Published | None:
        return next(filter(None, map(stated, filter(None, self._publication_dates()))), None)

    def _publication_dates(self) -> Iterator[str | None]:
        yield self._linked.text(self._article, "datePublished")
        for name in _PUBLISHED:
            yield self._meta.get(name)
        times = list(self._tree.iter("time"))
        for time in times:
            if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None:
                yield time.get("datetime")
        # One date on the whole page is the article's; of several, any may be another's.
        dates = {time.get("datetime") for time in times} or set(self._printed_dates())
        if len(dates) == 1:
            yield dates.pop()

    def _printed_dates(self) -> Iterator[str]:
        """What stands where the page prints when it was posted."""
        for element in self._tree.iter("p", "span", "div"):
            if _POSTED_CLASS.search(element.get("class", "")):
                opening = islice(element.itertext(), _MOST_PIECES)
                line = " ".join("".join(opening).split())
                yield _ORDINAL.sub("", _POSTED.sub("", line))

    def _modified(self) -> datetime | None:
        dates = [self._linked.text(self._article, "dateModified")]
        dates += [self._meta.get(name) for name in _MODIFIED]
        return next(filter(None, map(instant, filter(None, dates))), None)

    def _url(self) -> str | None:
        """The page's own address: the canonical one, unless the page says it is of another site.

        A canonical address elsewhere is that of the outlet whose article this one reprints.
        """
        links = (link for link in self._tree.iter("link") if link.get("rel") == "canonical")
        canonical = next((_address(link.get("href")) for link in links), None)
        own = _address(self._meta.get("og:url")) or _address(self._linked.address(self._article))
        if canonical and own and _site(canonical) != _site(own):
            return own
        return canonical or own

    def _language(self) -> str | None:
        codes = (
            self._linked.text(self._article, "inLanguage"),
            self._tree.get("lang"),
            self._meta.get("content-language"),
            self._meta.get("og:locale"),
        )
        return next((code for code in codes if code and _LANGUAGE.fullmatch(code)), None)


def _paid(article: Node) -> Iterator[str]:
    parts = article.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        selector = part.get("cssSelector") if isinstance(part, dict) else None
        if isinstance(selector, str):
            yield from re.findall(r"\.([\w-]+)", selector)


def _meta(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """The page's meta elements, microdata's among them, names in small letters."""
    for meta in tree.iter("meta"):
        content = " ".join(meta.get("content", "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := meta.get(attribute)):
                yield name.strip().lower(), content


def without_by(byline: str) -> str:
    """A byline without the word that it begins with."""
    return _BY.sub("", byline)


def _is_home(address: str) -> bool:
    """Whether a link leads to the front page."""
    return address == "/" or bool(re.fullmatch(r"https?://[^/?#]+/?", address))


def _line(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _address(text: str | None) -> str | None:
    """A whole http or https address of something below a site's front page."""
    try:
        address = web_address((text or "").strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.path.strip("/") or parts.query else None


def _site(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
