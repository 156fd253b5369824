"""What a wire's item is as an article, whatever notation it is in."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import instant, stated
from bot.model import PubStatus

_USABLE = ("", "usable", "embargoed")  # NITF's word for what date.release frees
_NOTE = re.compile(r"\(\(.*\)\)", re.DOTALL)
_CANCELED = ("canceled", "cancelled", "killed", "deleted", "replaced", "withdrawn")


class Story(NamedTuple):
    """An item as printed; "" is what it doesn't say.

    `status` is a word or a code ("stat:usable"). `embargo` is None where there is none; one that
    states no moment holds until a later version lifts it.
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


def part_of(story: Story, text: str, number: int = 0) -> ParsedArticle | Refusal:
    """Make an article of a story and its text, or say why it is none.

    `number` is its place in a file of several without ids, 0 where it fills its file.
    """
    place = story.guid or (f"item {number}" if number else "")
    status, embargo = pub_status(story.status), instant(story.embargo or "")
    if story.embargo is not None and not embargo and status == "usable":
        status = "withheld"
    byline = _without_by(story.byline)
    text = _without_notes(text, byline)
    if not text and status == "usable":
        return no_story("it has no text", place)
    known = {
        "guid": story.guid,
        "revision": revision(story.version),
        "title": story.title,
        "outlet": story.outlet,
        "byline": byline,
        "published": stated(story.published) or (stated(story.modified) if text else None),
        "modified_at": instant(story.modified),
        "language": story.language,
        "url": story.url,
        "note": story.note,
        "status": status,
        "embargo": embargo,
        "excerpt": story.is_excerpt,
    }
    return ParsedArticle(text, _without_empty(known), place)


def _without_notes(text: str, byline: str) -> str:
    """A text without the byline at its head and the notes to editors, in double brackets."""
    paragraphs = [one for one in text.split("\n\n") if not _NOTE.fullmatch(one)]
    if byline and [byline] == [_without_by(one) for one in paragraphs[:1]]:
        del paragraphs[0]
    return "\n\n".join(paragraphs)


def _without_by(byline: str) -> str:
    return re.sub(r"^by\s+", "", byline, flags=re.IGNORECASE)


def no_story(cause: str, place: str) -> Refusal:
    """Say that an item is well formed, and passed over."""
    return Refusal(cause, "Nothing to do: only text is read", place=place, is_skipped=True)


def pub_status(word: str) -> PubStatus:
    """Read IPTC's publishing status, as a word, code or address.

    A status that nobody here knows withholds the item: to show it could be wrong for good.
    """
    last = re.split("[:/]", word.strip().lower())[-1]
    if last in _USABLE:
        return "usable"
    return "canceled" if last in _CANCELED else "withheld"


def revision(version: str) -> int | None:
    """A version's number; None for one that is no whole number."""
    return int(version) if re.fullmatch("[0-9]{1,9}", version) else None


def _without_empty(known: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in known.items() if value not in (None, "", False)}
