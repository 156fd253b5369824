"""The feeds that feeds.yml lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.config.files import read_yaml, shipped, shown, text_of

KEYS = ("url", "outlet", "language", "full_text", "owner")


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """One feed that the newsroom wants polled: where it is, who publishes it, whether the pages of
    its excerpts are to be read too, and who in the Slack workspace hears when it breaks."""

    url: str
    outlet: str | None = None
    language: str | None = None
    full_text: bool = False
    owner: str | None = None


def listed_feeds(data: Path, mistakes: list[str]) -> Iterator[ListedFeed]:
    """Read the feeds.yml of the data folder; where there is none, the shipped one."""
    read = read_yaml(data / "config" / "feeds.yml", mistakes)
    if read is None:
        read = read_yaml(shipped("config") / "feeds.yml", mistakes) or {}
    entries = read.get("feeds") or []
    if set(read) - {"feeds"} or not isinstance(entries, list):
        mistakes.append("feeds.yml must hold feeds: and nothing else, a list, each with url:")
        return
    seen: set[str] = set()
    for entry in entries:
        try:
            feed = _feed(entry)
        except (KeyError, TypeError, ValueError, AttributeError):
            mistakes.append(
                f"feeds.yml: feeds has {shown(entry)}, but needs url: with a web address, and may "
                f"have {', '.join(KEYS[1:])}"
            )
            continue
        if feed.url in seen:
            # Its query may hold a token.
            mistakes.append(f"feeds.yml: {shown(feed.url.partition('?')[0])} is there twice")
        seen.add(feed.url)
        yield feed


def _feed(entry: dict[str, Any]) -> ListedFeed:
    """One feed as it is listed. Raises ValueError, TypeError, KeyError or AttributeError."""
    texts = {key: text_of(entry[key]) for key in KEYS if key != "full_text" and entry.get(key)}
    full_text = entry.get("full_text", False)
    parts = urlsplit(texts["url"])
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(texts["url"])
    if set(entry) - set(KEYS) or not isinstance(full_text, bool):
        raise ValueError(entry)
    return ListedFeed(full_text=full_text, **texts)
