"""Convert a ParsedArticle to a Document, and clean a ParsedFeed.

All text and metadata that a format states is checked and cleaned here. Metadata typed by people was
validated before, key by key. An invalid field of a wire or a page is dropped, since nobody here can
correct it. But an article is refused if its status or embargo is unreadable, since otherwise it
could be shown too early.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, get_args

from bot.ingest import legibility
from bot.ingest.metadata import (
    UNPRINTABLE,
    Metadata,
    Published,
    check_language_code,
    check_url,
    quote,
)
from bot.ingest.parsed_file import ParsedArticle, ParsedFeed
from bot.ingest.refusal import Refusal
from bot.model import Document, PubStatus
from bot.text.invisible import remove_invisible

MAX_FIELD_LENGTH = 2_000
"""Characters of a title, a name or an id. A longer one is a mistake: no outlet prints it."""
_MAX_RAW_LENGTH = 10 * MAX_FIELD_LENGTH
"""The same before white space is collapsed, since formats may indent a field."""
MAX_REVISION = 2**31 - 1
"""The largest number that fits the store's column."""


def make_document(article: ParsedArticle, origin: str) -> Document:
    """Check and clean an article from the file `origin`.

    The Document can be stored: it has no NUL and no lone surrogate, its text has no invisible
    characters, its metadata no control characters, and its datetimes are in UTC. A text that may
    have been read wrongly has to be reviewed. Raises Refusal, with the article's place.
    """
    place = to_one_line(article.place)
    try:
        fields = {
            key: value
            for key, raw_value in article.metadata.items()
            if raw_value is not None and (value := _CHECKS[key](raw_value)) is not None
        }
        published: Published | None = fields.pop("published", None)
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
    interval = feed.fetch_interval
    return feed._replace(
        title=_clean_field(feed.title) or "",
        link=_clean_url(feed.link) or "",
        language=_clean_language(feed.language) or "",
        outlet=_clean_field(feed.outlet) or "",
        fetch_interval=interval if interval and interval > 0 else None,
    )


def join_origin(origin: str, place: str) -> str:
    """Join a file's origin and a place in the file."""
    return f"{origin}#{place}" if place else origin


def to_one_line(text: str) -> str:
    """Collapse white space, and drop characters that cannot be shown or stored."""
    return UNPRINTABLE.sub("", " ".join(text.split()))


def cut_line(text: str) -> str:
    """Collapse a text of any length to one line of at most MAX_FIELD_LENGTH characters.

    It is cut beforehand too, since collapsing a huge text could take 20 times its size in memory.
    """
    return to_one_line(text[:_MAX_RAW_LENGTH])[:MAX_FIELD_LENGTH]


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


def _clean_field(value: Any) -> str | None:
    text = str(value)
    line = to_one_line(text) if len(text) <= _MAX_RAW_LENGTH else ""
    return line if 0 < len(line) <= MAX_FIELD_LENGTH else None


def _clean_published(value: Any) -> Published | None:
    """Clean a date; its types are checked too, since a format's parser may build it wrongly."""
    if not isinstance(value, Published) or type(value.on) is not date:
        return None
    instant = _to_utc(value.at) if value.at else None
    return Published(on=value.on, at=instant, printed=cut_line(value.printed))


def _clean_instant(value: Any) -> datetime | None:
    return _to_utc(value) if isinstance(value, datetime) else None


def _check_embargo(value: Any) -> datetime:
    end = _clean_instant(value)
    if end is None:
        raise Refusal(
            f"its embargo is {quote(value)}, which is not a date and time",
            "Ingest it when the embargo is over, or correct the date, with its time zone",
        )
    return end


def _to_utc(moment: datetime) -> datetime | None:
    if moment.tzinfo is None:
        return None
    try:
        return moment.astimezone(UTC)
    except (OverflowError, ValueError):  # within a day of the calendar's ends
        return None


def _check_status(value: Any) -> str:
    if value not in get_args(PubStatus):
        raise Refusal(
            f"its status is {quote(value)}, so it is unclear whether it may be shown",
            f"Use one of {', '.join(get_args(PubStatus))}",
        )
    return str(value)


def _clean_revision(value: Any) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value <= MAX_REVISION else None


def _clean_url(value: Any) -> str | None:
    return _keep_valid(_clean_field(value), check_url)


def _clean_language(value: Any) -> str | None:
    code = _clean_field(value)
    return _keep_valid(code and code.replace("_", "-"), check_language_code)


def _keep_valid(text: str | None, check: Callable[[str], str]) -> str | None:
    try:
        return check(text) if text else None
    except ValueError:
        return None


def _clean_boolean(value: Any) -> bool:
    return value is True


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "title": _clean_field,
    "outlet": _clean_field,
    "claimed_outlet": _clean_field,
    "byline": _clean_field,
    "guid": _clean_field,
    "note": _clean_field,
    "published": _clean_published,
    "modified_at": _clean_instant,
    "embargo": _check_embargo,
    "status": _check_status,
    "revision": _clean_revision,
    "url": _clean_url,
    "claimed_url": _clean_url,
    "language": _clean_language,
    "sample": _clean_boolean,
    "excerpt": _clean_boolean,
}

METADATA_KEYS = frozenset(_CHECKS)
"""The keys that the metadata of a ParsedArticle may have."""
