"""A page's metadata: JSON-LD, Open Graph, other meta elements and the page itself, weighed.

Only stated values are used. A date is never guessed from an address or a copyright line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property

from lxml.html import HtmlElement

from bot.ingest.formats.html import bylines, dates, meta_keys, site_names, titles
from bot.ingest.formats.html.addresses import choose_address
from bot.ingest.formats.html.authors import choose_authors
from bot.ingest.formats.html.headline_zone import HeadlineZone
from bot.ingest.formats.html.headlines import find_printed
from bot.ingest.formats.html.linked_data import ARTICLE_TYPES, ORGANISATIONS, LinkedData, Node
from bot.ingest.formats.html.microdata import Microdata
from bot.ingest.formats.html.prose import Block, find_blocks, line_of
from bot.ingest.metadata import Metadata, Published, drop_empty
from bot.ingest.timestamps import parse_date, parse_instant

MASTHEAD_BLOCKS = 10
_ARTICLE_TYPE = re.compile(rf"schema\.org/(?:{'|'.join(ARTICLE_TYPES)})\s*$")
_LIVE = re.compile(
    r"\b(?:live|live-?blog|live-?ticker|newsblog|en (?:direct|directo|vivo))\b", re.I
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


class Page:
    """The metadata of a parsed page; `claims_article` tells whether it declares an article."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._meta: dict[str, list[str]] = {}
        for name, content in meta_keys.read_meta(tree):
            self._meta.setdefault(name, []).append(content)
        self._linked_data = LinkedData(tree)
        self._microdata = Microdata(tree)
        self.headings = [line for line in map(line_of, tree.iter("h1")) if line]
        self.heading: str | None = next(iter(self.headings), None)
        self.window_title = next((line_of(title) for title in tree.iter("title")), "")
        known_titles = (self._first("og:title"), *self.headings)
        self._article = next(filter(None, map(self._linked_data.article, known_titles)), {})
        self.is_locked = str(self._article.get("isAccessibleForFree", "")).lower() == "false"
        self.paid_classes = frozenset(_paid_classes(self._article) if self.is_locked else ())
        """The classes of the elements that only subscribers are shown."""
        self.claims_article = (
            bool(self._article)
            or self._first("og:type") == "article"
            or "article:published_time" in self._meta
            or self._states_author_and_day
            # If there are several, each is a teaser.
            or sum(bool(_ARTICLE_TYPE.search(kind)) for kind in tree.xpath("//@itemtype")) == 1
        )

    @property
    def _states_author_and_day(self) -> bool:
        return all(
            not self._meta.keys().isdisjoint(keys)
            for keys in (meta_keys.AUTHOR, meta_keys.PUBLISHED)
        )

    @cached_property
    def blocks(self) -> list[Block]:
        """The page's blocks of text."""
        return list(find_blocks(self._tree))

    @cached_property
    def _zone(self) -> HeadlineZone:
        return HeadlineZone(self._tree, self.blocks, self.title)

    def metadata(self) -> Metadata:
        """Return the article's metadata."""
        return drop_empty(
            title=self.title,
            outlet=self._outlet,
            byline=", ".join(self.authors),
            published=self._published(),
            modified_at=self._modified(),
            url=self._url,
            language=self._language,
        )

    def body(self) -> str | None:
        """Return the article's text in JSON-LD, for pages that only show it by script."""
        value = self._article.get("articleBody")
        return value if isinstance(value, str) else None

    @property
    def is_live(self) -> bool:
        """Whether the page says that it is a live blog."""
        titles = f"{self.title or ''} {self.window_title}"
        return self._linked_data.is_live(self._article) or bool(_LIVE.search(titles))

    @property
    def word_count(self) -> int | None:
        """The article's number of words in JSON-LD."""
        value = str(self._article.get("wordCount", ""))
        return int(value) if re.fullmatch(r"[1-9]\d{1,5}", value) else None

    @cached_property
    def title(self) -> str | None:
        """The article's title."""
        descriptions = {
            *filter(None, map(self._first, meta_keys.DESCRIPTION)),
            self._linked_data.text(self._article, "description"),
        }
        stated = [self._linked_data.text(self._article, key) for key in ("headline", "name")]
        stated += [self._first(key) for key in meta_keys.TITLE]
        stated += self._microdata.headlines()
        return titles.choose_title(
            [title for title in stated if title and title not in descriptions],
            list(
                find_printed(
                    self.blocks,
                    {*filter(None, stated), *self._window_parts},
                    {*map(titles.site_key, self._known_names), *self._other_parts},
                )
            ),
            self._window_headline,
            self._known_names,
        )

    @property
    def _window_parts(self) -> list[str]:
        return [self.window_title, *titles.split_title(self.window_title)]

    @property
    def _other_parts(self) -> Iterator[str]:
        """The keys of the parts of the window's title beside the longest, if that is printed: the
        names of sections and of the site."""
        parts = titles.split_title(self.window_title)
        longest = max(parts, key=lambda part: len(part.split()), default="")
        key = titles.site_key(longest)
        if len(longest.split()) >= titles.MIN_HEADLINE_WORDS and any(
            titles.site_key(block.line) == key
            for block in self.blocks
            if block.length <= len(longest) + 1
        ):
            yield from (titles.site_key(part) for part in parts if part != longest)

    @cached_property
    def _window_headline(self) -> str:
        """The window's title without its last part, if nothing says what the site's name is; or
        only its last part, if that alone is as long as a headline."""
        parts = titles.split_title(self.window_title)
        if len(parts) < 2 or self._known_names:
            return self.window_title
        lengths = [len(part.split()) for part in parts]
        if max(lengths[:-1]) < titles.MIN_HEADLINE_WORDS <= lengths[-1]:
            return parts[-1].strip()
        return self.window_title[: self.window_title.rindex(parts[-1])].rstrip(" |·–—•-:/»")

    @cached_property
    def _known_names(self) -> list[str]:
        """All names that the page gives its outlet, and those in its address."""
        addresses = filter(None, (self._url, site_names.find_home_url(self._tree)))
        return site_names.stated_names(self._stated_names, self._home_names, addresses)

    @cached_property
    def _outlet(self) -> str | None:
        first_lines = [block.line for block in self.blocks[:MASTHEAD_BLOCKS]]
        outlet = site_names.choose_outlet(
            self._stated_names, self._home_names, self.window_title, first_lines, self.title
        )
        return site_names.spell_out(outlet, self.blocks) if outlet else None

    @cached_property
    def _stated_names(self) -> list[str]:
        stated = self._linked_data.names(self._article, "publisher")
        for key in meta_keys.SITE:
            stated += self._meta.get(key, ())
        stated = stated or self._linked_data.names_of_types(ORGANISATIONS)[:1]
        return [name for name in stated if "://" not in name]

    @cached_property
    def _home_names(self) -> list[str]:
        return site_names.find_home_names(self._tree, self.blocks)

    @cached_property
    def authors(self) -> list[str]:
        """The persons who wrote the article, as printed in its byline."""
        stated = [
            self._linked_data.names(self._article, "author", without=ORGANISATIONS)
            or self._linked_data.names(self._article, "creator", without=ORGANISATIONS)
        ]
        stated += [
            [*self._meta.get(key, ()), *self._twitter_author()] for key in meta_keys.AUTHOR[:1]
        ]
        stated += [self._meta.get(key, []) for key in meta_keys.AUTHOR[1:]]
        sites = set(map(titles.site_key, [*self._known_names, self._outlet or ""]))
        return choose_authors(
            [_persons(lines, sites, may_be_single=True) for lines in stated],
            [_persons(lines, sites) for lines in self._zone.bylines()],
            self._zone.text,
        )

    def _twitter_author(self) -> Iterator[str]:
        if (self._first("twitter:label1") or "").lower() in ("written by", "by", "author"):
            yield self._first("twitter:data1") or ""

    def _published(self) -> Published | None:
        stated = dates.first_dates([self._linked_data.text(self._article, "datePublished")])
        stated += dates.first_dates(self._first(name) for name in meta_keys.PUBLISHED)
        stated += dates.first_dates(self._microdata.publication_dates())
        stated += self._zone.dates(day_first=self._is_day_first)
        weak = [self._linked_data.text(self._article, "dateCreated")]
        if "datePublished" not in self._article:
            weak += self._linked_data.dates()
        weak += [self._first(name) for name in self._meta if meta_keys.may_be_publication(name)]
        stated += dates.first_dates(weak, is_publication=False)
        modified = next(filter(None, map(parse_date, self._modification_dates())), None)
        return dates.choose_date(stated, dates.date_in_address(self._url), modified)

    @property
    def _is_day_first(self) -> bool | None:
        """Whether 3/11/2026 is 3 November; None if the page's language does not say."""
        if self._language and _base(self._language) != "en":
            return True
        codes = (code.replace("_", "-").lower() for code in self._language_codes)
        regions = {code.rpartition("-")[2] for code in codes if code.startswith("en-")}
        return None if len(regions) != 1 else regions != {"us"}

    def _modified(self) -> datetime | None:
        return next(filter(None, map(parse_instant, self._modification_dates())), None)

    def _modification_dates(self) -> Iterator[str]:
        values = [self._linked_data.text(self._article, "dateModified")]
        values += [self._first(name) for name in meta_keys.MODIFIED]
        yield from filter(None, (*values, *self._microdata.modification_dates()))

    @cached_property
    def _url(self) -> str | None:
        links = (link for link in self._tree.iter("link") if link.get("rel") == "canonical")
        canonical = next((link.get("href") for link in links), None)
        own = (self._first("og:url"), self._linked_data.url(self._article))
        return choose_address(canonical, own)

    @cached_property
    def _language(self) -> str | None:
        """The language that most statements name, in the spelling of the first of them."""
        votes = Counter(_base(code) for code in self._language_codes)
        return max(self._language_codes, key=lambda code: votes[_base(code)], default=None)

    @cached_property
    def _language_codes(self) -> list[str]:
        stated = (
            self._linked_data.text(self._article, "inLanguage"),
            self._tree.get("lang"),
            self._first("content-language"),
            self._first("og:locale"),
        )
        return [code for code in stated if code and _LANGUAGE.fullmatch(code)]

    def _first(self, name: str) -> str | None:
        return next(iter(self._meta.get(name, ())), None)


def _persons(lines: Iterable[str], sites: set[str], *, may_be_single: bool = False) -> list[str]:
    names = (
        name
        for line in lines
        if titles.site_key(line) not in sites
        for name in bylines.find_persons(line, may_be_single=may_be_single)
    )
    return [name for name in dict.fromkeys(names) if titles.site_key(name) not in sites]


def _paid_classes(article: Node) -> Iterator[str]:
    parts = article.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        selector = part.get("cssSelector") if isinstance(part, dict) else None
        if isinstance(selector, str):
            yield from re.findall(r"\.([\w-]+)", selector)


def _base(code: str) -> str:
    return code.replace("_", "-").partition("-")[0].lower()
