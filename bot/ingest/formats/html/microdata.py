"""What attributes say about the elements of a page: microdata, RDFa, and microformats' classes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from bot.ingest.formats.html.prose import line_of

_PUBLISHED_CLASSES = frozenset(("published", "dt-published"))
_DESCRIBED = etree.XPath("//*[@itemprop or @property]")


class Microdata:
    """The elements of a page with attributes that say what is in them."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._described: list[HtmlElement] = _DESCRIBED(tree)

    def headlines(self) -> list[str]:
        """Return the printed headlines."""
        found = self._find("itemprop", "headline")
        return [line_of(element) for element in found if element.tag != "meta"]

    def publication_dates(self) -> Iterator[str | None]:
        """Yield what states the day of publication, which need not be a date."""
        for element in self._find("itemprop", "datePublished"):
            yield element.get("datetime") or element.get("content") or line_of(element)
        for element in self._find("property", "datePublished"):
            yield element.get("content") or element.get("datetime") or line_of(element)
        for time in self._tree.iter("time", "abbr", "span"):
            is_published = not _PUBLISHED_CLASSES.isdisjoint(time.get("class", "").split())
            if time.get("pubdate") is not None or is_published:
                yield time.get("datetime") or time.get("title") or line_of(time)

    def modification_dates(self) -> Iterator[str | None]:
        """Yield what states the day of the last change."""
        for time in self._find("itemprop", "dateModified"):
            yield time.get("datetime")

    def _find(self, attribute: str, value: str) -> Iterator[HtmlElement]:
        return (element for element in self._described if element.get(attribute) == value)
