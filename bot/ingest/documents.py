"""Convert a ParsedArticle to a Document, and clean a ParsedFeed.

All text and metadata that a format states is checked and cleaned here, by the rules of metadata.py.
An invalid field is dropped, since nobody here can correct a wire or a page. But an article is
refused if its status or embargo is unreadable, since otherwise it could be shown too early.
"""

from __future__ import annotations

from typing import Any

from bot.ingest import legibility
from bot.ingest.metadata import RULES, Metadata, check_field, to_one_line
from bot.ingest.parsed_file import ParsedArticle, ParsedFeed
from bot.ingest.refusal import Refusal
from bot.model import Document
from bot.text.invisible import remove_invisible


def make_document(article: ParsedArticle, origin: str) -> Document:
    """Check and clean an article from the file `origin`.

    The Document can be stored: it has no NUL and no lone surrogate, its text has no invisible
    characters, its metadata no control characters, and its datetimes are in UTC. A text that may
    have been read wrongly has to be reviewed. Raises Refusal, with the article's place.
    """
    place = to_one_line(article.place)
    try:
        fields = _clean(article.metadata)
        published = fields.pop("published", None)
        text = remove_invisible(article.text.replace("\0", "").encode("utf-8", "ignore").decode())
        _check_text(text, fields)
        doubt = article.doubt
        if article.is_fallible and not doubt:
            doubt = legibility.find_doubt(text, fields.get("language"))
    except Refusal as refusal:
        raise refusal.with_place(place) from refusal
    return Document(
        origin=join_origin(origin, place),
        text=text,
        published=published.printed if published else None,
        published_on=published.on if published else None,
        published_at=published.at if published else None,
        review=("doubtful",) if doubt else (),
        doubt=doubt,
        **fields,
    )


def clean_feed(feed: ParsedFeed) -> ParsedFeed:
    """Check and clean a feed's own metadata; invalid values become "" or None.

    The entries are left to make_document().
    """
    own = {"title": feed.title, "url": feed.link, "outlet": feed.outlet, "language": feed.language}
    fields = dict.fromkeys(own, "") | _clean(own)
    interval = feed.fetch_interval if (feed.fetch_interval or 0) > 0 else None
    return feed._replace(link=fields.pop("url"), fetch_interval=interval, **fields)


def join_origin(origin: str, place: str) -> str:
    """Join a file's origin and a place in the file."""
    return f"{origin}#{place}" if place else origin


def _clean(stated: Metadata) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, value in stated.items():
        try:
            if value is not None:
                fields[key] = check_field(key, value, RULES[key])
        except Refusal:
            if key in ("status", "embargo"):  # whether it may be shown
                raise
    return fields


def _check_text(text: str, fields: Metadata) -> None:
    if text.strip():
        return
    if fields.get("status", "usable") == "usable":
        if fields.get("excerpt"):
            raise Refusal(
                "it has no text, only a link",
                "Set full_text for its feed, or ingest the address it links to",
                is_skipped=True,
            )
        raise Refusal("it has no text", "Put the article's text in it, or remove it")
    if not any(map(fields.get, ("guid", "url", "claimed_url"))):
        raise Refusal(
            "it withdraws an article without saying which: it has no text, id or address",
            "Remove the article by hand: claimdesk remove",
        )
