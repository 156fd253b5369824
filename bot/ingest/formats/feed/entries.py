"""Convert an entry of a feed in any notation to an article."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin

from bot.articles.sites import Sites, site_of
from bot.ingest.formats import markup
from bot.ingest.metadata import drop_empty
from bot.ingest.parsed_file import ParsedArticle, ParsedFeed
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_date, parse_instant

MIN_STORY_CHARACTERS, MIN_STORY_PARAGRAPHS = 1_500, 3
"""A description of at least either size is the whole story, unless it ends like a teaser."""
ENDING_LENGTH = 300
"""Characters at the end of a text that are searched for a teaser's words."""

# An id with one of these schemes is globally unique; any other is unique only within its feed.
_GLOBAL_ID = re.compile(r"(?:https?|urn|tag|info|ark|doi):", re.IGNORECASE)
_TAG_URI = re.compile(r"tag:(?:[^@,]*@)?([^@,:/]+),", re.IGNORECASE)  # RFC 4151
# A line of its own, or words after the last sentence, which end in an arrow or the like.
_READ_MORE = re.compile(
    r"(?:\n\n|^)(?:continue|keep|read) (?:reading|more|on|the full)\b[^\n.!?“”\"]*[.…»→>]*$"
    r"|\s(?:continue|read) (?:reading|more)\W*[…»→>]$|\[(?:…|\.\.\.)\]$",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(r"\n\nThe post [^\n]+ appeared first on [^\n]+$")
_EMAIL_ADDRESS = re.compile(r"[^\s<>()\[\],;:]+@[\w-]+\.[\w.-]+")
# Tags that hardly any plain text has.
_USUAL_TAG = re.compile(
    r"</(?:a|b|blockquote|div|em|h[1-6]|i|li|ol|p|span|strong|ul)\s*>|<(?:br|p)\s*/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
# An ampersand before what can only be a character reference: it was escaped once too often.
_ESCAPED_REFERENCE = re.compile(r"&amp;(?=#?\w{4,7};)")


class Entry(NamedTuple):
    """An entry as printed; "" if not stated. `content` and `summary` are text, not markup."""

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


def make_article(
    entry: Entry, feed: ParsedFeed, address: str, number: int, sites: Sites
) -> ParsedArticle | Refusal:
    """Convert entry `number` of the feed at an address to an article, or to a Refusal if it is not
    one."""
    place = entry.link or entry.id or f"entry {number}"
    guid = _unique_id(entry.id, address, feed.link, sites)
    modified_at = parse_instant(entry.updated)
    if entry.is_deleted:
        deletion = drop_empty(guid=guid, status="canceled", modified_at=modified_at)
        return ParsedArticle("", deletion, place)
    text, is_excerpt = _story_text(entry)
    if not text and (entry.is_recording or not entry.link):
        cause, remedy = "it has neither text nor a link to any", "there is nothing to read"
        if entry.is_recording:
            cause, remedy = "it is a recording without text", "only text is read"
        return Refusal(cause, f"Nothing to do: {remedy}", place=place, is_skipped=True)
    outlet = entry.outlet or feed.title
    authors = dict.fromkeys(map(_author_name, entry.authors))
    embargo = parse_instant(entry.embargo)
    metadata = drop_empty(
        title=entry.title,
        outlet=outlet,
        byline=", ".join(name for name in authors if name and name != outlet),
        published=parse_date(entry.published) or parse_date(entry.updated),
        modified_at=modified_at,
        url=entry.link,
        language=entry.language or feed.language,
        guid=guid,
        excerpt=is_excerpt,
        embargo=embargo,
        status="withheld" if entry.embargo and not embargo else None,
    )
    return ParsedArticle(text, metadata, place)


def extract_text(source: str | None, *, is_plain: bool) -> str:
    """Return the text of plain text or HTML, with a blank line between paragraphs.

    Text that is said to be plain but has the usual tags is HTML. What is said to be HTML may have a
    "<" that starts no tag, or may have been escaped twice.
    """
    source = source or ""  # feedparser has None for some broken elements
    if is_plain and not _USUAL_TAG.search(source):
        return markup.clean_plain_text(source)
    if not _TAG.search(source):
        unescaped = unescape(source)
        source = unescaped if _USUAL_TAG.search(unescaped) else source.replace("<", "&lt;")
    return markup.extract_text(_ESCAPED_REFERENCE.sub("&", source))


def extract_line(source: str | None, *, is_plain: bool) -> str:
    """Return the same on one line, such as a headline."""
    return " ".join(extract_text(source, is_plain=is_plain).split())


def resolve_link(base: str, link: str | None) -> str:
    """Make a link absolute; it stays as it is if it cannot be joined to `base`."""
    link = (link or "").replace("&amp;", "&")  # it was escaped twice
    try:
        return urljoin(base, link) if link else ""
    except ValueError:
        return link


def _story_text(entry: Entry) -> tuple[str, bool]:
    """Return the longest text of an entry, and whether it is only an excerpt.

    The feed's own last line is dropped: "Continue reading", "The post … appeared first on".
    """
    is_content = bool(entry.content) and len(entry.content) >= len(entry.summary)
    text = entry.content if is_content else entry.summary
    text, ending = text[:-ENDING_LENGTH], text[-ENDING_LENGTH:]
    text += _READ_MORE.sub("", story_end := _CREDIT_LINE.sub("", ending))
    has_more = bool(_READ_MORE.search(story_end))
    is_long = len(text) >= MIN_STORY_CHARACTERS or text.count("\n\n") + 1 >= MIN_STORY_PARAGRAPHS
    is_whole = is_content or (is_long and not text.endswith(("…", "...")))
    return text, has_more or not is_whole


def _unique_id(id_: str, address: str, website: str, sites: Sites) -> str | None:
    """Return an entry's id, made globally unique.

    An id of another site is prefixed with the feed's site, so that a feed cannot replace or delete
    the articles of other sites.
    """
    if not id_:
        return None
    if not _GLOBAL_ID.match(id_):
        return f"{address or website}#{id_}"
    issuer = f"https://{tag[1]}" if (tag := _TAG_URI.match(id_)) else id_
    if not address or sites.are_same_site(issuer, address):
        return id_
    return f"{site_of(address)}#{id_}"


def _author_name(author: str) -> str:
    """Return the name in "edda@post.example (Edda Marsh)", RSS's form, or in that of e-mail."""
    name = " ".join(_EMAIL_ADDRESS.sub("", author).split())
    name = name.strip(" ()<>[]\"',;:-") if name != author else name
    return re.sub(r"^by\s+", "", name, flags=re.IGNORECASE)
