"""From a ParsedArticle to a Document: the one place where what a format says is checked and cleaned, be it
of an article or of a feed.

People's own metadata has been checked word by word when it comes here. What a wire or a page
states badly is left out, since nobody here can mend it; only where leaving it out could show what
must not be shown (a status, an embargo) is the article refused.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, get_args

from bot.ingest.metadata import UNPRINTABLE, Metadata, Published, language_code, shown, web_address
from bot.ingest.parsed_file import ParsedArticle, ParsedFeed
from bot.ingest.refusal import Refusal
from bot.model import Document, PubStatus

LONGEST = 2_000
"""Characters of a title, a name or an id. No outlet prints a longer one; it is a mistaken field."""
_LONGEST_UNFOLDED = 10 * LONGEST
"""The same before white space is folded: a format may indent what it says."""
LARGEST_REVISION = 2**31 - 1
"""What a column of the store holds."""


def document(part: ParsedArticle, origin: str) -> Document:
    """Check and clean one article; `origin` is the file's.

    Returns a Document that can be stored: no NUL and no lone surrogate, no control characters in
    what is known of it, all datetimes in UTC. Raises Refusal, with the part's place.
    """
    place = one_line(part.place)
    known = {key: value for key, value in part.metadata.items() if value is not None}
    try:
        fields = {key: _CHECKS[key](key, value) for key, value in known.items()}
        kept = {key: value for key, value in fields.items() if value is not None}
        published: Published | None = kept.pop("published", None)
        body = part.text.replace("\0", "").encode("utf-8", "ignore").decode()
        _check_text(body, kept)
    except Refusal as refusal:
        raise Refusal(
            refusal.cause, refusal.remedy, place=place, is_skipped=refusal.is_skipped
        ) from refusal
    return Document(
        origin=origin_of(origin, place),
        text=body,
        published=published.printed if published else None,
        published_on=published.on if published else None,
        published_at=published.at if published else None,
        **kept,
    )


def cleaned(feed: ParsedFeed) -> ParsedFeed:
    """Check and clean what a feed says of itself; what it states badly is "" or None. Its entries
    are for document()."""
    return feed._replace(
        title=_words("title", feed.title) or "",
        link=_address("link", feed.link) or "",
        language=_language("language", feed.language) or "",
        outlet=_words("outlet", feed.outlet) or "",
        fetch_interval=feed.fetch_interval
        if feed.fetch_interval and feed.fetch_interval > 0
        else None,
    )


def origin_of(origin: str, place: str) -> str:
    """Where an article came from: its file, and its place in that."""
    return f"{origin}#{place}" if place else origin


def one_line(text: str) -> str:
    """Fold white space, and leave out what can't be shown or kept."""
    return UNPRINTABLE.sub("", " ".join(text.split()))


def shortened(text: str) -> str:
    """One line of what may be of any length: folding all of it could take 20 times its size."""
    return one_line(text[:_LONGEST_UNFOLDED])[:LONGEST]


def _check_text(body: str, kept: Metadata) -> None:
    if body.strip():
        return
    if kept.get("status", "usable") == "usable":
        if kept.get("excerpt"):
            raise Refusal(
                "it has no text, only a link",
                "Set full_text for its feed, or ingest the address it links to",
                is_skipped=True,
            )
        raise Refusal("it has no text", "Put the article's text in it, or remove it")
    if not kept.get("guid") and not kept.get("url"):
        raise Refusal(
            "it withdraws an article without saying which: it has no text, id or address",
            "Remove the article by hand: claimdesk remove",
        )


def _words(_: str, value: Any) -> str | None:
    words = str(value)
    folded = one_line(words) if len(words) <= _LONGEST_UNFOLDED else ""
    return folded if 0 < len(folded) <= LONGEST else None


def _published(_: str, value: Any) -> Published | None:
    """Also of a reader's own making, so held to what `Published` promises."""
    if not isinstance(value, Published) or isinstance(value.on, datetime):
        return None
    at = _utc(value.at) if value.at else None
    printed = shortened(value.printed)
    return Published(on=value.on, at=at, printed=printed) if isinstance(value.on, date) else None


def _moment(_: str, value: Any) -> datetime | None:
    return _utc(value) if isinstance(value, datetime) else None


def _embargo(_: str, value: Any) -> datetime:
    moment = _utc(value) if isinstance(value, datetime) else None
    if moment is None:
        raise Refusal(
            f"its embargo is {shown(value)}, which is not a date and time",
            "Ingest it when the embargo is over, or correct the date, with its time zone",
        )
    return moment


def _utc(moment: datetime) -> datetime | None:
    if moment.tzinfo is None:
        return None
    try:
        return moment.astimezone(UTC)
    except (OverflowError, ValueError):  # within a day of the calendar's ends
        return None


def _status(_: str, value: Any) -> str:
    if value not in get_args(PubStatus):
        raise Refusal(
            f"its status is {shown(value)}, so it is unclear whether it may be shown",
            f"Valid are {', '.join(get_args(PubStatus))}",
        )
    return str(value)


def _revision(_: str, value: Any) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value <= LARGEST_REVISION else None


def _address(key: str, value: Any) -> str | None:
    return _if_valid(web_address, _words(key, value))


def _language(key: str, value: Any) -> str | None:
    words = _words(key, value)
    return _if_valid(language_code, words and words.replace("_", "-"))


def _if_valid(check: Callable[[str], str], text: str | None) -> str | None:
    try:
        return check(text) if text else None
    except ValueError:
        return None


def _switch(_: str, value: Any) -> bool:
    return value is True


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "title": _words,
    "outlet": _words,
    "byline": _words,
    "guid": _words,
    "note": _words,
    "published": _published,
    "modified_at": _moment,
    "embargo": _embargo,
    "status": _status,
    "revision": _revision,
    "url": _address,
    "language": _language,
    "sample": _switch,
    "excerpt": _switch,
}

KNOWN = frozenset(_CHECKS)
"""The keys that a ParsedArticle's `known` may have."""
