"""The names under which `<meta>` elements state an article's metadata, the most reliable first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

PUBLISHED = (
    "article:published_time",
    "article:published",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "citation_publication_date",
    "publication_date",
    "publish-date",
    "publish_date",
    "pubdate",
    "publishdate",
    "date",
    "dc.date",
)
MODIFIED = (
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
)
AUTHOR = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "og:article:author",
)
TITLE = (
    "og:title",
    "headline",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "title",
)
DESCRIPTION = ("description", "og:description", "twitter:description")
SITE = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher")


_PUBLICATION = re.compile(
    r"publi(?:sh|cation)|pub_?date|issued|releas|available|posted|creat(?:ed|ion)|^timestamp$"
    r"|(?:post|story|article|news|sort)[._-]?date",
    re.IGNORECASE,
)
_NO_PUBLICATION = re.compile(
    r"publisher|modif|updat|revis|chang|expir|review|last|valid|embargo|copyright|event",
    re.IGNORECASE,
)


def may_be_publication(name: str) -> bool:
    """Whether another name than those of PUBLISHED says that it has the day of publication."""
    is_known = name in PUBLISHED or _NO_PUBLICATION.search(name)
    return not is_known and bool(_PUBLICATION.search(name))


def read_meta(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the page's meta elements, including microdata, with lower-case names."""
    for meta in tree.iter("meta"):
        content = " ".join(meta.get("content", "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := meta.get(attribute)):
                yield name.strip().lower(), content
