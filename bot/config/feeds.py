"""The feeds that feeds.yml lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.config.files import read_shipped, read_yaml, refuse, text_of

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


def listed_now(data: Path) -> tuple[ListedFeed, ...]:
    """The feeds that feeds.yml lists at this moment: it may be changed while processes run, and all
    of them are to go by the same. Raises SettingsError that lists every mistake in it."""
    mistakes: list[str] = []
    listed = tuple(listed_feeds(data, mistakes))
    refuse(mistakes)
    return listed


def listed_feeds(data: Path, mistakes: list[str]) -> Iterator[ListedFeed]:
    """Read the feeds.yml of the data folder; where there is none, the shipped one."""
    read = read_yaml(data / "config" / "feeds.yml", mistakes)
    read = read or read_shipped("feeds.yml", mistakes)
    entries = read.values.get("feeds") or []
    odd = [key for key in read.values if key != "feeds"]
    if odd or not isinstance(entries, list):
        where = read.where(odd[0] if odd else "feeds")
        mistakes.append(f"{where}: must have feeds: and nothing else, a list of entries with url:")
        return
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        where = read.where("feeds", number - 1)
        # What stands there is not told: an address may hold a password or a token.
        try:
            feed = _feed(entry)
        except ValueError as error:
            mistakes.append(f"{where}: feed {number} {error}")
            continue
        if feed.url in seen:
            mistakes.append(f"{where}: feed {number} is there twice: one before it has its url")
        seen.add(feed.url)
        yield feed


def _feed(entry: Any) -> ListedFeed:
    """One feed as it is listed. Raises ValueError that says what is wrong with it."""
    if not isinstance(entry, dict) or not _is_address(entry.get("url")):
        raise ValueError("needs url: with a web address, such as https://example.org/feed.xml")
    if unknown := [key for key in entry if key not in KEYS]:
        named = f" {unknown[0]}" if re.fullmatch(r"[a-z_]{1,20}", str(unknown[0])) else ""
        raise ValueError(f"has an unknown key{named}; valid are {', '.join(KEYS)}")
    full_text = entry.get("full_text", False)
    if not isinstance(full_text, bool):
        raise ValueError("has a full_text that is not true or false")  # noqa: TRY004 - told alike
    texts = {key: value for key, value in entry.items() if key != "full_text" and value}
    for key, value in texts.items():
        try:
            texts[key] = text_of(value)
        except ValueError:
            raise ValueError(f"has a value of {key} that is not text") from None
    return ListedFeed(full_text=full_text, **texts)


def _is_address(value: object) -> bool:
    try:
        parts = urlsplit(text_of(value))
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
