"""Convert an entry of a feed, as feedparser has it, to an article."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
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

_DATES = ("published", "created", "prism_publicationdate", "date")
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


def make_article(
    entry: Any, feed: ParsedFeed, base: str, address: str, sites: Sites, place: str
) -> ParsedArticle | Refusal:
    """Convert an entry of a feed, whose links are relative to `base`, and ids to `address`.

    `place` names it if it has neither link nor id.
    """
    id_ = entry.get("id") or ""
    links = [entry.get("feedburner_origlink"), entry.get("link"), first_link(entry, "")]
    links += [id_ if id_.startswith("http") and "guidislink" not in entry else ""]
    link = resolve_link(base or feed.link, next(filter(None, links), ""))
    place = link or id_ or place
    text, is_excerpt = _story_text(entry)
    enclosures = [*entry.get("enclosures", ()), *entry.get("media_content", ())]
    is_recording = any(one.get("type", "").startswith(("audio/", "video/")) for one in enclosures)
    if not text and (is_recording or not link):
        cause, remedy = "it has neither text nor a link to any", "there is nothing to read"
        if is_recording:
            cause, remedy = "it is a recording without text", "only text is read"
        return Refusal(cause, f"Nothing to do: {remedy}", place=place, is_skipped=True)
    outlet = title_of(entry.get("source") or {}) or feed.title
    language = dict.get(entry, "language") or entry.get("title_detail", {}).get("language")
    updated = dict.get(entry, "updated") or ""  # its own get() gives `published` for it
    dates = [dict.get(entry, key) or "" for key in _DATES]
    printed = next((value for key, value in entry.items() if key.endswith("embargodate")), "")
    embargo = parse_instant(printed)
    metadata = drop_empty(
        title=title_of(entry),
        outlet=outlet,
        byline=", ".join(name for name in authors_of(entry) if name != outlet),
        published=next(filter(None, map(parse_date, [*dates, updated])), None),
        modified_at=parse_instant(updated),
        url=link,
        language=language or feed.language,
        guid=unique_id(id_, address, feed.link, sites),
        excerpt=is_excerpt,
        embargo=embargo,
        status="withheld" if printed and not embargo else None,
    )
    return ParsedArticle(text, metadata, place)


def title_of(fields: Any) -> str:
    """Return the title of a feed or entry on one line."""
    is_plain = fields.get("title_detail", {}).get("type") == "text/plain"
    return " ".join(_extract_text(fields.get("title"), is_plain=is_plain).split())


def first_link(fields: Any, relation: str) -> str:
    """Return the address of a link with this relation, or of any; "" if there is none."""
    links = fields.get("links", ())
    return next(
        (one["href"] for one in links if relation in one.get("rel", "") and one.get("href")), ""
    )


def authors_of(fields: Any) -> list[str]:
    """Return the names of the authors; RSS prints "edda@post.example (Edda Marsh)"."""
    authors = fields.get("authors", ())
    names = [one.get("name") or "" for one in authors if len(authors) > 1]
    names = names or [fields.get("author") or ""]  # a single one as printed
    for position, author in enumerate(names):
        if author.count("(") > author.count(")"):  # feedparser has cut an address at a wrong place
            author = author.rpartition("(")[2]
        name = " ".join(_EMAIL_ADDRESS.sub("", author).split())
        name = name.strip(" ()<>[]\"',;:-") if name != author else name
        names[position] = re.sub(r"^by\s+", "", name, flags=re.IGNORECASE)
    return list(dict.fromkeys(filter(None, names)))


def _extract_text(source: str | None, *, is_plain: bool) -> str:
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


def resolve_link(base: str, link: str | None) -> str:
    """Make a link absolute; it stays as it is if it cannot be joined to `base`."""
    link = (link or "").replace("&amp;", "&")  # it was escaped twice
    try:
        return urljoin(base, link) if link else ""
    except ValueError:
        return link


def _story_text(entry: Any) -> tuple[str, bool]:
    """Return the longest text of an entry, and whether it is only an excerpt.

    The feed's own last line is dropped: "Continue reading", "The post … appeared first on".
    """
    is_plain = entry.get("summary_detail", {}).get("type") == "text/plain"
    summary = _extract_text(entry.get("summary"), is_plain=is_plain)
    contents = [
        _extract_text(one.get("value"), is_plain=one.get("type") == "text/plain")
        for one in entry.get("content", ())
        if re.match(r"$|text|.*[hx]t?ml$", one.get("type") or "")  # no picture in base64
    ]
    text = max([*contents, summary], key=len)
    is_content = bool(text) and text in contents
    text, ending = text[:-ENDING_LENGTH], text[-ENDING_LENGTH:]
    text += _READ_MORE.sub("", story_end := _CREDIT_LINE.sub("", ending))
    has_more = bool(_READ_MORE.search(story_end))
    is_long = len(text) >= MIN_STORY_CHARACTERS or text.count("\n\n") + 1 >= MIN_STORY_PARAGRAPHS
    is_whole = is_content or (is_long and not text.endswith(("…", "...")))
    return text, has_more or not is_whole


def unique_id(id_: str, address: str, website: str, sites: Sites) -> str | None:
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
