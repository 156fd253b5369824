"""What a line above a story is: a label, a field, a byline, a day, a dateline; or text."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from bot.ingest.head.bylines import bare_names, byline, is_name, is_role, named
from bot.ingest.head.days import day_in, only_day, without_times
from bot.ingest.head.outlets import is_outlet
from bot.ingest.timestamps import stated
from bot.languages.table import labels, notices

LONGEST = 200
"""Characters of a line that is not text."""

_FIELD = re.compile(r"(?P<key>[A-Za-z][A-Za-z /-]{1,24}?)\s*:\s*(?P<value>.*)")
_APART = re.compile(r"\s+[|•·/]\s+|\s+[–—-]{1,2}\s+|\s*;\s+|\s*\t+\s*|\s{3,}")
_DATELINE = re.compile(r"(?P<where>\S.{0,79}?)\s*(?:--|[–—]|(?<=\s)-(?=\s|$))\s*(?P<story>.*)")
_STOPPED_DATELINE = re.compile(
    r"(?P<where>\S.{0,79}?\d(?:st|nd|rd|th|\s?[ap]\.?m)?)(?P<stop>[.:])\s+(?P<story>[“‘\"']?[A-Z].*)"
)
_AGENCY = re.compile(r"\s*[(\[/][^()\[\]/]{1,40}[)\]/]\s*$")


class Printed(NamedTuple):
    """What a line says of the story below it; a label says nothing."""

    title: str = ""
    byline: str = ""
    bare_name: str = ""
    """A name beside a day, which no word calls the writer's: a byline if there is no other."""
    on: date | None = None
    updated_on: date | None = None


def printed(line: str) -> Printed | None:
    """Read a line above a story; None for one that may be a headline, or text."""
    if len(line) > LONGEST:
        return None
    if day := only_day(line):
        return Printed(updated_on=day.on) if day.is_update else Printed(on=day.on)
    parts = _of_parts(line)
    if parts and sum(map(bool, parts)) > 1:
        return parts
    field = _field(line)
    if field is not None:
        return field
    if who := byline(line):
        day = day_in(line)
        return Printed(byline=who, on=day.on if day else None)
    if is_label(line) or is_outlet(line) or _is_role_alone(line):
        return Printed()
    return _dateline(line) or parts


def _is_role_alone(line: str) -> bool:
    return is_role(line) and all(word[0].isupper() for word in line.split())


def is_label(line: str) -> bool:
    """Whether a line is a section's name, a mark for the desk, a rule, an address or one word."""
    return len(line.split()) < 2 or bool(notices.MARKED.fullmatch(line)) or is_section(line)


def is_section(line: str) -> bool:
    """Whether a line is the name of a newspaper's section, or of a kind of story."""
    parts = [word.strip("[]():,") for word in line.casefold().split()]
    is_short = 1 <= len(parts) <= 5
    return is_short and labels.SECTIONS.issuperset(parts) and not labels.JOINING.issuperset(parts)


def run_in_dateline(line: str) -> Printed | None:
    """Read the dateline with which a story's first sentence begins; None if there is none."""
    found = _DATELINE.match(line)
    if found and re.search("[a-z]", found["story"]):
        where = _where(found["where"])
        if where and (where[0] or found["where"].isupper()):
            return where[1]
    return _stopped_dateline(line)


def _stopped_dateline(line: str) -> Printed | None:
    """Read a dateline that ends in a stop: "PORT SELLAN, 12 November 2026. The ferry …". Behind a
    colon a headline may stand as well, so that the place has to be in capitals."""
    found = _STOPPED_DATELINE.match(line)
    if not found or not day_in(found["where"]):
        return None
    where = _where(found["where"])
    place = found["where"].partition(",")[0]
    return where[1] if where and (found["stop"] == "." or place.isupper()) else None


def _dateline(line: str) -> Printed | None:
    """Read a dateline that stands alone: "PORT SELLAN, Nov. 12 (Meridian) —"."""
    found = _DATELINE.fullmatch(line)
    if found and found["story"]:
        return None
    where = _where(found["where"] if found else line)
    return where[1] if where and (found or where[0]) else None


def _where(text: str) -> tuple[bool, Printed] | None:
    """Read "PORT SELLAN, Nov. 12 (Meridian)": whether more than a place is there, and the day."""
    day = day_in(text)
    place = without_times(day.rest) if day else notices.WEEKDAY.sub("", text)
    place = _AGENCY.sub("", place.rstrip(" ,")).strip(" ,")
    pieces = [piece.split() for piece in place.split(",")]
    names = [word for piece in pieces for word in piece]
    is_place = (
        all(1 <= len(piece) <= 3 for piece in pieces)
        and len(pieces) <= 2
        and all(word[0].isupper() for word in names)
        and not is_label(f"{place} news")
    )
    if not is_place:
        return None
    name = "" if place.isupper() or not day else bare_names(place) or ""
    return place != text.strip(" ,"), Printed(bare_name=name, on=day.on if day else None)


def _of_parts(line: str) -> Printed | None:
    """Read a line of parts set apart from each other: "By Priya Nair | 12 November 2026"; also the
    outlet with the day."""
    parts = [part for part in _APART.split(line) if part]
    day = day_in(line)
    signed = notices.DAY_AND_BY.fullmatch(line)
    if signed and only_day(signed["day"]) and (who := byline(signed["by"])):
        return Printed(byline=who, on=day.on if day else None)
    if len(parts) < 2 and day:
        rest = notices.WEEKDAY.sub("", day.rest).strip(" ,.:")
        return Printed(on=day.on) if rest and is_outlet(rest) else None
    if len(parts) < 2:
        return None
    read = list(map(_beside_a_day if any(map(_is_day, parts)) else printed, parts))
    known = [one for one in read if one is not None]
    return joined(known) if len(known) == len(read) else None


def _is_day(part: str) -> bool:
    return day_in(part) is not None and only_day(part) is not None


def _beside_a_day(part: str) -> Printed | None:
    """Read what a line holds beside its day; a name there is the writer's, or a place's."""
    if (known := printed(part)) is not None:
        return known
    if names := bare_names(part):
        return Printed(bare_name=names)
    words = part.split()
    is_place = len(words) <= 3 and all(word[0].isupper() for word in words)
    return Printed() if is_place or is_role(part) else None


def joined(all_of: list[Printed]) -> Printed:
    """What several lines say together; of two that say the same, the first counts."""
    return Printed(
        title=next((one.title for one in all_of if one.title), ""),
        byline=next((one.byline for one in all_of if one.byline), ""),
        bare_name=next((one.bare_name for one in all_of if one.bare_name), ""),
        on=next((one.on for one in all_of if one.on), None),
        updated_on=next((one.updated_on for one in all_of if one.updated_on), None),
    )


def _field(line: str) -> Printed | None:
    """Read a field of a form or of an e-mail's head: "Headline: …", "Date: …"."""
    found = _FIELD.fullmatch(line)
    if not found:
        return None
    key, value = re.sub(r"[\s/]+", "-", found["key"].lower()), found["value"].strip()
    if key in labels.TITLES:
        return Printed(title=notices.REPLIED.sub("", value) if any(map(str.isalnum, value)) else "")
    key = key.partition("-and-")[0]  # "Words and pictures"
    day = day_in(value)
    if (key in labels.BYLINES or is_role(found["key"])) and (who := named(value)):
        return Printed(byline=who, on=day.on if day else None)
    if key in labels.DATES:
        known = stated(value)
        return Printed(on=known.on if known else day.on if day else None)
    is_writer = is_section(key) and is_name(value)  # "COMMENT: PRIYA NAIR"
    return Printed() if key in labels.OTHERS | labels.BYLINES or is_writer else None
