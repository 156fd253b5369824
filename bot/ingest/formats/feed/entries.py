"""What an entry of a feed is as an article, whatever notation the feed is in."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import urljoin

from bot.articles.sites import Sites, site_of
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import instant, stated

LONG_CHARACTERS, LONG_PARAGRAPHS = 1_500, 3
"""From here on a description is taken for the whole story, unless it ends as a teaser does."""

# Ids under these are one story's in the whole world; any other is unique in its feed alone.
_WORLDWIDE = re.compile(r"(?:https?|urn|tag|info|ark|doi):", re.IGNORECASE)
_TAG = re.compile(r"tag:(?:[^@,]*@)?([^@,:/]+),", re.IGNORECASE)  # RFC 4151
_LURE = r"(?:continue|keep|read) (?:reading|more|on|the (?:full|whole|rest)\b)"
_LURE_LINE = re.compile(rf"{_LURE}[^\n.!?“”\"]{{0,120}}[.…»→>]*", re.IGNORECASE)
_LURE_WITHIN = re.compile(
    rf"(?:\[(?:…|\.\.\.)\]|[.…!?\]”\"]\s+{_LURE}[ .…»→>]*|\b{_LURE} ?(?:…|\.\.\.|»|→|>))$",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    r"The post .+ (?:appeared first on|first appeared on) .+"
    r"|.+ was originally published (?:in|on) .+ on Medium\b.*"
)
_LAST = 300
"""Characters at the end of a text in which such phrases are looked for."""
MOST_LAST_LINES = 5
"""Lines of a feed's own that are looked for at the end of a text."""
_ADDRESS_ONLY = re.compile(r"\S+@\S+")


class Entry(NamedTuple):
    """An entry as printed. `content` and `summary` are text already; "" is what it doesn't say."""

    id: str = ""
    link: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    content: str = ""
    summary: str = ""
    outlet: str = ""
    language: str = ""
    embargo: str = ""
    is_recording: bool = False
    is_deleted: bool = False


class Channel(NamedTuple):
    """A feed as printed; `url` is its own address and `pause` its publisher's wish, in seconds."""

    url: str = ""
    title: str = ""
    link: str = ""
    language: str = ""
    pause: int | None = None


def part_of(entry: Entry, channel: Channel, number: int, sites: Sites) -> ParsedArticle | Refusal:
    """Make an article of the entry at `number`, or say why it is none."""
    place = entry.link or entry.id or f"entry {number}"
    guid = _scoped(entry.id, channel, sites)
    if entry.is_deleted:
        when = instant(entry.updated)
        return ParsedArticle(
            "", _without_empty(guid=guid, status="canceled", modified_at=when), place
        )
    text, is_excerpt = _text(entry)
    if not text and entry.is_recording:
        return Refusal(
            "it is a recording without text",
            "Nothing to do: only text is read",
            place=place,
            is_skipped=True,
        )
    if not text and not entry.link:
        return Refusal(
            "it has neither text nor a link to any",
            "Nothing to do: there is nothing to read",
            place=place,
            is_skipped=True,
        )
    known = {**_known(entry, channel), "guid": guid, "excerpt": is_excerpt}
    if entry.embargo:
        known["embargo"] = instant(entry.embargo)
        known["status"] = None if known["embargo"] else "withheld"
    return ParsedArticle(text, _without_empty(**known), place)


def joined(base: str, link: str) -> str:
    """A link as an absolute address; as it stands if it can't be joined to its base."""
    try:
        return urljoin(base, link) if link else ""
    except ValueError:
        return link


def _known(entry: Entry, channel: Channel) -> dict[str, Any]:
    authors = dict.fromkeys(filter(None, map(_name, entry.authors)))
    outlet = entry.outlet or channel.title
    return {
        "title": entry.title,
        "outlet": outlet,
        "byline": ", ".join(name for name in authors if name != outlet),
        "published": stated(entry.published) or stated(entry.updated),
        "modified_at": instant(entry.updated),
        "url": entry.link,
        "language": entry.language or channel.language,
    }


def _without_empty(**known: Any) -> dict[str, Any]:
    return {key: value for key, value in known.items() if value}


def _text(entry: Entry) -> tuple[str, bool]:
    """The fullest text that the entry has, and whether it is only an excerpt."""
    text, is_whole = entry.summary, False
    if entry.content and len(entry.content) >= len(entry.summary):
        text, is_whole = entry.content, True
    text, is_lure = _without_lure(text)
    if is_lure or is_whole:
        return text, is_lure
    is_long = len(text) >= LONG_CHARACTERS or text.count("\n\n") + 1 >= LONG_PARAGRAPHS
    return text, not is_long or text.endswith(("…", "..."))


def _without_lure(text: str) -> tuple[str, bool]:
    """Drop the last lines that are the feed's and not the story's ("Continue reading", "The post …
    appeared first on …"); say whether there is more to be read elsewhere."""
    is_lure = False
    for _ in range(MOST_LAST_LINES):
        before, _, last = text.rpartition("\n\n")
        is_line = len(last) <= _LAST and bool(_LURE_LINE.fullmatch(last))
        if not is_line and not (len(last) <= _LAST and _CREDIT_LINE.fullmatch(last)):
            break
        text, is_lure = before, is_lure or is_line
    return text, is_lure or bool(_LURE_WITHIN.search(text[-_LAST:]))


def _scoped(id_: str, channel: Channel, sites: Sites) -> str | None:
    """The id, made unique beyond its feed.

    One that is of another site is made the feed's site's own: a feed must not take the place of
    another's story, nor end it.
    """
    if not id_:
        return None
    if not _WORLDWIDE.match(id_):
        return f"{channel.url or channel.link}#{id_}"
    issuer = f"https://{tag[1]}" if (tag := _TAG.match(id_)) else id_
    if not channel.url or sites.are_same_site(issuer, channel.url):
        return id_
    return f"{site_of(channel.url)}#{id_}"


def _name(author: str) -> str:
    """The name in "edda@post.example (Edda Marsh)", as RSS has it; "" for an address alone."""
    bracketed = re.fullmatch(r"\S+@\S+ \((.+)\)", author)
    if bracketed:
        return bracketed[1].strip()
    return "" if _ADDRESS_ONLY.fullmatch(author) else _without_by(author)


def _without_by(author: str) -> str:
    return re.sub(r"^by\s+", "", author, flags=re.IGNORECASE)
