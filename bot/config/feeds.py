"""The feeds listed in feeds.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.config.files import parse_text, raise_mistakes, read_shipped, read_yaml

KEYS = ("url", "outlet", "language", "full_text", "owner")
"""The keys of a feed."""


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """A feed for the newsroom to poll.

    With `full_text`, the page behind each excerpt is read too. `owner` is the id of the Slack user
    to notify if the feed fails.
    """

    url: str
    outlet: str | None = None
    language: str | None = None
    full_text: bool = False
    owner: str | None = None


def load_listed_feeds(data: Path) -> tuple[ListedFeed, ...]:
    """Read the feeds in feeds.yml.

    It is read anew each time: it may change while several processes run, and all of them must use
    the same list. Raises SettingsError that lists every mistake in it.
    """
    mistakes: list[str] = []
    feeds = tuple(read_listed_feeds(data, mistakes))
    raise_mistakes(mistakes)
    return feeds


def read_listed_feeds(data: Path, mistakes: list[str]) -> Iterator[ListedFeed]:
    """Read the feeds.yml of the data folder, or the shipped one if there is none."""
    file = read_yaml(data / "config" / "feeds.yml", mistakes)
    file = file or read_shipped("feeds.yml", mistakes)
    entries = file.values.get("feeds") or []
    invalid_keys = [key for key in file.values if key != "feeds"]
    if invalid_keys or not isinstance(entries, list):
        location = file.location(invalid_keys[0] if invalid_keys else "feeds")
        mistakes.append(
            f"{location}: must have feeds: and nothing else, a list of entries with url:"
        )
        return
    urls: set[str] = set()
    for number, entry in enumerate(entries, 1):
        location = file.location("feeds", number - 1)
        # Do not quote the entry: an address may contain a password or a token.
        try:
            feed = _parse_feed(entry)
        except ValueError as error:
            mistakes.append(f"{location}: feed {number} {error}")
            continue
        if feed.url in urls:
            mistakes.append(f"{location}: feed {number} is there twice: one before it has its url")
        urls.add(feed.url)
        yield feed


def _parse_feed(entry: Any) -> ListedFeed:
    """Parse one entry. Raises ValueError that says what is wrong with it."""
    if not isinstance(entry, dict) or not _is_address(entry.get("url")):
        raise ValueError("needs url: with a web address, such as https://example.org/feed.xml")
    if unknown := [key for key in entry if key not in KEYS]:
        key_name = f" {unknown[0]}" if re.fullmatch(r"[a-z_]{1,20}", str(unknown[0])) else ""
        raise ValueError(f"has an unknown key{key_name}; valid ones are {', '.join(KEYS)}")
    full_text = entry.get("full_text", False)
    if not isinstance(full_text, bool):
        raise ValueError("has a full_text that is not true or false")  # noqa: TRY004 - as its docstring says
    texts = {key: value for key, value in entry.items() if key != "full_text" and value}
    for key, value in texts.items():
        try:
            texts[key] = parse_text(value)
        except ValueError:
            raise ValueError(f"has a value of {key} that is not text") from None
    return ListedFeed(full_text=full_text, **texts)


def _is_address(value: object) -> bool:
    try:
        parts = urlsplit(parse_text(value))
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
