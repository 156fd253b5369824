"""Find the feeds that a web page links to in its head."""

from __future__ import annotations

from urllib.parse import urljoin

from lxml import etree

MAX_HEAD_BYTES = 512 * 1024
"""Bytes of a page that are parsed; a head is far shorter."""

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def find_feed_links(page: bytes, url: str) -> list[str]:
    """Return the addresses in <link rel="alternate"> of the page at `url`, in their order.

    Feeds of comments, which some systems link to as well, come last.
    """
    parser = etree.HTMLParser(target=(collector := _LinkCollector()))
    parser.feed(page[:MAX_HEAD_BYTES].decode("utf-8", "replace").replace("\0", ""))
    parser.close()
    is_comments: dict[str, bool] = {}
    for href, title in collector.links:
        try:
            address = urljoin(url, href.strip())
        except ValueError:
            continue
        if address.startswith(("http://", "https://")):
            is_comments.setdefault(address, "comments" in f"{href} {title}".lower())
    return sorted(is_comments, key=lambda address: is_comments[address])


class _LinkCollector:
    """Collects links to feeds from a stream of tags, so that a page's depth does not matter."""

    def __init__(self) -> None:
        self.links: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        media_type = attributes.get("type", "").partition(";")[0].strip().lower()
        is_alternate = "alternate" in attributes.get("rel", "").lower().split()
        is_feed = tag == "link" and is_alternate and media_type in FEED_TYPES
        if is_feed and attributes.get("href"):
            self.links.append((attributes["href"], attributes.get("title", "")))

    def close(self) -> None:
        pass
