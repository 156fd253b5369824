"""What the reader of a format finds in a file: articles, and files inside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bot.ingest.metadata import Metadata
from bot.ingest.refusal import Refusal
from bot.model import Doubt


class ParsedArticle(NamedTuple):
    """An article's text and the metadata that its file states.

    `place` is its position in a file of several articles: "line 3", "story.html". `doubt` says why
    the text may have been read wrongly, if its reader has seen a reason. If `is_fallible`, the text
    is still to be checked.
    """

    text: str
    metadata: Metadata
    place: str = ""
    doubt: Doubt | None = None
    is_fallible: bool = False


class ParsedFeed(NamedTuple):
    """A feed as published: its own metadata, and its entries in their original order.

    `link` is the address of its website and `outlet` its publisher; "" if not stated.
    `fetch_interval` is the time in seconds that the publisher asks clients to wait between fetches
    (ttl). An entry that is only a link has the text "" and is an excerpt; a withdrawn entry (RFC
    6721) has the status "canceled". `refusals` name the entries that could not be read.
    """

    title: str
    link: str
    language: str
    outlet: str
    fetch_interval: int | None
    entries: tuple[ParsedArticle, ...]
    refusals: tuple[Refusal, ...]


class EnclosedFile(NamedTuple):
    """A file inside another file, not unpacked yet: an archive member or an attachment.

    `read(limit)` returns its contents, cut to `limit` bytes, and may raise Refusal.
    """

    name: str
    read: Callable[[int], bytes]


class FileStart(NamedTuple):
    """Announces an enclosed file before it is read.

    `path` is its index in each file around it, the outermost first; `place` is its name.
    """

    path: tuple[int, ...]
    place: str
