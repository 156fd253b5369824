"""Convert an item of a news wire, in any of its formats, to an article."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.ingest.metadata import drop_empty
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_date, parse_instant
from bot.model import PubStatus

_USABLE_STATUSES = ("", "usable", "embargoed")  # NITF's "embargoed" ends at its date.release
_EDITOR_NOTE = re.compile(r"\(\(.*\)\)", re.DOTALL)
_CANCELED_STATUSES = ("canceled", "cancelled", "killed", "deleted", "replaced", "withdrawn")


class Story(NamedTuple):
    """The fields of an item as printed; "" if not stated.

    `status` is a word or a code ("stat:usable"). `embargo` is None if there is none; an embargo
    that is not an instant holds until a later version lifts it.
    """

    guid: str = ""
    version: str = ""
    title: str = ""
    outlet: str = ""
    byline: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    url: str = ""
    note: str = ""
    status: str = ""
    embargo: str | None = None
    is_excerpt: bool = False


def make_article(story: Story, text: str, number: int = 0) -> ParsedArticle | Refusal:
    """Convert a story and its text to an article, or to a Refusal if it is not one.

    `number` is the item's position in a file of several items, by which it is found if it has no
    id; 0 if it is the only item.
    """
    place = story.guid or (f"item {number}" if number else "")
    status, embargo = parse_status(story.status), parse_instant(story.embargo or "")
    if story.embargo is not None and not embargo and status == "usable":
        status = "withheld"
    byline = _strip_by(story.byline)
    text = _strip_byline_and_notes(text, byline)
    if not text and status == "usable":
        return skip_refusal("it has no text", place)
    metadata = drop_empty(
        guid=story.guid,
        revision=_parse_revision(story.version),
        title=story.title,
        outlet=story.outlet,
        byline=byline,
        published=parse_date(story.published) or (parse_date(story.modified) if text else None),
        modified_at=parse_instant(story.modified),
        language=story.language,
        url=story.url,
        note=story.note,
        status=status,
        embargo=embargo,
        excerpt=story.is_excerpt,
    )
    return ParsedArticle(text, metadata, place)


def _strip_byline_and_notes(text: str, byline: str) -> str:
    """Drop the byline above the text, and the notes to editors in double brackets."""
    paragraphs = [part for part in text.split("\n\n") if not _EDITOR_NOTE.fullmatch(part)]
    if byline and _strip_by(paragraphs[0] if paragraphs else "") == byline:
        del paragraphs[0]
    return "\n\n".join(paragraphs)


def _strip_by(byline: str) -> str:
    return re.sub(r"^by\s+", "", byline, flags=re.IGNORECASE)


def skip_refusal(cause: str, place: str) -> Refusal:
    """Return a refusal that skips an item which is well formed, but not an article.

    `place` says which item of the file it is: its id, "item 3", or "" if it fills the file.
    """
    return Refusal(cause, "Nothing to do: only text is read", place=place, is_skipped=True)


def parse_status(word: str) -> PubStatus:
    """Parse IPTC's publishing status, given as a word, code or address.

    An unknown status withholds the item, since showing it could not be undone.
    """
    value = re.split("[:/]", word.strip().lower())[-1]
    if value in _USABLE_STATUSES:
        return "usable"
    return "canceled" if value in _CANCELED_STATUSES else "withheld"


def _parse_revision(version: str) -> int | None:
    """Parse a version number; None if it is not a whole number."""
    return int(version) if re.fullmatch("[0-9]{1,9}", version) else None
