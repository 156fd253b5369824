"""What a format's reader gives of a file: its articles and the files that it holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bot.ingest.metadata import Metadata
from bot.ingest.refusal import Refusal


class ParsedArticle(NamedTuple):
    """The text of one article with what the file itself says of it.

    `place` is where in the file it stands, if it does not fill it: "line 3", "story.html".
    """

    text: str
    metadata: Metadata
    place: str = ""


class ParsedFeed(NamedTuple):
    """A feed as it came: what it says of itself, and its entries in its own order.

    `link` is the address of its site, `outlet` who publishes it, as far as it says. `fetch_interval`
    is its publisher's wish (ttl, or the syndication module's period) how many seconds to wait
    before asking again. An entry that only links has the text "" and is an excerpt; one that was
    withdrawn (RFC 6721) has the status canceled. `refusals` say what of the feed is no story, or
    could not be read, and where.
    """

    title: str
    link: str
    language: str
    outlet: str
    fetch_interval: int | None
    entries: tuple[ParsedArticle, ...]
    refusals: tuple[Refusal, ...]


class Enclosed(NamedTuple):
    """A file within a file, not yet unpacked: a member of an archive, an attachment.

    `read(limit)` gives its contents, or the first `limit` bytes of them if they are longer, and
    may raise Refusal; `beside` reads the `.yml` beside it in the same way. Without a `name` it is
    all that the outer file holds and is called as that is, without its last suffix.
    """

    name: str
    read: Callable[[int], bytes]
    beside: Callable[[int], bytes] | None = None


class Begun(NamedTuple):
    """Told before a file within a file is read: `path` holds the numbers by which it is found
    again, the outermost first, and `place` the names."""

    path: tuple[int, ...]
    place: str
