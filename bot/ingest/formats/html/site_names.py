"""The names that a page gives its outlet, of which the one that most statements repeat counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from bot.ingest.formats.html.prose import Block, line_of
from bot.ingest.formats.html.titles import site_key, split_title

HOST_PREFIX = re.compile(r"^(?:www|m|mobile|amp)\.")
COPYRIGHT_BLOCKS = 15
"""Blocks at a page's end of which one may have the copyright line."""
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s\d,–-]*(?:by\s+)?([^.|\d©]{3,60}?)\s*(?:[.|,]|$)", re.I
)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_MAX_NAME_WORDS = 6
MAX_FULL_NAME = 60
_MARKS = " |·–—•-:/»«"


def choose_outlet(
    stated: Sequence[str],
    home: Sequence[str],
    window_title: str,
    printed: Sequence[str],
    title: str | None,
) -> str | None:
    """Return the outlet's name, None if unknown; a domain only if there is no other name.

    `stated` names are in the metadata, the most reliable first; `home` ones at the front page's
    link and in the copyright line; `printed` are the lines at the page's top. Of the
    parts of the window's title, one that is stated or printed is a name, and so is the longest one
    beside the headline.
    """
    in_window = _find_in_window(stated, home, window_title, printed, title)
    candidates = [*stated, *filter(None, [in_window])]
    names = [name for name in candidates if not _DOMAIN.fullmatch(name)]
    votes = Counter(map(site_key, names))
    return max(names or candidates, key=lambda name: votes[site_key(name)], default=None)


def spell_out(name: str, blocks: Sequence[Block]) -> str:
    """Return the name of an outlet in full, if it is an acronym of a line of the page."""
    if not (name.isupper() and name.isalpha() and len(name) > 2):
        return name
    lines = (block.line for block in blocks if block.length <= MAX_FULL_NAME)
    return next((line for line in lines if _initials(line) == name), name)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def stated_names(
    stated: Sequence[str], printed: Sequence[str], addresses: Iterable[str]
) -> list[str]:
    """Return all names of an outlet, with the hosts of its addresses."""
    hosts = [HOST_PREFIX.sub("", urlsplit(url).hostname or "") for url in addresses]
    labels = [host.partition(".")[0] for host in hosts]
    return list(filter(None, dict.fromkeys([*stated, *printed, *hosts, *labels])))


def find_home_names(tree: HtmlElement, blocks: Sequence[Block]) -> list[str]:
    """Return the names of the front page's link and its picture, and of the copyright line."""
    names = []
    for link in filter(_is_home_link, tree.iter("a")):
        names += [line_of(link), link.get("title", "")]
        names += [image.get("alt", "") for image in link.iter("img")]
    for block in blocks[-COPYRIGHT_BLOCKS:]:
        if match := _COPYRIGHT.search(block.line[:300]):
            names.append(match[1])
    return [name for name in names if name]


def find_home_url(tree: HtmlElement) -> str | None:
    """Return the front page's address, if a link states all of it."""
    links = (link.get("href", "") for link in filter(_is_home_link, tree.iter("a")))
    return next((url for url in links if url != "/"), None)


def _is_home_link(link: HtmlElement) -> bool:
    url = link.get("href", "")
    return url == "/" or bool(re.fullmatch(r"https?://[^/?#]+/?", url))


def _find_in_window(
    stated: Sequence[str],
    home: Sequence[str],
    window_title: str,
    printed: Sequence[str],
    title: str | None,
) -> str | None:
    has_title = bool(title) and str(title) in window_title
    rest = window_title.replace(str(title), "|") if has_title else window_title
    parts = [part.strip(_MARKS) for part in split_title(rest)]
    parts = [part for part in parts if part and site_key(part) != site_key(title or "")]
    known = {*map(site_key, stated), *map(site_key, home)} - {""}
    starts = tuple(key for key in map(site_key, printed) if key)
    for part in reversed(parts):
        key = site_key(part)
        if key in known or (len(part.split()) > 1 and any(map(key.__eq__, starts))):
            return part
    for part in parts:
        if site_key(title or "").startswith(site_key(part)):
            continue  # the headline, cut for search engines
        if len(part.split()) > 1 and any(start.startswith(site_key(part)) for start in starts):
            return part
    is_shown = any(site_key(part) in starts for part in parts)
    longest = max(parts, key=len, default=None) if has_title or is_shown else None
    return longest if longest and len(longest.split()) <= _MAX_NAME_WORDS else None
