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
_CANCELED_STATUSES = ("canceled", "cancelled", "killed", "deleted", "replaced", "withdrawn")
_STATUSES: tuple[PubStatus, ...] = ("usable", "withheld", "canceled")  # the strictest last
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_EDITOR_NOTE = re.compile(r"\(\(.*\)\)", re.DOTALL)


class Story(NamedTuple):
    """The fields of an item as printed; "" if not stated.

    `statuses` are words or codes ("stat:usable") of the item and of what it is in or contains, and
    `embargoes` theirs: the strictest counts. An embargo that is not an instant holds until a later
    version lifts it.
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
    statuses: tuple[str, ...] = ()
    embargoes: tuple[str, ...] = ()
    is_excerpt: bool = False

    def restrict(self, other: Story) -> Story:
        """Apply another item's statuses and embargoes to this one as well."""
        return self._replace(
            statuses=self.statuses + other.statuses, embargoes=self.embargoes + other.embargoes
        )


def make_article(story: Story, text: str, number: int = 0) -> ParsedArticle | Refusal:
    """Convert a story and its text to an article, or to a Refusal if it is not one.

    `number` is the item's position in a file of several items, by which it is found if it has no
    id; 0 if it is the only item.
    """
    status = max(map(parse_status, story.statuses), key=_STATUSES.index, default="usable")
    instants = [parse_instant(embargo) for embargo in story.embargoes]
    embargo = max(filter(None, instants), default=None)
    if None in instants:
        embargo, status = None, "withheld" if status == "usable" else status
    byline = _BY.sub("", story.byline)
    paragraphs = [part for part in text.split("\n\n") if not _EDITOR_NOTE.fullmatch(part)]
    if byline and paragraphs and _BY.sub("", paragraphs[0]) == byline:
        del paragraphs[0]
    text = "\n\n".join(paragraphs)
    place = name_place(story.guid, number)
    if not text and status == "usable":
        return skip_refusal("it has no text", place)
    metadata = drop_empty(
        guid=story.guid,
        revision=int(story.version) if re.fullmatch("[0-9]{1,9}", story.version) else None,
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


def name_place(guid: str, number: int) -> str:
    """Name an item's place in its file: its id, "item 3", or "" if it fills the file."""
    return guid or (f"item {number}" if number else "")


def skip_refusal(cause: str, place: str) -> Refusal:
    """Return a refusal that skips an item which is well formed, but not an article."""
    return Refusal(cause, "Nothing to do: only text is read", place=place, is_skipped=True)


def parse_status(word: str) -> PubStatus:
    """Parse IPTC's publishing status, given as a word, code or address.

    An unknown status withholds the item, since showing it could not be undone.
    """
    value = re.split("[:/]", word.strip().lower())[-1]
    if value in _USABLE_STATUSES:
        return "usable"
    return "canceled" if value in _CANCELED_STATUSES else "withheld"
