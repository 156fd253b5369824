"""Which feeds a web page names in its head."""

from __future__ import annotations

from urllib.parse import urljoin

from lxml import etree

HEAD_BYTES = 512 * 1024
"""How much of a page is looked through; a head is far shorter."""

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def find_feed_links(page: bytes, url: str) -> list[str]:
    """The addresses of the feeds that a page at `url` names by <link rel="alternate">, in its
    order; feeds of comments, which some systems name too, last."""
    parser = etree.HTMLParser(target=(links := _Links()))
    parser.feed(page[:HEAD_BYTES].decode("utf-8", "replace").replace("\0", ""))
    parser.close()
    found: dict[str, bool] = {}
    for href, title in links.found:
        try:
            address = urljoin(url, href.strip())
        except ValueError:
            continue
        if address.startswith(("http://", "https://")):
            found.setdefault(address, "comments" in f"{href} {title}".lower())
    return sorted(found, key=lambda address: found[address])


class _Links:
    """Gathers the links to feeds; a stream of tags, so that a page's depth doesn't matter."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def start(self, tag: str, said: dict[str, str]) -> None:
        kind = said.get("type", "").partition(";")[0].strip().lower()
        is_alternate = "alternate" in said.get("rel", "").lower().split()
        if tag == "link" and is_alternate and kind in FEED_TYPES and said.get("href"):
            self.found.append((said["href"], said.get("title", "")))

    def close(self) -> None:
        pass
